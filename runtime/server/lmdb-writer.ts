import type { Database } from "lmdb";
import { limits } from "../protocol/limits.ts";
import type { LmdbFiles } from "./lmdb-files.ts";
import { StoreWriteError } from "./log-store.ts";

/**
 * Writes to the store, one transaction at a time, off the event loop: everything that was asked for while a transaction
 * was in flight goes into the next one, entries and the upkeep of snapshots alike.
 *
 * Every transaction is fenced: inside it, the store checks that its last claim is still this process's, so that a
 * process that was superseded writes nothing, whatever it believed a moment before.
 *
 * A transaction is durable when it resolves. With `overlappingSync: false` the store flushes its pages, then writes the
 * page that makes them current through a synchronous descriptor, and only then reports the commit.
 */
export class LmdbWriter {
  readonly #target: WriteTarget;
  readonly #waiting: Write[] = [];
  #running: Promise<void> | undefined;
  #refusal: StoreWriteError | undefined;

  constructor(target: WriteTarget) {
    this.#target = target;
  }

  /**
   * Runs `change`, which puts and removes records, in the next transaction. `bytes` is about what it writes, `purpose`
   * what it may use the disk's reserve for: entries only grow the log, upkeep is how a full disk becomes empty again.
   *
   * Errors: `StoreWriteError`; after a final one every later write fails with the same.
   */
  write(purpose: WritePurpose, bytes: number, change: () => void): Promise<void> {
    if (this.#refusal !== undefined) return Promise.reject(this.#refusal);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ purpose, bytes, change, resolve, reject });
      this.#running ??= this.#run();
    });
  }

  /** Refuses further writes, and waits for those that were asked for. */
  async close(): Promise<void> {
    this.#refusal ??= new StoreWriteError("not-written", true, "the store is closed");
    await this.#running;
  }

  async #run(): Promise<void> {
    // A turn of the microtask queue lets writes that are asked for in one go share the first transaction.
    await undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#thatFit(takeBatch(this.#waiting));
      try {
        if (batch.length > 0) await this.#commit(batch);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
        if (error instanceof StoreWriteError && error.isFinal) {
          this.#refusal = error;
          for (const { reject } of this.#waiting.splice(0)) {
            reject(new StoreWriteError("not-written", true, error.message, { cause: error }));
          }
        }
      }
    }
    this.#running = undefined;
  }

  /** Refuses writes for which the disk has no room. */
  #thatFit(batch: readonly Write[]): readonly Write[] {
    let bytes = 0;
    return batch.filter((write) => {
      const refusal = this.#target.files.refusalOf(write.purpose, bytes + write.bytes);
      if (refusal === undefined) bytes += write.bytes;
      else write.reject(refusal);
      return refusal === undefined;
    });
  }

  async #commit(batch: readonly Write[]): Promise<void> {
    const { claims, claimKey, term, files } = this.#target;
    files.assertInPlace();
    let isOurs: boolean;
    try {
      isOurs = await claims.ifVersion(claimKey, term, () => {
        for (const { change } of batch) change();
      });
    } catch (error) {
      throw await this.#explain(error);
    }
    if (!isOurs) throw supersededError(files.directory);
  }

  /**
   * Finds out what became of a failed transaction. There was room on the disk, so that this is no ordinary trouble, and
   * a write that failed once may have left more behind than an error: no later one is tried.
   */
  async #explain(error: unknown): Promise<StoreWriteError> {
    const cause = await commitErrorOf(error);
    const message = `cannot write to ${this.#target.files.directory}: ${cause.message}; check the disk, then restart the server`;
    return new StoreWriteError(this.#isUnchanged() ? "not-written" : "unknown", true, message, { cause });
  }

  /** Whether the failed transaction certainly left no trace. */
  #isUnchanged(): boolean {
    try {
      return this.#target.isUnchanged();
    } catch {
      // The page that makes a transaction current could not be written, and the store has shut itself down.
      return false;
    }
  }
}

/** Entries of the log, or snapshots and the deletion of what they replace. */
export type WritePurpose = "entries" | "upkeep";

/** What a writer needs of its store. */
export interface WriteTarget {
  /** Holds the record of the last claim; a record's version is the term. */
  readonly claims: Database<Buffer, string>;
  readonly claimKey: string;
  /** The claim without which nothing is written. */
  readonly term: number;
  readonly files: Pick<LmdbFiles, "directory" | "assertInPlace" | "refusalOf">;
  /** Whether the store, freshly read, is as the last successful write left it. Throws when it cannot be read. */
  isUnchanged(): boolean;
}

/** The error of a process whose place another one has taken. */
export function supersededError(directory: string): StoreWriteError {
  const message = `another process has taken over data directory ${directory}; only one may use it at a time`;
  return new StoreWriteError("not-written", true, message);
}

interface Write {
  readonly purpose: WritePurpose;
  readonly bytes: number;
  readonly change: () => void;
  resolve(): void;
  reject(error: unknown): void;
}

/** Takes the oldest writes, at least one, and no more than one transaction should hold. */
function takeBatch(waiting: Write[]): Write[] {
  let bytes = 0;
  const end = waiting.findIndex((write, position) => {
    bytes += write.bytes;
    return position > 0 && bytes > limits.transactionBytesMax;
  });
  return waiting.splice(0, end === -1 ? waiting.length : end);
}

/** A failed commit's own error says nothing; it carries a promise that rejects with the real one. */
export async function commitErrorOf(error: unknown): Promise<Error & { code?: unknown }> {
  if (!(error instanceof Error)) return new Error(String(error));
  if (!("commitError" in error)) return error;
  try {
    await error.commitError;
    return error;
  } catch (cause) {
    return cause instanceof Error ? cause : error;
  }
}
