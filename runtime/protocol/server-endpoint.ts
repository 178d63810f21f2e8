import type { EndReason, LogRecord } from "../../generated/log/messages.ts";
import type { ClientMessage, MemberId, SessionCloseReason } from "../../generated/protocol/messages.ts";
import { ClientAccounts, type Excess } from "./client-accounts.ts";
import type { LiveSession } from "./live-session.ts";
import { LiveSessions } from "./live-sessions.ts";
import { PendingReads } from "./pending-reads.ts";
import type { ProposalFailure, Role, ServerEffect, ServerEndpointOptions, ServerEvent } from "./server-events.ts";
import { ServerHandshakes } from "./server-handshakes.ts";
import { type ServerLoad, serverLoad } from "./server-load.ts";
import { ServerOutput } from "./server-output.ts";
import { ServerRequestDelivery } from "./server-request-delivery.ts";
import type { ServerTally } from "./server-tally.ts";
import { SessionRequests } from "./session-requests.ts";
import { type SessionStatus, sessionStatuses } from "./session-status.ts";
import type { SessionTable, TableEffect } from "./session-table.ts";

/**
 * The protocol of one server: everything between its connections and the replicated log.
 *
 * Theory of operation. A follower answers everything with the leader's name. The leader ties each connection to at most
 * one session and each session to at most one connection (`ServerHandshakes`); what a client asks for becomes a record
 * that is proposed, and the client is answered only when the record comes back applied, from `SessionRequests.applied`:
 * nothing else answers a command, so "answered" means "committed". A command that the table already knows is answered
 * from there.
 *
 * A lease is how long the leader waits for a sign of life. Leases are not replicated: a new leader grants every session
 * a whole one. When a lease ends, the leader proposes to expire the session; until that is settled a client that comes
 * back waits, so it is never told that its session goes on when the log already holds its end.
 *
 * Who is behind a connection is known from its beginning to its end, whoever leads (`ClientAccounts`). What a client asks for
 * counts against its rates, frame by frame; a request over them is refused and its client asks again later, but signs of life
 * and acknowledgements never are.
 *
 * Reads pass a barrier. A read that arrives while one is under way waits for the next: joining it could miss what was
 * committed in between.
 *
 * Invariants: (1) attached connections and sessions stand one to one; (2) every session of the table has exactly one
 * `LiveSession` while this member leads, and none while it follows; (3) an attached connection has one version, that of
 * the answer to its handshake, and nothing is sent to it or taken from it in another, but for the next handshake.
 */
export class ServerEndpoint {
  readonly #table: SessionTable;
  readonly #accounts: ClientAccounts;
  readonly #output = new ServerOutput();
  readonly #delivery: ServerRequestDelivery;
  readonly #live: LiveSessions;
  readonly #reads: PendingReads = new PendingReads(this.#output);
  readonly #handshakes: ServerHandshakes;
  readonly #requests: SessionRequests;
  #role: Role = { role: "follower" };
  #now = 0;

  constructor(options: ServerEndpointOptions) {
    this.#table = options.table;
    this.#delivery = new ServerRequestDelivery(options, this.#output);
    this.#accounts = new ClientAccounts(options.admission);
    this.#live = new LiveSessions(this.#accounts, this.#delivery, this.#output);
    const parts = { live: this.#live, delivery: this.#delivery, reads: this.#reads, output: this.#output };
    this.#handshakes = new ServerHandshakes({ options, accounts: this.#accounts, ...parts });
    this.#requests = new SessionRequests({ table: options.table, ...parts });
  }

  /** When `deadline` is due next, in monotonic milliseconds; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    return earlier(earlier(this.#live.nextDeadline, this.#delivery.nextDeadline), this.#handshakes.nextDeadline);
  }

  /** Every session, oldest first, as this member sees it when it is taken. `now`: monotonic milliseconds. */
  sessions(now: number): Generator<SessionStatus, void, undefined> {
    return sessionStatuses(this.#table, this.#live, this.#accounts, this.#reads.queriesBySession(), now);
  }

  /** What was answered so far, and how often. */
  get tally(): Readonly<ServerTally> {
    return this.#output.tally;
  }

  /** What there is to do at the moment. Costs time in proportion to the sessions. */
  load(): ServerLoad {
    return serverLoad(this.#table, this.#live.all.values(), this.#reads.size);
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
      case "connected":
        this.#connected(event);
        return;
      case "malformed":
        this.#output.report({ type: "malformedFrame", error: event.error });
        this.#live.disconnect({ connectionId: event.connectionId, version: 1 }, "SessionError");
        this.#accounts.lost(event.connectionId, this.#now);
        this.#output.drop(event.connectionId);
        return;
      case "applied":
        for (const effect of event.effects) this.#applied(effect);
        return;
      case "readReady":
        this.#readReady(event.readId);
        return;
      case "readFailed":
        this.#readFailed(event.readId);
        return;
      case "proposalFailed":
        this.#proposalFailed(event.record, event.failure);
        return;
      case "leadership":
        this.#leadership(event.leadership);
        return;
      case "members":
        this.#handshakes.membersChanged(event.members);
        return;
      case "authorized":
        this.#handshakes.authorized(event.authorizationId, event.decision, this.#now);
        return;
      case "authorizationFailed":
        this.#handshakes.authorizationFailed(event.authorizationId, event.error);
        return;
      case "connectionLost":
        this.#live.detach(event.connectionId);
        this.#accounts.lost(event.connectionId, this.#now);
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

  #received(event: ServerEvent & { type: "received" }): void {
    const { message } = event;
    if (message.type === "ConnectionClosed") {
      this.#live.detach(event.connectionId);
    } else if (this.#role.role === "follower") {
      const { leader } = this.#role;
      if ("nonce" in message) this.#handshakes.redirect(event, message, leader);
      else this.#requests.redirect(event, message, leader);
    } else if ("nonce" in message) {
      this.#handshakes.received(event, message, this.#now);
    } else {
      const excess = this.#accounts.limitsFrames ? this.#charge(event) : undefined;
      this.#requests.received(event, message, this.#now, excess);
    }
  }

  #connected({ connectionId, client }: ServerEvent & { type: "connected" }): void {
    const excess = this.#accounts.connected(connectionId, client, this.#now);
    if (excess === undefined) return;
    const { rate, scope } = excess;
    this.#output.report({ type: "rateLimited", rate, scope, client, requests: 0 });
    this.#output.drop(connectionId);
  }

  /** Counts a frame against its client's rates. */
  #charge({ connectionId, message, byteLength }: ServerEvent & { type: "received" }): Excess | undefined {
    const requests = requestsIn(message);
    const charge = { requestsPerSecond: requests, bytesPerSecond: byteLength };
    if (requests === 0) {
      this.#accounts.spend(connectionId, charge);
      return undefined;
    }
    const excess = this.#accounts.charge(connectionId, charge, this.#now);
    if (excess === undefined) return undefined;
    const { rate, scope } = excess;
    this.#output.report({ type: "rateLimited", rate, scope, client: this.#accounts.clientOf(connectionId), requests });
    return excess;
  }

  #applied(effect: TableEffect): void {
    if (effect.type === "stateMachineError") {
      this.#output.report(effect);
      return;
    }
    if (this.#role.role !== "leader") return;
    if (effect.type === "created") {
      this.#handshakes.created(effect.sessionId, this.#now);
      return;
    }
    const session = this.#live.all.get(effect.sessionId);
    if (session === undefined) return;
    switch (effect.type) {
      case "respond":
      case "refused":
      case "evicted":
        this.#requests.applied(session, effect);
        return;
      case "dispatch":
        this.#delivery.deliver(session, this.#now);
        return;
      case "acknowledged":
        this.#delivery.ackApplied(session);
        return;
      case "survived":
        this.#survived(session);
        return;
      case "ended":
        this.#ended(session, effect.reason);
        return;
    }
  }

  #survived(session: LiveSession): void {
    this.#live.survived(session, this.#now);
    const { waiting } = session;
    session.waiting = undefined;
    if (waiting === undefined) return;
    this.#handshakes.continue(waiting.recipient, session.sessionId, waiting.nonce, this.#now);
  }

  #ended(session: LiveSession, reason: EndReason): void {
    const { sessionId, connection, waiting } = session;
    this.#live.remove(session);
    this.#output.report({ type: "sessionEnded", sessionId, reason });
    if (connection !== undefined) this.#output.sessionEnded(connection, reason);
    if (waiting !== undefined) this.#handshakes.reject(waiting.recipient, waiting.nonce, "SessionExpired");
  }

  #proposalFailed(record: LogRecord, failure: ProposalFailure): void {
    if (record.type === "CreateSession") {
      this.#handshakes.creationFailed(record, failure);
      return;
    }
    const session = this.#live.all.get(record.sessionId);
    if (session === undefined) return;
    if (record.type === "Commands") this.#requests.commandsFailed(session, record, failure);
    else if (record.type === "AckServerRequest") this.#delivery.ackFailed(session, this.#now);
    else if (failure.type === "ambiguous") this.#live.doubt(session, record, this.#now);
    else this.#survived(session);
  }

  #readReady(readId: number): void {
    for (const read of this.#reads.take(readId)) {
      if (read.type === "query") this.#requests.answerQuery(read);
      else this.#handshakes.continueAfterRead(read.recipient, read.sessionId, read.nonce, this.#now);
    }
    this.#reads.start();
  }

  #readFailed(readId: number): void {
    for (const read of this.#reads.take(readId)) {
      if (read.type === "query") this.#requests.queryFailed(read);
      else this.#handshakes.continueFailed(read.recipient, read.nonce);
    }
    this.#reads.start();
  }

  #leadership(leadership: Role): void {
    this.#stepDown("NotLeaderAnymore", leadership.role === "follower" ? leadership.leader : undefined);
    this.#role = leadership;
    if (leadership.role === "follower") {
      this.#output.report({ type: "following", leader: leadership.leader });
      return;
    }
    for (const sessionId of this.#table.sessions.keys()) this.#handshakes.serve(sessionId, this.#now);
    this.#output.report({ type: "leading", term: leadership.term });
  }

  #deadline(): void {
    this.#handshakes.deadline(this.#now);
    for (let session = this.#live.takeExpired(this.#now); session; session = this.#live.takeExpired(this.#now)) {
      const { sessionId, endInDoubt } = session;
      if (endInDoubt !== undefined) {
        // Until the first is settled nobody may be told that the session goes on; the second comes after it in any case.
        session.endInDoubt = undefined;
        this.#output.propose(endInDoubt);
        continue;
      }
      const unlessActiveAfter = this.#table.sessions.get(sessionId)?.activeIndex ?? 0;
      this.#requests.end(session, { type: "ExpireSession", sessionId, unlessActiveAfter });
    }
    this.#delivery.deadline(this.#live.all, this.#now);
  }

  #stepDown(reason: SessionCloseReason, leaderId: MemberId | undefined): void {
    for (const [connectionId, { state, nonce, version }] of this.#live.connections.entries()) {
      const recipient = { connectionId, version };
      if (state === "attached") this.#output.send(recipient, { type: "SessionClosed", reason, leaderId });
      else if (state === "creating") this.#handshakes.reject(recipient, nonce, "NotLeader", leaderId);
    }
    this.#handshakes.stepDown(leaderId);
    this.#live.clear();
    this.#reads.clear();
  }
}

/** How many commands and queries a message holds. */
function requestsIn(message: ClientMessage): number {
  if (message.type === "Batch") return message.items.reduce((sum, item) => sum + requestsIn(item), 0);
  return message.type === "ClientRequest" || message.type === "Query" ? 1 : 0;
}

function earlier(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.min(one, other);
}
