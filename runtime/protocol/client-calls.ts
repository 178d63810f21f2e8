import type { CorrelationId, QueryFailure, RequestFailure, RequestId } from "../../generated/protocol/messages.ts";
import type { CallId, ClientEvent } from "./client-events.ts";
import type { ClientOutput } from "./client-output.ts";
import { RequestError, type RequestErrorCode, SessionError } from "./errors.ts";
import { limits } from "./limits.ts";
import { type Call, outcomeOf, PendingCalls } from "./pending-calls.ts";

/** What a client's calls are made with. All durations are milliseconds. */
export interface ClientCallsOptions {
  /** After which a request without an answer is sent again. */
  readonly resendAfterMs: number;
  /** Added to `now`, gives milliseconds since the Unix epoch. */
  readonly epochOffsetMs: number;
}

/** The commands and queries of a client's application, from the call to its one end. */
export class ClientCalls {
  readonly #options: ClientCallsOptions;
  readonly #output: ClientOutput;
  readonly #pending = new PendingCalls();

  constructor(options: ClientCallsOptions, output: ClientOutput) {
    this.#options = options;
    this.#output = output;
  }

  /** When a call must be looked at; `undefined` while none must. */
  get nextDeadline(): number | undefined {
    return this.#pending.nextDeadline;
  }

  /** Takes a call, which is returned, or fails it at once where there is no room for it. */
  add(event: ClientEvent & { type: "submit" | "query" }, now: number): Call | undefined {
    const { callId, payload, timeoutAt } = event;
    if (payload.length > limits.payloadBytesMax) {
      const text = `payload is ${payload.length} bytes, the limit is ${limits.payloadBytesMax}`;
      this.refuse(callId, "ERR_PAYLOAD_TOO_LARGE", text);
      return undefined;
    }
    if (this.#pending.isFull(payload.length)) {
      const { size, payloadBytes } = this.#pending;
      const text = `${size} requests of ${payloadBytes} bytes wait for their answer, the limits are ${limits.requestsInFlightMax} and ${limits.requestBytesInFlightMax}`;
      this.refuse(callId, "ERR_OVERLOADED", text);
      return undefined;
    }
    const kind = event.type === "submit" ? "command" : "query";
    return this.#pending.add({ callId, kind, payload, createdAt: this.#unixMs(now), timeoutAt });
  }

  /** Fails a call that nobody took. */
  refuse(callId: CallId, code: RequestErrorCode, text: string): void {
    this.#output.reject(callId, new RequestError(code, "not-applied", text));
  }

  /** The command that an answer belongs to; `undefined` for a late or repeated answer. */
  command(requestId: RequestId): Call | undefined {
    return this.#pending.command(requestId);
  }

  /** The query that an answer belongs to; `undefined` for a late or repeated answer. */
  query(correlationId: CorrelationId): Call | undefined {
    return this.#pending.query(correlationId);
  }

  send(call: Call, now: number): void {
    this.#output.send(this.#pending.send(call, now, this.#options.resendAfterMs));
  }

  /** Sends everything that waits once more, oldest first: the connection is new. */
  sendAll(now: number): void {
    for (const call of this.#pending.all()) this.send(call, now);
  }

  /** Without a connection nothing is sent again: calls are looked at only to give them up. */
  hold(): void {
    this.#pending.hold();
  }

  /** A call has its result. Late and repeated ones belong to none. */
  resolve(call: Call | undefined, result: Uint8Array): void {
    if (call === undefined) return;
    this.#pending.remove(call);
    this.#output.resolve(call.callId, result);
  }

  /** The server says why a call has no result. One that it did not take goes out again. */
  failed(call: Call, reason: RequestFailure | QueryFailure, now: number): void {
    switch (reason.type) {
      case "ResponseEvicted": {
        this.#pending.remove(call);
        const text = "the command was applied, but its result is no longer kept";
        this.#output.reject(call.callId, new RequestError("ERR_RESPONSE_EVICTED", "applied", text));
        return;
      }
      case "InvalidRequest":
        this.#pending.remove(call);
        this.refuse(call.callId, "ERR_INVALID_REQUEST", `the ${call.kind} was refused: ${reason.detail}`);
        return;
      case "Overloaded":
        this.#pending.postpone(call, now, Math.max(reason.retryAfter, limits.backoffMinMs));
        return;
      case "NotLeader":
        this.#pending.postpone(call, now, this.#options.resendAfterMs);
        return;
      case "SessionExpired": // It fails with all the others.
        return;
    }
  }

  /** The application no longer waits. */
  abort(callId: CallId, cause: unknown): void {
    const call = this.#pending.get(callId);
    if (call !== undefined) this.#fail(call, "ERR_ABORTED", `the ${call.kind} was aborted`, { cause });
  }

  /** The application closes the client. */
  closeAll(): void {
    for (const call of this.#pending.all()) this.#fail(call, "ERR_CLOSED", "the client was closed");
  }

  /** The session is over, and every call with it. */
  endAll(error: SessionError): void {
    for (const call of this.#pending.all()) {
      this.#pending.remove(call);
      this.#output.reject(call.callId, new SessionError(error.code, outcomeOf(call), error.message));
    }
  }

  /** Gives up what has waited too long, and sends again what is due while there is a connection. */
  deadline(now: number, isConnected: boolean): void {
    for (let call = this.#pending.takeDue(now); call !== undefined; call = this.#pending.takeDue(now)) {
      if (call.timeoutAt <= now) {
        const waitedMs = Math.round(this.#unixMs(now) - call.createdAt);
        this.#fail(call, "ERR_TIMEOUT", `the ${call.kind} had no answer within ${waitedMs} ms`);
      } else if (isConnected) {
        this.send(call, now);
      }
    }
  }

  #fail(call: Call, code: RequestErrorCode, text: string, options?: ErrorOptions): void {
    this.#pending.remove(call);
    this.#output.reject(call.callId, new RequestError(code, outcomeOf(call), text, options));
  }

  #unixMs(now: number): number {
    return Math.round(now + this.#options.epochOffsetMs);
  }
}
