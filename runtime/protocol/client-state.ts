import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Member, SessionCloseReason } from "../../generated/protocol/messages.ts";
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
  readonly keepAliveIntervalMs: number;
  /** When the next keep-alive goes out. */
  keepAliveAt: number;
  /** When something must have come from the server; undefined when something has since the last keep-alive. */
  answerDueAt: number | undefined;
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
      return Math.min(state.keepAliveAt, state.answerDueAt ?? Number.POSITIVE_INFINITY);
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

/** A third of the session timeout, so that two signs of life may get lost; 0 stands for a timeout that is not known. */
export function defaultKeepAliveIntervalMs(sessionTimeoutMs: number): number {
  if (sessionTimeoutMs === 0) return limits.keepAliveIntervalMs;
  return Math.max(1, Math.min(limits.keepAliveIntervalMs, sessionTimeoutMs / 3));
}
