import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { CommandError, type ExitCode, runCommand } from "./commands/command.ts";
import { generateFiles } from "./commands/generate.ts";
import { processOutput } from "./commands/process-output.ts";
import { projectTasks } from "./project-tasks.ts";

const usage = `Generates everything that comes from the schemas of this repository.

Usage:
  npm run codegen               write what differs
  npm run codegen -- --check    write nothing; list what is not up to date and exit with 1`;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.exitCode = await runCommand("codegen", () => run(process.argv.slice(2)), processOutput);

async function run(args: readonly string[]): Promise<ExitCode> {
  const { check, help } = parseOptions(args);
  if (help) {
    processOutput.print(usage);
    return 0;
  }
  let exitCode: ExitCode = 0;
  for (const task of projectTasks) {
    if ((await generateFiles({ ...task, check }, processOutput)) !== 0) exitCode = 1;
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
