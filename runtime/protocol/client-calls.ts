import type {
  ClientResponse,
  QueryError,
  QueryResponse,
  RequestError as RequestErrorMessage,
  RequestId,
  SessionId,
} from "../../generated/protocol/messages.ts";
import { type Call, outcomeOf } from "./call.ts";
import type { ClientOutput } from "./client-output.ts";
import type { ClientState } from "./client-state.ts";
import { RequestError, type RequestErrorCode, SessionError } from "./errors.ts";
import { limits } from "./limits.ts";
import { PendingCalls } from "./pending-calls.ts";
import { RequestIdReserve } from "./request-id-reserve.ts";

/** What a client's calls are made with. All durations are milliseconds. */
export interface ClientCallsOptions {
  /** After which a request without an answer is sent again. */
  readonly resendAfterMs: number;
  /** Added to `now`, gives milliseconds since the Unix epoch. */
  readonly epochOffsetMs: number;
  /** The first request id to use. */
  readonly firstRequestId: RequestId;
  /** Whether request ids go out only after they were set aside. */
  readonly savesSession: boolean;
}

/** The commands and queries of a client's application, from the call to its one end. */
export class ClientCalls {
  readonly #options: ClientCallsOptions;
  readonly #output: ClientOutput;
  readonly #pending: PendingCalls;
  readonly #reserve: RequestIdReserve;
  #commitIndex = 0;

  constructor(options: ClientCallsOptions, output: ClientOutput) {
    this.#options = options;
    this.#output = output;
    this.#pending = new PendingCalls(options.firstRequestId);
    this.#reserve = new RequestIdReserve(options.savesSession ? options.firstRequestId : undefined);
  }

  /** When a call or the reserve of request ids must be looked at; `undefined` while neither must. */
  get nextDeadline(): number | undefined {
    const callAt = this.#pending.nextDeadline;
    const reserveAt = this.#reserve.nextDeadline;
    if (callAt === undefined || reserveAt === undefined) return callAt ?? reserveAt;
    return Math.min(callAt, reserveAt);
  }

  /** The newest entry of the log that is known to hold a command of the session; 0 where no server has said so. */
  get commitIndex(): number {
    return this.#commitIndex;
  }

  /** How many calls have no answer. */
  get size(): number {
    return this.#pending.size;
  }

  /** How many more calls there is room for, whatever the length of their payloads. */
  get room(): number {
    return this.#pending.room(limits.payloadBytesMax);
  }

  /** Takes a call, and sends it where there is a connection; or fails it at once where there is no room for it. */
  add(call: Call, now: number, state: ClientState["name"]): void {
    const { payload } = call;
    if (state === "closing" || state === "over") {
      this.#refuse(call, "ERR_CLOSED", "the client is closed");
      return;
    }
    if (payload.length > limits.payloadBytesMax) {
      const text = `payload is ${payload.length} bytes, the limit is ${limits.payloadBytesMax}`;
      this.#refuse(call, "ERR_PAYLOAD_TOO_LARGE", text);
      return;
    }
    if (this.#pending.room(payload.length) === 0) {
      const { size, payloadBytes, nextRequestId, lowestPendingRequestId } = this.#pending;
      const text = `${size} requests of ${payloadBytes} bytes wait for their answer, the first of them ${nextRequestId - lowestPendingRequestId} commands ago; the limits are ${limits.requestsInFlightMax}, ${limits.requestBytesInFlightMax} and ${limits.requestWindow}; wait for capacity() first`;
      this.#refuse(call, "ERR_OVERLOADED", text);
      return;
    }
    this.#pending.add(call, now, this.#unixMs(now));
    if (state === "connected") this.send(call, now);
  }

  #refuse(call: Call, code: RequestErrorCode, text: string): void {
    this.#output.reject(call, new RequestError(code, "not-applied", text));
  }

  /** Sends a call, unless it is a command whose id is not set aside yet. */
  send(call: Call, now: number): void {
    if (call.type === "submit" && !this.#reserve.allows(call.requestId)) return;
    if (call.inDoubt > 0) this.#output.tally.resent += 1;
    if (call.trace !== undefined) this.#output.trace(call.requestId, call.trace);
    this.#output.send(this.#pending.send(call, now, this.#options.resendAfterMs));
  }

  /** Sends everything that waits once more, oldest first: the connection is new. */
  sendAll(now: number): void {
    for (const call of this.#pending.all()) this.send(call, now);
  }

  /** Has the session stored where it is time to set request ids aside. */
  save(sessionId: SessionId, protocolVersionMax: number, sessionTimeoutMs: number, now: number): void {
    const nextRequestId = this.#reserve.take(this.#pending.nextRequestId, now);
    if (nextRequestId === undefined) return;
    this.#output.save({ sessionId, protocolVersionMax, sessionTimeoutMs, nextRequestId });
  }

  /** Request ids are set aside: what waited for that goes out, oldest first, where there is a connection. */
  saved(now: number, isConnected: boolean): void {
    const from = this.#reserve.savedBefore;
    this.#reserve.saved();
    const until = Math.min(this.#reserve.savedBefore, this.#pending.nextRequestId);
    for (let requestId = from; isConnected && requestId < until; requestId++) {
      const call = this.#pending.command(requestId);
      if (call !== undefined) this.send(call, now);
    }
    this.#output.report({ type: "sessionSaved" });
  }

  /** Request ids could not be set aside. It is tried again. */
  notSaved(reason: string, now: number): void {
    this.#reserve.failed(now);
    this.#output.report({ type: "sessionNotSaved", reason });
  }

  /** Without a connection nothing is sent again: calls are looked at only to give them up. */
  hold(): void {
    this.#pending.hold();
  }

  /** A call has its result. Late and repeated ones belong to none. */
  answered(message: ClientResponse | QueryResponse): void {
    if (message.type === "ClientResponse") this.#commitIndex = Math.max(this.#commitIndex, message.commitIndex);
    const call = this.#callOf(message);
    if (call === undefined) return;
    this.#pending.remove(call);
    this.#output.resolve(call, message.result);
  }

  /** The server says why a call has no result. One that it did not take goes out again. */
  failed(message: RequestErrorMessage | QueryError, now: number): void {
    const call = this.#callOf(message);
    if (call === undefined) return;
    const { reason } = message;
    switch (reason.type) {
      case "ResponseEvicted": {
        this.#pending.remove(call);
        const text = "the command was applied, but its result is no longer kept";
        this.#output.reject(call, new RequestError("ERR_RESPONSE_EVICTED", "applied", text));
        return;
      }
      case "InvalidRequest":
        this.#pending.remove(call);
        this.#refuse(call, "ERR_INVALID_REQUEST", `the ${call.kind} was refused: ${reason.detail}`);
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
  abort(call: Call, cause: unknown): void {
    if (this.#pending.has(call)) this.#fail(call, "ERR_ABORTED", `the ${call.kind} was aborted`, { cause });
  }

  /** The application closes or disconnects the client. */
  failAll(code: RequestErrorCode, text: string): void {
    for (const call of this.#pending.all()) this.#fail(call, code, text);
  }

  /** The session is over, and every call with it. */
  endAll(error: SessionError): void {
    for (const call of this.#pending.all()) {
      this.#pending.remove(call);
      this.#output.reject(call, new SessionError(error.code, outcomeOf(call), error.message));
    }
  }

  /** Gives up what has waited too long, and sends again what is due while there is a connection. */
  deadline(now: number, isConnected: boolean): void {
    for (const call of this.#pending.takeDue(now)) {
      if (call.timeoutAt <= now) {
        const waitedMs = Math.round(this.#unixMs(now) - call.createdAt);
        this.#fail(call, "ERR_TIMEOUT", `the ${call.kind} had no answer within ${waitedMs} ms`);
      } else if (isConnected) {
        this.send(call, now);
      }
    }
  }

  /** The call that an answer belongs to; `undefined` for a late or repeated answer. */
  #callOf(message: ClientResponse | QueryResponse | RequestErrorMessage | QueryError): Call | undefined {
    if ("requestId" in message) return this.#pending.command(message.requestId);
    return this.#pending.query(message.correlationId);
  }

  #fail(call: Call, code: RequestErrorCode, text: string, options?: ErrorOptions): void {
    this.#pending.remove(call);
    this.#output.reject(call, new RequestError(code, outcomeOf(call), text, options));
  }

  #unixMs(now: number): number {
    return Math.round(now + this.#options.epochOffsetMs);
  }
}
