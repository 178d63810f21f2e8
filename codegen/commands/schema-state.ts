import type { SchemaState } from "../evolution/compare-schemas.ts";
import type { SchemaText } from "../evolution/finding-diagnostics.ts";
import type { Lock } from "../evolution/lock.ts";
import { GitError, readGitFile, readGitVersionOf } from "../git-file.ts";
import { reasonOf, replaceFile } from "../output.ts";
import { CommandError, type CommandOutput } from "./command.ts";
import { countText, printDiagnostics, readTextFile, requirePeers } from "./schema-file.ts";

/** A schema that keeps its rules, with its text. */
export type LoadedSchema = SchemaState & SchemaText;

/** Takes a schema's text to a document; what is wrong with it goes to standard error and gives `undefined`. */
export async function loadSchemaText(
  text: string,
  file: string,
  output: CommandOutput,
): Promise<LoadedSchema | undefined> {
  const { loadSchema } = await requirePeers(() => import("../load.ts"));
  const { readSchemaSource } = await requirePeers(() => import("../schema-source.ts"));
  const { DiagnosticSink } = await import("../diagnostics.ts");
  const result = loadSchema(text, file);
  const source = result.ok ? readSchemaSource(text, new DiagnosticSink(text, file)) : undefined;
  if (result.ok && source !== undefined) return { document: result.document, source, text, file };
  const diagnostics = result.ok ? [] : result.diagnostics;
  await printDiagnostics(diagnostics, output);
  output.printError(`${file} has ${countText(diagnostics.length, "error")}`);
  return undefined;
}

/**
 * The text of an operand that names a state of a schema: a file, `git:REF:PATH` with a path from the root of the
 * repository, or `git:REF`, which is the file `beside` as it was at a commit.
 */
export async function readSchemaState(operand: string, beside: string | undefined): Promise<string> {
  if (!operand.startsWith("git:")) return readTextFile(operand);
  const [ref = "", ...rest] = operand.slice("git:".length).split(":");
  const path = rest.join(":");
  try {
    if (path !== "") return await readGitFile(ref, path, ".");
    if (beside !== undefined) return await readGitVersionOf(beside, ref);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new CommandError(error.message, { cause: error });
  }
  throw new CommandError(`${operand} says no file; write git:${ref || "REF"}:PATH`);
}

/** What is known of the lock beside a schema. */
export type LockState =
  | { readonly kind: "present"; readonly path: string; readonly lock: Lock }
  | { readonly kind: "absent"; readonly path: string; readonly lock: undefined }
  /** What is wrong with it was printed. */
  | { readonly kind: "unusable" };

/** Reads the lock beside a schema; what is wrong with it goes to standard error. */
export async function readLockOf({ file, document }: LoadedSchema, output: CommandOutput): Promise<LockState> {
  const { LockError, lockPathOf, parseLock } = await requirePeers(() => import("../evolution/lock.ts"));
  const path = lockPathOf(file);
  const text = await readIfThere(path);
  if (text === undefined) return { kind: "absent", path, lock: undefined };
  try {
    return { kind: "present", path, lock: parseLock(text, document.protocol) };
  } catch (error) {
    if (!(error instanceof LockError)) throw error;
    output.printError(`${path} cannot be used: ${error.message}`);
    return { kind: "unusable" };
  }
}

/** Writes a file in one step; what keeps it from being written is a CommandError. */
export async function writeTextFile(path: string, text: string): Promise<void> {
  try {
    await replaceFile(path, text);
  } catch (error) {
    throw new CommandError(`cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readTextFile(path);
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
    throw error;
  }
}
