import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import {
  CommandError,
  type ExitCode,
  type GenerateTask,
  generateCommand,
  processOutput,
  runCommand,
} from "./command.ts";

const usage = `Generates everything that comes from the schemas of this repository.

Usage:
  npm run codegen               write what differs
  npm run codegen -- --check    write nothing; list what is not up to date and exit with 1`;

/** Every schema of the repository, and where its files go. Paths are relative to the root of the repository. */
const tasks: readonly Omit<GenerateTask, "check">[] = [
  {
    schema: "schema/messages.yaml",
    out: "generated/protocol",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/log.yaml",
    out: "generated/log",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/zmtp-greeting.yaml",
    out: "generated/zmtp-greeting",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "schema/zmtp-command.yaml",
    out: "generated/zmtp-command",
    wireImport: "../../runtime/wire/index.ts",
    importExtension: ".ts",
  },
  {
    schema: "examples/key-value/kv.yaml",
    out: "examples/key-value/generated",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
  {
    schema: "bench/codec/schemas/batch.yaml",
    out: "bench/codec/generated/batch",
    wireImport: "hawser/wire",
    importExtension: ".ts",
  },
];

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.exitCode = await runCommand("codegen", () => run(process.argv.slice(2)), processOutput);

async function run(args: readonly string[]): Promise<ExitCode> {
  const { check, help } = parseOptions(args);
  if (help) {
    processOutput.print(usage);
    return 0;
  }
  let exitCode: ExitCode = 0;
  for (const task of tasks) {
    if ((await generateCommand({ ...task, check }, processOutput)) !== 0) exitCode = 1;
  }
  return exitCode;
}

function parseOptions(args: readonly string[]): { check: boolean; help: boolean } {
  try {
    const options = { check: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
    const { values } = parseArgs({ args: [...args], options });
    return { check: values.check ?? false, help: values.help ?? false };
  } catch (error) {
    throw new CommandError(`expected nothing, --check or --help, got ${args.join(" ")}`, { cause: error });
  }
}
