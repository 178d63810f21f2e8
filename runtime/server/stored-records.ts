import { crc32 } from "node:zlib";
import { decodeStoreMessage, encodeStoreMessage } from "../../generated/log/codec.ts";
import type { StoreMessage } from "../../generated/log/messages.ts";
import type { Entry } from "./consensus.ts";

/**
 * What the stores write, the embedded one and etcd, as bytes and back. Every record carries a checksum of its own
 * content and of the key under which it lies, so that a flipped bit, a record under another's key and a record of
 * another kind are all found.
 *
 * Errors: reading throws `DamagedRecordError`; who reads knows which record of which file it was.
 */

/** What is known of a stored snapshot. */
export interface SnapshotHeader {
  readonly index: number;
  readonly term: number;
  readonly chunkCount: number;
}

/** What is known of a snapshot in etcd. */
export interface ClusterSnapshot {
  /** The last entry that it contains. */
  readonly index: number;
  /** Of the leader that wrote it. */
  readonly term: number;
  /** Its chunks lie under this number. */
  readonly number: number;
  readonly chunkCount: number;
}

/** A claim of the leadership, or the resignation of it where nobody is named. */
export interface LeaderClaim {
  readonly memberId: string | undefined;
  /** Drawn by chance: tells the claims of one member apart. */
  readonly claim: number;
}

/** A record is not what was written. The message says in what way. */
export class DamagedRecordError extends Error {
  override readonly name = "DamagedRecordError";
}

export function encodeEntry(entry: Entry): Uint8Array {
  const { index, term, payload } = entry;
  return encodeStoreMessage(
    { type: "StoredEntry", term, checksum: checksumOf([index, term], payload), payload },
    formatVersion,
  );
}

export function decodeEntry(bytes: Uint8Array, index: number): Entry {
  const { term, checksum, payload } = decodeAs("StoredEntry", bytes);
  verify(checksum, checksumOf([index, term], payload));
  return { index, term, payload };
}

export function encodeMember(term: number): Uint8Array {
  return encodeStoreMessage({ type: "StoredMember", term, checksum: checksumOf([term]) }, formatVersion);
}

export function decodeMember(bytes: Uint8Array): number {
  const { term, checksum } = decodeAs("StoredMember", bytes);
  verify(checksum, checksumOf([term]));
  return term;
}

export function encodeSnapshot(header: SnapshotHeader): Uint8Array {
  const { index, term, chunkCount } = header;
  const checksum = checksumOf([index, term, chunkCount]);
  return encodeStoreMessage({ type: "StoredSnapshot", index, term, chunkCount, checksum }, formatVersion);
}

export function decodeSnapshot(bytes: Uint8Array): SnapshotHeader {
  const { index, term, chunkCount, checksum } = decodeAs("StoredSnapshot", bytes);
  verify(checksum, checksumOf([index, term, chunkCount]));
  return { index, term, chunkCount };
}

/** `snapshot`: its index in the embedded store, its number in etcd. */
export function encodeChunk(snapshot: number, position: number, chunk: Uint8Array): Uint8Array {
  const checksum = checksumOf([snapshot, position], chunk);
  return encodeStoreMessage({ type: "StoredChunk", checksum, chunk }, formatVersion);
}

export function decodeChunk(bytes: Uint8Array, snapshot: number, position: number): Uint8Array {
  const { checksum, chunk } = decodeAs("StoredChunk", bytes);
  verify(checksum, checksumOf([snapshot, position], chunk));
  return chunk;
}

export function encodeIdentity(storeId: string): Uint8Array {
  const checksum = checksumOf([], textBytes(storeId));
  return encodeStoreMessage({ type: "StoredIdentity", storeId, checksum }, formatVersion);
}

export function decodeIdentity(bytes: Uint8Array): string {
  const { storeId, checksum } = decodeAs("StoredIdentity", bytes);
  verify(checksum, checksumOf([], textBytes(storeId)));
  return storeId;
}

/** The same index always gives the same bytes: appends compare them. */
export function encodeHead(index: number): Uint8Array {
  return encodeStoreMessage({ type: "StoredHead", index, checksum: checksumOf([index]) }, formatVersion);
}

export function decodeHead(bytes: Uint8Array): number {
  const { index, checksum } = decodeAs("StoredHead", bytes);
  verify(checksum, checksumOf([index]));
  return index;
}

export function encodeLeader({ memberId, claim }: LeaderClaim): Uint8Array {
  const checksum = checksumOf([claim], textBytes(memberId ?? ""));
  return encodeStoreMessage({ type: "StoredLeader", memberId, claim, checksum }, formatVersion);
}

export function decodeLeader(bytes: Uint8Array): LeaderClaim {
  const { memberId, claim, checksum } = decodeAs("StoredLeader", bytes);
  verify(checksum, checksumOf([claim], textBytes(memberId ?? "")));
  return { memberId, claim };
}

export function encodeClusterSnapshot(snapshot: ClusterSnapshot): Uint8Array {
  const { index, term, number, chunkCount } = snapshot;
  const checksum = checksumOf([index, term, number, chunkCount]);
  return encodeStoreMessage(
    { type: "StoredClusterSnapshot", index, term, number, chunkCount, checksum },
    formatVersion,
  );
}

export function decodeClusterSnapshot(bytes: Uint8Array): ClusterSnapshot {
  const { index, term, number, chunkCount, checksum } = decodeAs("StoredClusterSnapshot", bytes);
  verify(checksum, checksumOf([index, term, number, chunkCount]));
  return { index, term, number, chunkCount };
}

/** The format version that a record claims to have: its first byte, in every version of the schema. */
export function versionOf(bytes: Uint8Array): number | undefined {
  return bytes[0];
}

/** The newest format that this program reads, and the one that it writes. */
export const formatVersion = 1;

type MessageOf<Type extends StoreMessage["type"]> = Extract<StoreMessage, { readonly type: Type }>;

function decodeAs<Type extends StoreMessage["type"]>(type: Type, bytes: Uint8Array): MessageOf<Type> {
  let message: StoreMessage;
  try {
    message = decodeStoreMessage(bytes).message;
  } catch (error) {
    throw new DamagedRecordError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (!isOfType(message, type)) throw new DamagedRecordError(`it is a ${message.type}, not a ${type}`);
  return message;
}

function isOfType<Type extends StoreMessage["type"]>(message: StoreMessage, type: Type): message is MessageOf<Type> {
  return message.type === type;
}

function verify(stored: number, computed: number): void {
  if (stored !== computed) throw new DamagedRecordError(`its checksum is ${stored}, its content's is ${computed}`);
}

/** CRC-32 of the numbers, each as eight big-endian bytes, and the bytes after them. */
function checksumOf(numbers: readonly number[], bytes?: Uint8Array): number {
  let checksum = 0;
  for (const number of numbers) {
    scratch.setUint32(0, Math.floor(number / 2 ** 32));
    scratch.setUint32(4, number % 2 ** 32);
    checksum = crc32(scratchBytes, checksum);
  }
  return bytes === undefined ? checksum : crc32(bytes, checksum);
}

function textBytes(text: string): Uint8Array {
  return utf8.encode(text);
}

const utf8 = new TextEncoder();
const scratchBytes = new Uint8Array(8);
const scratch = new DataView(scratchBytes.buffer);
