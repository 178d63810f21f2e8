import type { CallEvent, CallId } from "../protocol/client-events.ts";
import { RequestError, type SessionError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import { duration } from "../shell/check-options.ts";
import { decodedAnswer, encoded } from "./codec.ts";
import type { CallOptions, CheckedConnectOptions } from "./options.ts";

/** Who a client's calls tell what. */
export interface CallHandlers {
  /** A call was made. */
  made(): void;
  /** The session is to be told now of the calls that were made. */
  due(): void;
  /** The caller's signal gives a call up. */
  aborted(callId: CallId, cause: unknown): void;
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
  readonly #open = new Map<CallId, OpenCall>();
  #made: CallEvent[] = [];
  #lastCallId: CallId = 0;

  constructor(options: Pick<CheckedConnectOptions, "codec" | "requestTimeoutMs">, handlers: CallHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  /** How many calls the session has not been told of. */
  get madeCount(): number {
    return this.#made.length;
  }

  /** Makes a call. The promise settles with `resolve` or `reject`; for arguments that are wrong it does so at once. */
  make(type: CallEvent["type"], value: unknown, options: CallOptions | undefined): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const { codec, requestTimeoutMs } = this.#options;
      const kind = type === "submit" ? "command" : "query";
      const payload = encoded(codec[kind], value, kind);
      const afterMs = duration("timeoutMs", options?.timeoutMs, requestTimeoutMs);
      const callId = this.#lastCallId + 1;
      const call: OpenCall = { kind, resolve, reject, release: undefined };
      if (options?.signal !== undefined) this.#heed(options.signal, callId, call);
      this.#lastCallId = callId;
      this.#open.set(callId, call);
      this.#handlers.made();
      this.#made.push({ type, callId, payload, timeoutAt: performance.now() + afterMs });
      if (this.#made.length === 1) queueMicrotask(() => this.#handlers.due());
      else if (this.#made.length === limits.frameMessagesMax) this.#handlers.due();
    });
  }

  /** Takes the calls that the session has not been told of, oldest first. */
  takeMade(): readonly CallEvent[] {
    const made = this.#made;
    if (made.length > 0) this.#made = [];
    return made;
  }

  /** The cluster has answered a call. */
  resolve(callId: CallId, result: Uint8Array): void {
    const call = this.#take(callId);
    if (call === undefined) return;
    const { codec } = this.#options;
    try {
      call.resolve(decodedAnswer(call.kind === "command" ? codec.result : codec.queryResult, result, call.kind));
    } catch (error) {
      call.reject(error);
    }
  }

  /** A call has failed. */
  reject(callId: CallId, error: RequestError | SessionError): void {
    this.#take(callId)?.reject(error);
  }

  #take(callId: CallId): OpenCall | undefined {
    const call = this.#open.get(callId);
    this.#open.delete(callId);
    call?.release?.();
    return call;
  }

  /** Gives a call up when its caller's signal says so. Throws when it has said so before. */
  #heed(signal: AbortSignal, callId: CallId, call: OpenCall): void {
    if (signal.aborted) {
      const text = "the signal was aborted before the call";
      throw new RequestError("ERR_ABORTED", "not-applied", text, { cause: signal.reason });
    }
    const onAbort = () => this.#handlers.aborted(callId, signal.reason);
    signal.addEventListener("abort", onAbort);
    call.release = () => signal.removeEventListener("abort", onAbort);
  }
}

interface OpenCall {
  readonly kind: "command" | "query";
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: unknown) => void;
  /** Lets go of the caller's signal, if there is one. */
  release: (() => void) | undefined;
}
