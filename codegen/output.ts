import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import type { GeneratedFile } from "./generate.ts";
import { hasGeneratedHeader } from "./generated-header.ts";

/** How one file of an output directory relates to what the schema gives. */
export interface OutputChange {
  /** `stale`: differs; `missing`: is not there; `leftover`: was generated once, and the schema no longer gives it. */
  readonly kind: "stale" | "missing" | "leftover";
  readonly path: string;
}

/** The directory cannot be read or written; the message names the path and the reason. */
export class OutputError extends Error {
  override readonly name = "OutputError";
}

/**
 * Compares an output directory with what it should hold.
 *
 * Files without the header of generated files belong to someone else: they are neither left over nor overwritten; where
 * one has the name of a generated file, OutputError is thrown.
 */
export async function compareOutput(directory: string, files: readonly GeneratedFile[]): Promise<OutputChange[]> {
  const changes: OutputChange[] = [];
  for (const { name, text } of files) {
    const path = join(directory, name);
    const present = await readIfThere(path);
    if (present === undefined) {
      changes.push({ kind: "missing", path });
    } else if (present !== text) {
      if (!hasGeneratedHeader(present))
        throw new OutputError(`${path} was not generated; move it away, or choose another --out`);
      changes.push({ kind: "stale", path });
    }
  }
  const names = new Set(files.map((file) => file.name));
  for (const name of await namesIn(directory)) {
    if (names.has(name)) continue;
    const path = join(directory, name);
    const present = await readIfThere(path);
    if (present !== undefined && hasGeneratedHeader(present)) changes.push({ kind: "leftover", path });
  }
  return changes;
}

/**
 * Makes an output directory hold what it should, and gives what had to change.
 *
 * Files that are right are not touched, so that nothing that watches them wakes up; the others are replaced in one step.
 */
export async function writeOutput(directory: string, files: readonly GeneratedFile[]): Promise<OutputChange[]> {
  const changes = await compareOutput(directory, files);
  const texts = new Map(files.map(({ name, text }) => [join(directory, name), text]));
  try {
    await mkdir(directory, { recursive: true });
    for (const { path } of changes) {
      const text = texts.get(path);
      if (text === undefined) {
        await rm(path);
      } else {
        await mkdir(dirname(path), { recursive: true });
        await replaceFile(path, text);
      }
    }
  } catch (error) {
    throw new OutputError(`cannot write ${directory}: ${reasonOf(error)}`, { cause: error });
  }
  return changes;
}

/** Writes a file in one step: whoever reads it meanwhile sees the old text or the new one. */
export async function replaceFile(path: string, text: string): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(temporary, text, { flag: "wx" });
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new OutputError(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The files in a directory and in the directories in it, as paths from there. */
async function namesIn(directory: string): Promise<string[]> {
  try {
    const entries = await readdir(directory, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => relative(directory, join(entry.parentPath, entry.name)))
      .sort();
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw new OutputError(`cannot read ${directory}: ${reasonOf(error)}`, { cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : undefined;
}

/** `permission denied` of `EACCES: permission denied, open '/x'`. */
export function reasonOf(error: unknown): string {
  if (codeOf(error) === "EISDIR") return "it is a directory";
  const message = error instanceof Error ? error.message : String(error);
  return /^[A-Z0-9]+: (.+?)(?:, [a-z]+(?: '.*')?)?$/.exec(message)?.[1] ?? message;
}
