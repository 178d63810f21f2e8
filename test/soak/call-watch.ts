import { isRequestError, isSessionError, type RequestError, type SessionError } from "hawser/client";

/** How a call ended. */
export type Ended<Result> =
  | { readonly type: "answered"; readonly result: Result }
  | {
      readonly type: "failed";
      readonly error: RequestError | SessionError;
      /** The process stood still meanwhile, so that time ran out through no fault of anybody. */
      readonly wasFrozen: boolean;
    };

/** Sees to it that every call ends, in its time, and counts what becomes of them. */
export class CallWatch {
  readonly #trouble: (text: string) => void;
  readonly #open = new Set<OpenCall>();
  #counts: Record<string, number> = {};
  #slowestMs = 0;
  /** How long this process stood still, all in all: no call can end meanwhile. */
  #frozenMs = 0;
  #lookedAt = performance.now();

  /** `trouble` is told of calls that do not end. */
  constructor(trouble: (text: string) => void) {
    this.#trouble = trouble;
  }

  /** Makes a call that has to end in `timeoutMs`. What is neither an answer nor an error of a client comes out. */
  async call<Result>(kind: string, timeoutMs: number, make: () => Promise<Result>): Promise<Ended<Result>> {
    const call: OpenCall = { kind, timeoutMs, madeAt: performance.now(), frozenMs: this.#frozenMs, isTold: false };
    this.#open.add(call);
    try {
      const result = await make();
      this.count(kind);
      this.#noticeFreeze(performance.now());
      if (call.frozenMs === this.#frozenMs) {
        this.#slowestMs = Math.max(this.#slowestMs, performance.now() - call.madeAt);
      }
      return { type: "answered", result };
    } catch (error) {
      if (!isRequestError(error) && !isSessionError(error)) throw error;
      this.count(`${kind}: ${error.code}`);
      this.#noticeFreeze(performance.now());
      if (error.code === "ERR_TIMEOUT" && performance.now() - call.madeAt < timeoutMs - EARLY_MS) {
        this.#trouble(
          `a ${kind} failed as timed out after ${Math.round(performance.now() - call.madeAt)} ms, not ${timeoutMs}`,
        );
      }
      return { type: "failed", error, wasFrozen: call.frozenMs !== this.#frozenMs };
    } finally {
      this.#open.delete(call);
    }
  }

  count(what: string, times: number = 1): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + times;
  }

  /** Looks for calls that ought to have ended: to be called every second. */
  look(): void {
    const now = performance.now();
    this.#noticeFreeze(now);
    this.#lookedAt = now;
    for (const call of this.#open) {
      const { kind, timeoutMs, madeAt, frozenMs } = call;
      if (call.isTold || now - madeAt < timeoutMs + MARGIN_MS + (this.#frozenMs - frozenMs)) continue;
      call.isTold = true;
      this.#trouble(`a ${kind} has not ended after ${Math.round(now - madeAt)} ms; its time was ${timeoutMs} ms`);
    }
  }

  /** Whether this process stood still, by the time that has passed since it looked last. */
  #noticeFreeze(now: number): void {
    if (now - this.#lookedAt < FROZEN_MS) return;
    this.#frozenMs += now - this.#lookedAt;
    this.#lookedAt = now;
    this.count("frozen");
  }

  /** What happened since this was last asked. */
  take(): {
    readonly counts: Readonly<Record<string, number>>;
    readonly slowestCallMs: number;
    readonly openCalls: number;
    readonly oldestCallMs: number;
    readonly oldestCall: string;
  } {
    const now = performance.now();
    // Calls stand in the order in which they were made.
    const [oldest] = this.#open;
    const taken = {
      counts: this.#counts,
      slowestCallMs: this.#slowestMs,
      openCalls: this.#open.size,
      oldestCallMs: oldest === undefined ? 0 : now - oldest.madeAt,
      oldestCall: oldest?.kind ?? "",
    };
    this.#counts = {};
    this.#slowestMs = 0;
    return taken;
  }
}

interface OpenCall {
  readonly kind: string;
  readonly timeoutMs: number;
  readonly madeAt: number;
  readonly frozenMs: number;
  isTold: boolean;
}

/** What a busy machine may be late. */
const MARGIN_MS = 5_000;
/** What clocks may differ by. */
const EARLY_MS = 50;
/** More than the second between two looks. */
const FROZEN_MS = 2_500;
