import { basename } from "node:path";
import type { GenerateOptions } from "../generate.ts";
import { compareOutput, writeOutput } from "../output.ts";
import { type OutputName, outputNames, outputSummaries } from "../output-names.ts";
import { type Command, CommandError, type CommandOutput, type ExitCode, onlySchema, parseOptions } from "./command.ts";
import { loadSchemaFile, requirePeers } from "./schema-file.ts";

const outputList = outputNames.map((name) => `  ${name.padEnd(30)}${outputSummaries[name]}`).join("\n");

export const generateCommand: Command = {
  name: "generate",
  summary: "write what a schema gives: TypeScript and more",
  usage: `Writes what a schema gives.

Usage:
  hawser generate SCHEMA --out DIR [--emit NAME,…] [--check] [--wire-import MODULE] [--import-extension .js|.ts]

Options:
  --out DIR                     directory of the generated files; made when it is not there
  --emit NAME,…                 what to emit, of the list below, or all (default: typescript)
  --check                       write nothing; list what is not up to date and exit with 1 (for continuous integration)
  --wire-import MODULE          where the codec imports the wire runtime from (default: hawser/wire)
  --import-extension .js|.ts    how generated files import each other (default: .js; .ts needs
                                allowImportingTsExtensions or rewriteRelativeImportExtensions)

What can be emitted:
${outputList}

Only files that differ are written, each in one step. In DIR, only files that hawser has generated are replaced or
removed.

Example:
  hawser generate schema/orders.yaml --out src/generated

  import { decodeClientMessage } from "./generated/codec.js";

Editors check and complete a schema that begins with
  # yaml-language-server: $schema=../node_modules/hawser/schema/meta-schema.json`,

  async run(args, output) {
    const options = { ...targetOptions, check: { type: "boolean" } } as const;
    const { values, positionals } = parseOptions("generate", args, options);
    const schema = onlySchema("generate", positionals);
    return generateFiles({ schema, ...parseTarget("generate", values), check: values.check ?? false }, output);
  },
};

/** What is to be generated from one schema, and where to. */
export interface GenerateTask extends Omit<GenerateOptions, "sourceName"> {
  /** Path of the schema. */
  readonly schema: string;
  /** Path of the output directory. */
  readonly out: string;
  /** Compare instead of write. */
  readonly check: boolean;
}

/** Generates the files of a schema, or compares them with those in place; prints what differs. */
export async function generateFiles(task: GenerateTask, output: CommandOutput): Promise<ExitCode> {
  const document = await loadSchemaFile(task.schema, output);
  if (document === undefined) return 1;
  const { generate } = await requirePeers(() => import("../generate.ts"));
  const { emit, wireImport, importExtension } = task;
  const files = generate(document, { emit, wireImport, importExtension, sourceName: basename(task.schema) });
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

/** The options that say where generated files go and what they import. */
export const targetOptions = {
  out: { type: "string" },
  emit: { type: "string" },
  "wire-import": { type: "string" },
  "import-extension": { type: "string" },
} as const;

/** What the options of `targetOptions` say, as the command of this name was given them. */
export function parseTarget(
  command: string,
  values: { readonly [Name in keyof typeof targetOptions]?: string | undefined },
): Omit<GenerateTask, "schema" | "check"> {
  const { out } = values;
  if (!out) throw new CommandError(`${command} needs --out DIR (see hawser ${command} --help)`);
  const importExtension = values["import-extension"] ?? ".js";
  if (importExtension !== ".js" && importExtension !== ".ts") {
    throw new CommandError(`--import-extension is .js or .ts, not "${importExtension}"`);
  }
  const wireImport = values["wire-import"] ?? "hawser/wire";
  if (!/^[^\s"'`\\]+$/.test(wireImport))
    throw new CommandError(`--wire-import is a module, such as hawser/wire, not "${wireImport}"`);
  return { out, emit: parseEmit(values.emit ?? "typescript"), wireImport, importExtension };
}

function parseEmit(text: string): readonly OutputName[] {
  if (text === "all") return outputNames;
  return text.split(",").map((word) => {
    const name = outputNames.find((candidate) => candidate === word.trim());
    if (name === undefined)
      throw new CommandError(`--emit takes ${outputNames.join(", ")} or all, not "${word.trim()}"`);
    return name;
  });
}
