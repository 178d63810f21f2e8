import { EngineError, type SnapshotRef } from "../consensus.ts";
import { type ClusterSnapshot, DamagedRecordError, decodeChunk } from "../stored-records.ts";
import type { RequestFailure } from "./etcd-api.ts";
import { EtcdRequestError } from "./etcd-failure.ts";
import type { PatientRequests } from "./patient-requests.ts";
import { type StoreTransactions, viewOf } from "./store-transactions.ts";

/** What became of an attempt to read a snapshot. */
export type ReadSnapshot =
  | { readonly type: "whole"; readonly snapshot: SnapshotRef }
  /** Another one has replaced it meanwhile, or etcd does not answer: there is nothing wrong with it. */
  | { readonly type: "gone"; readonly failure: RequestFailure | undefined };

/**
 * Reads and verifies all chunks of a snapshot before any is given away: an application that has begun to replace its state
 * must be able to end it, and etcd may be lost or the snapshot be replaced at any time.
 *
 * Errors: `EngineError` with `ERR_STORE_CORRUPT` for a chunk that is missing or damaged.
 */
export async function readSnapshot(
  requests: PatientRequests,
  transactions: StoreTransactions,
  storeId: string,
  snapshot: ClusterSnapshot,
): Promise<ReadSnapshot> {
  const chunks: Uint8Array[] = [];
  try {
    for (let position = 0; position < snapshot.chunkCount; position++) {
      const { results } = await requests.transact(transactions.readChunk(storeId, snapshot.number, position));
      const [range] = results;
      const bytes = range?.type === "range" ? range.keyValues[0]?.value : undefined;
      if (bytes === undefined) return await missing(requests, transactions, storeId, snapshot, position);
      chunks.push(decodeChunk(bytes, snapshot.number, position));
    }
  } catch (error) {
    if (error instanceof EtcdRequestError) return { type: "gone", failure: error.failure };
    if (error instanceof DamagedRecordError) throw corrupt(transactions, snapshot, chunks.length, error.message);
    throw error;
  }
  return { type: "whole", snapshot: { index: snapshot.index, chunks: each(chunks) } };
}

async function missing(
  requests: PatientRequests,
  transactions: StoreTransactions,
  storeId: string,
  snapshot: ClusterSnapshot,
  position: number,
): Promise<ReadSnapshot> {
  // By a request whose answer is never from the past, where the snapshot might still have been in its place.
  const present = viewOf(await requests.transact(transactions.look(storeId)));
  if (present.storeId !== storeId || present.snapshot?.number !== snapshot.number) {
    return { type: "gone", failure: undefined };
  }
  throw corrupt(transactions, snapshot, position, "it is missing");
}

/** Each chunk is forgotten here as soon as the application has it. */
async function* each(chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  chunks.reverse();
  for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) yield chunk;
}

function corrupt(
  { keys }: StoreTransactions,
  snapshot: ClusterSnapshot,
  position: number,
  problem: string,
): EngineError {
  const chunk = `chunk ${position} of the snapshot of entry ${snapshot.index}`;
  const key = keys.chunk(snapshot.number, position);
  return new EngineError("ERR_STORE_CORRUPT", `${chunk} is damaged, under the key ${key} in etcd: ${problem}`);
}
