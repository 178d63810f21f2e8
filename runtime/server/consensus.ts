import type { MemberId } from "../protocol/index.ts";

/**
 * What a server needs of consensus: an ordered, durable, fenced log. hawser contains no consensus of its own across
 * machines; an engine behind this port provides it. Rules that every engine keeps:
 *
 * 1. Once `propose` has resolved, that payload is entry `index` on every member, for ever, and `onEntry` sees entries in
 *    the same order everywhere.
 * 2. A proposal rejected with `NotLeaderError` or `UnavailableError` is never in the log. What might have been written
 *    is `AmbiguousCommitError`: it can be committed at its `index` and nowhere else.
 * 3. The engine settles slot `index` before it proposes anything else, and never proposes a payload in a second slot.
 * 4. Terms fence: no entry of term t is appended after an entry, or a claim of leadership, of a later term.
 * 5. `onLeadership({ role: "leader" })` comes only after every entry of earlier terms was applied.
 * 6. One entry is at most `limits.entryBytesMax` bytes.
 * 7. `readBarrier` never resolves on a member that was deposed before the call.
 * 8. A deposed leader is told that it follows before it is given an entry of a later term.
 */
export interface ConsensusEngine {
  /**
   * Loads what is stored, applies it, and takes part from then on. Resolves once that is done: who leads is announced by
   * `onLeadership`, before or after; an engine of one member leads when it resolves. Rejects with `EngineError` when the
   * store cannot be used. To be called once.
   */
  start(application: Application): Promise<void>;
  /** What this member last announced through `onLeadership`. */
  readonly leadership: Leadership;
  /**
   * The newest entry that this member knows to be committed; entries above the applied one wait to be applied. Left out by
   * an engine that cannot say: then nobody sees how far a member lags behind.
   */
  readonly committedIndex?: number | undefined;
  /** Appends `payload` to the log. The bytes must not change afterwards. Settles as rules 1 and 2 say. */
  propose(payload: Uint8Array): Promise<LogPosition>;
  /** Resolves when this member has applied everything that was committed before the call: a linearizable read point. */
  readBarrier(): Promise<{ readonly index: number }>;
  /**
   * Stores a snapshot of the state after entry `index`, for all members, then forgets entries up to `index`. Only a leader
   * may: others are refused with `NotLeaderError`. A failed call leaves the former snapshot and the log as they were.
   */
  saveSnapshot(index: number, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Settles outstanding proposals, resigns, and releases every resource. Safe to call twice. */
  stop(): Promise<void>;
}

/** What an engine tells its server. Entries and snapshots come one at a time: the next call waits for the promise. */
export interface Application {
  /** Every committed entry, in order, once per process. */
  onEntry(entry: Entry): void | Promise<void>;
  /** The member's role has changed. */
  onLeadership(leadership: Leadership): void;
  /** State as of `snapshot.index`, in place of the entries up to it: replace everything with it. */
  onSnapshot(snapshot: SnapshotRef): Promise<void>;
  /** The engine has stopped for good: a corrupt log, a failed disk, a lost lock. */
  onFatal(error: Error): void;
}

/** One committed item of the log. */
export interface Entry {
  /** Position in the log, from 1, without gaps. */
  readonly index: number;
  /** The leadership in which it was proposed. */
  readonly term: number;
  /** What was proposed. */
  readonly payload: Uint8Array;
}

/** Where a proposal was committed. */
export interface LogPosition {
  readonly index: number;
  readonly term: number;
}

/** A member's role as it knows it. */
export type Leadership =
  | { readonly role: "leader"; readonly term: number }
  | { readonly role: "follower"; readonly leader?: MemberId | undefined };

/** A stored snapshot, to be read once. */
export interface SnapshotRef {
  /** The last entry that it contains. */
  readonly index: number;
  /** The chunks given to `saveSnapshot`, in order and with the same boundaries. */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** This member does not lead: the payload is not in the log and never will be. */
export class NotLeaderError extends Error {
  override readonly name = "NotLeaderError";
  readonly code = "ERR_NOT_LEADER";
  /** Who leads, as far as this member knows. */
  readonly leader: MemberId | undefined;

  constructor(leader?: MemberId) {
    super(leader === undefined ? "this member does not lead" : `this member does not lead, ${leader} does`);
    this.leader = leader;
  }
}

/** Nothing can be committed now: the payload is not in the log and never will be. */
export class UnavailableError extends Error {
  override readonly name = "UnavailableError";
  readonly code = "ERR_UNAVAILABLE";
}

/** The payload may have been committed at `index`, and nowhere else. */
export class AmbiguousCommitError extends Error {
  override readonly name = "AmbiguousCommitError";
  readonly code = "ERR_AMBIGUOUS_COMMIT";
  readonly index: number;

  constructor(index: number, options?: ErrorOptions) {
    super(`the proposal may or may not be entry ${index}`, options);
    this.index = index;
  }
}

/** Why a store cannot be used. */
export type EngineErrorCode =
  | "ERR_DATA_DIRECTORY_IN_USE"
  | "ERR_DATA_DIRECTORY_UNUSABLE"
  | "ERR_STORE_CORRUPT"
  | "ERR_STORE_VERSION"
  | "ERR_STORE_FAILED"
  | "ERR_STORE_REPLACED"
  | "ERR_STORE_UNAVAILABLE"
  | "ERR_STORE_DENIED"
  | "ERR_STORE_UNSUITABLE";

/** The engine's store cannot be used. The message names the directory or endpoint, what is wrong and what to do. */
export class EngineError extends Error {
  override readonly name = "EngineError";
  readonly code: EngineErrorCode;

  constructor(code: EngineErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
