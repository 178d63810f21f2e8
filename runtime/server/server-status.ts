import type { MemberId } from "../protocol/index.ts";
import type { SessionStatus } from "../protocol/session-status.ts";
import type { Leadership } from "./consensus.ts";

/** One session, for whoever looks after a server. */
export interface ServedSession extends SessionStatus {
  /** How long ago it was created, in milliseconds: by this machine's clock and that of the leader of that time. */
  readonly ageMs: number;
}

/** How a member is doing, for whoever looks after it. */
export interface ServerStatus {
  readonly memberId: MemberId;
  /** Where it listens. */
  readonly address: string;
  /** `draining`: it takes nothing new, and answers what was proposed before it stops. */
  readonly phase: "starting" | "serving" | "draining" | "stopped";
  readonly leadership: Leadership;
  /** The last log entry that it has applied. */
  readonly appliedIndex: number;
  /** The newest one that it knows to be committed; `undefined` where the engine cannot say. */
  readonly committedIndex: number | undefined;
  /** How many sessions the cluster has, as far as this member has applied the log. */
  readonly sessionCount: number;
}
