import type { Capabilities, Nonce, RequestId, SessionId, Timestamp } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";
import type { SessionInfo } from "./state-machine.ts";

/** What was kept of a command: its result, only that it was applied, or why it was refused. */
export interface CachedResponse {
  /** The entry of the log that holds it. */
  readonly index: number;
  /** `undefined` where it was refused, or its result is forgotten. */
  readonly result: Uint8Array | undefined;
  /** Why it was refused; `undefined` where it was applied. */
  readonly refusal: string | undefined;
}

/** A server request that the client has not acknowledged yet. */
export interface PendingServerRequest {
  readonly requestId: RequestId;
  readonly payload: Uint8Array;
  readonly createdAt: Timestamp;
}

/** What a session's record is made from. */
export interface SessionOrigin {
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  readonly capabilities: Capabilities;
  /** Of its lease, in milliseconds, where its client asked for one. */
  readonly sessionTimeoutMs: number | undefined;
  readonly sessionIndex: number;
  readonly createdAtUnixMs: number;
}

/**
 * The replicated state of one session: which commands were applied, with their answers, and which server requests are
 * not acknowledged.
 *
 * Shape: `responses` holds ids from `lowestPendingRequestId` up, fewer than `limits.requestWindow` of them. `outbox`
 * holds contiguous ids up to `lastServerRequestId`.
 * Source: Ongaro 2014, §6.3; the lowest pending id in place of a time limit is from Copycat and zio-raft.
 */
export class Session implements SessionInfo {
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  readonly capabilities: Capabilities;
  /** Of its lease, in milliseconds, where its client asked for one. */
  readonly sessionTimeoutMs: number | undefined;
  readonly sessionIndex: number;
  readonly createdAtUnixMs: number;
  /** The last entry of the log with a record of this session. */
  activeIndex: number;
  /** Answers below it are forgotten; undefined before the first command. */
  lowestPendingRequestId: RequestId | undefined = undefined;
  /** The id of the newest server request; 0 before the first. */
  lastServerRequestId: RequestId = 0;
  /** Made with the first answer: a session that sends no command is a sixth smaller without it. */
  #responses: Map<RequestId, CachedResponse> | undefined;
  #responseBytes = 0;
  /** Walks `#responses` once, oldest first, forgetting results; starts again when it has reached the end. */
  #forgetting: Iterator<[RequestId, CachedResponse]> | undefined;
  #outbox: PendingServerRequest[] = [];

  constructor(origin: SessionOrigin) {
    this.sessionId = origin.sessionId;
    this.nonce = origin.nonce;
    this.capabilities = origin.capabilities;
    this.sessionTimeoutMs = origin.sessionTimeoutMs;
    this.sessionIndex = origin.sessionIndex;
    this.createdAtUnixMs = origin.createdAtUnixMs;
    this.activeIndex = origin.sessionIndex;
  }

  /** Answers that are kept, oldest first. */
  get responses(): ReadonlyMap<RequestId, CachedResponse> {
    return this.#responses ?? NO_RESPONSES;
  }

  /** Server requests that are not acknowledged, oldest first. */
  get outbox(): readonly PendingServerRequest[] {
    return this.#outbox;
  }

  /** Forgets every answer below `lowestPendingRequestId`, which never goes down: a lower value changes nothing. */
  advance(lowestPendingRequestId: RequestId): void {
    const from = this.lowestPendingRequestId;
    if (from !== undefined && lowestPendingRequestId <= from) return;
    this.lowestPendingRequestId = lowestPendingRequestId;
    if (from !== undefined && lowestPendingRequestId - from <= this.responses.size) {
      for (let requestId = from; requestId < lowestPendingRequestId; requestId++) this.#evict(requestId);
      return;
    }
    for (const requestId of this.responses.keys()) {
      if (requestId < lowestPendingRequestId) this.#evict(requestId);
    }
  }

  /** Keeps the answer to a command. Over `limits.cachedResponseBytesMax` the oldest results are forgotten. */
  remember(requestId: RequestId, response: CachedResponse): void {
    this.#responses ??= new Map();
    this.#responses.set(requestId, response);
    this.#responseBytes += weight(response);
    while (this.#responseBytes > limits.cachedResponseBytesMax) this.#forgetOldest();
  }

  /** Adds a server request with the next id; false when the outbox is full. */
  enqueue(payload: Uint8Array, createdAt: Timestamp): boolean {
    if (this.#outbox.length >= limits.serverRequestsPendingMax) return false;
    this.lastServerRequestId += 1;
    this.#outbox.push({ requestId: this.lastServerRequestId, payload, createdAt });
    return true;
  }

  /** Puts a server request back, as a snapshot gave it. */
  restoreServerRequest(request: PendingServerRequest): void {
    this.#outbox.push(request);
  }

  /** Drops every server request up to `requestId`; false when that changes nothing. */
  acknowledge(requestId: RequestId): boolean {
    const first = this.#outbox[0];
    if (first === undefined || requestId < first.requestId || requestId > this.lastServerRequestId) return false;
    this.#outbox.splice(0, requestId - first.requestId + 1);
    return true;
  }

  #evict(requestId: RequestId): void {
    const response = this.#responses?.get(requestId);
    if (response === undefined) return;
    this.#responseBytes -= weight(response);
    this.#responses?.delete(requestId);
  }

  #forgetOldest(): void {
    this.#forgetting ??= this.responses.entries();
    const next = this.#forgetting.next();
    if (next.done === true) {
      this.#forgetting = undefined;
      return;
    }
    const [requestId, response] = next.value;
    if (weight(response) === 0) return;
    const { index, refusal } = response;
    const forgotten: CachedResponse = { index, result: undefined, refusal: refusal === undefined ? undefined : "" };
    this.#responseBytes -= weight(response);
    this.#responses?.set(requestId, forgotten);
  }
}

/** What a kept answer counts for: its bytes, about. */
function weight({ result, refusal }: CachedResponse): number {
  return (result?.length ?? 0) + (refusal?.length ?? 0);
}

const NO_RESPONSES: ReadonlyMap<RequestId, CachedResponse> = new Map();
