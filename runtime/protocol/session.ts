import type { Capabilities, Nonce, RequestId, SessionId, Timestamp } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";
import type { SessionInfo } from "./state-machine.ts";

/** What was kept of a command that was applied: its result, or only that it was applied. */
export type CachedResponse = { readonly result: Uint8Array | undefined };

/** A server request that the client has not acknowledged yet. */
export interface PendingServerRequest {
  readonly requestId: RequestId;
  readonly payload: Uint8Array;
  readonly createdAt: Timestamp;
}

/** What a session's record is made from. */
export interface SessionOrigin {
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  readonly capabilities: Capabilities;
  readonly sessionIndex: number;
  readonly createdAtUnixMs: number;
}

/**
 * The replicated state of one session: which commands were applied, with their answers, and which server requests are
 * not acknowledged.
 *
 * Shape: `responses` holds ids from `lowestPendingRequestId` up, fewer than `limits.requestWindow` of them. `outbox`
 * holds contiguous ids up to `lastServerRequestId`.
 * Source: Ongaro 2014, §6.3; the lowest pending id in place of a time limit is from Copycat and zio-raft.
 */
export class Session implements SessionInfo {
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  readonly capabilities: Capabilities;
  readonly sessionIndex: number;
  readonly createdAtUnixMs: number;
  /** The last entry of the log with a record of this session. */
  activeIndex: number;
  /** Answers below it are forgotten; undefined before the first command. */
  lowestPendingRequestId: RequestId | undefined = undefined;
  /** The id of the newest server request; 0 before the first. */
  lastServerRequestId: RequestId = 0;
  readonly #responses = new Map<RequestId, CachedResponse>();
  #responseBytes = 0;
  /** Walks `#responses` once, oldest first, forgetting results; starts again when it has reached the end. */
  #forgetting: Iterator<[RequestId, CachedResponse]> | undefined;
  #outbox: PendingServerRequest[] = [];

  constructor(origin: SessionOrigin) {
    this.sessionId = origin.sessionId;
    this.nonce = origin.nonce;
    this.capabilities = origin.capabilities;
    this.sessionIndex = origin.sessionIndex;
    this.createdAtUnixMs = origin.createdAtUnixMs;
    this.activeIndex = origin.sessionIndex;
  }

  /** Answers that are kept, oldest first. */
  get responses(): ReadonlyMap<RequestId, CachedResponse> {
    return this.#responses;
  }

  /** Server requests that are not acknowledged, oldest first. */
  get outbox(): readonly PendingServerRequest[] {
    return this.#outbox;
  }

  /** Forgets every answer below `lowestPendingRequestId`, which never goes down: a lower value changes nothing. */
  advance(lowestPendingRequestId: RequestId): void {
    const from = this.lowestPendingRequestId;
    if (from !== undefined && lowestPendingRequestId <= from) return;
    this.lowestPendingRequestId = lowestPendingRequestId;
    if (from !== undefined && lowestPendingRequestId - from <= this.#responses.size) {
      for (let requestId = from; requestId < lowestPendingRequestId; requestId++) this.#evict(requestId);
      return;
    }
    for (const requestId of this.#responses.keys()) {
      if (requestId < lowestPendingRequestId) this.#evict(requestId);
    }
  }

  /** Keeps the answer to a command. Over `limits.cachedResponseBytesMax` the oldest results are forgotten. */
  remember(requestId: RequestId, result: Uint8Array | undefined): void {
    this.#responses.set(requestId, { result });
    this.#responseBytes += result?.length ?? 0;
    while (this.#responseBytes > limits.cachedResponseBytesMax) this.#forgetOldest();
  }

  /** Adds a server request with the next id; false when the outbox is full. */
  enqueue(payload: Uint8Array, createdAt: Timestamp): boolean {
    if (this.#outbox.length >= limits.serverRequestsPendingMax) return false;
    this.lastServerRequestId += 1;
    this.#outbox.push({ requestId: this.lastServerRequestId, payload, createdAt });
    return true;
  }

  /** Puts a server request back, as a snapshot gave it. */
  restoreServerRequest(request: PendingServerRequest): void {
    this.#outbox.push(request);
  }

  /** Drops every server request up to `requestId`; false when that changes nothing. */
  acknowledge(requestId: RequestId): boolean {
    const first = this.#outbox[0];
    if (first === undefined || requestId < first.requestId || requestId > this.lastServerRequestId) return false;
    this.#outbox.splice(0, requestId - first.requestId + 1);
    return true;
  }

  #evict(requestId: RequestId): void {
    this.#responseBytes -= this.#responses.get(requestId)?.result?.length ?? 0;
    this.#responses.delete(requestId);
  }

  #forgetOldest(): void {
    this.#forgetting ??= this.#responses.entries();
    const next = this.#forgetting.next();
    if (next.done === true) {
      this.#forgetting = undefined;
      return;
    }
    const [requestId, response] = next.value;
    if (response.result === undefined) return;
    this.#responseBytes -= response.result.length;
    this.#responses.set(requestId, FORGOTTEN);
  }
}

const FORGOTTEN: CachedResponse = { result: undefined };
