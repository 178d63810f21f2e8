import { checkCommand } from "../../codegen/commands/check.ts";
import { type CommandOutput, type ExitCode, runCommand } from "../../codegen/commands/command.ts";
import { diffCommand } from "../../codegen/commands/diff.ts";
import { freezeCommand } from "../../codegen/commands/freeze.ts";
import { plain } from "../../codegen/paint.ts";

/** What a command said. */
export interface Outcome {
  readonly exitCode: ExitCode;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as a terminal shows them. */
  readonly printed: string;
}

/** Runs `hawser` with the commands that keep promises, in this process: the first argument names one of them. */
export async function runHawser(args: readonly string[]): Promise<Outcome> {
  const [name, ...rest] = args;
  const command = [checkCommand, freezeCommand, diffCommand].find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`no command ${name}`);
  const lines: { readonly text: string; readonly isError: boolean }[] = [];
  const output: CommandOutput = {
    print: (line) => lines.push({ text: `${line}\n`, isError: false }),
    printError: (line) => lines.push({ text: `${line}\n`, isError: true }),
    paint: plain,
    paintError: plain,
  };
  const exitCode = await runCommand("hawser", () => command.run(rest, output), output);
  const text = (isShown: (isError: boolean) => boolean) =>
    lines
      .filter(({ isError }) => isShown(isError))
      .map((line) => line.text)
      .join("");
  return {
    exitCode,
    stdout: text((isError) => !isError),
    stderr: text((isError) => isError),
    printed: text(() => true),
  };
}
