import type { Entry } from "./consensus.ts";

/**
 * Where an engine of one member keeps its log. The engine decides when; a store only reads, writes, and says of a
 * failed write what became of it.
 *
 * Shape: `open` first, then `entry` for what was stored, then `claim`; the rest only after that. One `append` is in
 * flight at a time; `saveSnapshot` may run beside it.
 * Errors: `EngineError` where the store cannot be used or trusted, `StoreWriteError` for a failed write.
 */
export interface LogStore {
  /** Takes possession of the store and checks it. After a rejection everything is released again. */
  open(): Promise<StoredLog>;
  /** Reads one stored entry after the snapshot, verified. */
  entry(index: number): Entry;
  /**
   * Records durably that this process leads in `term`, one above the stored one. From then on nobody else can write, so
   * that the newest entry is certain: it resolves with its index, which is above that of `open` when another process
   * went on writing in between.
   */
  claim(term: number): Promise<number>;
  /** Throws when a later claim than this process's own is in the store, or the store was taken away. */
  confirmClaim(): void;
  /** Makes entries durable: all of them or, when it rejects, none or unknown, as the error says. */
  append(entries: readonly Entry[]): Promise<void>;
  /** Replaces the stored snapshot by one of the state after entry `index`, and forgets the entries up to it. */
  saveSnapshot(index: number, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** Waits for writes in flight, then releases everything. Safe to call twice. */
  close(): Promise<void>;
}

/** What a store holds when it is opened. */
export interface StoredLog {
  /** The last leadership claimed; 0 in a new store. */
  readonly term: number;
  /** The newest entry so far, or the snapshot's index when there is none after it; 0 in a new store. */
  readonly lastIndex: number;
  /** The snapshot, with chunks that are read and verified as they are taken. */
  readonly snapshot: { readonly index: number; readonly chunks: AsyncIterable<Uint8Array> } | undefined;
}

/** A write failed. */
export class StoreWriteError extends Error {
  override readonly name = "StoreWriteError";
  /** Whether the write is certainly not in the store, or may be. */
  readonly outcome: "not-written" | "unknown";
  /** Whether later writes are pointless: the store is broken or belongs to somebody else. */
  readonly isFinal: boolean;

  constructor(outcome: "not-written" | "unknown", isFinal: boolean, message: string, options?: ErrorOptions) {
    super(message, options);
    this.outcome = outcome;
    this.isFinal = isFinal;
  }
}
