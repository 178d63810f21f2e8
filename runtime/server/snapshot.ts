import { decodeSnapshotMessage, encodeSnapshotMessage } from "../../generated/log/codec.ts";
import type { SnapshotRecord } from "../../generated/log/messages.ts";
import { limits } from "../protocol/limits.ts";
import type { SessionTable } from "../protocol/session-table.ts";
import type { StateMachine } from "../protocol/state-machine.ts";
import { EngineError, type SnapshotRef } from "./consensus.ts";

/** The two halves of the replicated state. */
export interface ReplicatedState {
  readonly table: SessionTable;
  readonly stateMachine: StateMachine;
}

/**
 * Gives the whole state as the chunks of a snapshot, each at most about `limits.snapshotChunkBytesMax` long; a record that
 * is longer than that has a chunk of its own.
 */
export async function* snapshotChunks(state: ReplicatedState): AsyncGenerator<Uint8Array> {
  let records: SnapshotRecord[] = [];
  let byteLength = 0;
  for await (const record of snapshotRecords(state)) {
    const recordBytes = weight(record);
    if (records.length > 0 && byteLength + recordBytes > limits.snapshotChunkBytesMax) {
      yield encodeSnapshotMessage({ type: "SnapshotChunk", records }, 1);
      records = [];
      byteLength = 0;
    }
    records.push(record);
    byteLength += recordBytes;
  }
  yield encodeSnapshotMessage({ type: "SnapshotChunk", records }, 1);
}

/** Replaces the whole state by that of a snapshot. Rejects with `ERR_STORE_CORRUPT` when records are missing. */
export async function restoreSnapshot(state: ReplicatedState, snapshot: SnapshotRef): Promise<void> {
  const records = decodedRecords(snapshot.chunks);
  const start = await records.next();
  if (start.done === true || start.value.type !== "Start") throw corrupt(snapshot, "it has no start");
  const sessions: SnapshotRecord[] = [];
  let recordCount = 0;
  let next = await records.next();
  for (; next.done !== true && next.value.type !== "State" && next.value.type !== "End"; next = await records.next()) {
    sessions.push(next.value);
    recordCount += 1;
  }
  state.table.restore(start.value.appliedIndex, sessions);

  async function* stateChunks(): AsyncGenerator<Uint8Array> {
    for (; next.done !== true && next.value.type === "State"; next = await records.next()) {
      recordCount += 1;
      yield next.value.chunk;
    }
  }
  const chunks = stateChunks();
  await state.stateMachine.restore(chunks);
  // A state machine need not read to the end, but the end tells whether the snapshot is whole.
  for await (const _ of chunks);
  if (next.done === true || next.value.type !== "End") throw corrupt(snapshot, "it has no end");
  if (next.value.recordCount !== recordCount) {
    throw corrupt(snapshot, `it has ${recordCount} records where ${next.value.recordCount} were written`);
  }
}

async function* snapshotRecords({ table, stateMachine }: ReplicatedState): AsyncGenerator<SnapshotRecord> {
  yield { type: "Start", appliedIndex: table.appliedIndex };
  let recordCount = 0;
  for (const record of table.snapshot()) {
    recordCount += 1;
    yield record;
  }
  for await (const chunk of stateMachine.snapshot()) {
    if (!(chunk instanceof Uint8Array) || chunk.length > limits.payloadBytesMax) {
      const what = chunk instanceof Uint8Array ? `${chunk.length} bytes` : typeof chunk;
      throw new TypeError(`a chunk of the state is ${what}, it must be at most ${limits.payloadBytesMax} bytes`);
    }
    recordCount += 1;
    yield { type: "State", chunk };
  }
  yield { type: "End", recordCount };
}

async function* decodedRecords(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<SnapshotRecord, void> {
  for await (const chunk of chunks) yield* decodeSnapshotMessage(chunk).message.records;
}

function corrupt(snapshot: SnapshotRef, problem: string): EngineError {
  return new EngineError("ERR_STORE_CORRUPT", `the snapshot of entry ${snapshot.index} is damaged: ${problem}`);
}

/** About how many bytes a record takes. */
function weight(record: SnapshotRecord): number {
  switch (record.type) {
    case "Session":
      return RECORD_BYTES + capabilityBytes(record.capabilities);
    case "Response":
      return RECORD_BYTES + (record.result?.length ?? 0) + (record.refusal?.length ?? 0);
    case "ServerRequest":
      return RECORD_BYTES + record.payload.length;
    case "Work":
      return RECORD_BYTES + record.payload.length + record.capability.length;
    case "Worker":
      return RECORD_BYTES + record.capability.length;
    case "State":
      return RECORD_BYTES + record.chunk.length;
    case "Start":
    case "End":
    case "WorkEnd":
      return RECORD_BYTES;
  }
}

function capabilityBytes(capabilities: Readonly<Record<string, string>>): number {
  let byteLength = 0;
  for (const [name, value] of Object.entries(capabilities)) byteLength += 4 + name.length + value.length;
  return byteLength;
}

/** A tag, a session's id and its numbers. */
const RECORD_BYTES = 128;
