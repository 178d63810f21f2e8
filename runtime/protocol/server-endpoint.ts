import type { EndReason, LogRecord } from "../../generated/log/messages.ts";
import type {
  ClientRequest,
  ClientResponse,
  ContinueSession,
  CreateSession,
  MemberId,
  Query,
  RequestError,
  SessionCloseReason,
  SessionId,
} from "../../generated/protocol/messages.ts";
import { refusal } from "./admission.ts";
import { limits } from "./limits.ts";
import type { LiveSession } from "./live-session.ts";
import { LiveSessions } from "./live-sessions.ts";
import { PendingReads } from "./pending-reads.ts";
import type { ConnectionId, Role, ServerEffect, ServerEndpointOptions, ServerEvent } from "./server-events.ts";
import { ServerOutput } from "./server-output.ts";
import { ServerRequestDelivery } from "./server-request-delivery.ts";
import type { SessionTable, TableEffect } from "./session-table.ts";

/**
 * The protocol of one server: everything between its connections and the replicated log.
 *
 * Theory of operation. A follower answers everything with the leader's name. The leader ties each connection to at most
 * one session and each session to at most one connection; what a client asks for becomes a record that is proposed, and
 * the client is answered only when the record comes back applied, from `#applied`: no other line answers a command, so
 * "answered" means "committed". A command that the table already knows is answered from there.
 *
 * A lease is how long the leader waits for a sign of life. Leases are not replicated: a new leader grants every session
 * a whole one. When a lease ends, the leader proposes to expire the session; until that is settled a client that comes
 * back waits, so it is never told that its session goes on when the log already holds its end.
 *
 * Reads pass a barrier. A read that arrives while one is under way waits for the next: joining it could miss what was
 * committed in between.
 *
 * Invariants: (1) attached connections and sessions stand one to one; (2) every session of the table has exactly one
 * `LiveSession` while this member leads, and none while it follows.
 */
export class ServerEndpoint {
  readonly #table: SessionTable;
  readonly #newSessionId: () => SessionId;
  readonly #output = new ServerOutput();
  readonly #live: LiveSessions;
  readonly #delivery: ServerRequestDelivery;
  readonly #reads: PendingReads = new PendingReads(this.#output);
  #role: Role = { role: "follower" };
  #now = 0;

  constructor(options: ServerEndpointOptions) {
    this.#table = options.table;
    this.#newSessionId = options.newSessionId;
    this.#live = new LiveSessions(options.sessionTimeoutMs, this.#output);
    this.#delivery = new ServerRequestDelivery(options, this.#output);
  }

  /** When `deadline` is due next, in monotonic milliseconds; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    const leaseAt = this.#live.nextDeadline;
    const redeliveryAt = this.#delivery.nextDeadline;
    if (leaseAt === undefined || redeliveryAt === undefined) return leaseAt ?? redeliveryAt;
    return Math.min(leaseAt, redeliveryAt);
  }

  /** Feeds one event and returns what to do about it, in order. `now`: monotonic milliseconds. */
  step(event: ServerEvent, now: number): readonly ServerEffect[] {
    this.#now = now;
    this.#handle(event);
    return this.#output.take();
  }

  #handle(event: ServerEvent): void {
    switch (event.type) {
      case "received":
        this.#received(event);
        return;
      case "malformed":
        this.#output.report({ type: "malformedFrame", error: event.error });
        this.#disconnect(event.connectionId, "SessionError");
        this.#output.drop(event.connectionId);
        return;
      case "applied":
        for (const effect of event.effects) this.#applied(effect);
        return;
      case "readReady":
        this.#readReady(event.readId);
        return;
      case "readFailed":
        this.#reads.take(event.readId);
        this.#reads.start();
        return;
      case "proposalFailed":
        this.#proposalFailed(event.record);
        return;
      case "leadership":
        this.#leadership(event.leadership);
        return;
      case "connectionLost":
        this.#detach(event.connectionId);
        return;
      case "deadline":
        this.#deadline();
        return;
      case "shutdown":
        this.#stepDown("Shutdown", undefined);
        this.#role = { role: "follower" };
        return;
    }
  }

  // ---------------------------------------------------------------- what clients send

  #received({ connectionId, message }: ServerEvent & { type: "received" }): void {
    if (message.type === "ConnectionClosed") {
      this.#detach(connectionId);
      return;
    }
    if (this.#role.role === "follower") {
      const leaderId = this.#role.leader;
      if ("nonce" in message) this.#output.reject(connectionId, message.nonce, "NotLeader", leaderId);
      else this.#output.send(connectionId, { type: "SessionClosed", reason: "NotLeaderAnymore", leaderId });
      return;
    }
    if (message.type === "CreateSession") {
      this.#create(connectionId, message);
      return;
    }
    if (message.type === "ContinueSession") {
      this.#continue(connectionId, message);
      return;
    }
    const session = this.#live.of(connectionId);
    if (session === undefined) {
      this.#output.report({ type: "protocolViolation", problem: `${message.type} on a connection without a session` });
      this.#output.send(connectionId, { type: "SessionClosed", reason: "SessionError" });
      return;
    }
    this.#live.renew(session, this.#now);
    switch (message.type) {
      case "KeepAlive":
        this.#output.send(connectionId, { type: "KeepAliveResponse", timestamp: message.timestamp });
        return;
      case "ClientRequest":
        this.#request(connectionId, session, message);
        return;
      case "Query":
        this.#query(connectionId, session, message);
        return;
      case "ServerRequestAck":
        this.#delivery.acknowledge(session, message.requestId, this.#now);
        return;
      case "CloseSession":
        this.#end(session, { type: "CloseSession", sessionId: session.sessionId, reason: "ClientShutdown" });
        return;
    }
  }

  #create(connectionId: ConnectionId, { capabilities, nonce }: CreateSession): void {
    const before = this.#live.connections.get(connectionId);
    if (before?.nonce === nonce) {
      // The same handshake again: it is under way, or its answer was lost.
      const { sessionId } = before;
      if (before.state === "attached") this.#output.send(connectionId, { type: "SessionCreated", sessionId, nonce });
      return;
    }
    const refused = refusal(capabilities, this.#table.sessions.size + this.#live.connections.creatingCount);
    if (refused !== undefined) {
      this.#output.report({ type: "sessionRefused", reason: refused.problem });
      this.#output.reject(connectionId, nonce, refused.reason);
      return;
    }
    this.#detach(connectionId);
    const sessionId = this.#newSessionId();
    this.#live.connections.creating(connectionId, sessionId, nonce);
    this.#output.propose({ type: "CreateSession", sessionId, nonce, capabilities });
  }

  #continue(connectionId: ConnectionId, { sessionId, nonce }: ContinueSession): void {
    const session = this.#live.all.get(sessionId);
    if (session === undefined) {
      // A leader that was deposed without knowing would deny sessions that its successor created.
      this.#reads.add({ type: "continue", connectionId, sessionId, nonce });
    } else if (session.ending) {
      session.waiting = { connectionId, nonce };
    } else {
      this.#live.attach(session, connectionId, nonce, this.#now);
      this.#output.send(connectionId, { type: "SessionContinued", nonce });
      this.#output.report({ type: "sessionContinued", sessionId });
      this.#delivery.redeliver(session, this.#now);
    }
  }

  #request(connectionId: ConnectionId, session: LiveSession, message: ClientRequest): void {
    const { requestId, lowestPendingRequestId, payload } = message;
    const { sessionId } = session;
    if (payload.length > limits.payloadBytesMax) {
      const problem = `a payload of ${payload.length} bytes, the limit is ${limits.payloadBytesMax}`;
      this.#output.report({ type: "protocolViolation", problem });
      this.#disconnect(connectionId, "SessionError");
      return;
    }
    const known = this.#table.lookup(sessionId, requestId);
    if (known.state === "answered") {
      this.#output.send(connectionId, { type: "ClientResponse", requestId, result: known.result });
    } else if (known.state === "evicted") {
      this.#output.send(connectionId, responseEvicted(requestId));
    } else if (session.ending || session.proposals.has(requestId)) {
      // Its answer is on its way, or the end of its session is.
    } else if (session.proposals.size >= limits.sessionProposalsMax) {
      this.#output.report({ type: "overloaded", limit: "sessionProposalsMax" });
    } else {
      session.proposals.add(requestId);
      this.#output.propose({ type: "Command", sessionId, requestId, lowestPendingRequestId, payload });
    }
  }

  #query(connectionId: ConnectionId, session: LiveSession, { correlationId, payload }: Query): void {
    if (this.#reads.size >= limits.queriesPendingMax) {
      this.#output.report({ type: "overloaded", limit: "queriesPendingMax" });
      return;
    }
    this.#reads.add({ type: "query", connectionId, sessionId: session.sessionId, correlationId, payload });
  }

  // ---------------------------------------------------------------- what the log says

  #applied(effect: TableEffect): void {
    if (effect.type === "refused") {
      this.#output.report({ type: "stateMachineError", sessionId: effect.sessionId, error: effect.error });
      return;
    }
    if (this.#role.role !== "leader") return;
    if (effect.type === "created") {
      this.#created(effect.sessionId);
      return;
    }
    const session = this.#live.all.get(effect.sessionId);
    if (session === undefined) return;
    switch (effect.type) {
      case "respond":
        this.#answer(session, { type: "ClientResponse", requestId: effect.requestId, result: effect.result });
        return;
      case "evicted":
        this.#answer(session, responseEvicted(effect.requestId));
        return;
      case "dispatch":
        this.#delivery.deliver(session, this.#now);
        return;
      case "acknowledged":
        this.#delivery.settleAck(session);
        return;
      case "survived":
        this.#survived(session);
        return;
      case "ended":
        this.#ended(session, effect.reason);
        return;
    }
  }

  /** The only place from which a command is answered that was not answered before. */
  #answer(session: LiveSession, message: ClientResponse | RequestError): void {
    session.proposals.delete(message.requestId);
    if (session.connectionId !== undefined) this.#output.send(session.connectionId, message);
  }

  #created(sessionId: SessionId): void {
    const session = this.#serve(sessionId);
    this.#output.report({ type: "sessionCreated", sessionId });
    const creation = this.#live.connections.creationOf(sessionId);
    if (creation === undefined) return; // Its client is gone; the lease ends the session.
    const { connectionId, nonce } = creation;
    this.#live.attach(session, connectionId, nonce, this.#now);
    this.#output.send(connectionId, { type: "SessionCreated", sessionId, nonce });
    this.#delivery.deliver(session, this.#now);
  }

  #serve(sessionId: SessionId): LiveSession {
    const session = this.#live.add(sessionId, this.#now);
    this.#delivery.begin(session);
    return session;
  }

  #survived(session: LiveSession): void {
    session.ending = false;
    this.#live.renew(session, this.#now);
    const { waiting } = session;
    session.waiting = undefined;
    if (waiting !== undefined) {
      this.#continue(waiting.connectionId, {
        type: "ContinueSession",
        sessionId: session.sessionId,
        nonce: waiting.nonce,
      });
    }
  }

  #ended(session: LiveSession, reason: EndReason): void {
    const { sessionId, connectionId, waiting } = session;
    this.#live.remove(session);
    this.#delivery.pause(sessionId);
    this.#output.report({ type: "sessionEnded", sessionId, reason });
    if (connectionId !== undefined) this.#output.sessionEnded(connectionId, reason);
    if (waiting !== undefined) this.#output.reject(waiting.connectionId, waiting.nonce, "SessionExpired");
  }

  #proposalFailed(record: LogRecord): void {
    if (record.type === "CreateSession") {
      const creation = this.#live.connections.creationOf(record.sessionId);
      if (creation === undefined) return;
      this.#live.connections.delete(creation.connectionId);
      this.#output.reject(creation.connectionId, creation.nonce, "NotLeader");
      return;
    }
    const session = this.#live.all.get(record.sessionId);
    if (session === undefined) return;
    if (record.type === "Command") session.proposals.delete(record.requestId);
    else if (record.type === "AckServerRequest") this.#delivery.settleAck(session);
    else this.#survived(session);
  }

  #leadership(leadership: Role): void {
    this.#stepDown("NotLeaderAnymore", leadership.role === "follower" ? leadership.leader : undefined);
    this.#role = leadership;
    if (leadership.role === "follower") {
      this.#output.report({ type: "following", leader: leadership.leader });
      return;
    }
    for (const sessionId of this.#table.sessions.keys()) this.#serve(sessionId);
    this.#output.report({ type: "leading", term: leadership.term });
  }

  // ---------------------------------------------------------------- reads

  #readReady(readId: number): void {
    for (const read of this.#reads.take(readId)) {
      if (read.type === "continue") {
        const { connectionId, sessionId, nonce } = read;
        if (this.#live.all.has(sessionId)) this.#continue(connectionId, { type: "ContinueSession", sessionId, nonce });
        else this.#output.reject(connectionId, nonce, "SessionExpired");
        continue;
      }
      const session = this.#live.all.get(read.sessionId);
      if (session === undefined || session.connectionId !== read.connectionId) continue;
      try {
        const result = this.#table.query(read.payload);
        this.#output.send(read.connectionId, { type: "QueryResponse", correlationId: read.correlationId, result });
      } catch (error) {
        this.#output.report({ type: "stateMachineError", sessionId: read.sessionId, error });
        this.#end(session, { type: "CloseSession", sessionId: read.sessionId, reason: "QueryRefused" });
      }
    }
    this.#reads.start();
  }

  // ---------------------------------------------------------------- the ends of sessions, leases and leaderships

  #deadline(): void {
    for (let session = this.#live.takeExpired(this.#now); session; session = this.#live.takeExpired(this.#now)) {
      const { sessionId } = session;
      const unlessActiveAfter = this.#table.sessions.get(sessionId)?.activeIndex ?? 0;
      this.#end(session, { type: "ExpireSession", sessionId, unlessActiveAfter });
    }
    this.#delivery.deadline(this.#live.all, this.#now);
  }

  #end(session: LiveSession, record: LogRecord & { type: "CloseSession" | "ExpireSession" }): void {
    if (session.ending) return;
    session.ending = true;
    this.#output.propose(record);
  }

  /** The connection is no longer its session's; the session goes on. */
  #detach(connectionId: ConnectionId): void {
    const session = this.#live.detach(connectionId);
    if (session !== undefined) this.#delivery.pause(session.sessionId);
  }

  #disconnect(connectionId: ConnectionId, reason: SessionCloseReason): void {
    this.#detach(connectionId);
    this.#output.send(connectionId, { type: "SessionClosed", reason });
  }

  #stepDown(reason: SessionCloseReason, leaderId: MemberId | undefined): void {
    for (const [connectionId, { state, nonce }] of this.#live.connections.entries()) {
      if (state === "attached") this.#output.send(connectionId, { type: "SessionClosed", reason, leaderId });
      else this.#output.reject(connectionId, nonce, "NotLeader", leaderId);
    }
    for (const session of this.#live.all.values()) this.#delivery.pause(session.sessionId);
    this.#live.clear();
    this.#reads.clear();
  }
}

function responseEvicted(requestId: number): RequestError {
  return { type: "RequestError", requestId, reason: { type: "ResponseEvicted" } };
}
