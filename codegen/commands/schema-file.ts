import { readFile } from "node:fs/promises";
import type { Diagnostic } from "../diagnostics.ts";
import type { SchemaDocument } from "../document.ts";
import { reasonOf } from "../output.ts";
import { CommandError, type CommandOutput } from "./command.ts";

/** Reads and checks a schema; what is wrong with it goes to standard error and gives `undefined`. */
export async function loadSchemaFile(path: string, output: CommandOutput): Promise<SchemaDocument | undefined> {
  const text = await readTextFile(path);
  const { loadSchema } = await requirePeers(() => import("../load.ts"));
  const result = loadSchema(text, path);
  if (result.ok) return result.document;
  await printDiagnostics(result.diagnostics, output);
  output.printError(`${path} has ${countText(result.diagnostics.length, "error")}`);
  return undefined;
}

/** Diagnostics to standard error, with an empty line behind each. */
export async function printDiagnostics(diagnostics: readonly Diagnostic[], output: CommandOutput): Promise<void> {
  const { renderDiagnostics } = await import("../diagnostics.ts");
  output.printError(renderDiagnostics(diagnostics, output.paintError));
}

/** A text file as it is, without an assumption about what it holds. */
export async function readTextFile(path: string): Promise<string> {
  const bytes = await readBinaryFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new CommandError(`cannot read ${path}: it is not UTF-8 text`, { cause: error });
  }
}

export async function readBinaryFile(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** `1 error`, `2 errors` */
export function countText(count: number, noun: string): string {
  return count === 1 ? `1 ${noun}` : `${count} ${noun}s`;
}

/** Loads a part of the generator; a package that is not installed becomes one line that says how to install it. */
export async function requirePeers<Module>(load: () => Promise<Module>): Promise<Module> {
  try {
    return await load();
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ERR_MODULE_NOT_FOUND";
    const name = isMissing ? /package '([^']+)'/.exec(error.message)?.[1] : undefined;
    if (name === undefined || !peers.includes(name)) throw error;
    throw new CommandError(`needs the package ${name}; install it with: npm install --save-dev ${peers.join(" ")}`, {
      cause: error,
    });
  }
}

/** The generator's own dependencies; those who only run a client or server do not install them. */
const peers: readonly string[] = ["yaml", "ajv", "ts-morph"];
