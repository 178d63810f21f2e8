import { resolve } from "node:path";
import { InvalidArgumentError } from "../protocol/errors.ts";
import type { ConsensusEngine } from "./consensus.ts";
import { LmdbStore } from "./lmdb-store.ts";
import { SingleMemberEngine } from "./single-member-engine.ts";

export { EngineError, type EngineErrorCode } from "./consensus.ts";

/** What the caller may set. */
export interface LmdbEngineOptions {
  /**
   * Where the log and the snapshots are kept. Made if missing, with its parents. On a local disk: network file systems
   * do not keep the promises that a durable log needs. One process uses it at a time, others are refused.
   */
  readonly directory: string;
}

/**
 * Makes an engine with a durable log on the disk of one machine. Needs the package `lmdb`.
 *
 * An entry is on the disk, flushed, before its proposal resolves; what a killed process had acknowledged is there at the
 * next start, once, in the same order. Every start begins a new term.
 *
 * A disk that is full, up to `limits.diskReserveBytes`, makes proposals fail with `UnavailableError` until there is space
 * again. Any other failure of the disk, and a second process that takes the directory over, ends the engine with
 * `onFatal`; the process should end then, too.
 *
 * Errors: `InvalidArgumentError` for bad options, at once. `EngineError` from `start`: `ERR_DATA_DIRECTORY_IN_USE`,
 * `ERR_DATA_DIRECTORY_UNUSABLE`, `ERR_STORE_CORRUPT`, `ERR_STORE_VERSION`, `ERR_STORE_FAILED`.
 */
export function lmdbEngine(options: LmdbEngineOptions): ConsensusEngine {
  const { directory } = options;
  if (typeof directory !== "string" || directory === "" || directory.includes("\0")) {
    throw new InvalidArgumentError(`directory must be a path, not ${JSON.stringify(directory)}`);
  }
  return new SingleMemberEngine(new LmdbStore(resolve(directory)));
}
