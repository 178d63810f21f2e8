import { type Stats, statfsSync, statSync } from "node:fs";
import { join } from "node:path";
import { getSystemErrorName } from "node:util";
import { type Database, open, type RootDatabase } from "lmdb";
import { limits } from "../protocol/limits.ts";
import { EngineError } from "./consensus.ts";
import { syncDirectory, unusableDirectory } from "./data-directory.ts";
import {
  corrupt,
  type DataFileFacts,
  dataFile,
  extendDataFile,
  inspectDataFile,
  restoreDataFile,
} from "./lmdb-data-file.ts";
import { StoreWriteError } from "./log-store.ts";

/**
 * The files of a store and its tables, opened.
 *
 * Errors of `open`: `ERR_DATA_DIRECTORY_UNUSABLE` for what is not hawser's, `ERR_STORE_VERSION` for another format of
 * the file, `ERR_STORE_CORRUPT` for a damaged one. In every case the data file is as it was.
 */
export class LmdbFiles {
  readonly directory: string;
  readonly log: Database<Buffer, number>;
  readonly chunks: Database<Buffer, [number, number]>;
  readonly member: Database<Buffer, string>;
  readonly #root: RootDatabase<Buffer, string>;
  readonly #facts: DataFileFacts | undefined;
  readonly #opened: readonly OpenedFile[];

  private constructor(directory: string, root: RootDatabase<Buffer, string>, facts: DataFileFacts | undefined) {
    this.directory = directory;
    this.#root = root;
    this.#facts = facts;
    this.log = root.openDB<Buffer, number>({ name: "log", ...tableOptions });
    this.chunks = root.openDB<Buffer, [number, number]>({ name: "chunks", ...tableOptions });
    this.member = root.openDB<Buffer, string>({ name: "member", ...tableOptions, useVersions: true });
    this.#opened = [dataFile, lockFile].map((name) => {
      const path = join(directory, name);
      return { path, stats: statSync(path) };
    });
  }

  static async open(directory: string): Promise<LmdbFiles> {
    const facts = await inspectDataFile(directory);
    // Opening and the claim write a few pages, after whatever the last process did with the reserve.
    if (freeBytes(directory) < limits.diskReserveBytes / 8) throw unusableDirectory(directory, diskFull);
    if (facts !== undefined) await extendDataFile(directory, facts);
    let root: RootDatabase<Buffer, string> | undefined;
    try {
      root = openRoot(directory);
      assertOurs(directory, root);
      const files = new LmdbFiles(directory, root, facts);
      if (facts === undefined) await syncDirectory(directory);
      return files;
    } catch (error) {
      await root?.close();
      if (facts !== undefined) await restoreDataFile(directory, facts);
      throw error instanceof EngineError ? error : explainOpenError(directory, error);
    }
  }

  /** Makes the next reads see what is in the store now, whoever wrote it. */
  refresh(): void {
    this.#root.resetReadTxn();
  }

  /** How many entries the log has, as the store counts: without walking over pages that may be damaged. */
  entryCount(): number {
    this.#renewReading();
    return internalsOf(this.log).db.stat().entryCount;
  }

  /**
   * Throws a final `StoreWriteError` when the files were removed or replaced: what is written now would be lost, and
   * with another lock file a second process could write at the same time.
   */
  assertInPlace(): void {
    for (const { path, stats } of this.#opened) {
      const now = statSync(path, { throwIfNoEntry: false });
      if (now !== undefined && now.ino === stats.ino && now.dev === stats.dev) continue;
      const change = now === undefined ? "removed" : "replaced";
      throw new StoreWriteError(
        "not-written",
        true,
        `${path} was ${change} while in use; restore it and restart the server`,
      );
    }
  }

  /**
   * Why the disk has no room for `bytes`; `undefined`: it has. No write may meet a disk that is really full, so that each
   * purpose stops at some part of the reserve:
   *
   * - entries at the whole of it, because they only make the file longer;
   * - upkeep at a quarter, because it is what makes room inside the file, which never gets shorter;
   * - when the file is half empty, at a quarter and an eighth, because then they are written into its free pages.
   */
  refusalOf(purpose: "entries" | "upkeep", bytes: number): StoreWriteError | undefined {
    let free: number;
    try {
      free = freeBytes(this.directory) - bytes;
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      const text = `${this.directory} cannot be used any more: ${problem}; restore it and restart the server`;
      return new StoreWriteError("not-written", true, text, { cause: error });
    }
    const reserve = limits.diskReserveBytes;
    if (free >= (purpose === "entries" ? reserve : reserve / 4)) return undefined;
    if (free >= (purpose === "entries" ? reserve / 4 : reserve / 8) && this.#isHalfEmpty(bytes)) return undefined;
    const message = `the disk of ${this.directory} is full: ${free + bytes} bytes are free, the reserve is ${reserve}; free some space`;
    return new StoreWriteError("not-written", false, message);
  }

  /** Whether the tables and `bytes` more use at most half of the file. Scattered single pages are free at any time. */
  #isHalfEmpty(bytes: number): boolean {
    this.refresh();
    this.#renewReading();
    let used = 0;
    for (const table of [this.log, this.chunks, this.member]) {
      const { treeBranchPageCount, treeLeafPageCount, overflowPages } = internalsOf(table).db.stat();
      used += treeBranchPageCount + treeLeafPageCount + overflowPages;
    }
    const { env, db } = internalsOf(this.log);
    const pages = env.info().lastPageNumber + 1;
    return 2 * (used + bytes / db.stat().pageSize) <= pages;
  }

  /** Statistics are those of the present read transaction, which only a read begins. */
  #renewReading(): void {
    this.log.doesExist(0);
  }

  /** Closes the files. `isRefused`: nothing may have been changed, so undo what opening did. */
  async close(isRefused: boolean): Promise<void> {
    await this.#root.close();
    if (isRefused && this.#facts !== undefined) await restoreDataFile(this.directory, this.#facts);
  }
}

interface OpenedFile {
  readonly path: string;
  readonly stats: Stats;
}

/**
 * What the store knows of a table without walking over it. Behind the package's types: its `getStats` walks over the
 * list of free pages besides.
 */
function internalsOf(table: object): TableInternals {
  return table as TableInternals;
}

interface TableInternals {
  readonly db: {
    stat(): {
      readonly pageSize: number;
      readonly entryCount: number;
      readonly treeBranchPageCount: number;
      readonly treeLeafPageCount: number;
      readonly overflowPages: number;
    };
  };
  readonly env: { info(): { readonly lastPageNumber: number } };
}

/** What this user may still write to the disk of `directory`. */
function freeBytes(directory: string): number {
  const { bavail, bsize } = statfsSync(directory);
  return bavail * bsize;
}

function openRoot(directory: string): RootDatabase<Buffer, string> {
  return open<Buffer, string>({
    path: directory,
    // Without this a directory whose name has a dot would be taken for a file.
    noSubdir: false,
    // A commit that was reported is on the disk.
    overlappingSync: false,
    // Transactions are made of explicit batches. With it on, a failed commit also rejects a promise that nobody has.
    eventTurnBatching: false,
    maxDbs: 4,
    ...tableOptions,
  });
}

function assertOurs(directory: string, root: RootDatabase<Buffer, string>): void {
  for (const table of root.getKeys()) {
    if (tableNames.has(table)) continue;
    throw new EngineError(
      "ERR_DATA_DIRECTORY_UNUSABLE",
      `cannot use data directory ${directory}: it is the store of another program, with a table ${JSON.stringify(table)}; give another directory`,
    );
  }
}

function explainOpenError(directory: string, error: unknown): EngineError {
  const code = error instanceof Error && "code" in error && typeof error.code === "number" ? error.code : 0;
  const path = join(directory, dataFile);
  if (code === versionMismatch) {
    const message = `${path} was written by another version of the lmdb package; open it with that version`;
    return new EngineError("ERR_STORE_VERSION", message, { cause: error });
  }
  if (code > 0) {
    const systemError = new Error("opening failed", { cause: error });
    return unusableDirectory(directory, Object.assign(systemError, { code: getSystemErrorName(-code) }));
  }
  return corrupt(path, error instanceof Error ? error.message : String(error), error);
}

const diskFull = Object.assign(new Error("the disk is full"), { code: "ENOSPC" });
const lockFile = "lock.mdb";
const tableNames: ReadonlySet<string> = new Set(["log", "chunks", "member"]);
/** Records are bytes that our own codec makes. */
const tableOptions = { encoding: "binary", cache: false } as const;
/** MDB_VERSION_MISMATCH. */
const versionMismatch = -30794;
