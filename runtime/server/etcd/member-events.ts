import type {
  AmbiguousCommitError,
  Entry,
  Leadership,
  LogPosition,
  NotLeaderError,
  UnavailableError,
} from "../consensus.ts";
import type { ClusterSnapshot } from "../stored-records.ts";
import type { RequestFailure, Transaction, TransactionResult, WatchEvent } from "./etcd-api.ts";

/** What the shell tells a member. What has an id that the member no longer waits for is taken and means nothing. */
export type MemberEvent =
  /** Begins: the member opens the store, or makes it, and loads what is in it. Once, before everything else. */
  | { readonly type: "start" }
  /** Append this to the log. Answered by one `settle`, in this step or later. The shell has checked the length. */
  | { readonly type: "propose"; readonly proposalId: number; readonly payload: Uint8Array }
  /** Answered by one `settleBarrier`. */
  | { readonly type: "readBarrier"; readonly barrierId: number }
  /** What a `call` came to. Each call is answered by one of these two, and by nothing after it. */
  | { readonly type: "answered"; readonly callId: number; readonly result: TransactionResult }
  | { readonly type: "failed"; readonly callId: number; readonly failure: RequestFailure }
  /** Events in the order in which etcd gave them, whole or in parts: those of one revision may come in two. */
  | { readonly type: "watched"; readonly watchId: number; readonly events: readonly WatchEvent[] }
  /** Any other sign of life: etcd's first word that the watch is in place, an answer to `askProgress`. */
  | { readonly type: "progress"; readonly watchId: number }
  /**
   * The stream has ended by itself, or could not be opened. `failure.reason` is `compacted` where etcd has forgotten
   * the revision that it was to begin with. Nothing is told of a watch after this, or after `unwatch`.
   */
  | { readonly type: "watchEnded"; readonly watchId: number; readonly failure: RequestFailure }
  /** The application has taken entry `index`, and with it all before it. */
  | { readonly type: "applied"; readonly index: number }
  /** The application has taken the snapshot of the last `restore`. */
  | { readonly type: "restored" }
  /**
   * The chunks of the last `restore` could not all be read: a newer snapshot has replaced them, or etcd does not
   * answer. The member loads again.
   */
  | { readonly type: "restoreFailed" }
  /**
   * Something that no further attempt can mend: `onEntry` or `onSnapshot` threw, a chunk is damaged. The member ends
   * with `fatal`, which carries the same error.
   */
  | { readonly type: "broken"; readonly error: Error }
  /** `nextDeadline` has come. Early or needless ones do no harm. */
  | { readonly type: "deadline" }
  /** Refuse what is new, settle what is not, resign, and say `stopped`. A second one changes nothing. */
  | { readonly type: "stop" };

/** What the shell does for a member: all effects of a step, in this order, before the next step. */
export type MemberEffect =
  /**
   * Send this transaction once, to the endpoint that is the present one for calls, and report what it came to within
   * `timeoutMs`. No attempt of the shell's own after that one.
   */
  | {
      readonly type: "call";
      readonly callId: number;
      readonly transaction: Transaction;
      readonly timeoutMs: number;
    }
  /** Watch `StoreKeys.watchedFrom` up to `watchedEnd` from this revision on, without deletions. */
  | { readonly type: "watch"; readonly watchId: number; readonly fromRevision: number }
  /** End this watch, and report nothing more of it. */
  | { readonly type: "unwatch"; readonly watchId: number }
  /** Ask etcd for a sign of life on the stream of this watch. */
  | { readonly type: "askProgress"; readonly watchId: number }
  /** The present endpoint does not serve: later calls, or later watches, go to the next one of the list. */
  | { readonly type: "rotate"; readonly of: "calls" | "watches" }
  /** Give these to the application, after all that were delivered before, and report `applied`. */
  | { readonly type: "deliver"; readonly entries: readonly Entry[] }
  /**
   * Read the chunks of this snapshot and give it to the application; then `restored`, `restoreFailed` or `broken`.
   * Nothing that was delivered still waits when this comes, and nothing is delivered before it is answered.
   */
  | { readonly type: "restore"; readonly snapshot: ClusterSnapshot }
  /** Announce this. Comes only when it differs from what was announced last; at first a member follows nobody. */
  | { readonly type: "leadership"; readonly leadership: Leadership }
  /** Everything that was stored at the start is applied, and the watch is in place: `start` may resolve. Once. */
  | { readonly type: "started" }
  | { readonly type: "settle"; readonly proposalId: number; readonly outcome: ProposalOutcome }
  | { readonly type: "settleBarrier"; readonly barrierId: number; readonly outcome: BarrierOutcome }
  /**
   * The member has ended for good; everything was settled, and "follower" announced, by effects before this one. Before
   * `started` it is `start` that rejects with the error.
   */
  | { readonly type: "fatal"; readonly error: Error }
  /** The member has ended as it was told to. Nothing follows. */
  | { readonly type: "stopped" };

/** What became of a proposal. */
export type ProposalOutcome =
  | { readonly type: "committed"; readonly position: LogPosition }
  | { readonly type: "rejected"; readonly error: NotLeaderError | UnavailableError | AmbiguousCommitError };

/** What became of a read barrier. `index`: the last entry that was applied when it was settled. */
export type BarrierOutcome =
  | { readonly type: "reached"; readonly index: number }
  | { readonly type: "rejected"; readonly error: NotLeaderError | UnavailableError };

/** What a member is made with. Times in milliseconds. */
export interface MemberOptions {
  /** Names this member among all of its cluster; shown to clients as the leader's name. */
  readonly memberId: string;
  /** Before every key, so that several clusters can share an etcd. */
  readonly prefix: string;
  /** A member that sees no sign of a leader for so long, or up to half as long again, claims the leadership. */
  readonly electionTimeoutMs: number;
  /**
   * How a read barrier asks etcd who leads. `write` is right on every version; `read` spares etcd a write, and needs a
   * version whose linearizable reads are never stale: 3.5.28, 3.6.9 or 3.7 at least.
   */
  readonly barrier: "write" | "read";
  /**
   * Gives a random UUID each time: the identity of the store if this member is the one that makes it. Attempts must not
   * share one, or a store that was emptied between them would have the same twice.
   */
  readonly newStoreId: () => string;
  /** Chance, from 0 up to 1: draws the lots of elections. */
  readonly random: () => number;
}
