import { setTimeout as delay } from "node:timers/promises";
import { InvalidArgumentError } from "../../protocol/errors.ts";
import { limits } from "../../protocol/limits.ts";
import { NotLeaderError } from "../consensus.ts";
import { type ClusterSnapshot, decodeClusterSnapshot } from "../stored-records.ts";
import type { Compare, Transaction, TransactionResult } from "./etcd-api.ts";
import type { HistoryCompaction } from "./history-compaction.ts";
import type { PatientRequests } from "./patient-requests.ts";
import { pageOf, type StoreTransactions, viewOf } from "./store-transactions.ts";

/** The leadership in which a snapshot is written. Without it nothing more is. */
export interface SnapshotAuthority {
  readonly storeId: string;
  readonly term: number;
  /** What every write compares. */
  readonly guard: readonly Compare[];
}

/**
 * Writes snapshots into etcd: chunks under a number that no other attempt has, one after the other with pauses, so that
 * the log's own writes are not held up; then the header, by which they become the snapshot; then it removes what the
 * snapshot replaces.
 *
 * An attempt that fails leaves chunks behind; the next snapshot removes them.
 * Errors: `NotLeaderError`, `EtcdRequestError`.
 */
export class SnapshotWriter {
  readonly #requests: PatientRequests;
  readonly #transactions: StoreTransactions;
  readonly #compaction: HistoryCompaction;
  /** The revision of the last deletion of entries by this process, and its term. */
  #truncation: { readonly term: number; readonly revision: number } | undefined;

  constructor(requests: PatientRequests, transactions: StoreTransactions, compaction: HistoryCompaction) {
    this.#requests = requests;
    this.#transactions = transactions;
    this.#compaction = compaction;
  }

  /** Resolves when the snapshot is the one in force, with what `removeReplaced` needs to know. */
  async write(authority: SnapshotAuthority, index: number, chunks: readonly Uint8Array[]): Promise<WrittenSnapshot> {
    const { guard, term } = authority;
    const begun = await this.#write(this.#transactions.beginSnapshot(guard));
    const number = begun.revision;
    const former = begun.results.at(-1);
    const formerKey = former?.type === "range" ? former.keyValues[0] : undefined;
    const formerIndex = formerKey === undefined ? 0 : decodeClusterSnapshot(formerKey.value).index;
    if (index <= formerIndex) {
      throw new InvalidArgumentError(
        `the index of a snapshot must be above ${formerIndex}, the last one's, not ${index}`,
      );
    }
    for (const [position, chunk] of chunks.entries()) {
      const beganAt = performance.now();
      await this.#write(this.#transactions.putChunk(guard, number, position, chunk));
      // Half of the time is for others.
      await delay(performance.now() - beganAt);
    }
    const formerRevision = formerKey?.modRevision ?? 0;
    await this.#putHeader(guard, formerRevision, { index, term, number, chunkCount: chunks.length });
    return { authority, index, number, formerRevision };
  }

  /**
   * Removes older chunks and the entries that the snapshot contains, then lets etcd forget what was removed before this: a
   * member that is only a little behind can still watch what it has missed.
   */
  async removeReplaced({ authority, index, number, formerRevision }: WrittenSnapshot): Promise<void> {
    const { guard, storeId, term } = authority;
    await this.#write(this.#transactions.forgetChunks(guard, number));
    const [oldest] = pageOf(await this.#requests.transact(this.#transactions.page(storeId, 1, 1)));
    const first = oldest === undefined ? undefined : this.#transactions.keys.indexOf(oldest.key);
    let revision = 0;
    for (let from = first ?? index + 1; from <= index; from += limits.etcdDeletionsMax) {
      const to = Math.min(index, from + limits.etcdDeletionsMax - 1);
      ({ revision } = await this.#write(this.#transactions.forgetEntries(guard, from, to)));
    }
    // The header of the snapshot before was written just before the entries that it replaced were deleted.
    const forgotten = this.#truncation?.term === term ? this.#truncation.revision : formerRevision;
    if (revision > 0) this.#truncation = { term, revision };
    if (forgotten > 0) await this.#compaction.compact(forgotten);
  }

  async #putHeader(guard: readonly Compare[], formerRevision: number, snapshot: ClusterSnapshot): Promise<void> {
    const put = this.#transactions.putSnapshot(guard, formerRevision, snapshot);
    const result = await this.#requests.transact(put);
    // An attempt that was never answered may have been the successful one.
    if (!result.succeeded && viewOf(result).snapshot?.number !== snapshot.number) throw notLeader(result);
  }

  async #write(transaction: Transaction): Promise<TransactionResult> {
    const result = await this.#requests.transact(transaction);
    if (!result.succeeded) throw notLeader(result);
    return result;
  }
}

/**
 * All chunks of a snapshot, so that the application, which waits meanwhile, can go on before they are in etcd.
 * `assertLeading` is asked for each, and throws: a stop must not wait for a state machine that gives them slowly.
 *
 * Errors: `InvalidArgumentError` for a snapshot that etcd should not hold.
 */
export async function collectChunks(
  chunks: AsyncIterable<Uint8Array>,
  assertLeading: () => void,
): Promise<readonly Uint8Array[]> {
  const collected: Uint8Array[] = [];
  let byteLength = 0;
  for await (const chunk of chunks) {
    assertLeading();
    byteLength += chunk.length;
    if (chunk.length > limits.etcdChunkBytesMax) {
      const problem = `a chunk of the snapshot is ${chunk.length} bytes, the limit is ${limits.etcdChunkBytesMax}`;
      throw new InvalidArgumentError(`${problem} (etcdChunkBytesMax); give smaller ones`);
    }
    if (byteLength > limits.etcdSnapshotBytesMax) {
      const problem = `the snapshot is longer than ${limits.etcdSnapshotBytesMax} bytes (etcdSnapshotBytesMax)`;
      throw new InvalidArgumentError(`${problem}: etcd is not made for more; keep large data elsewhere`);
    }
    collected.push(chunk);
  }
  return collected;
}

/** A snapshot that is in force, while what it replaces is still there. */
export interface WrittenSnapshot {
  readonly authority: SnapshotAuthority;
  readonly index: number;
  readonly number: number;
  readonly formerRevision: number;
}

function notLeader(result: TransactionResult): NotLeaderError {
  return new NotLeaderError(viewOf(result).leader?.memberId);
}
