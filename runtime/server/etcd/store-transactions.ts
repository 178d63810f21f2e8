import { EngineError, type Entry } from "../consensus.ts";
import {
  type ClusterSnapshot,
  decodeClusterSnapshot,
  decodeEntry,
  decodeHead,
  decodeIdentity,
  decodeLeader,
  encodeChunk,
  encodeClusterSnapshot,
  encodeHead,
  encodeIdentity,
  encodeLeader,
  formatVersion,
  type LeaderClaim,
  versionOf,
} from "../stored-records.ts";
import type { Compare, KeyValue, Operation, OperationResult, Transaction, TransactionResult } from "./etcd-api.ts";
import type { StoreKeys } from "./store-keys.ts";

/** What a member needs to know of the store, as of one instant. */
export interface StoreView {
  /** `undefined` where there is no store: etcd was emptied. */
  readonly storeId: string | undefined;
  /** `undefined` before the first claim. */
  readonly leader: SeenLeader | undefined;
  /** The revision of the last heartbeat; 0 before the first. */
  readonly heartbeatRevision: number;
  /** The newest entry; `undefined` where there is no store. */
  readonly head: number | undefined;
  /** With the revision at which it was written; `undefined` before the first. */
  readonly snapshot: SeenSnapshot | undefined;
}

/** A claim, with the term that it began. */
export interface SeenLeader extends LeaderClaim {
  readonly term: number;
}

export interface SeenSnapshot extends ClusterSnapshot {
  readonly revision: number;
}

/** What a claim depends on: that nothing has happened which the claimant has not seen. */
export interface ClaimGrounds {
  readonly storeId: string;
  readonly term: number;
  readonly heartbeatRevision: number;
  readonly head: number;
}

/**
 * Everything that is ever asked of etcd, as transactions. Those that write compare the store's identity and the term
 * first: that is the whole fence. Where a comparison fails, the answer is a view of the store, by which the caller
 * learns why: `viewOf` reads it.
 *
 * A transaction that could write goes through etcd's own log even if it does not: its answer is never stale, on any
 * version. One that only reads may be, on some.
 */
export class StoreTransactions {
  readonly keys: StoreKeys;
  readonly #view: readonly Operation[];

  constructor(keys: StoreKeys) {
    this.keys = keys;
    this.#view = [keys.store, keys.leader, keys.heartbeat, keys.head, keys.snapshot].map(
      (key): Operation => ({ type: "range", key }),
    );
  }

  /** Makes the store if there is none. Fails with a view of the one that there is. */
  create(storeId: string): Transaction {
    const { store, head, leader } = this.keys;
    return {
      compare: [store, head, leader].map((key) => ({ key, createRevision: 0 })),
      success: [
        { type: "put", key: store, value: encodeIdentity(storeId) },
        { type: "put", key: head, value: encodeHead(0) },
      ],
      failure: this.#view,
    };
  }

  /** Always fails, with a view that is not stale. */
  look(storeId: string): Transaction {
    const { store, heartbeat } = this.keys;
    return {
      // No key is missing and has a value: what is put is never put, but etcd does not know that.
      compare: [{ key: store, createRevision: 0 }, this.#isStore(storeId)],
      success: [{ type: "put", key: heartbeat, value: EMPTY }],
      failure: this.#view,
    };
  }

  /** What every write of a leader depends on. */
  guard(storeId: string, term: number): readonly Compare[] {
    return [this.#isStore(storeId), { key: this.keys.leader, modRevision: term }];
  }

  /** Begins a term: the revision of its success. */
  claim(grounds: ClaimGrounds, claim: LeaderClaim): Transaction {
    const { leader, heartbeat, head } = this.keys;
    return {
      compare: [
        ...this.guard(grounds.storeId, grounds.term),
        { key: heartbeat, modRevision: grounds.heartbeatRevision },
        { key: head, value: encodeHead(grounds.head) },
      ],
      success: [{ type: "put", key: leader, value: encodeLeader(claim) }],
      failure: this.#view,
    };
  }

  /** Ends a term, so that others need not wait for its silence. */
  resign(guard: readonly Compare[], claim: number): Transaction {
    const value = encodeLeader({ memberId: undefined, claim });
    return { compare: guard, success: [{ type: "put", key: this.keys.leader, value }], failure: this.#view };
  }

  heartbeat(guard: readonly Compare[]): Transaction {
    return { compare: guard, success: [this.#beat()], failure: this.#view };
  }

  /** Puts records of entries behind entry `head`. Fails with a view, and the entry that is in their place. */
  append(guard: readonly Compare[], head: number, records: readonly Uint8Array[]): Transaction {
    const { keys } = this;
    return {
      compare: [...guard, { key: keys.head, value: encodeHead(head) }],
      success: [
        { type: "put", key: keys.head, value: encodeHead(head + records.length) },
        ...records.map((value, position): Operation => ({ type: "put", key: keys.entry(head + 1 + position), value })),
      ],
      failure: [...this.#view, { type: "range", key: keys.entry(head + 1) }],
    };
  }

  /**
   * Asks whether the term lasts, and how long the log is: the last of the results. `write`: see
   * `MemberOptions.barrier`.
   */
  barrier(guard: readonly Compare[], kind: "write" | "read"): Transaction {
    const head: Operation = { type: "range", key: this.keys.head };
    return { compare: guard, success: kind === "write" ? [this.#beat(), head] : [head], failure: this.#view };
  }

  /** Reads up to `limit` entries from one on: `pageOf` reads the answer. It can be stale. */
  page(storeId: string, from: number, limit: number): Transaction {
    const { keys } = this;
    return {
      compare: [this.#isStore(storeId)],
      success: [...this.#view, { type: "range", key: keys.entry(from), rangeEnd: keys.watchedEnd, limit }],
      failure: this.#view,
    };
  }

  /**
   * Begins a snapshot: the revision of its success is the number for the chunks, which no attempt before or after it
   * gets. Gives the present snapshot as the last of the results.
   */
  beginSnapshot(guard: readonly Compare[]): Transaction {
    const success: readonly Operation[] = [this.#beat(), { type: "range", key: this.keys.snapshot }];
    return { compare: guard, success, failure: this.#view };
  }

  putChunk(guard: readonly Compare[], number: number, position: number, chunk: Uint8Array): Transaction {
    const value = encodeChunk(number, position, chunk);
    return {
      compare: guard,
      success: [{ type: "put", key: this.keys.chunk(number, position), value }],
      failure: this.#view,
    };
  }

  /**
   * Puts a snapshot whose chunks are all there in the place of the one of revision `formerRevision`, 0 where there is
   * none. A second attempt that fails, with a view that has this snapshot, tells that the first one was successful.
   */
  putSnapshot(guard: readonly Compare[], formerRevision: number, snapshot: ClusterSnapshot): Transaction {
    const key = this.keys.snapshot;
    return {
      compare: [...guard, { key, modRevision: formerRevision }],
      success: [{ type: "put", key, value: encodeClusterSnapshot(snapshot) }],
      failure: this.#view,
    };
  }

  /** Deletes the chunks of snapshots before the one with this number, which must be in its place. */
  forgetChunks(guard: readonly Compare[], number: number): Transaction {
    return { compare: guard, success: [{ type: "delete", ...this.keys.chunksBelow(number) }], failure: this.#view };
  }

  /** Deletes entries up to `to`, which a snapshot must contain. */
  forgetEntries(guard: readonly Compare[], from: number, to: number): Transaction {
    const { keys } = this;
    return {
      compare: guard,
      success: [{ type: "delete", key: keys.entry(from), rangeEnd: keys.entry(to + 1) }],
      failure: this.#view,
    };
  }

  /** Reads one chunk: the first of the results. Fails with a view, if the store is another one. */
  readChunk(storeId: string, number: number, position: number): Transaction {
    return {
      compare: [this.#isStore(storeId)],
      success: [{ type: "range", key: this.keys.chunk(number, position) }],
      failure: this.#view,
    };
  }

  #isStore(storeId: string): Compare {
    return { key: this.keys.store, value: encodeIdentity(storeId) };
  }

  #beat(): Operation {
    return { type: "put", key: this.keys.heartbeat, value: EMPTY };
  }
}

/** Reads the view in the answer to a transaction that failed, or to `page`. */
export function viewOf({ results }: TransactionResult): StoreView {
  const [store, leader, heartbeat, head, snapshot] = results.map(firstOf);
  return {
    storeId: store === undefined ? undefined : read(store, decodeIdentity),
    leader: leader === undefined ? undefined : leaderOf(leader),
    heartbeatRevision: heartbeat?.modRevision ?? 0,
    head: head === undefined ? undefined : read(head, decodeHead),
    snapshot:
      snapshot === undefined ? undefined : { ...read(snapshot, decodeClusterSnapshot), revision: snapshot.modRevision },
  };
}

/** Reads what lies under the key of the leader. */
export function leaderOf(keyValue: KeyValue): SeenLeader {
  return { ...read(keyValue, decodeLeader), term: keyValue.modRevision };
}

/** Reads what lies under the key of an entry. */
export function entryOf(keyValue: KeyValue, index: number): Entry {
  return read(keyValue, (bytes) => decodeEntry(bytes, index));
}

/** Reads the head in the answer to a `barrier` that succeeded. */
export function barrierHeadOf(result: TransactionResult): number | undefined {
  const head = firstOf(result.results.at(-1));
  return head === undefined ? undefined : read(head, decodeHead);
}

/** The entry in the answer to an `append` that failed. */
export function occupantOf({ results }: TransactionResult): KeyValue | undefined {
  return firstOf(results.at(-1));
}

/** The entries in the answer to a `page` that succeeded. */
export function pageOf({ results }: TransactionResult): readonly KeyValue[] {
  const range = results.at(-1);
  return range?.type === "range" ? range.keyValues : [];
}

function firstOf(result: OperationResult | undefined): KeyValue | undefined {
  return result?.type === "range" ? result.keyValues[0] : undefined;
}

/** What a record says. Throws an `EngineError` that names the key. */
function read<Value>({ key, value }: KeyValue, decode: (bytes: Uint8Array) => Value): Value {
  try {
    return decode(value);
  } catch (error) {
    const version = versionOf(value);
    if (version !== undefined && version > formatVersion) {
      const problem = `the key ${key} in etcd has format ${version}, this hawser reads up to ${formatVersion}`;
      throw new EngineError("ERR_STORE_VERSION", `${problem}; use the version that wrote it`, { cause: error });
    }
    const problem = `the key ${key} in etcd is damaged: ${error instanceof Error ? error.message : String(error)}`;
    throw new EngineError("ERR_STORE_CORRUPT", `${problem}; restore etcd from a backup`, { cause: error });
  }
}

const EMPTY: Uint8Array = new Uint8Array();
