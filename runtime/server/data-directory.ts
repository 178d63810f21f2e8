import { constants } from "node:fs";
import { access, mkdir, open, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { EngineError } from "./consensus.ts";

/**
 * Makes `directory` and its parents where they are missing, durably, and checks that it can be used.
 *
 * Errors: `ERR_DATA_DIRECTORY_UNUSABLE`, naming the path, the system's error code and what to do.
 */
export async function prepareDataDirectory(directory: string): Promise<void> {
  try {
    await makeDirectory(resolve(directory));
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw unusableDirectory(directory, error);
  }
}

/** Makes the names of files in `directory` durable: a file's own flush does not include its name. */
export async function syncDirectory(directory: string): Promise<void> {
  // Windows has no such thing: its file systems log names by themselves.
  if (process.platform === "win32") return;
  const handle = await open(directory, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The error for a directory that cannot be used because of `cause`. */
export function unusableDirectory(directory: string, cause: unknown): EngineError {
  const code = errorCodeOf(cause) ?? "unknown error";
  const detail = cause instanceof Error ? cause.message : String(cause);
  const fix = fixes[code] ?? "give a local directory that this user may read and write";
  const message = `cannot use data directory ${directory}: ${code}; ${fix}`;
  return new EngineError("ERR_DATA_DIRECTORY_UNUSABLE", code === "unknown error" ? `${message} (${detail})` : message, {
    cause,
  });
}

/** Not `mkdir` with `recursive`: under a place like /proc, where nothing can be made, that never returns. */
async function makeDirectory(directory: string): Promise<void> {
  const found = await stat(directory).catch((error: unknown) => {
    if (errorCodeOf(error) !== "ENOENT") throw error;
    return undefined;
  });
  if (found?.isDirectory()) return;
  if (found !== undefined) throw new Error("EEXIST: it is not a directory");
  const parent = dirname(directory);
  if (parent !== directory) await makeDirectory(parent);
  try {
    await mkdir(directory);
  } catch (error) {
    // Somebody else may have made it just now.
    if (errorCodeOf(error) !== "EEXIST") throw error;
  }
  await syncDirectory(parent);
}

/** The system's name for an error, such as `EACCES`, when it has one. */
function errorCodeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : /^(E[A-Z]+)\b/.exec(error.message)?.[1];
}

const fixes: Readonly<Record<string, string>> = {
  EACCES: "let this user read, write and search it",
  EPERM: "let this user read, write and search it",
  EEXIST: "a file of that name is in the way: remove it or give another directory",
  ENOTDIR: "a part of the path is a file: remove it or give another directory",
  ENOENT: "a part of the path cannot be made: give a directory on a normal file system",
  EROFS: "the file system is read-only: give a directory on a writable one",
  ENOSPC: "the disk is full: free some space",
  ENAMETOOLONG: "give a shorter path",
  ELOOP: "the path contains a circle of symbolic links: give another",
};
