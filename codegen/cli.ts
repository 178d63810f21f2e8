#!/usr/bin/env node
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { CommandError, checkCommand, type ExitCode, generateCommand, processOutput, runCommand } from "./command.ts";

const usage = `hawser: from one YAML schema to types and codecs

Usage:
  hawser generate SCHEMA --out DIR    write the TypeScript of a schema
  hawser check SCHEMA                 say what is wrong with a schema
  hawser COMMAND --help               say more about a command
  hawser --version

Exit codes: 0 fine; 1 the schema has errors, or generated files are not up to date; 2 the command could not be carried out.`;

const generateUsage = `Writes the TypeScript of a schema: messages.ts with the types, codec.ts with the encoders and decoders.

Usage:
  hawser generate SCHEMA --out DIR [--check] [--wire-import MODULE] [--import-extension .js|.ts]

Options:
  --out DIR                     directory of the generated files; made when it is not there
  --check                       write nothing; list what is not up to date and exit with 1 (for continuous integration)
  --wire-import MODULE          where the codec imports the wire runtime from (default: hawser/wire)
  --import-extension .js|.ts    how generated files import each other (default: .js; .ts needs
                                allowImportingTsExtensions or rewriteRelativeImportExtensions)

Only files that differ are written, each in one step. In DIR, only files that hawser has generated are replaced or removed.

Example:
  hawser generate schema/orders.yaml --out src/generated

  import { decodeClientMessage } from "./generated/codec.js";

Editors check and complete a schema that begins with
  # yaml-language-server: $schema=../node_modules/hawser/schema/meta-schema.json`;

const checkUsage = `Says what is wrong with a schema: file, line, column, rule, and what would be right. Prints nothing when it is fine.

Usage:
  hawser check SCHEMA

Example:
  hawser check schema/orders.yaml`;

process.exitCode = await runCommand("hawser", () => run(process.argv.slice(2)), processOutput);

async function run(args: readonly string[]): Promise<ExitCode> {
  const [command, ...rest] = args;
  switch (command) {
    case "generate":
      return runGenerate(rest);
    case "check":
      return runCheck(rest);
    case "--help":
    case "-h":
    case "help":
      return print(usage);
    case "--version":
      return print(packageVersion());
    case undefined:
      throw new CommandError("expected a command: generate or check (see hawser --help)");
    default:
      throw new CommandError(`unknown command "${command}", expected generate or check (see hawser --help)`);
  }
}

async function runGenerate(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parse("generate", () =>
    parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h" },
        out: { type: "string" },
        check: { type: "boolean" },
        "wire-import": { type: "string" },
        "import-extension": { type: "string" },
      },
    }),
  );
  if (values.help) return print(generateUsage);
  const schema = onlySchema("generate", positionals);
  if (!values.out) throw new CommandError("generate needs --out DIR (see hawser generate --help)");
  const importExtension = values["import-extension"] ?? ".js";
  if (importExtension !== ".js" && importExtension !== ".ts") {
    throw new CommandError(`--import-extension is .js or .ts, not "${importExtension}"`);
  }
  const wireImport = values["wire-import"] ?? "hawser/wire";
  if (!/^[^\s"'`\\]+$/.test(wireImport))
    throw new CommandError(`--wire-import is a module, such as hawser/wire, not "${wireImport}"`);
  const task = { schema, out: values.out, check: values.check ?? false, wireImport, importExtension } as const;
  return generateCommand(task, processOutput);
}

async function runCheck(args: readonly string[]): Promise<ExitCode> {
  const { values, positionals } = parse("check", () =>
    parseArgs({ args: [...args], allowPositionals: true, options: { help: { type: "boolean", short: "h" } } }),
  );
  if (values.help) return print(checkUsage);
  return checkCommand(onlySchema("check", positionals), processOutput);
}

/** parseArgs with its complaints as one line. */
function parse<Parsed>(command: string, parseCommand: () => Parsed): Parsed {
  try {
    return parseCommand();
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [complaint = ""] = error.message.split(/\. |\n/);
    const message = complaint.charAt(0).toLowerCase() + complaint.slice(1);
    throw new CommandError(`${message} (see hawser ${command} --help)`, { cause: error });
  }
}

function onlySchema(command: string, positionals: readonly string[]): string {
  const [schema, ...more] = positionals;
  if (schema === undefined)
    throw new CommandError(`${command} needs the path of a schema (see hawser ${command} --help)`);
  if (more.length > 0) throw new CommandError(`${command} takes one schema, got ${positionals.join(" ")}`);
  return schema;
}

function print(text: string): ExitCode {
  processOutput.print(text);
  return 0;
}

function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("hawser/package.json");
  return manifest !== null && typeof manifest === "object" && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
