import type { Capabilities, Nonce, RequestId, SessionId, Timestamp } from "../../generated/protocol/messages.ts";
import { type CachedResponse, KeptResponses } from "./kept-responses.ts";
import { limits } from "./limits.ts";
import type { SessionInfo } from "./state-machine.ts";

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
  /** The public key of the client that created it, in Z85; `undefined` for one without a key. */
  readonly owner: string | undefined;
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
  /** The public key of the client that created it, in Z85, and that alone may continue it; `undefined` for one without a key. */
  readonly owner: string | undefined;
  readonly sessionIndex: number;
  readonly createdAtUnixMs: number;
  /** The last entry of the log with a record of this session. */
  activeIndex: number;
  /** Answers below it are forgotten; undefined before the first command. */
  lowestPendingRequestId: RequestId | undefined = undefined;
  /** The id of the newest server request; 0 before the first. */
  lastServerRequestId: RequestId = 0;
  /** Made with the first answer: a session that sends no command is a sixth smaller without it. */
  #responses: KeptResponses | undefined;
  #outbox: PendingServerRequest[] = [];

  constructor(origin: SessionOrigin) {
    this.sessionId = origin.sessionId;
    this.nonce = origin.nonce;
    this.capabilities = origin.capabilities;
    this.sessionTimeoutMs = origin.sessionTimeoutMs;
    this.owner = origin.owner;
    this.sessionIndex = origin.sessionIndex;
    this.createdAtUnixMs = origin.createdAtUnixMs;
    this.activeIndex = origin.sessionIndex;
  }

  /** Answers that are kept, the lowest request id first. */
  get responses(): Pick<KeptResponses, "size" | "get" | typeof Symbol.iterator> {
    return this.#responses ?? NO_RESPONSES;
  }

  /** Server requests that are not acknowledged, oldest first. */
  get outbox(): readonly PendingServerRequest[] {
    return this.#outbox;
  }

  /** What is known of a command: applied and with which answer, refused, given up by its client, or nothing. */
  lookup(requestId: RequestId): CommandState {
    const response = this.#responses?.get(requestId);
    if (response?.result !== undefined) return { state: "answered", result: response.result, index: response.index };
    if (response?.refusal !== undefined) return { state: "refused", detail: response.refusal };
    const lowest = this.lowestPendingRequestId;
    return response !== undefined || (lowest !== undefined && requestId < lowest) ? EVICTED : NEW;
  }

  /** Forgets every answer below `lowestPendingRequestId`, which never goes down: a lower value changes nothing. */
  advance(lowestPendingRequestId: RequestId): void {
    const from = this.lowestPendingRequestId;
    if (from !== undefined && lowestPendingRequestId <= from) return;
    this.lowestPendingRequestId = lowestPendingRequestId;
    this.#responses?.dropBelow(lowestPendingRequestId);
  }

  /** Keeps the answers to commands that have none yet. */
  remember(responses: readonly CachedResponse[]): void {
    if (responses.length === 0) return;
    this.#responses ??= new KeptResponses();
    this.#responses.add(responses);
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
}

/** What is known of a command. */
export type CommandState =
  | { readonly state: "new" }
  | { readonly state: "answered"; readonly result: Uint8Array; readonly index: number }
  | { readonly state: "refused"; readonly detail: string }
  | { readonly state: "evicted" };

const NEW: CommandState = { state: "new" };
const EVICTED: CommandState = { state: "evicted" };

const NO_RESPONSES = new KeptResponses();
