import { on } from "node:events";
import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { OutputError, reasonOf } from "../output.ts";
import { type Command, CommandError, type CommandOutput, type ExitCode, onlySchema, parseOptions } from "./command.ts";
import { type GenerateTask, generateFiles, parseTarget, targetOptions } from "./generate.ts";
import { readTextFile } from "./schema-file.ts";

export const watchCommand: Command = {
  name: "watch",
  summary: "generate whenever a schema changes",
  usage: `Writes what a schema gives, and again whenever the schema changes. Ends with Ctrl-C.

Usage:
  hawser watch SCHEMA --out DIR [--emit NAME,…] [--wire-import MODULE] [--import-extension .js|.ts]

The options are those of hawser generate. What is wrong with the schema is shown, and the files stay as they are until
it is put right.

Example:
  hawser watch schema/orders.yaml --out src/generated`,

  async run(args, output) {
    const { values, positionals } = parseOptions("watch", args, targetOptions);
    const schema = onlySchema("watch", positionals);
    const task = { schema, ...parseTarget("watch", values), check: false };
    const end = new AbortController();
    const stop = (): void => end.abort();
    for (const signal of endSignals) process.once(signal, stop);
    try {
      return await watchSchema(task, output, end.signal);
    } finally {
      for (const signal of endSignals) process.off(signal, stop);
    }
  },
};

const endSignals = ["SIGINT", "SIGTERM"] as const;

/** Generates until `end` is aborted. What cannot be done at the start ends it; what cannot be done later is shown. */
async function watchSchema(task: GenerateTask, output: CommandOutput, end: AbortSignal): Promise<ExitCode> {
  const watcher = watchDirectory(dirname(task.schema));
  // Listens before the file is read, so that no change falls between.
  const changes = on(watcher, "change", { signal: end });
  try {
    let text = await readTextFile(task.schema);
    report(await generateFiles(task, output), task, output);
    output.print(`watching ${task.schema}`);
    for await (const [, name] of changes) {
      if (name !== null && name !== basename(task.schema)) continue;
      await sleep(settlingMs, undefined, { signal: end });
      const changed = await readChanged(task.schema, text, output);
      if (changed === undefined) continue;
      text = changed;
      await generateAgain(task, output);
    }
    return 0;
  } catch (error) {
    if (end.aborted) return 0;
    throw error;
  } finally {
    watcher.close();
  }
}

/** The directory rather than the file: editors put a new file in the place of the old one. */
function watchDirectory(directory: string): FSWatcher {
  try {
    return watch(directory);
  } catch (error) {
    throw new CommandError(`cannot watch ${directory}: ${reasonOf(error)}`, { cause: error });
  }
}

/** The text of the schema where it is another one than before; one change of a file gives several events. */
async function readChanged(path: string, before: string, output: CommandOutput): Promise<string | undefined> {
  try {
    const text = await readTextFile(path);
    return text === before ? undefined : text;
  } catch (error) {
    showTrouble(error, output);
    return undefined;
  }
}

async function generateAgain(task: GenerateTask, output: CommandOutput): Promise<void> {
  try {
    report(await generateFiles(task, output), task, output);
  } catch (error) {
    showTrouble(error, output);
  }
}

function report(exitCode: ExitCode, { schema, out }: GenerateTask, output: CommandOutput): void {
  if (exitCode === 0) output.print(`${out} is what ${schema} gives`);
  else output.printError(`${out} stays as it is until ${schema} is put right`);
}

function showTrouble(error: unknown, output: CommandOutput): void {
  if (!(error instanceof CommandError) && !(error instanceof OutputError)) throw error;
  output.printError(`hawser: ${error.message}`);
}

/** Programs that empty a file before they write it are done by then. In milliseconds. */
const settlingMs = 50;
