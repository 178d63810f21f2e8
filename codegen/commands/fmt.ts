import { writeFile } from "node:fs/promises";
import { reasonOf } from "../output.ts";
import { type Command, CommandError, type CommandOutput, parseOptions, someSchemas } from "./command.ts";
import { countText, printDiagnostics, readTextFile, requirePeers } from "./schema-file.ts";

export const fmtCommand: Command = {
  name: "fmt",
  summary: "lay schemas out in one way",
  usage: `Lays schemas out in one way, and keeps every comment and every meaning. Lists the files that it has written.

Usage:
  hawser fmt SCHEMA... [--check]

Options:
  --check    write nothing; list what is laid out differently and exit with 1 (for continuous integration)

The layout: two spaces for each level; lines of up to 120 columns; keys of definitions in one order; one empty line
between messages and between types of several lines; docs in braces in quotes. What is written in braces stays there as
long as it fits in a line. The order of types, fields, values and messages is yours.

Example:
  hawser fmt schema/*.yaml`,

  async run(args, output) {
    const { values, positionals } = parseOptions("fmt", args, { check: { type: "boolean" } } as const);
    const schemas = someSchemas("fmt", positionals);
    const outcomes: Outcome[] = [];
    for (const schema of schemas) outcomes.push(await format(schema, values.check ?? false, output));
    const unformatted = outcomes.filter((outcome) => outcome === "unformatted").length;
    if (unformatted > 0) {
      const verb = unformatted === 1 ? "is" : "are";
      output.printError(
        `${countText(unformatted, "schema")} ${verb} laid out differently; run hawser fmt without --check`,
      );
    }
    return unformatted > 0 || outcomes.includes("unreadable") ? 1 : 0;
  },
};

type Outcome = "formatted" | "unformatted" | "unreadable" | "written";

async function format(path: string, isCheck: boolean, output: CommandOutput): Promise<Outcome> {
  const text = await readTextFile(path);
  const { formatSchema, FormatError } = await requirePeers(() => import("../format/format-schema.ts"));
  try {
    const result = formatSchema(text, path);
    if (!result.ok) {
      await printDiagnostics(result.diagnostics, output);
      return "unreadable";
    }
    if (result.text === text) return "formatted";
    output.print(path);
    if (isCheck) return "unformatted";
    await replaceText(path, result.text);
    return "written";
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new CommandError(`${error.message}, which is a fault of hawser fmt; nothing was written`, { cause: error });
  }
}

/** Keeps the file and its permissions: only what it holds changes. */
async function replaceText(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text);
  } catch (error) {
    throw new CommandError(`cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  }
}
