import type { LogRecord } from "../../generated/log/messages.ts";
import type {
  ClientBatch,
  ClientMessage,
  ClientRequest,
  MemberId,
  Query,
  QueryFailure,
  RequestFailure,
  RequestId,
} from "../../generated/protocol/messages.ts";
import type { Excess } from "./client-accounts.ts";
import { limits } from "./limits.ts";
import type { LiveSession } from "./live-session.ts";
import type { LiveSessions } from "./live-sessions.ts";
import type { PendingRead, PendingReads } from "./pending-reads.ts";
import { refusalOf } from "./refusal.ts";
import type { ProposalFailure, Recipient } from "./server-events.ts";
import type { ServerOutput } from "./server-output.ts";
import type { ServerRequestDelivery } from "./server-request-delivery.ts";
import type { QueryOutcome, RequestOutcome } from "./server-tally.ts";
import type { Session } from "./session.ts";
import type { SessionTable, TableEffect } from "./session-table.ts";

/** What requests work with. */
export interface RequestParts {
  readonly table: SessionTable;
  readonly live: LiveSessions;
  readonly delivery: ServerRequestDelivery;
  readonly reads: PendingReads;
  readonly output: ServerOutput;
}

/**
 * What clients ask for within their sessions, and what they are answered.
 *
 * Version 1 has one word for a command without a result, and none for a query. There, what is not taken is passed over in
 * silence, because the client asks again, and what the state machine refuses ends the session, by a record of the log.
 * From version 2 on everything has an answer. Which of both it is depends on the connection alone: what is replicated is
 * the same.
 */
export class SessionRequests {
  readonly #table: SessionTable;
  readonly #live: LiveSessions;
  readonly #delivery: ServerRequestDelivery;
  readonly #reads: PendingReads;
  readonly #output: ServerOutput;

  constructor({ table, live, delivery, reads, output }: RequestParts) {
    this.#table = table;
    this.#live = live;
    this.#delivery = delivery;
    this.#reads = reads;
    this.#output = output;
  }

  /** Something that is no handshake has arrived, and this member leads. */
  received(recipient: Recipient, message: ClientMessage, now: number, excess?: Excess): void {
    const session = this.#live.of(recipient.connectionId);
    if (session === undefined) {
      this.#withoutSession(recipient, message);
    } else if (session.connection?.version !== recipient.version) {
      const is = `a connection of version ${session.connection?.version}`;
      this.#violation(recipient, `${message.type} in version ${recipient.version} over ${is}`);
    } else if (excess !== undefined) {
      this.#live.claimed(session);
      this.#excessive(recipient, session, message, excess, now);
    } else if (message.type === "Batch") {
      this.#live.claimed(session);
      this.#batch(recipient, session, message, now);
    } else {
      this.#live.claimed(session);
      this.#live.renew(session, now);
      this.#request(recipient, session, message, now);
    }
  }

  /** Something that is no handshake has arrived, and this member does not lead. */
  redirect(recipient: Recipient, message: ClientMessage, leaderId: MemberId | undefined): void {
    if (message.type === "Batch") {
      for (const item of message.items) this.redirect(recipient, item, leaderId);
    } else if (message.type === "RequestTrace") {
      // What it is about is answered.
    } else if (recipient.version === 1 || !this.#fail(recipient, message, { type: "NotLeader", leaderId })) {
      this.#output.send(recipient, { type: "SessionClosed", reason: "NotLeaderAnymore", leaderId });
    }
  }

  /** The only place from which a command is answered that was not answered before. */
  applied(session: LiveSession, effect: TableEffect & { type: "respond" | "refused" | "evicted" }): void {
    if (effect.type === "respond") {
      this.#respond(session, effect);
      return;
    }
    const { connection } = session;
    const { requestId } = effect;
    this.#output.tally.requests[effect.type] += 1;
    session.proposals.delete(requestId);
    if (connection === undefined) return;
    if (effect.type === "refused") this.#refuse(connection, session, requestId, effect.detail);
    else this.#output.send(connection, { type: "RequestError", requestId, reason: EVICTED });
  }

  /** Commands are not in the log, or perhaps not. Only what is certain is said; else the client asks again by itself. */
  commandsFailed(session: LiveSession, record: LogRecord & { type: "Commands" }, failure: ProposalFailure): void {
    const { connection, proposals } = session;
    const { firstRequestId, payloads } = record;
    for (let offset = 0; offset < payloads.length; offset++) proposals.delete(firstRequestId + offset);
    this.#output.tally.requests[FAILED[failure.type]] += payloads.length;
    if (connection === undefined || connection.version === 1 || failure.type === "ambiguous") return;
    const reason: RequestFailure =
      failure.type === "notLeader" ? { type: "NotLeader", leaderId: failure.leader } : OVERLOADED;
    for (let offset = 0; offset < payloads.length; offset++) {
      this.#output.send(connection, { type: "RequestError", requestId: firstRequestId + offset, reason });
    }
  }

  /** The read barrier of a query has passed. */
  answerQuery({ recipient, sessionId, correlationId, payload }: PendingRead & { type: "query" }): void {
    const session = this.#live.all.get(sessionId);
    const connection = session?.connection;
    if (session === undefined || connection?.connectionId !== recipient.connectionId) return;
    let result: Uint8Array;
    try {
      result = this.#table.query(payload);
    } catch (error) {
      this.#output.tally.queries.refused += 1;
      this.#output.report({ type: "stateMachineError", sessionId, error });
      if (connection.version === 1) {
        this.end(session, { type: "CloseSession", sessionId, reason: "QueryRefused" });
      } else {
        const reason: QueryFailure = { type: "InvalidRequest", detail: refusalOf(error) };
        this.#output.send(connection, { type: "QueryError", correlationId, reason });
      }
      return;
    }
    this.#output.tally.queries.answered += 1;
    this.#output.send(connection, { type: "QueryResponse", correlationId, result });
  }

  /** A read barrier could not be passed. */
  queryFailed({ recipient, sessionId, correlationId }: PendingRead & { type: "query" }): void {
    this.#output.tally.queries.unavailable += 1;
    const connection = this.#live.all.get(sessionId)?.connection;
    if (connection?.connectionId !== recipient.connectionId || connection.version === 1) return;
    this.#output.send(connection, { type: "QueryError", correlationId, reason: OVERLOADED });
  }

  /** Proposes the end of a session, once. */
  end(session: LiveSession, record: LogRecord & { type: "CloseSession" | "ExpireSession" }): void {
    if (session.ending) return;
    session.ending = true;
    this.#output.propose(record);
  }

  #batch(recipient: Recipient, session: LiveSession, { items }: ClientBatch, now: number): void {
    this.#live.renew(session, now);
    const { connection } = session;
    const state = this.#table.sessions.get(session.sessionId);
    for (const item of items) {
      // What came before may have cost the connection its session.
      if (session.connection !== connection) return;
      if (item.type === "ClientRequest") this.#command(recipient, session, state, item);
      else this.#request(recipient, session, item, now);
    }
  }

  /** The client asks for more than it may: what can be asked again is refused, and the rest is done. */
  #excessive(recipient: Recipient, session: LiveSession, message: ClientMessage, excess: Excess, now: number): void {
    this.#live.renew(session, now);
    const reason = { type: "Overloaded", retryAfter: excess.retryAfterMs } as const;
    for (const item of message.type === "Batch" ? message.items : [message]) {
      if (this.#live.of(recipient.connectionId) !== session) return;
      const isRefused = item.type === "ClientRequest" || item.type === "Query";
      if (!isRefused) this.#request(recipient, session, item, now);
      else this.#turnAway(recipient, item, reason);
    }
  }

  #request(recipient: Recipient, session: LiveSession, message: ClientMessage, now: number): void {
    const { sessionId } = session;
    switch (message.type) {
      case "KeepAlive":
        this.#output.send(recipient, { type: "KeepAliveResponse", timestamp: message.timestamp });
        return;
      case "ClientRequest":
        this.#command(recipient, session, this.#table.sessions.get(sessionId), message);
        return;
      case "Query":
        this.#query(recipient, session, message);
        return;
      case "ServerRequestAck":
        this.#delivery.acknowledge(session, message.requestId, now);
        return;
      case "CloseSession":
        this.end(session, { type: "CloseSession", sessionId, reason: "ClientShutdown" });
        return;
      case "RequestTrace":
        this.#output.trace(recipient, sessionId, message);
        return;
      case "CreateSession": // They are looked at before; what remains came in a batch.
      case "ContinueSession":
      case "ConnectionClosed":
      case "Batch":
        this.#violation(recipient, `${message.type} in a batch`);
        return;
    }
  }

  #command(recipient: Recipient, session: LiveSession, state: Session | undefined, message: ClientRequest): void {
    const { requestId, payload } = message;
    const { requests: counts } = this.#output.tally;
    if (payload.length > limits.payloadBytesMax) {
      this.#tooLarge(recipient, message);
      return;
    }
    const known = state?.lookup(requestId);
    if (known?.state === "answered") {
      const { result, index } = known;
      counts.repeated += 1;
      this.#output.send(recipient, { type: "ClientResponse", requestId, result, commitIndex: index });
    } else if (known?.state === "refused") {
      counts.repeated += 1;
      this.#refuse(recipient, session, requestId, known.detail);
    } else if (known?.state === "evicted") {
      counts.evicted += 1;
      this.#output.send(recipient, { type: "RequestError", requestId, reason: EVICTED });
    } else if (session.ending || session.proposals.has(requestId)) {
      counts.under_way += 1; // Its answer is on its way, or the end of its session is.
    } else if (session.proposals.size >= limits.sessionProposalsMax) {
      this.#overloaded(recipient, message, "sessionProposalsMax");
    } else {
      session.proposals.add(requestId);
      this.#output.proposeCommand(session.sessionId, message);
    }
  }

  #tooLarge(recipient: Recipient, message: ClientRequest): void {
    const detail = `a payload of ${message.payload.length} bytes, the limit is ${limits.payloadBytesMax}`;
    if (recipient.version === 1) {
      this.#violation(recipient, detail);
      return;
    }
    this.#output.report({ type: "protocolViolation", problem: detail });
    this.#fail(recipient, message, { type: "InvalidRequest", detail });
  }

  #query(recipient: Recipient, { sessionId }: LiveSession, message: Query): void {
    const { correlationId, payload } = message;
    if (this.#reads.size >= limits.queriesPendingMax) this.#overloaded(recipient, message, "queriesPendingMax");
    else this.#reads.add({ type: "query", recipient, sessionId, correlationId, payload });
  }

  #respond({ connection, proposals }: LiveSession, effect: TableEffect & { type: "respond" }): void {
    const { results, index } = effect;
    this.#output.tally.requests.applied += results.length;
    let requestId = effect.firstRequestId;
    for (const result of results) {
      proposals.delete(requestId);
      if (connection !== undefined) {
        this.#output.send(connection, { type: "ClientResponse", requestId, result, commitIndex: index });
      }
      requestId += 1;
    }
  }

  #refuse(recipient: Recipient, session: LiveSession, requestId: RequestId, detail: string): void {
    if (recipient.version === 1) {
      this.end(session, { type: "CloseSession", sessionId: session.sessionId, reason: "CommandRefused" });
    } else {
      this.#output.send(recipient, { type: "RequestError", requestId, reason: { type: "InvalidRequest", detail } });
    }
  }

  #overloaded(recipient: Recipient, message: ClientRequest | Query, limit: keyof typeof limits): void {
    this.#output.report({ type: "overloaded", limit });
    this.#turnAway(recipient, message, OVERLOADED);
  }

  /** A request is not taken, this time. Version 1 has no word for that, and its client asks again by itself. */
  #turnAway(recipient: Recipient, message: ClientRequest | Query, reason: RequestFailure & QueryFailure): void {
    if (recipient.version > 1) this.#fail(recipient, message, reason);
    else this.#count(message, "overloaded");
  }

  #withoutSession(recipient: Recipient, message: ClientMessage): void {
    const { state, version } = this.#live.connections.get(recipient.connectionId) ?? {};
    if (state === "ended" && version === recipient.version) {
      const items = message.type === "Batch" ? message.items : [message];
      for (const item of items) this.#fail(recipient, item, { type: "SessionExpired" });
      return;
    }
    const problem = `${message.type} on a connection without a session`;
    this.#output.report({ type: "protocolViolation", problem });
    this.#output.send(recipient, { type: "SessionClosed", reason: "SessionError" });
  }

  /** Tells why a request has no result; false for a message that is none. */
  #fail(recipient: Recipient, message: ClientMessage, reason: RequestFailure & QueryFailure): boolean {
    if (message.type === "ClientRequest" || message.type === "Query") this.#count(message, FAILURES[reason.type]);
    if (message.type === "ClientRequest") {
      this.#output.send(recipient, { type: "RequestError", requestId: message.requestId, reason });
      return true;
    }
    if (message.type !== "Query") return false;
    this.#output.send(recipient, { type: "QueryError", correlationId: message.correlationId, reason });
    return true;
  }

  #count({ type }: ClientRequest | Query, outcome: RequestOutcome & QueryOutcome): void {
    const { requests, queries } = this.#output.tally;
    (type === "ClientRequest" ? requests : queries)[outcome] += 1;
  }

  /** What a client sent is not allowed where it is: the connection loses its session, which goes on. */
  #violation(recipient: Recipient, problem: string): void {
    this.#output.report({ type: "protocolViolation", problem });
    this.#live.disconnect(recipient, "SessionError");
  }
}

/** What is counted of a record that did not come back as applied. */
const FAILED: Readonly<Record<ProposalFailure["type"], RequestOutcome>> = {
  notLeader: "not_leader",
  unavailable: "unavailable",
  ambiguous: "in_doubt",
};

/** And of what a client is told instead of a result. */
const FAILURES: Readonly<Record<(RequestFailure & QueryFailure)["type"], RequestOutcome & QueryOutcome>> = {
  NotLeader: "not_leader",
  InvalidRequest: "refused",
  Overloaded: "overloaded",
  SessionExpired: "no_session",
};

const EVICTED: RequestFailure = { type: "ResponseEvicted" };
const OVERLOADED: RequestFailure & QueryFailure = { type: "Overloaded", retryAfter: limits.retryAfterMs };
