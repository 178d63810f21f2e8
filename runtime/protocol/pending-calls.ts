import type { ClientMessage, RequestId } from "../../generated/protocol/messages.ts";
import type { Call } from "./call.ts";
import { IdRing } from "./id-ring.ts";
import { limits } from "./limits.ts";

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
  readonly #commands = new IdRing<Call>();
  readonly #queries = new IdRing<Call>();
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
    return this.#commands.size + this.#queries.size;
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
    return this.size === 0 ? undefined : Math.max(this.#dueFrom, this.#nextScanAt);
  }

  /** The smallest id of a waiting command, or the next id when none waits: answers below it are of no use any more. */
  get lowestPendingRequestId(): RequestId {
    return this.#lowestRequestId;
  }

  /** Adds a call with the next id of its kind. `createdAt`: milliseconds since the Unix epoch. */
  add(call: Call, now: number, createdAt: number): void {
    const isCommand = call.type === "submit";
    call.requestId = isCommand ? this.#nextRequestId++ : this.#newQueryId();
    call.createdAt = createdAt;
    call.timeoutAt = now + call.timeoutMs;
    this.#payloadBytes += call.payload.length;
    this.#ringOf(call).add(call);
    this.#look(call, call.timeoutAt);
  }

  /** Notes that the call goes out now, and returns its message. It is looked at again `resendAfterMs` later. */
  send(call: Call, now: number, resendAfterMs: number): ClientMessage {
    call.inDoubt += 1;
    this.#look(call, now + resendAfterMs);
    const { requestId, payload, createdAt } = call;
    if (call.type === "query") return { type: "Query", correlationId: String(requestId), payload, createdAt };
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
    for (const call of this.#unordered()) this.#look(call, call.timeoutAt);
  }

  /** Every waiting call, oldest first. */
  all(): readonly Call[] {
    return this.#unordered().sort(byAge);
  }

  /** Whether a call waits here. */
  has(call: Call): boolean {
    return this.#ringOf(call).get(call.requestId) === call;
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
    if (!this.#ringOf(call).delete(call)) return;
    this.#payloadBytes -= call.payload.length;
    // Ids leave in any order, so the lowest is found by walking up: each id is passed once in the life of the session.
    while (this.#lowestRequestId < this.#nextRequestId && this.#commands.get(this.#lowestRequestId) === undefined) {
      this.#lowestRequestId += 1;
    }
  }

  /** The calls that must be looked at, oldest first. The caller sends each again or removes it. */
  takeDue(now: number): readonly Call[] {
    if (now < this.#dueFrom || now < this.#nextScanAt) return [];
    const due: Call[] = [];
    this.#dueFrom = Number.POSITIVE_INFINITY;
    this.#nextScanAt = now + limits.callScanMs;
    for (const call of this.#unordered()) {
      if (call.dueAt <= now) due.push(call);
      else this.#dueFrom = Math.min(this.#dueFrom, call.dueAt);
    }
    return due.sort(byAge);
  }

  #ringOf({ type }: Call): IdRing<Call> {
    return type === "submit" ? this.#commands : this.#queries;
  }

  /**
   * Commands are at most a window ahead of the oldest that waits, which bounds their ring. Queries may be any number ahead:
   * when the ring is as long as that of commands can be, ids whose place an old query has are passed over.
   */
  #newQueryId(): RequestId {
    while (this.#queries.span >= limits.requestWindow && this.#queries.isTaken(this.#nextQueryId))
      this.#nextQueryId += 1;
    return this.#nextQueryId++;
  }

  #unordered(): Call[] {
    return [...this.#commands.values(), ...this.#queries.values()];
  }

  /** Looks at a call at an instant, or when its caller gives up if that is earlier. */
  #look(call: Call, at: number): void {
    call.dueAt = Math.min(call.timeoutAt, at);
    if (call.dueAt < this.#dueFrom) this.#dueFrom = call.dueAt;
  }
}

function byAge(a: Call, b: Call): number {
  return a.callId - b.callId;
}
