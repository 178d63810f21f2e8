import type { Capabilities, Nonce, SessionCloseReason, SessionId } from "../../generated/protocol/messages.ts";
import type { ClientAccounts } from "./client-accounts.ts";
import { Connections } from "./connections.ts";
import { Deadlines } from "./deadlines.ts";
import { limits } from "./limits.ts";
import { LiveSession } from "./live-session.ts";
import type { ConnectionId, Recipient } from "./server-events.ts";
import type { ServerOutput } from "./server-output.ts";
import type { ServerRequestDelivery } from "./server-request-delivery.ts";

/**
 * The sessions that this leader serves: their connections and their leases. A lease is how long the leader waits for a
 * sign of life before it proposes that the session expires.
 */
export class LiveSessions {
  readonly connections: Connections = new Connections();
  readonly #accounts: ClientAccounts;
  readonly #output: ServerOutput;
  readonly #delivery: ServerRequestDelivery;
  readonly #sessions = new Map<SessionId, LiveSession>();
  /** When to look at a session's lease: at its end or before. Every frame moves the end, in the session and not here. */
  readonly #leases = new Deadlines<SessionId>();
  readonly #unclaimed = new Map<Nonce, UnclaimedSession>();
  /** Sessions whose end is on its way because their lease has ended. */
  readonly #expiring = new Set<SessionId>();

  constructor(accounts: ClientAccounts, delivery: ServerRequestDelivery, output: ServerOutput) {
    this.#accounts = accounts;
    this.#delivery = delivery;
    this.#output = output;
  }

  /** Every session of the table, while this member leads. */
  get all(): ReadonlyMap<SessionId, LiveSession> {
    return this.#sessions;
  }

  /** When `takeExpired` has something next; `undefined` while there is no lease, or so many have ended that others wait. */
  get nextDeadline(): number | undefined {
    return this.#expiring.size < limits.expiriesInFlightMax ? this.#leases.next : undefined;
  }

  /** Starts to serve a session, with a whole lease. */
  add(sessionId: SessionId, timeoutMs: number, now: number): LiveSession {
    const session = new LiveSession(sessionId, timeoutMs);
    this.#sessions.set(sessionId, session);
    this.#delivery.begin(session);
    this.renew(session, now);
    return session;
  }

  /** A session that was proposed, or created, and whose client may not know of it. */
  unclaimed(nonce: Nonce): UnclaimedSession | undefined {
    return this.#unclaimed.get(nonce);
  }

  /** Whoever asks for a session with this nonce again gets this one. */
  offer(nonce: Nonce, offered: UnclaimedSession): void {
    this.#unclaimed.set(nonce, offered);
    const session = this.#sessions.get(offered.sessionId);
    if (session !== undefined) session.unclaimedNonce = nonce;
  }

  /** The offer is over: the session was not created, or its client knows of it. */
  withdraw(nonce: Nonce, sessionId: SessionId): void {
    if (this.#unclaimed.get(nonce)?.sessionId === sessionId) this.#unclaimed.delete(nonce);
  }

  /** The client of a session has shown that it knows of it. */
  claimed(session: LiveSession): void {
    if (session.unclaimedNonce === undefined) return;
    this.withdraw(session.unclaimedNonce, session.sessionId);
    session.unclaimedNonce = undefined;
  }

  /** The session is over. */
  remove(session: LiveSession): void {
    this.claimed(session);
    if (session.connection !== undefined) this.connections.ended(session.connection.connectionId);
    this.#sessions.delete(session.sessionId);
    this.#leases.delete(session.sessionId);
    this.#expiring.delete(session.sessionId);
    this.#delivery.end(session.sessionId);
  }

  /** The session of a connection. */
  of(connectionId: ConnectionId): LiveSession | undefined {
    return this.connections.get(connectionId)?.session;
  }

  /** Makes the connection the session's only one, and the session the connection's only one. */
  attach(session: LiveSession, recipient: Recipient, nonce: Nonce, now: number): void {
    const { connectionId } = recipient;
    const former = session.connection?.connectionId;
    if (former !== undefined && former !== connectionId) {
      this.connections.delete(former);
      this.#accounts.lost(former, now);
      this.#output.drop(former);
    }
    if (this.of(connectionId) !== session) this.detach(connectionId);
    this.connections.attached(recipient, session, nonce);
    session.connection = recipient;
    this.renew(session, now);
  }

  /** The connection has no session any more; its session goes on. */
  detach(connectionId: ConnectionId): void {
    const session = this.of(connectionId);
    this.connections.delete(connectionId);
    if (session === undefined) return;
    session.detached();
    this.#delivery.pause(session.sessionId);
    this.#output.report({ type: "sessionDetached", sessionId: session.sessionId });
  }

  /** Takes the connection its session away, and says why. `version`: that of the connection, or of what came over it. */
  disconnect({ connectionId, version }: Recipient, reason: SessionCloseReason): void {
    const known = this.connections.get(connectionId);
    this.detach(connectionId);
    this.#output.send({ connectionId, version: known?.version ?? version }, { type: "SessionClosed", reason });
  }

  /** A sign of life: the lease begins anew, unless the end of the session is on its way. */
  renew(session: LiveSession, now: number): void {
    if (session.ending) return;
    const isWatched = session.leaseEndsAt !== NO_LEASE;
    session.leaseEndsAt = now + session.timeoutMs;
    if (!isWatched) this.#leases.set(session.sessionId, session.leaseEndsAt);
  }

  /** The end of a session that was on its way has not come, and will not. */
  survived(session: LiveSession, now: number): void {
    session.ending = false;
    session.endInDoubt = undefined;
    this.#expiring.delete(session.sessionId);
    this.renew(session, now);
  }

  /** Nobody knows whether the end of a session is in the log: it comes out of `takeExpired` again soon. */
  doubt(session: LiveSession, end: NonNullable<LiveSession["endInDoubt"]>, now: number): void {
    session.endInDoubt = end;
    this.#expiring.delete(session.sessionId);
    session.leaseEndsAt = now + limits.retryAfterMs;
    this.#leases.set(session.sessionId, session.leaseEndsAt);
  }

  /**
   * Takes away and returns one session whose lease has ended. Where very many end together, as they do some time after a
   * network has failed, they come as those before them are settled: else whatever comes then would wait behind them all.
   */
  takeExpired(now: number): LiveSession | undefined {
    while (this.#expiring.size < limits.expiriesInFlightMax) {
      const sessionId = this.#leases.takeDue(now);
      if (sessionId === undefined) return undefined;
      const session = this.#sessions.get(sessionId);
      if (session === undefined) continue;
      if (session.leaseEndsAt > now) {
        this.#leases.set(sessionId, session.leaseEndsAt);
        continue;
      }
      session.leaseEndsAt = NO_LEASE;
      this.#expiring.add(sessionId);
      return session;
    }
    return undefined;
  }

  /** Serves nobody any more. */
  clear(): void {
    for (const sessionId of this.#sessions.keys()) this.#delivery.end(sessionId);
    this.connections.clear();
    this.#sessions.clear();
    this.#leases.clear();
    this.#unclaimed.clear();
    this.#expiring.clear();
  }
}

/** `LiveSession.leaseEndsAt` of a session whose lease does not run. Always a number: V8 then writes it where it is. */
const NO_LEASE = Number.POSITIVE_INFINITY;

/** A session that its client may not know of. */
export interface UnclaimedSession {
  readonly sessionId: SessionId;
  readonly capabilities: Capabilities;
  /** The key that it was asked for with. */
  readonly owner: string | undefined;
}
