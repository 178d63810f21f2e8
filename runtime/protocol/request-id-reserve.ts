import type { RequestId, SessionId } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";

/** What another process needs to go on with a session. */
export interface SavedSession {
  readonly sessionId: SessionId;
  /** The first request id that no process before can have used. */
  readonly nextRequestId: RequestId;
  /** The newest version of the protocol that the session's creator offered. */
  readonly protocolVersionMax: number;
  /** How long the session outlives the last sign of life; 0 where it is not known. */
  readonly sessionTimeoutMs: number;
}

/**
 * Which request ids may go out.
 *
 * A process that goes on with a session must not use the ids of the process before: the cluster would answer its commands
 * with the results of others. So ids are set aside before they are used: a token that excludes them is stored first, many
 * at a time. What is set aside and not used is left out for good; the cluster does not mind gaps.
 *
 * Shape: ids below `savedBefore` may go out. Half a block is left when the next one is asked for.
 * Units: instants are monotonic milliseconds.
 */
export class RequestIdReserve {
  #savedBefore: RequestId;
  #savingBefore: RequestId | undefined;
  #retryAt: number | undefined;

  /** `first`: the first id of this process; `undefined` where nothing is stored and every id may go out. */
  constructor(first: RequestId | undefined) {
    this.#savedBefore = first ?? Number.POSITIVE_INFINITY;
  }

  /** The lowest id that may not go out yet. */
  get savedBefore(): RequestId {
    return this.#savedBefore;
  }

  /** When to try again to store what could not be stored; `undefined` while all is well. */
  get nextDeadline(): number | undefined {
    return this.#retryAt;
  }

  allows(requestId: RequestId): boolean {
    return requestId < this.#savedBefore;
  }

  /** The first id that the token to be stored now leaves to another process; `undefined` when none is to be stored. */
  take(nextRequestId: RequestId, now: number): RequestId | undefined {
    if (this.#savingBefore !== undefined || (this.#retryAt ?? now) > now) return undefined;
    if (nextRequestId + limits.requestIdsReserved / 2 <= this.#savedBefore) return undefined;
    this.#retryAt = undefined;
    this.#savingBefore = nextRequestId + limits.requestIdsReserved;
    return this.#savingBefore;
  }

  /** The token is stored. */
  saved(): void {
    this.#savedBefore = this.#savingBefore ?? this.#savedBefore;
    this.#savingBefore = undefined;
  }

  /** The token is not stored. */
  failed(now: number): void {
    this.#savingBefore = undefined;
    this.#retryAt = now + limits.saveRetryMs;
  }
}
