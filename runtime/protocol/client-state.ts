import type { MemberId } from "../../generated/protocol/messages.ts";
import type { Member } from "./client-events.ts";

/** Where a client stands. Instants are monotonic milliseconds. */
export type ClientState =
  /** Never connected. */
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

/** Why a hint of who leads was not followed at once. `memberIndex` is below 0 for a leader without an address. */
export function redirectProblem(leaderId: MemberId | undefined, memberIndex: number): string {
  if (leaderId === undefined) return "the member does not lead and knows no leader";
  if (memberIndex < 0) return `${leaderId} leads, but its address is not among the members`;
  return "the members send each other's clients round in a circle";
}
