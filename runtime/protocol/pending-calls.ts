import type { ClientMessage, RequestId } from "../../generated/protocol/messages.ts";
import type { CallId } from "./client-events.ts";
import type { Outcome } from "./errors.ts";
import { limits } from "./limits.ts";

/** A command or query without an answer. */
export interface Call {
  readonly callId: CallId;
  readonly kind: "command" | "query";
  /** Of a command: its number in the session. Of a query: its correlation id as a number. */
  readonly requestId: RequestId;
  readonly payload: Uint8Array;
  /** Milliseconds since the Unix epoch. */
  readonly createdAt: number;
  /** When the caller gives up, in monotonic milliseconds. */
  readonly timeoutAt: number;
  /** When it is looked at next, to send it again or to give it up. */
  dueAt: number;
  /** How often it went out and was not refused: with none of them in doubt, nobody can have applied it. */
  inDoubt: number;
}

/**
 * Commands and queries that were submitted and have no answer yet, oldest first.
 *
 * A call stays here across connections and leaders, so that sending it again cannot apply it twice: the cluster answers
 * a known request id from its cache.
 *
 * Shape: request ids grow by one and are never reused. Every operation takes constant time, but for looking through the
 * calls for what is due. That happens when the earliest of them may be, which is rare, because most calls are answered long
 * before; and not again within `limits.callScanMs`, whatever the calls' deadlines are.
 * Units: instants are monotonic milliseconds.
 * Source: Ongaro 2014, §6.3 "Implementing linearizable semantics".
 */
export class PendingCalls {
  readonly #calls = new Map<CallId, Call>();
  readonly #commands = new Map<RequestId, Call>();
  readonly #queries = new Map<RequestId, Call>();
  /** No call is due earlier; the one that was may have been answered. */
  #dueFrom = Number.POSITIVE_INFINITY;
  /** When the calls may be looked through again. */
  #nextScanAt = Number.NEGATIVE_INFINITY;
  #nextRequestId: RequestId;
  #nextQueryId: RequestId = 1;
  #lowestRequestId: RequestId;
  #payloadBytes = 0;

  /** Commands are numbered from `firstRequestId` on. */
  constructor(firstRequestId: RequestId) {
    this.#nextRequestId = firstRequestId;
    this.#lowestRequestId = firstRequestId;
  }

  /** The id of the next command. */
  get nextRequestId(): RequestId {
    return this.#nextRequestId;
  }

  /** How many calls wait. */
  get size(): number {
    return this.#calls.size;
  }

  /** Bytes of the payloads of all calls that wait. */
  get payloadBytes(): number {
    return this.#payloadBytes;
  }

  /**
   * How many calls with payloads of so many bytes there is room for. One command without an answer holds up those that
   * are a window ahead of it: the cluster ends sessions that go further.
   */
  room(payloadBytes: number): number {
    const { requestsInFlightMax, requestBytesInFlightMax, requestWindow } = limits;
    const calls = requestsInFlightMax - this.size;
    const ids = requestWindow - (this.#nextRequestId - this.lowestPendingRequestId);
    const payloads = Math.floor((requestBytesInFlightMax - this.#payloadBytes) / Math.max(1, payloadBytes));
    return Math.max(0, Math.min(calls, ids, payloads));
  }

  /** When calls must be looked at; `undefined` while none must. May be earlier than the first of them is due. */
  get nextDeadline(): number | undefined {
    return this.#calls.size === 0 ? undefined : Math.max(this.#dueFrom, this.#nextScanAt);
  }

  /** The smallest id of a waiting command, or the next id when none waits: answers below it are of no use any more. */
  get lowestPendingRequestId(): RequestId {
    // Ids leave in any order, so the lowest is found by walking up: each id is passed once in the life of the session.
    while (this.#lowestRequestId < this.#nextRequestId && !this.#commands.has(this.#lowestRequestId)) {
      this.#lowestRequestId += 1;
    }
    return this.#lowestRequestId;
  }

  /** Adds a call with the next id of its kind. */
  add({ callId, kind, payload, createdAt, timeoutAt }: NewCall): Call {
    const isCommand = kind === "command";
    const requestId = isCommand ? this.#nextRequestId++ : this.#nextQueryId++;
    const call: Call = { callId, kind, requestId, payload, createdAt, timeoutAt, dueAt: timeoutAt, inDoubt: 0 };
    this.#payloadBytes += payload.length;
    this.#calls.set(callId, call);
    (isCommand ? this.#commands : this.#queries).set(requestId, call);
    this.#look(call, timeoutAt);
    return call;
  }

  /** Notes that the call goes out now, and returns its message. It is looked at again `resendAfterMs` later. */
  send(call: Call, now: number, resendAfterMs: number): ClientMessage {
    call.inDoubt += 1;
    this.#look(call, now + resendAfterMs);
    const { requestId, payload, createdAt } = call;
    if (call.kind === "query") return { type: "Query", correlationId: String(requestId), payload, createdAt };
    const { lowestPendingRequestId } = this;
    return { type: "ClientRequest", requestId, lowestPendingRequestId, payload, createdAt };
  }

  /** The server did not take the call, and asks to be asked again after `retryAfterMs`. */
  postpone(call: Call, now: number, retryAfterMs: number): void {
    call.inDoubt = Math.max(0, call.inDoubt - 1);
    this.#look(call, now + retryAfterMs);
  }

  /** Without a connection nothing is sent again: the call is looked at only to give it up. */
  hold(): void {
    for (const call of this.#calls.values()) this.#look(call, call.timeoutAt);
  }

  /** Every waiting call, oldest first. */
  all(): IterableIterator<Call> {
    return this.#calls.values();
  }

  get(callId: CallId): Call | undefined {
    return this.#calls.get(callId);
  }

  /** The command that an answer belongs to; `undefined` for a late or repeated answer. */
  command(requestId: RequestId): Call | undefined {
    return this.#commands.get(requestId);
  }

  /** The query that an answer belongs to; `undefined` for a late or repeated answer. */
  query(correlationId: string): Call | undefined {
    const call = this.#queries.get(Number(correlationId));
    return call !== undefined && String(call.requestId) === correlationId ? call : undefined;
  }

  /** The call is settled. */
  remove(call: Call): void {
    if (!this.#calls.delete(call.callId)) return;
    this.#payloadBytes -= call.payload.length;
    (call.kind === "command" ? this.#commands : this.#queries).delete(call.requestId);
  }

  /** The calls that must be looked at, oldest first. The caller sends each again or removes it. */
  takeDue(now: number): readonly Call[] {
    if (now < this.#dueFrom || now < this.#nextScanAt) return [];
    const due: Call[] = [];
    this.#dueFrom = Number.POSITIVE_INFINITY;
    this.#nextScanAt = now + limits.callScanMs;
    for (const call of this.#calls.values()) {
      if (call.dueAt <= now) due.push(call);
      else this.#dueFrom = Math.min(this.#dueFrom, call.dueAt);
    }
    return due;
  }

  /** Looks at a call at an instant, or when its caller gives up if that is earlier. */
  #look(call: Call, at: number): void {
    call.dueAt = Math.min(call.timeoutAt, at);
    if (call.dueAt < this.#dueFrom) this.#dueFrom = call.dueAt;
  }
}

/** What the application asks for. */
export type NewCall = Pick<Call, "callId" | "kind" | "payload" | "createdAt" | "timeoutAt">;

/** What became of a call that is given up: only one that nobody can have taken is known not to be applied. */
export function outcomeOf(call: Call): Outcome {
  return call.inDoubt > 0 && call.kind === "command" ? "unknown" : "not-applied";
}
