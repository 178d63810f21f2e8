#!/usr/bin/env node
import { createRequire } from "node:module";
import { allCommands } from "./commands/all-commands.ts";
import { CommandError, type CommandOutput, type ExitCode, runCommand } from "./commands/command.ts";
import { processOutput } from "./commands/process-output.ts";
import { nearestName } from "./nearest-name.ts";

process.exitCode = await runCommand("hawser", () => run(process.argv.slice(2), processOutput), processOutput);

async function run(args: readonly string[], output: CommandOutput): Promise<ExitCode> {
  const [name, ...rest] = args;
  switch (name) {
    case undefined:
      throw new CommandError(`expected a command: ${commandNames()} (see hawser --help)`);
    case "--help":
    case "-h":
    case "help":
      output.print(usage());
      return 0;
    case "--version":
      output.print(packageVersion());
      return 0;
  }
  const command = allCommands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new CommandError(unknownCommand(name));
  if (rest.includes("--help") || rest.includes("-h")) {
    output.print(command.usage);
    return 0;
  }
  return command.run(rest, output);
}

function usage(): string {
  const width = Math.max(...allCommands.map((command) => command.name.length));
  return `hawser: from one YAML schema to types and codecs, and what servers of it need

Usage:
  hawser COMMAND ...
  hawser COMMAND --help
  hawser --version

Commands:
${allCommands.map((command) => `  ${command.name.padEnd(width)}  ${command.summary}`).join("\n")}

Exit codes: 0 fine; 1 a schema has problems, files are not up to date, or a server does not serve; 2 the command could
not be carried out.
Output has colours on a terminal only; NO_COLOR=1 and FORCE_COLOR=1 say otherwise.`;
}

function unknownCommand(name: string): string {
  const near = nearestName(
    name,
    allCommands.map((command) => command.name),
  );
  const help = near === undefined ? `expected one of ${commandNames()}` : `did you mean ${near}?`;
  return `unknown command "${name}", ${help} (see hawser --help)`;
}

function commandNames(): string {
  return allCommands.map((command) => command.name).join(", ");
}

function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)("hawser/package.json");
  return manifest !== null && typeof manifest === "object" && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}
