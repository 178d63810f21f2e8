import type { RejectionReason } from "../../generated/protocol/messages.ts";

/** What became of a command that came. */
export type RequestOutcome =
  | "applied"
  | "repeated"
  | "under_way"
  | "refused"
  | "evicted"
  | "overloaded"
  | "unavailable"
  | "in_doubt"
  | "not_leader"
  | "no_session";

/** What became of a query. */
export type QueryOutcome = "answered" | "refused" | "overloaded" | "unavailable" | "not_leader" | "no_session";

/** What a server has done so far, as numbers that only grow: they cost an addition each, and are read when somebody asks. */
export class ServerTally {
  readonly requests: Record<RequestOutcome, number> = {
    applied: 0,
    repeated: 0,
    under_way: 0,
    refused: 0,
    evicted: 0,
    overloaded: 0,
    unavailable: 0,
    in_doubt: 0,
    not_leader: 0,
    no_session: 0,
  };
  readonly queries: Record<QueryOutcome, number> = {
    answered: 0,
    refused: 0,
    overloaded: 0,
    unavailable: 0,
    not_leader: 0,
    no_session: 0,
  };
  /** Handshakes that were refused, by the reason that was meant, though version 1 may have another word. */
  readonly rejected: Record<RejectionReason, number> = {
    NotLeader: 0,
    SessionExpired: 0,
    InvalidCapabilities: 0,
    Other: 0,
    UnsupportedVersion: 0,
    Overloaded: 0,
    ClusterUnavailable: 0,
    Unauthorized: 0,
  };
  /** Connections that the server ended. */
  drops = 0;
  /** Server requests that were sent, each time counted. */
  serverRequestsSent = 0;
  /** Those of them that this leader had sent before. */
  serverRequestsRedelivered = 0;
}
