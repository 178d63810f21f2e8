import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Capabilities, SessionId } from "../../generated/protocol/messages.ts";
import type { ClientAccounts } from "./client-accounts.ts";
import type { LiveSessions } from "./live-sessions.ts";
import type { SessionTable } from "./session-table.ts";

/** One session as a member sees it at one moment, for whoever looks after the cluster. */
export interface SessionStatus {
  readonly sessionId: SessionId;
  /** What its client said that it can do. Names that begin with `zraft-` are the protocol's. */
  readonly capabilities: Capabilities;
  /** When it was created, by the clock of the leader of that time: milliseconds since the Unix epoch. */
  readonly createdAtUnixMs: number;
  /** The public key of the client that created it, in Z85, and that alone may continue it; `undefined` for one without a key. */
  readonly owner: string | undefined;
  /** Whether its client has a connection to this member. Never on a follower. */
  readonly connected: boolean;
  /** Where its connection comes from; `undefined` without one, or where the transport cannot say. */
  readonly address: string | undefined;
  /** What its connection speaks; `undefined` without one. */
  readonly protocolVersion: ProtocolVersion | undefined;
  /** How long the session outlives its client's last sign of life, in milliseconds; `undefined` on a follower. */
  readonly sessionTimeoutMs: number | undefined;
  /**
   * How long until it expires unless there is a sign of life, in milliseconds. `undefined` on a follower, and while the end
   * of the session is on its way into the log.
   */
  readonly leaseLeftMs: number | undefined;
  /** Commands and queries of its client that are on their way. 0 on a follower. */
  readonly requestsPending: number;
  /** Server requests that its client has not acknowledged. */
  readonly serverRequestsPending: number;
  /** Pieces of work that it has and has not completed. */
  readonly workHeld: number;
}

/**
 * Every session, oldest first, each as it is when it is taken: whoever takes them in several turns sees what came and went
 * between these, or not. `now`: monotonic milliseconds.
 */
export function* sessionStatuses(
  table: SessionTable,
  live: LiveSessions,
  accounts: ClientAccounts,
  queriesPending: ReadonlyMap<SessionId, number>,
  now: number,
): Generator<SessionStatus, void, undefined> {
  for (const session of table.sessions.values()) {
    const { sessionId, capabilities, createdAtUnixMs, owner } = session;
    const served = live.all.get(sessionId);
    const connection = served?.connection;
    const leaseEndsAt = served?.leaseEndsAt ?? Number.POSITIVE_INFINITY;
    yield {
      sessionId,
      capabilities,
      createdAtUnixMs,
      owner,
      connected: connection !== undefined,
      address: connection === undefined ? undefined : accounts.clientOf(connection.connectionId).address,
      protocolVersion: connection?.version,
      sessionTimeoutMs: served?.timeoutMs,
      leaseLeftMs: Number.isFinite(leaseEndsAt) ? Math.max(0, leaseEndsAt - now) : undefined,
      requestsPending: (served?.proposalCount ?? 0) + (queriesPending.get(sessionId) ?? 0),
      serverRequestsPending: session.outbox.length,
      workHeld: table.workHeldBy(session),
    };
  }
}
