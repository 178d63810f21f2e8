import { Call, type CallId } from "../protocol/call.ts";
import { RequestError, type SessionError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import { duration } from "../shell/check-options.ts";
import type { WatchedCall } from "./client-telemetry.ts";
import { decodedAnswer, encoded } from "./codec.ts";
import type { CallOptions, CheckedConnectOptions } from "./options.ts";

/** Who a client's calls tell what. */
export interface CallHandlers {
  /** A call was made. */
  made(): void;
  /** The session is to be told now of the calls that were made. */
  due(): void;
  /** A call is about to be made: whoever times it is told of its end. Left out where nobody does. */
  readonly watch?: ((kind: "command" | "query") => WatchedCall) | undefined;
  /** The caller's signal gives a call up. */
  aborted(call: Call, cause: unknown): void;
}

/**
 * The calls of a client's application: their promises, and those that the session has not been told of yet.
 *
 * What is called in one go goes to the session together, in the same turn of the event loop, so that it can share frames: a
 * lone call waits for nothing, and many cost a fraction each.
 */
export class Calls {
  readonly #options: Pick<CheckedConnectOptions, "codec" | "requestTimeoutMs">;
  readonly #handlers: CallHandlers;
  #made: Call[] = [];
  #lastCallId: CallId = 0;
  readonly #due = (): void => this.#handlers.due();

  constructor(options: Pick<CheckedConnectOptions, "codec" | "requestTimeoutMs">, handlers: CallHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /** How many calls the session has not been told of. */
  get madeCount(): number {
    return this.#made.length;
  }

  /** Makes a call. The promise settles with `resolve` or `reject`; for arguments that are wrong it does so at once. */
  make(type: Call["type"], value: unknown, options: CallOptions | undefined): Promise<unknown> {
    let call: OpenCall;
    let promise: Promise<unknown>;
    try {
      const { codec, requestTimeoutMs } = this.#options;
      const payload =
        type === "submit" ? encoded(codec.command, value, "command") : encoded(codec.query, value, "query");
      const timeoutMs = duration("timeoutMs", options?.timeoutMs, requestTimeoutMs);
      promise = new Promise(keepSettlers);
      call = new OpenCall(type, this.#lastCallId + 1, payload, timeoutMs);
      if (options?.signal !== undefined) this.#heed(options.signal, call);
      if (this.#handlers.watch !== undefined) call.watch(this.#handlers.watch);
    } catch (error) {
      return Promise.reject(error);
    }
    this.#lastCallId = call.callId;
    this.#handlers.made();
    this.#made.push(call);
    if (this.#made.length === 1) queueMicrotask(this.#due);
    else if (this.#made.length === limits.frameMessagesMax) this.#due();
    return promise;
  }

  /** Takes the calls that the session has not been told of, oldest first. */
  takeMade(): readonly Call[] {
    const made = this.#made;
    if (made.length > 0) this.#made = [];
    return made;
  }

  /** The cluster has answered a call. */
  resolve(call: Call, result: Uint8Array): void {
    if (!(call instanceof OpenCall)) return;
    call.release?.();
    const { codec } = this.#options;
    const decoder = call.type === "submit" ? codec.result : codec.queryResult;
    if (decoder === undefined) {
      call.watched?.settled("ok");
      call.resolve(result);
      return;
    }
    try {
      call.resolve(decodedAnswer(decoder, result, call.kind));
      call.watched?.settled("ok");
    } catch (error) {
      call.watched?.settled("ERR_INVALID_RESULT");
      call.reject(error);
    }
  }

  /** A call has failed. */
  reject(call: Call, error: RequestError | SessionError): void {
    if (!(call instanceof OpenCall)) return;
    call.release?.();
    call.watched?.settled(error.code);
    call.reject(error);
  }

  /** Gives a call up when its caller's signal says so. Throws when it has said so before. */
  #heed(signal: AbortSignal, call: OpenCall): void {
    if (signal.aborted) {
      const text = "the signal was aborted before the call";
      throw new RequestError("ERR_ABORTED", "not-applied", text, { cause: signal.reason });
    }
    const onAbort = () => this.#handlers.aborted(call, signal.reason);
    signal.addEventListener("abort", onAbort);
    call.release = () => signal.removeEventListener("abort", onAbort);
  }
}

/** A call with its promise. */
class OpenCall extends Call {
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Lets go of the caller's signal, if there is one. */
  release: (() => void) | undefined;
  /** Who is told of its end besides the caller. */
  watched: WatchedCall | undefined = undefined;

  constructor(type: Call["type"], callId: CallId, payload: Uint8Array, timeoutMs: number) {
    super(type, callId, payload, timeoutMs);
    this.resolve = resolveNewest;
    this.reject = rejectNewest;
  }

  watch(watch: NonNullable<CallHandlers["watch"]>): void {
    this.watched = watch(this.kind);
    this.trace = this.watched.trace;
  }
}

let resolveNewest: (answer: unknown) => void;
let rejectNewest: (error: unknown) => void;

/** Keeps what settles the promise that is being made: a function for all calls costs less than a closure for each. */
function keepSettlers(resolve: (answer: unknown) => void, reject: (error: unknown) => void): void {
  resolveNewest = resolve;
  rejectNewest = reject;
}
