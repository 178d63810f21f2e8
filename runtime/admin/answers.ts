import type { SeriesId } from "./series.ts";

/**
 * What the endpoint answers in JSON: types alone, for both ends. The page is delivered by the server that answers it, so that
 * these can change with any release; what other programs read is `/metrics`.
 */

/** Of `/api/status`. */
export interface AdminStatus {
  /** Another one after each start of the endpoint: numbers of samples begin anew then. */
  readonly instanceId: string;
  /** The version of hawser. */
  readonly hawserVersion: string;
  /** When the endpoint was started, by the clock of its machine. */
  readonly startedAtUnixMs: number;
  readonly nowUnixMs: number;
  readonly member: MemberStatus;
  readonly readiness: Readiness;
  /** What is drawn; `null` where the server has no telemetry that the endpoint knows of. */
  readonly samples: SamplesAnswer | null;
}

/** One member as it sees itself. */
export interface MemberStatus {
  readonly memberId: string;
  /** Where its clients reach it. */
  readonly address: string;
  readonly phase: "starting" | "serving" | "draining" | "stopped";
  readonly role: "leader" | "follower";
  /** Who leads; `null` where nobody is known to. */
  readonly leader: string | null;
  /** `null` on a follower, which is not told. */
  readonly term: number | null;
  readonly appliedIndex: number;
  /** `null` where the engine cannot say. */
  readonly committedIndex: number | null;
  /** Of the cluster, as far as this member has applied the log. */
  readonly sessionCount: number;
}

/** Of `/readyz`, which needs no token: there are no names in it. */
export interface Readiness {
  readonly ready: boolean;
  /** Why it is not; `null` when it is. */
  readonly reason: string | null;
}

/** What the charts are drawn from. */
export interface SamplesAnswer {
  readonly intervalMs: number;
  /** What the values of each sample are, in this order. */
  readonly series: readonly SeriesId[];
  /** Those that came after the one that was named in the question, oldest first. */
  readonly samples: readonly Sample[];
}

/** All series at one moment. */
export interface Sample {
  /** Counts from 1. */
  readonly number: number;
  readonly unixMs: number;
  /** `null` where there is nothing to say: no difference to a sample before, no event to be timed. */
  readonly values: readonly (number | null)[];
}

/** Of `/api/sessions`. */
export interface SessionsAnswer {
  /** All sessions of the cluster. */
  readonly total: number;
  /** Those that the filter lets through. */
  readonly matching: number;
  /** The place of the first row among them. */
  readonly offset: number;
  readonly rows: readonly SessionRow[];
}

/** What a session is doing. `unknown`: this member does not lead. */
export type SessionState = "connected" | "detached" | "ending" | "unknown";

/** One session. */
export interface SessionRow {
  readonly sessionId: string;
  readonly state: SessionState;
  readonly ageMs: number;
  readonly leaseLeftMs: number | null;
  readonly sessionTimeoutMs: number | null;
  readonly requestsPending: number;
  readonly serverRequestsPending: number;
  readonly workHeld: number;
  readonly protocolVersion: number | null;
  /** The public key that it belongs to. */
  readonly owner: string | null;
  readonly address: string | null;
  /** `name=value` and so on, cut off where it is long. */
  readonly capabilities: string;
}

/** What sessions can be sorted by. */
export type SortKey =
  | "sessionId"
  | "state"
  | "age"
  | "leaseLeft"
  | "requestsPending"
  | "serverRequestsPending"
  | "workHeld"
  | "protocolVersion"
  | "owner"
  | "address";

/** Of everything that went wrong. */
export interface ErrorAnswer {
  readonly error: string;
}
