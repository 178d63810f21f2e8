import { join } from "node:path";
import { limits } from "../protocol/limits.ts";
import { EngineError, type Entry } from "./consensus.ts";
import { prepareDataDirectory } from "./data-directory.ts";
import { type DirectoryLock, lockDirectory } from "./directory-lock.ts";
import { nextTurn } from "./entry-delivery.ts";
import { corrupt, dataFile } from "./lmdb-data-file.ts";
import { LmdbFiles } from "./lmdb-files.ts";
import { commitErrorOf, LmdbWriter, supersededError } from "./lmdb-writer.ts";
import { type LogStore, type StoredLog, StoreWriteError } from "./log-store.ts";
import * as records from "./stored-records.ts";

/**
 * A log in a data directory. Tables, every record with a checksum (`stored-records.ts`):
 *
 * - `log`: index → StoredEntry, without a gap.
 * - `chunks`: [snapshot index, number] → StoredChunk.
 * - `member`: "claim" → StoredMember and "snapshot" → StoredSnapshot.
 *
 * A snapshot's chunks are written first, each by itself; then one record makes them the snapshot; then what it replaced
 * is deleted, piece by piece. A process that dies on the way leaves either chunks that no record names or entries that
 * the snapshot contains. The next claim drops both.
 *
 * The store under it is copy-on-write, so a killed process cannot leave half a record: damage is never the trace of a
 * crash, and wherever it is found nothing is served and nothing is changed.
 */
export class LmdbStore implements LogStore {
  readonly #directory: string;
  #lock: DirectoryLock | undefined;
  #files: LmdbFiles | undefined;
  #writer: LmdbWriter | undefined;
  #closing: Promise<void> | undefined;
  #term = 0;
  /** The oldest and the newest stored entry. The log is empty when they are in the wrong order. */
  #firstIndex = 1;
  #lastIndex = 0;
  #snapshot: records.SnapshotHeader | undefined;
  /** Term of the entry that was read last: terms never fall along the log. */
  #readTerm = 0;
  /** The first damage that was found. The state machine may have caught the error; a claim must not follow it. */
  #damage: EngineError | undefined;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async open(): Promise<StoredLog> {
    await prepareDataDirectory(this.#directory);
    this.#lock = await lockDirectory(this.#directory);
    try {
      this.#files = await LmdbFiles.open(this.#directory);
      this.#inspect(this.#files);
    } catch (error) {
      await this.close();
      throw error;
    }
    const snapshot = this.#snapshot;
    return {
      term: this.#term,
      lastIndex: this.#lastIndex,
      snapshot: snapshot && { index: snapshot.index, chunks: this.#storedChunks(snapshot) },
    };
  }

  entry(index: number): Entry {
    const files = this.#opened();
    return this.#read(`entry ${index}`, () => {
      const bytes = files.log.getBinary(index);
      if (bytes === undefined) throw new records.DamagedRecordError("it is missing");
      const entry = records.decodeEntry(bytes, index);
      if (entry.term < this.#readTerm || entry.term > this.#term) {
        const allowed = `${this.#readTerm} to ${this.#term}`;
        throw new records.DamagedRecordError(`its term is ${entry.term}, where only ${allowed} can be`);
      }
      this.#readTerm = entry.term;
      return entry;
    });
  }

  async claim(term: number): Promise<number> {
    if (this.#damage !== undefined) throw this.#damage;
    const { member, directory } = this.#opened();
    const record = Buffer.from(records.encodeMember(term));
    const claim = () => void member.put(claimKey, record, term);
    let isOurs: boolean;
    try {
      isOurs = await (this.#term === 0
        ? member.ifNoExists(claimKey, claim)
        : member.ifVersion(claimKey, this.#term, claim));
    } catch (error) {
      const cause = await commitErrorOf(error);
      if (damageCodes.has(cause.code)) throw this.#corrupt(cause.message, cause);
      throw new EngineError("ERR_STORE_FAILED", `cannot write to ${directory}: ${cause.message}; check the disk`, {
        cause,
      });
    }
    if (!isOurs) throw new EngineError("ERR_STORE_FAILED", supersededError(directory).message);
    this.#term = term;
    const isUnchanged = () => this.#newestIndex() === this.#lastIndex;
    this.#writer = new LmdbWriter({ claims: member, claimKey, term, files: this.#opened(), isUnchanged });
    this.#lastIndex = this.#read("the log", () => this.#newestIndex());
    this.#assertSameSnapshot();
    await this.#dropLeftovers(this.#writer);
    return this.#lastIndex;
  }

  confirmClaim(): void {
    const files = this.#opened();
    files.assertInPlace();
    files.refresh();
    if (files.member.getEntry(claimKey)?.version !== this.#term) throw supersededError(this.#directory);
  }

  async append(entries: readonly Entry[]): Promise<void> {
    const { log } = this.#opened();
    let bytes = 0;
    const encoded = entries.map((entry) => {
      const record = asBuffer(records.encodeEntry(entry));
      bytes += record.length;
      return { index: entry.index, record };
    });
    await this.#ready().write("entries", bytes, () => {
      for (const { index, record } of encoded) void log.put(index, record);
    });
    this.#lastIndex += entries.length;
  }

  async saveSnapshot(index: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const files = this.#opened();
    const writer = this.#ready();
    const header = { index, term: this.#termOf(index) };
    let chunkCount = 0;
    try {
      for await (const chunk of chunks) {
        const key: [number, number] = [index, chunkCount];
        const record = asBuffer(records.encodeChunk(index, chunkCount, chunk));
        await writer.write("upkeep", record.length, () => void files.chunks.put(key, record));
        chunkCount++;
      }
      const record = asBuffer(records.encodeSnapshot({ ...header, chunkCount }));
      await writer.write("upkeep", record.length, () => void files.member.put(snapshotKey, record, index));
    } catch (error) {
      // What cannot be dropped now is dropped by the next claim; why the snapshot failed is the news.
      await this.#dropLeftovers(writer).catch(() => {});
      throw error;
    }
    this.#snapshot = { ...header, chunkCount };
    await this.#dropLeftovers(writer);
  }

  close(): Promise<void> {
    this.#closing ??= this.#closeAll();
    return this.#closing;
  }

  async #closeAll(): Promise<void> {
    await this.#writer?.close();
    const files = this.#files;
    this.#files = undefined;
    await files?.close(this.#writer === undefined);
    await this.#lock?.release();
  }

  /** Reads everything but entries and chunks, and checks that those that must be there are. */
  #inspect(files: LmdbFiles): void {
    const claim = this.#read("the record of the member", () => files.member.getBinary(claimKey));
    const [first] = this.#read("the log", () => [...files.log.getKeys({ limit: 1 })]);
    const last = this.#read("the log", () => this.#newestKey());
    const header = this.#read("the record of the snapshot", () => files.member.getBinary(snapshotKey));
    if (claim === undefined) {
      if (first !== undefined || header !== undefined) throw this.#corrupt("the record of the member is missing");
      return;
    }
    const version = records.versionOf(claim);
    if (version !== undefined && version > records.formatVersion) {
      const message = `${this.#dataPath()} has format ${version}, this hawser reads up to ${records.formatVersion}; use a newer hawser`;
      throw new EngineError("ERR_STORE_VERSION", message);
    }
    this.#term = this.#read("the record of the member", () => records.decodeMember(claim));
    if (header !== undefined) {
      this.#snapshot = this.#read("the record of the snapshot", () => records.decodeSnapshot(header));
      this.#readTerm = this.#snapshot.term;
    }
    const snapshotIndex = this.#snapshot?.index ?? 0;
    this.#firstIndex = first ?? snapshotIndex + 1;
    this.#lastIndex = last ?? snapshotIndex;
    if (first !== undefined) this.#assertComplete(files, snapshotIndex);
  }

  /** A process that got past the lock may have gone on until the claim; entries can be caught up with, this cannot. */
  #assertSameSnapshot(): void {
    const record = this.#read("the record of the snapshot", () => this.#opened().member.getBinary(snapshotKey));
    const index = record && this.#read("the record of the snapshot", () => records.decodeSnapshot(record).index);
    if (index === this.#snapshot?.index) return;
    const message = `another process saved a snapshot in ${this.#directory} meanwhile; stop it and start again`;
    throw new EngineError("ERR_STORE_FAILED", message);
  }

  /** The entries themselves are verified when they are read; a record that is missing would never be. */
  #assertComplete(files: LmdbFiles, snapshotIndex: number): void {
    if (this.#firstIndex > snapshotIndex + 1) throw this.#corrupt(`entry ${snapshotIndex + 1} is missing`);
    if (this.#lastIndex < snapshotIndex) throw this.#corrupt(`entry ${snapshotIndex} is missing`);
    const count = this.#read("the log", () => files.entryCount());
    if (count === this.#lastIndex - this.#firstIndex + 1) return;
    for (let index = this.#firstIndex; index <= this.#lastIndex; index++) {
      const isThere = this.#read(`entry ${index}`, () => files.log.doesExist(index));
      if (!isThere) throw this.#corrupt(`entry ${index} is missing`);
    }
    throw this.#corrupt(`the log has ${count} records for the entries ${this.#firstIndex} to ${this.#lastIndex}`);
  }

  /** Reads one chunk at a time, as they are taken. */
  async *#storedChunks({ index, chunkCount }: records.SnapshotHeader): AsyncIterable<Uint8Array> {
    for (let number = 0; number < chunkCount; number++) {
      const { chunks } = this.#opened();
      yield this.#read(`chunk ${number} of the snapshot at entry ${index}`, () => {
        const bytes = chunks.getBinary([index, number]);
        if (bytes === undefined) throw new records.DamagedRecordError("it is missing");
        return records.decodeChunk(bytes, index, number);
      });
      await nextTurn();
    }
  }

  /**
   * Deletes entries that the snapshot contains, oldest first so that the log has no gap at any time, and chunks of other
   * snapshots. Does nothing about a disk that is too full even to delete: the next snapshot tries again.
   */
  async #dropLeftovers(writer: LmdbWriter): Promise<void> {
    const { log, chunks } = this.#opened();
    const { index = 0, chunkCount = 0 } = this.#snapshot ?? {};
    try {
      while (this.#firstIndex <= Math.min(index, this.#lastIndex)) {
        const end = Math.min(this.#firstIndex + limits.transactionDeletionsMax, Math.min(index, this.#lastIndex) + 1);
        const first = this.#firstIndex;
        await writer.write("upkeep", 0, () => {
          for (let entry = first; entry < end; entry++) void log.remove(entry);
        });
        this.#firstIndex = end;
      }
      await this.#dropChunks(writer, chunks, { end: [index, 0] });
      await this.#dropChunks(writer, chunks, { start: [index, chunkCount] });
    } catch (error) {
      if (!(error instanceof StoreWriteError) || error.isFinal) throw error;
    }
  }

  /** Deletes chunks, one snapshot's after the other. */
  async #dropChunks(writer: LmdbWriter, chunks: LmdbFiles["chunks"], range: ChunkRange): Promise<void> {
    for (;;) {
      this.#opened().refresh();
      // The ends are looked up and what is between them is not walked over: on damaged pages a walk kills the process.
      const [first] = this.#read("the chunks", () => [...chunks.getKeys({ ...range, limit: 1 })]);
      if (first === undefined) return;
      const [index, number] = first;
      const above: [number, number] = [index, Number.MAX_SAFE_INTEGER];
      const [last = first] = this.#read("the chunks", () => [
        ...chunks.getKeys({ start: above, reverse: true, limit: 1 }),
      ]);
      const end = Math.min(number + limits.transactionDeletionsMax, last[1] + 1);
      await writer.write("upkeep", 0, () => {
        for (let dropped = number; dropped < end; dropped++) void chunks.remove([index, dropped]);
      });
    }
  }

  /** The term of an entry that is stored; it may lie far behind what was read last. */
  #termOf(index: number): number {
    const { log } = this.#opened();
    return this.#read(`entry ${index}`, () => {
      const bytes = log.getBinary(index);
      if (bytes === undefined) throw new records.DamagedRecordError("it is missing");
      return records.decodeEntry(bytes, index).term;
    });
  }

  /** The newest stored entry, or the last one that was dropped. */
  #newestIndex(): number {
    this.#opened().refresh();
    return this.#newestKey() ?? this.#firstIndex - 1;
  }

  #newestKey(): number | undefined {
    const [newest] = this.#opened().log.getKeys({ reverse: true, limit: 1 });
    return newest;
  }

  /** Whatever goes wrong while `what` is read is damage to it: the disk answered, and not with what was written. */
  #read<T>(what: string, read: () => T): T {
    try {
      return read();
    } catch (error) {
      throw this.#corrupt(`${what}: ${error instanceof Error ? error.message : String(error)}`, error);
    }
  }

  #corrupt(damage: string, cause?: unknown): EngineError {
    this.#damage ??= corrupt(this.#dataPath(), damage, cause);
    return this.#damage;
  }

  #dataPath(): string {
    return join(this.#directory, dataFile);
  }

  #opened(): LmdbFiles {
    if (this.#files === undefined) throw new StoreWriteError("not-written", true, "the store is closed");
    return this.#files;
  }

  #ready(): LmdbWriter {
    if (this.#writer === undefined) throw new StoreWriteError("not-written", true, "the store is not claimed");
    return this.#writer;
  }
}

/** The same bytes as the store's own kind of view. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}

/** A range of the table `chunks`, by its keys: the start is in it, the end is not. */
interface ChunkRange {
  readonly start?: [number, number];
  readonly end?: [number, number];
}

/** Keys of the table `member`. */
const claimKey = "claim";
const snapshotKey = "snapshot";

/** MDB_CORRUPTED, MDB_PAGE_NOTFOUND and MDB_BAD_TXN, which is what follows from them. */
const damageCodes: ReadonlySet<unknown> = new Set([-30796, -30797, -30782]);
