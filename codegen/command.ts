import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { GenerateOptions } from "./generate.ts";
import { compareOutput, OutputError, reasonOf, writeOutput } from "./output.ts";

/** Exit codes: fine; the schema has errors or generated files are not up to date; the command could not be carried out. */
export type ExitCode = 0 | 1 | 2;

/** What a command could not do, in one line that says what would help. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

/** What `generate` needs to know of one schema. */
export interface GenerateTask extends Omit<GenerateOptions, "sourceName"> {
  /** Path of the schema. */
  readonly schema: string;
  /** Path of the output directory. */
  readonly out: string;
  /** Compare instead of write. */
  readonly check: boolean;
}

/** Where a command writes; lines without a line feed. */
export interface CommandOutput {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
}

/** Checks a schema and writes what is wrong with it to standard error. */
export async function checkCommand(schema: string, output: CommandOutput): Promise<ExitCode> {
  return (await load(schema, output)) === undefined ? 1 : 0;
}

/** Generates the files of a schema, or compares them with those in place; prints what differs. */
export async function generateCommand(task: GenerateTask, output: CommandOutput): Promise<ExitCode> {
  const document = await load(task.schema, output);
  if (document === undefined) return 1;
  const { generate } = await requirePeers(() => import("./generate.ts"));
  const { wireImport, importExtension } = task;
  const files = generate(document, { wireImport, importExtension, sourceName: basename(task.schema) });
  if (!task.check) {
    for (const { kind, path } of await writeOutput(task.out, files)) {
      output.print(`${kind === "leftover" ? "removed" : kind === "missing" ? "created" : "updated"} ${path}`);
    }
    return 0;
  }
  const changes = await compareOutput(task.out, files);
  for (const { kind, path } of changes) output.printError(`${kind} ${path}`);
  if (changes.length > 0)
    output.printError(`${task.out} is not what ${task.schema} gives; generate it again without --check`);
  return changes.length === 0 ? 0 : 1;
}

/** Runs a command; what it could not do becomes one line on standard error. */
export async function runCommand(
  program: string,
  command: () => Promise<ExitCode>,
  output: CommandOutput,
): Promise<ExitCode> {
  try {
    return await command();
  } catch (error) {
    if (!(error instanceof CommandError) && !(error instanceof OutputError)) throw error;
    output.printError(`${program}: ${error.message}`);
    return 2;
  }
}

/** Writes to the process's own streams. */
export const processOutput: CommandOutput = {
  print: (line) => process.stdout.write(`${line}\n`),
  printError: (line) => process.stderr.write(`${line}\n`),
};

async function load(schema: string, output: CommandOutput) {
  const text = await readSchema(schema);
  const { loadSchema } = await requirePeers(() => import("./load.ts"));
  const result = loadSchema(text, schema);
  if (result.ok) return result.document;
  const { renderDiagnostics } = await import("./diagnostics.ts");
  const { diagnostics } = result;
  output.printError(renderDiagnostics(diagnostics));
  output.printError(`${schema} has ${diagnostics.length === 1 ? "1 error" : `${diagnostics.length} errors`}`);
  return undefined;
}

async function readSchema(path: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    throw new CommandError(`cannot read ${path}: ${reasonOf(error)}`, { cause: error });
  }
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new CommandError(`cannot read ${path}: it is not UTF-8 text`, { cause: error });
  }
}

/** The generator's own dependencies; those who only run a client or server do not install them. */
const peers = ["yaml", "ajv", "ts-morph"];

/** Loads a part of the generator; a package that is not installed becomes one line that says how to install it. */
async function requirePeers<Module>(load: () => Promise<Module>): Promise<Module> {
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
