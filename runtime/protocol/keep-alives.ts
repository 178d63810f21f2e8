import type { Timestamp } from "../../generated/protocol/messages.ts";

/** What a connection's signs of life are made with. All durations are milliseconds. */
export interface KeepAlivesOptions {
  /** Between two of them. */
  readonly intervalMs: number;
  /** Within which something must come back after one. */
  readonly timeoutMs: number;
  /** Added to `now`, gives milliseconds since the Unix epoch. */
  readonly epochOffsetMs: number;
}

/**
 * The signs of life over one connection: every interval one goes out, and something must come back in time.
 *
 * Units: instants are monotonic milliseconds.
 */
export class KeepAlives {
  readonly #options: KeepAlivesOptions;
  #nextAt: number;
  /** When something must have come from the server; `undefined` when something has since the last keep-alive. */
  #answerDueAt: number | undefined;
  /** The last one, while it has no answer. */
  #unanswered: { readonly timestamp: Timestamp; readonly sentAt: number } | undefined;

  constructor(options: KeepAlivesOptions, now: number) {
    this.#options = options;
    this.#nextAt = now + options.intervalMs;
  }

  /** When there is something to do. */
  get nextDeadline(): number {
    return Math.min(this.#nextAt, this.#answerDueAt ?? Number.POSITIVE_INFINITY);
  }

  /** Whether nothing has come back in time. */
  isSilent(now: number): boolean {
    return this.#answerDueAt !== undefined && this.#answerDueAt <= now;
  }

  /** Something came from the server, whatever it was. */
  heard(): void {
    this.#answerDueAt = undefined;
  }

  /** The timestamp of the keep-alive that goes out now; `undefined` while none is due. */
  take(now: number): Timestamp | undefined {
    if (this.#nextAt > now) return undefined;
    const { intervalMs, timeoutMs, epochOffsetMs } = this.#options;
    const timestamp = Math.round(now + epochOffsetMs);
    this.#nextAt = now + intervalMs;
    this.#answerDueAt ??= now + timeoutMs;
    this.#unanswered = { timestamp, sentAt: now };
    return timestamp;
  }

  /** How long the way there and back took; `undefined` for a late answer, to one before the last. */
  roundTripMs(timestamp: Timestamp, now: number): number | undefined {
    if (this.#unanswered?.timestamp !== timestamp) return undefined;
    const { sentAt } = this.#unanswered;
    this.#unanswered = undefined;
    return now - sentAt;
  }
}
