import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Member, RejectionReason, SessionCloseReason, SessionId } from "../../generated/protocol/messages.ts";
import type { ClientSessionOptions } from "./client-events.ts";
import { SessionError } from "./errors.ts";
import { KeepAlives } from "./keep-alives.ts";
import { limits } from "./limits.ts";

/** Where a client stands. Instants are monotonic milliseconds. */
export type ClientState =
  /** Not connected, and not to be before the application says so. */
  | { readonly name: "idle" }
  /** Between two attempts; the next comes at `at`. */
  | { readonly name: "waiting"; readonly at: number }
  | Connecting
  | Connected
  /** Waits for the server's word that the session is closed, until `at`. */
  | { readonly name: "closing"; readonly at: number }
  /** Closed, expired or refused: for good. */
  | { readonly name: "over" };

/** A handshake is on its way. */
export interface Connecting {
  readonly name: "connecting";
  readonly member: Member;
  /** Ties the answer to this attempt. */
  readonly nonce: bigint;
  /** When the attempt is given up. */
  readonly at: number;
}

/** The session is attached to a connection. */
export interface Connected {
  readonly name: "connected";
  /** What the server answered the handshake in: every frame of the connection is in it. */
  readonly version: ProtocolVersion;
  readonly keepAlives: KeepAlives;
}

/** When something must be done for the state's own sake. */
export function stateDeadline(state: ClientState): number | undefined {
  switch (state.name) {
    case "idle":
    case "over":
      return undefined;
    case "waiting":
    case "connecting":
    case "closing":
      return state.at;
    case "connected":
      return state.keepAlives.nextDeadline;
  }
}

/** Why a connection that the server gave up is dialled anew, where it is. */
export const retryReasons: Readonly<
  Record<Exclude<SessionCloseReason, "NotLeaderAnymore" | "SessionExpired">, string>
> = {
  Shutdown: "the server is going down",
  // The server has no session on this connection: perhaps it was restarted. Continuing shows what is left.
  SessionError: "the server does not know this connection's session",
  ConnectionClosed: "the connection was closed",
};

/** The state of a new connection, with its own signs of life. */
export function connected(
  version: ProtocolVersion,
  options: Pick<ClientSessionOptions, "keepAliveIntervalMs" | "connectionTimeoutMs" | "epochOffsetMs">,
  sessionTimeoutMs: number,
  now: number,
): Connected {
  const { connectionTimeoutMs: timeoutMs, epochOffsetMs } = options;
  const intervalMs = options.keepAliveIntervalMs ?? defaultIntervalMs(sessionTimeoutMs);
  return { name: "connected", version, keepAlives: new KeepAlives({ intervalMs, timeoutMs, epochOffsetMs }, now) };
}

/** What a client ends with whose session is refused for good: another attempt would be refused as well. */
export function rejection(
  reason: RejectionReason,
  sessionId: SessionId | undefined,
  detail = "no reason was given",
): SessionError {
  // Of a session that there is, commands may be on their way.
  const outcome = sessionId === undefined ? "not-applied" : "unknown";
  if (reason !== "Unauthorized") {
    return new SessionError("ERR_SESSION_REJECTED", outcome, `the cluster refused the session: ${reason}`);
  }
  const what = sessionId === undefined ? "a session" : `session ${sessionId}`;
  return new SessionError("ERR_UNAUTHORIZED", outcome, `the cluster does not let this client have ${what}: ${detail}`);
}

/** A third of the session timeout, so that two signs of life may get lost; 0 stands for a timeout that is not known. */
function defaultIntervalMs(sessionTimeoutMs: number): number {
  if (sessionTimeoutMs === 0) return limits.keepAliveIntervalMs;
  return Math.max(1, Math.min(limits.keepAliveIntervalMs, sessionTimeoutMs / 3));
}
