import { fileURLToPath } from "node:url";
import { checkSchema } from "./commands/check.ts";
import { CommandError, type ExitCode, runCommand } from "./commands/command.ts";
import { processOutput } from "./commands/process-output.ts";
import { projectTasks } from "./project-tasks.ts";

const usage = `Checks every schema of this repository, and that each of its frozen versions is what its lock says.

Usage:
  npm run check:protocol
  npm run check:protocol -- --against git:REF    compare with the schemas as they are at a commit as well`;

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
process.exitCode = await runCommand("check:protocol", () => run(process.argv.slice(2)), processOutput);

async function run(args: readonly string[]): Promise<ExitCode> {
  if (args.includes("--help") || args.includes("-h")) {
    processOutput.print(usage);
    return 0;
  }
  const older = parseOlder(args);
  let exitCode: ExitCode = 0;
  for (const { schema } of projectTasks) {
    const permissions = { rules: [], source: false, because: undefined };
    if ((await checkSchema({ schema, older, permissions }, processOutput)) !== 0) exitCode = 1;
  }
  return exitCode;
}

function parseOlder(args: readonly string[]): readonly string[] {
  const [option, ref, ...more] = args;
  if (option === undefined) return [];
  if (option === "--against" && ref?.startsWith("git:") && more.length === 0) return [ref];
  throw new CommandError(`expected nothing, --against git:REF or --help, got ${args.join(" ")}`);
}
