import type { RequestId, SessionId } from "../../generated/protocol/messages.ts";
import { Deadlines } from "./deadlines.ts";
import { limits } from "./limits.ts";
import type { LiveSession } from "./live-session.ts";
import type { ServerOutput } from "./server-output.ts";
import type { PendingServerRequest } from "./session.ts";
import type { SessionTable } from "./session-table.ts";

/** What delivery is made with. */
export interface ServerRequestDeliveryOptions {
  readonly table: SessionTable;
  /** After how long without an acknowledgement a server request is sent again, in milliseconds. */
  readonly resendAfterMs: number;
}

/**
 * Brings server requests from the replicated outbox of each session to its client.
 *
 * A request is sent as soon as it is in the log and its session has a connection, in the order of ids and at most
 * `limits.serverRequestsInFlightMax` at a time; again when nothing was acknowledged for `resendAfterMs`, and at once on a
 * new connection. An acknowledgement covers every lower id. It goes into the log before the outbox forgets anything, one
 * at a time for each session: those that come meanwhile go together.
 */
export class ServerRequestDelivery {
  readonly #options: ServerRequestDeliveryOptions;
  readonly #output: ServerOutput;
  readonly #redeliveries = new Deadlines<SessionId>();
  /** Sessions with an acknowledgement that failed to get into the log. */
  readonly #ackRetries = new Deadlines<SessionId>();

  constructor(options: ServerRequestDeliveryOptions, output: ServerOutput) {
    this.#options = options;
    this.#output = output;
  }

  /** When something is due next; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    const redeliveryAt = this.#redeliveries.next;
    const retryAt = this.#ackRetries.next;
    if (redeliveryAt === undefined || retryAt === undefined) return redeliveryAt ?? retryAt;
    return Math.min(redeliveryAt, retryAt);
  }

  /** Takes what the table knows as the state of a session that this leader has not served yet. */
  begin(session: LiveSession): void {
    const state = this.#options.table.sessions.get(session.sessionId);
    const first = state?.outbox[0];
    session.ackedRequestId = first === undefined ? (state?.lastServerRequestId ?? 0) : first.requestId - 1;
    session.sentRequestId = session.ackedRequestId;
  }

  /** Sends everything that is not acknowledged once more: the connection is new, or too much time has passed. */
  redeliver(session: LiveSession, now: number): void {
    const { tally } = this.#output;
    const sentBefore = session.sentRequestId - session.ackedRequestId;
    const sent = tally.serverRequestsSent;
    session.sentRequestId = session.ackedRequestId;
    this.deliver(session, now);
    tally.serverRequestsRedelivered += Math.min(sentBefore, tally.serverRequestsSent - sent);
  }

  /** Sends the server requests that were not sent yet, as many as may be unacknowledged at a time. */
  deliver(session: LiveSession, now: number): void {
    const { sessionId, connection } = session;
    const outbox = this.#options.table.sessions.get(sessionId)?.outbox ?? [];
    const first = outbox[0]?.requestId ?? 0;
    const last = first + outbox.length - 1;
    if (connection === undefined || outbox.length === 0 || last <= session.ackedRequestId) {
      this.#redeliveries.delete(sessionId);
      return;
    }
    const until = lastToSend(outbox, session.ackedRequestId);
    let requestId = Math.max(session.sentRequestId + 1, first);
    if (requestId <= until) this.#redeliveries.set(sessionId, now + this.#options.resendAfterMs);
    for (; requestId <= until; requestId++) {
      const request = outbox[requestId - first];
      if (request !== undefined) this.#output.send(connection, { type: "ServerRequest", ...request });
      this.#output.tally.serverRequestsSent += 1;
      session.sentRequestId = requestId;
    }
  }

  /** The client has every server request up to `requestId`. One that was never given, or is known, changes nothing. */
  acknowledge(session: LiveSession, requestId: RequestId, now: number): void {
    // The client may have more than this leader has sent yet: the one before it sent the rest.
    const lastId = this.#options.table.sessions.get(session.sessionId)?.lastServerRequestId ?? 0;
    if (requestId > lastId || requestId <= session.ackedRequestId) return;
    session.ackedRequestId = requestId;
    session.sentRequestId = Math.max(session.sentRequestId, requestId);
    if (session.proposedAckId === undefined) this.#propose(session);
    this.#redeliveries.set(session.sessionId, now + this.#options.resendAfterMs);
    this.deliver(session, now);
  }

  /** The acknowledgement that was proposed is in the log. */
  ackApplied(session: LiveSession): void {
    const settled = session.proposedAckId;
    session.proposedAckId = undefined;
    if (settled !== undefined && session.ackedRequestId > settled) this.#propose(session);
  }

  /**
   * It is not in the log, or perhaps not. The client has no reason to say it again, so it is proposed again in time: the
   * outbox would keep the requests until the next acknowledgement, if there ever is one.
   */
  ackFailed(session: LiveSession, now: number): void {
    session.proposedAckId = undefined;
    this.#ackRetries.set(session.sessionId, now + this.#options.resendAfterMs);
  }

  /** Sends and proposes again what is due. */
  deadline(live: ReadonlyMap<SessionId, LiveSession>, now: number): void {
    for (let id = this.#ackRetries.takeDue(now); id !== undefined; id = this.#ackRetries.takeDue(now)) {
      const session = live.get(id);
      if (session !== undefined && session.proposedAckId === undefined) this.#propose(session);
    }
    for (let id = this.#redeliveries.takeDue(now); id !== undefined; id = this.#redeliveries.takeDue(now)) {
      const session = live.get(id);
      if (session !== undefined) this.redeliver(session, now);
    }
  }

  /** The session has no connection any more. */
  pause(sessionId: SessionId): void {
    this.#redeliveries.delete(sessionId);
  }

  /** The session is over, or no longer served here. */
  end(sessionId: SessionId): void {
    this.pause(sessionId);
    this.#ackRetries.delete(sessionId);
  }

  #propose(session: LiveSession): void {
    const { sessionId, ackedRequestId } = session;
    this.#ackRetries.delete(sessionId);
    session.proposedAckId = ackedRequestId;
    this.#output.propose({ type: "AckServerRequest", sessionId, requestId: ackedRequestId });
  }
}

/** The newest request that may be under way: so many requests, and so many bytes, behind the last acknowledged one. */
function lastToSend(outbox: readonly PendingServerRequest[], ackedRequestId: RequestId): RequestId {
  let lastId = ackedRequestId;
  let count = 0;
  let byteLength = 0;
  const first = outbox[0]?.requestId ?? 0;
  for (let index = Math.max(0, ackedRequestId + 1 - first); index < outbox.length; index++) {
    const request = outbox[index];
    if (request === undefined || count === limits.serverRequestsInFlightMax) break;
    byteLength += request.payload.length;
    if (count > 0 && byteLength > limits.serverRequestBytesInFlightMax) break;
    lastId = request.requestId;
    count += 1;
  }
  return lastId;
}
