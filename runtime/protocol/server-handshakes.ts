import type { LogRecord } from "../../generated/log/messages.ts";
import type {
  ContinueSession,
  CreateSession,
  Member,
  MemberId,
  Nonce,
  RejectionReason,
  SessionId,
} from "../../generated/protocol/messages.ts";
import { refusal } from "./admission.ts";
import { type AuthorizationRequest, readDecision } from "./authorization.ts";
import type { ClientAccounts } from "./client-accounts.ts";
import { limits } from "./limits.ts";
import type { LiveSession } from "./live-session.ts";
import type { LiveSessions, UnclaimedSession } from "./live-sessions.ts";
import { answerVersion, askedTimeoutMs } from "./negotiation.ts";
import { type PendingAuthorization, PendingAuthorizations } from "./pending-authorizations.ts";
import type { PendingReads } from "./pending-reads.ts";
import type { ConnectionId, ProposalFailure, Recipient, ServerEndpointOptions } from "./server-events.ts";
import type { ServerOutput } from "./server-output.ts";
import type { ServerRequestDelivery } from "./server-request-delivery.ts";

/** What handshakes work with. */
export interface HandshakeParts {
  readonly options: ServerEndpointOptions;
  readonly accounts: ClientAccounts;
  readonly live: LiveSessions;
  readonly delivery: ServerRequestDelivery;
  readonly reads: PendingReads;
  readonly output: ServerOutput;
}

/**
 * How connections get sessions, and their version of the protocol.
 *
 * A session is created once for each nonce: who asks again, because the answer or its connection was lost, gets the same
 * one, also from another leader, until it has shown that it knows of the session.
 *
 * A handshake may come in any version that this server speaks, and at any time: it begins anew what was said over its
 * connection. The answer is in the version in which everything goes on (see `negotiation.ts`).
 *
 * A session belongs to the key that created it: with another key, or without one, it is neither continued nor found by its
 * nonce. Where somebody decides about handshakes (`options.authorizes`), each waits for the decision, and its connection
 * stays what it was until then. No decision is a no, for now. The decision comes to nothing when the connection is gone or
 * the member leads no more, and is taken once: whatever has changed meanwhile (the session has ended, was attached to
 * another connection, or was created by the same handshake over another one) is looked at after it, not before.
 */
export class ServerHandshakes {
  readonly #options: ServerEndpointOptions;
  readonly #accounts: ClientAccounts;
  readonly #authorizations = new PendingAuthorizations();
  readonly #live: LiveSessions;
  readonly #delivery: ServerRequestDelivery;
  readonly #reads: PendingReads;
  readonly #output: ServerOutput;
  #members: readonly Member[];

  constructor({ options, accounts, live, delivery, reads, output }: HandshakeParts) {
    this.#options = options;
    this.#accounts = accounts;
    this.#live = live;
    this.#delivery = delivery;
    this.#reads = reads;
    this.#output = output;
    this.#members = options.members;
  }

  /** When `deadline` is due next, in monotonic milliseconds; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    return this.#authorizations.nextDeadline;
  }

  /** A client wants a session, and this member leads. */
  received(recipient: Recipient, message: CreateSession | ContinueSession, now: number): void {
    const { connectionId } = recipient;
    if (this.#isTooNew(recipient, message.nonce)) return;
    if (this.#authorizations.of(connectionId)?.message.nonce === message.nonce) return;
    if (message.type === "CreateSession" && this.#isAgain(connectionId, message.nonce)) return;
    if (this.#isTooMuch(recipient, message, now)) return;
    if (message.type === "ContinueSession") this.#resume(recipient, message, now);
    else if (this.#options.authorizes === true) this.#authorize(recipient, message, now);
    else this.#create(recipient, message, now);
  }

  /** Somebody has decided about a handshake. */
  authorized(authorizationId: number, answer: unknown, now: number): void {
    const pending = this.#authorizations.take(authorizationId);
    if (pending === undefined) return;
    const { recipient, message, client } = pending;
    // Gone, or the name of another client's connection by now.
    if (this.#accounts.clientOf(recipient.connectionId) !== client) return;
    const decision = readDecision(answer);
    if (decision.type === "rubbish") {
      this.#undecided(pending, decision.error);
    } else if (decision.type === "no") {
      this.#refuse(recipient, message, decision.detail);
    } else {
      if (decision.limits !== undefined) this.#accounts.limit(recipient.connectionId, decision.limits, now);
      if (message.type === "CreateSession") this.#create(recipient, message, now);
      else this.continue(recipient, message.sessionId, message.nonce, now);
    }
  }

  /** Nobody can decide about it. */
  authorizationFailed(authorizationId: number, error: unknown): void {
    const pending = this.#authorizations.take(authorizationId);
    if (pending !== undefined) this.#undecided(pending, error);
  }

  /** Nobody has decided in time. */
  deadline(now: number): void {
    for (let late = this.#authorizations.takeOverdue(now); late; late = this.#authorizations.takeOverdue(now)) {
      this.#undecided(late, new Error(`authorize did not answer within ${limits.authorizationTimeoutMs} ms`));
    }
  }

  /** The member leads no more: those about whom nothing is decided ask another one. */
  stepDown(leaderId: MemberId | undefined): void {
    for (const { recipient, message } of this.#authorizations.clear()) this.redirect(recipient, message, leaderId);
  }

  /** A client wants a session, and this member does not lead. */
  redirect(recipient: Recipient, message: CreateSession | ContinueSession, leaderId: MemberId | undefined): void {
    if (this.#isTooNew(recipient, message.nonce)) return;
    this.reject(this.#answered(recipient, this.#capabilitiesIn(message)), message.nonce, "NotLeader", leaderId);
  }

  /** Refuses a handshake. Who was refused may need the other members to ask. */
  reject(recipient: Recipient, nonce: Nonce, reason: RejectionReason, leaderId?: MemberId): void {
    this.#output.reject(recipient, nonce, reason, { leaderId, members: this.#members });
  }

  /** Resumes a session on a connection whose client may have it. `recipient`: with the version of the handshake. */
  continue(recipient: Recipient, sessionId: SessionId, nonce: Nonce, now: number): void {
    const session = this.#live.all.get(sessionId);
    if (session === undefined) {
      // A leader that was deposed without knowing would deny sessions that its successor created.
      this.#reads.add({ type: "continue", recipient, sessionId, nonce });
    } else if (session.ending) {
      session.waiting = { recipient, nonce };
    } else {
      const answered = this.#answered(recipient, this.#capabilitiesOf(sessionId));
      this.#live.claimed(session);
      this.#live.attach(session, answered, nonce, now);
      this.#output.send(answered, { type: "SessionContinued", nonce, ...this.#welcome(session) });
      this.#output.report({ type: "sessionContinued", sessionId });
      this.#delivery.redeliver(session, now);
    }
  }

  /** The read barrier for a session that was not there has passed. */
  continueAfterRead(recipient: Recipient, sessionId: SessionId, nonce: Nonce, now: number): void {
    if (this.#live.all.has(sessionId)) this.#resume(recipient, { type: "ContinueSession", sessionId, nonce }, now);
    else this.reject(recipient, nonce, "SessionExpired");
  }

  /** It could not be passed. In version 1 the client asks again by itself. */
  continueFailed(recipient: Recipient, nonce: Nonce): void {
    if (recipient.version > 1) this.reject(recipient, nonce, "ClusterUnavailable");
  }

  /** The log says that a session exists. */
  created(sessionId: SessionId, now: number): void {
    const session = this.serve(sessionId, now);
    this.#output.report({ type: "sessionCreated", sessionId });
    const creation = this.#live.connections.creationOf(sessionId);
    if (creation === undefined) return; // Its client is gone; the lease ends the session.
    this.#begin(creation.recipient, session, creation.nonce, now);
  }

  /** Begins to serve a session of the table. */
  serve(sessionId: SessionId, now: number): LiveSession {
    const state = this.#options.table.sessions.get(sessionId);
    const session = this.#live.add(sessionId, state?.sessionTimeoutMs ?? this.#options.sessionTimeoutMs, now);
    // Nothing but its creation is in the log, so its client may have been told nothing by the leader before.
    if (state !== undefined && state.activeIndex === state.sessionIndex) this.#live.offer(state.nonce, state);
    return session;
  }

  /** A session that a client waits for is not in the log, or perhaps not. */
  creationFailed({ sessionId, nonce: asked }: CreationRecord, failure: ProposalFailure): void {
    this.#live.withdraw(asked, sessionId);
    const creation = this.#live.connections.creationOf(sessionId);
    if (creation === undefined) return;
    const { recipient, nonce } = creation;
    this.#live.connections.delete(recipient.connectionId);
    if (failure.type === "notLeader") this.reject(recipient, nonce, "NotLeader", failure.leader);
    else this.reject(recipient, nonce, "ClusterUnavailable");
  }

  /** Clients reach the members of the cluster at these addresses from now on: those that are connected are told. */
  membersChanged(members: readonly Member[]): void {
    this.#members = members;
    const { memberId: leaderId } = this.#options;
    for (const { connection } of this.#live.all.values()) {
      if (connection === undefined || connection.version === 1) continue;
      this.#output.send(connection, { type: "ClusterChanged", members, leaderId });
    }
  }

  #create(recipient: Recipient, { capabilities, nonce, sessionTimeout }: CreateSession, now: number): void {
    const { connectionId, version } = recipient;
    const owner = this.#accounts.clientOf(connectionId).publicKey;
    if (this.#createdBefore(recipient, { capabilities, owner }, nonce, now)) return;
    const { table, protocolVersionMax } = this.#options;
    const sessionCount = table.sessions.size + this.#live.connections.creatingCount;
    const refused = refusal({ capabilities, version }, sessionCount, protocolVersionMax);
    if (refused !== undefined) {
      this.#output.report({ type: "sessionRefused", reason: refused.problem });
      this.reject(this.#answered(recipient, capabilities), nonce, refused.reason);
      return;
    }
    this.#live.detach(connectionId);
    const sessionId = this.#options.newSessionId();
    this.#live.connections.creating(this.#answered(recipient, capabilities), sessionId, nonce);
    this.#live.offer(nonce, { sessionId, capabilities, owner });
    const asked = sessionTimeout ?? (protocolVersionMax === 1 ? undefined : askedTimeoutMs(capabilities));
    const granted = asked === undefined ? undefined : this.#grantedTimeoutMs(asked);
    this.#output.propose({ type: "CreateSession", sessionId, nonce, capabilities, sessionTimeout: granted, owner });
  }

  /** The same handshake again over the same connection: it is under way, or its answer was lost. */
  #isAgain(connectionId: ConnectionId, nonce: Nonce): boolean {
    const before = this.#live.connections.get(connectionId);
    if (before?.nonce !== nonce || before.state === "ended") return false;
    const { sessionId, version } = before;
    const session = this.#live.of(connectionId);
    if (session === undefined) return true;
    const recipient = { connectionId, version };
    this.#output.send(recipient, { type: "SessionCreated", sessionId, nonce, ...this.#welcome(session) });
    return true;
  }

  /** Whether the client asks for sessions too often. */
  #isTooMuch({ connectionId, version }: Recipient, message: CreateSession | ContinueSession, now: number): boolean {
    const excess = this.#accounts.charge(connectionId, { sessionsPerSecond: 1 }, now);
    if (excess === undefined) return false;
    const { rate, scope, retryAfterMs: retryAfter } = excess;
    this.#output.report({
      type: "rateLimited",
      rate,
      scope,
      client: this.#accounts.clientOf(connectionId),
      requests: 0,
    });
    const answered = this.#answered({ connectionId, version }, this.#capabilitiesIn(message));
    // In version 1 one word alone means that another attempt is worth it.
    const reason = answered.version === 1 ? "NotLeader" : "Overloaded";
    this.#output.reject(answered, message.nonce, reason, { members: this.#members, retryAfter });
    return true;
  }

  /** A client wants to go on with a session, if it is there, and its own. */
  #resume(recipient: Recipient, message: ContinueSession, now: number): void {
    const { sessionId, nonce } = message;
    const client = this.#accounts.clientOf(recipient.connectionId);
    if (this.#live.all.has(sessionId) && this.#options.table.sessions.get(sessionId)?.owner !== client.publicKey) {
      this.#output.report({ type: "notOwner", sessionId, client });
      const answered = this.#answered(recipient, this.#capabilitiesOf(sessionId));
      const detail = "the session belongs to another key";
      this.#output.reject(answered, nonce, "Unauthorized", { members: this.#members, detail });
    } else if (this.#options.authorizes === true && this.#live.all.has(sessionId)) {
      this.#authorize(recipient, message, now);
    } else {
      this.continue(recipient, sessionId, nonce, now);
    }
  }

  /** Has somebody decide about a handshake. */
  #authorize(recipient: Recipient, message: CreateSession | ContinueSession, now: number): void {
    const { connectionId } = recipient;
    const isSecond = this.#authorizations.of(connectionId) !== undefined;
    if (isSecond || !this.#authorizations.hasRoom) {
      const problem = `${message.type} while another handshake of the connection is not decided yet`;
      if (isSecond) this.#output.report({ type: "protocolViolation", problem });
      else this.#output.report({ type: "overloaded", limit: "authorizationsPendingMax" });
      this.#postpone(recipient, message);
      return;
    }
    const client = this.#accounts.clientOf(connectionId);
    const { authorizationId } = this.#authorizations.add({ recipient, message, client }, now);
    const isNew = message.type === "CreateSession";
    const request: AuthorizationRequest = {
      action: isNew ? "create" : "continue",
      address: client.address,
      publicKey: client.publicKey,
      capabilities: this.#capabilitiesIn(message),
      sessionId: isNew ? undefined : message.sessionId,
    };
    this.#output.authorize(authorizationId, request);
  }

  /** Nothing was decided: whoever asked may ask again. */
  #undecided({ recipient, message }: PendingAuthorization, error: unknown): void {
    this.#output.report({ type: "authorizationFailed", error });
    this.#postpone(recipient, message);
  }

  #postpone(recipient: Recipient, message: CreateSession | ContinueSession): void {
    this.reject(this.#answered(recipient, this.#capabilitiesIn(message)), message.nonce, "ClusterUnavailable");
  }

  #refuse(recipient: Recipient, message: CreateSession | ContinueSession, detail: string): void {
    const client = this.#accounts.clientOf(recipient.connectionId);
    const isNew = message.type === "CreateSession";
    const sessionId = isNew ? undefined : message.sessionId;
    this.#output.report({ type: "unauthorized", action: isNew ? "create" : "continue", client, sessionId, detail });
    const answered = this.#answered(recipient, this.#capabilitiesIn(message));
    this.#output.reject(answered, message.nonce, "Unauthorized", { members: this.#members, detail });
  }

  /** The same handshake over another connection: whoever sent it does not know what became of the first one. */
  #createdBefore(
    recipient: Recipient,
    { capabilities, owner }: Omit<UnclaimedSession, "sessionId">,
    nonce: Nonce,
    now: number,
  ): boolean {
    const unclaimed = this.#live.unclaimed(nonce);
    if (unclaimed === undefined || unclaimed.owner !== owner) return false;
    if (!isSame(unclaimed.capabilities, capabilities)) return false;
    const session = this.#live.all.get(unclaimed.sessionId);
    if (session?.ending === true) return false;
    const answered = this.#answered(recipient, capabilities);
    this.#live.detach(recipient.connectionId);
    if (session !== undefined) {
      this.#begin(answered, session, nonce, now);
      return true;
    }
    const former = this.#live.connections.creationOf(unclaimed.sessionId);
    if (former !== undefined) this.#live.connections.delete(former.recipient.connectionId);
    this.#live.connections.creating(answered, unclaimed.sessionId, nonce);
    return true;
  }

  #begin(recipient: Recipient, session: LiveSession, nonce: Nonce, now: number): void {
    const { sessionId } = session;
    this.#live.attach(session, recipient, nonce, now);
    this.#output.send(recipient, { type: "SessionCreated", sessionId, nonce, ...this.#welcome(session) });
    this.#delivery.redeliver(session, now);
  }

  #isTooNew(recipient: Recipient, nonce: Nonce): boolean {
    if (recipient.version <= this.#options.protocolVersionMax) return false;
    // Whoever wrote this version can read it.
    this.reject(recipient, nonce, "UnsupportedVersion");
    return true;
  }

  /** To whom a handshake is answered: in the version that both speak. */
  #answered({ connectionId, version }: Recipient, capabilities: CreateSession["capabilities"]): Recipient {
    return { connectionId, version: answerVersion(version, capabilities, this.#options.protocolVersionMax) };
  }

  #capabilitiesIn(message: CreateSession | ContinueSession): CreateSession["capabilities"] {
    return message.type === "CreateSession" ? message.capabilities : this.#capabilitiesOf(message.sessionId);
  }

  #capabilitiesOf(sessionId: SessionId): CreateSession["capabilities"] {
    return this.#options.table.sessions.get(sessionId)?.capabilities ?? {};
  }

  #grantedTimeoutMs(askedMs: number): number {
    const { sessionTimeoutMinMs, sessionTimeoutMaxMs } = this.#options;
    return Math.ceil(Math.min(Math.max(askedMs, sessionTimeoutMinMs), sessionTimeoutMaxMs));
  }

  /** What the client of a session is told at its beginning. Only leaders say it. */
  #welcome({ timeoutMs }: LiveSession): {
    readonly sessionTimeout: number;
    readonly members: readonly Member[];
    readonly leaderId: MemberId;
    readonly serverTime: number;
  } {
    const { memberId: leaderId, unixMs } = this.#options;
    const serverTime = Math.round(unixMs());
    return { sessionTimeout: Math.ceil(timeoutMs), members: this.#members, leaderId, serverTime };
  }
}

type CreationRecord = LogRecord & { readonly type: "CreateSession" };

function isSame(one: CreateSession["capabilities"], other: CreateSession["capabilities"]): boolean {
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => one[name] === other[name]);
}
