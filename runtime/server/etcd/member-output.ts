import type { RequestFailure, Transaction, TransactionResult } from "./etcd-api.ts";
import type { MemberEffect, MemberEvent } from "./member-events.ts";

/** What became of a call. */
export type Reply =
  | { readonly type: "answered"; readonly result: TransactionResult }
  | { readonly type: "failed"; readonly failure: RequestFailure };

/** What the parts of a member share: the time of the step, its effects, and the calls that wait for an answer. */
export class MemberOutput {
  /** Of the present step, in monotonic milliseconds. */
  now = 0;
  /** How long one attempt may take. */
  readonly attemptTimeoutMs: number;
  #effects: MemberEffect[] = [];
  readonly #calls = new Map<number, { readonly rotation: number; readonly reply: (reply: Reply) => void }>();
  #lastCallId = 0;
  /** Counts the endpoints that were left, so that calls which failed together leave one. */
  #rotation = 0;

  constructor(attemptTimeoutMs: number) {
    this.attemptTimeoutMs = attemptTimeoutMs;
  }

  push(effect: MemberEffect): void {
    this.#effects.push(effect);
  }

  /** The effects of the step, once. */
  take(): readonly MemberEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  /** Sends a transaction once. `reply` is called once, in a later step. */
  call(transaction: Transaction, reply: (reply: Reply) => void): void {
    this.#lastCallId += 1;
    const callId = this.#lastCallId;
    this.#calls.set(callId, { rotation: this.#rotation, reply });
    this.push({ type: "call", callId, transaction, timeoutMs: this.attemptTimeoutMs });
  }

  /** Nobody waits for an answer any more. */
  forgetCalls(): void {
    this.#calls.clear();
  }

  /** Hands the end of a call to who made it. */
  replied(event: MemberEvent & { readonly type: "answered" | "failed" }): void {
    const call = this.#calls.get(event.callId);
    if (call === undefined) return;
    this.#calls.delete(event.callId);
    if (event.type === "failed" && event.failure.reason === "unavailable" && call.rotation === this.#rotation) {
      this.#rotation += 1;
      this.push({ type: "rotate", of: "calls" });
    }
    call.reply(event);
  }
}
