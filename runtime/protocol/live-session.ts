import type { LogRecord } from "../../generated/log/messages.ts";
import type { Nonce, RequestId, SessionId } from "../../generated/protocol/messages.ts";
import { RequestIdSet } from "./request-id-set.ts";
import type { Recipient } from "./server-events.ts";

/**
 * What the leader knows of a session beside the replicated table: its connection, what is on its way, and how far the
 * delivery of server requests has come. Nothing of it is replicated; a new leader starts afresh and finds out.
 */
export class LiveSession {
  readonly sessionId: SessionId;
  /** How long it outlives its client's last sign of life, in milliseconds. */
  readonly timeoutMs: number;
  /** That of its creation, until its client has shown that it knows of the session. */
  unclaimedNonce: Nonce | undefined = undefined;
  /** When its lease ends, in monotonic milliseconds; `Infinity` without one: it has ended, or has not begun. */
  leaseEndsAt: number = Number.POSITIVE_INFINITY;
  /** The connection that the session is attached to. */
  connection: Recipient | undefined = undefined;
  /** The end of the session is in the log or on its way: nothing else is done for it until that is settled. */
  ending = false;
  /** An end that may be in the log, or not: it is proposed again, and what comes of that settles both. */
  endInDoubt: (LogRecord & { readonly type: "CloseSession" | "ExpireSession" }) | undefined = undefined;
  /** A `ContinueSession` that came meanwhile and is answered then. */
  waiting: { readonly recipient: Recipient; readonly nonce: Nonce } | undefined = undefined;
  /** The newest server request sent on this connection. */
  sentRequestId: RequestId = 0;
  /** The newest server request that the client has acknowledged, whether or not the log says so yet. */
  ackedRequestId: RequestId = 0;
  /** The acknowledgement that is on its way into the log; later ones wait for it and go together. */
  proposedAckId: RequestId | undefined = undefined;
  #proposals: RequestIdSet | undefined;

  constructor(sessionId: SessionId, timeoutMs: number) {
    this.sessionId = sessionId;
    this.timeoutMs = timeoutMs;
  }

  /** Commands that were proposed and neither applied nor failed. Made when it is wanted: most sessions rest. */
  get proposals(): RequestIdSet {
    this.#proposals ??= new RequestIdSet();
    return this.#proposals;
  }

  /** How many there are. */
  get proposalCount(): number {
    return this.#proposals?.size ?? 0;
  }

  /** The session has no connection any more, and takes as little memory as it can until it has one again. */
  detached(): void {
    this.connection = undefined;
    if (this.proposalCount === 0) this.#proposals = undefined;
  }
}
