import type { CorrelationId, Nonce, SessionId } from "../../generated/protocol/messages.ts";
import type { Recipient } from "./server-events.ts";
import type { ServerOutput } from "./server-output.ts";

/** What waits for a read barrier: a query, or the certainty that a session does not exist. */
export type PendingRead =
  | {
      readonly type: "query";
      readonly recipient: Recipient;
      readonly sessionId: SessionId;
      readonly correlationId: CorrelationId;
      readonly payload: Uint8Array;
    }
  | {
      readonly type: "continue";
      readonly recipient: Recipient;
      readonly sessionId: SessionId;
      readonly nonce: Nonce;
    };

/**
 * Reads that wait for a barrier, at most one of which is under way. Those that arrive meanwhile wait for the next one: a
 * barrier that was sent before a read arrived says nothing about what was committed in between.
 */
export class PendingReads {
  readonly #output: ServerOutput;
  #waiting: PendingRead[] = [];
  #started: { readonly readId: number; readonly reads: readonly PendingRead[] } | undefined;
  #lastReadId = 0;

  constructor(output: ServerOutput) {
    this.#output = output;
  }

  /** How many reads wait or are under way. */
  get size(): number {
    return this.#waiting.length + (this.#started?.reads.length ?? 0);
  }

  /** How many queries of each session wait or are under way. */
  queriesBySession(): ReadonlyMap<SessionId, number> {
    const counts = new Map<SessionId, number>();
    for (const { type, sessionId } of [...this.#waiting, ...(this.#started?.reads ?? [])]) {
      if (type === "query") counts.set(sessionId, (counts.get(sessionId) ?? 0) + 1);
    }
    return counts;
  }

  /** Adds a read, and asks for its barrier unless one is under way. */
  add(read: PendingRead): void {
    this.#waiting.push(read);
    this.start();
  }

  /** Asks for one barrier for everything that waits, if anything does and none is under way. */
  start(): void {
    if (this.#started !== undefined || this.#waiting.length === 0) return;
    this.#lastReadId += 1;
    this.#started = { readId: this.#lastReadId, reads: this.#waiting };
    this.#waiting = [];
    this.#output.read(this.#lastReadId);
  }

  /** Ends the barrier and returns its reads; none for one that is not under way any more. */
  take(readId: number): readonly PendingRead[] {
    if (this.#started?.readId !== readId) return [];
    const { reads } = this.#started;
    this.#started = undefined;
    return reads;
  }

  /** Gives everything up. */
  clear(): void {
    this.#waiting = [];
    this.#started = undefined;
  }
}
