import { parseArgs } from "node:util";
import { OutputError } from "../output.ts";
import type { Paint } from "../paint.ts";

/** Exit codes: fine; what was looked at has problems, or is not up to date; the command could not be carried out. */
export type ExitCode = 0 | 1 | 2;

/**
 * One command of `hawser`. all-commands.ts lists them.
 *
 * A command's module is loaded even when another command runs, so that it imports what needs a package (`yaml`, `ajv`,
 * `ts-morph`) only when it runs: see `requirePeers` in schema-file.ts.
 */
export interface Command {
  readonly name: string;
  /** One line for `hawser --help`: what the command does, beginning with a verb in lower case. */
  readonly summary: string;
  /** What `hawser NAME --help` prints. */
  readonly usage: string;
  /** `args` are those behind the name; `--help` is not among them. Throws CommandError for what could not be done. */
  run(args: readonly string[], output: CommandOutput): Promise<ExitCode>;
}

/** Where a command writes; lines without a line feed. Texts may hold colours, which `paint` gives where they are seen. */
export interface CommandOutput {
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  /** Colours a text for `print`; the text as it is where standard output shows no colours. */
  readonly paint: Paint;
  /** Colours a text for `printError`. */
  readonly paintError: Paint;
}

/** What a command could not do, in one line that says what would help. */
export class CommandError extends Error {
  override readonly name = "CommandError";
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

/** Options of a command, as `parseArgs` of node:util takes them. */
interface OptionConfigs {
  readonly [name: string]: {
    readonly type: "string" | "boolean";
    readonly short?: string;
    readonly multiple?: boolean;
  };
}

type ParsedOptions<Options extends OptionConfigs> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Options }>
>;

/** The options and operands of a command; what does not fit is a CommandError that leads to the command's help. */
export function parseOptions<Options extends OptionConfigs>(
  command: string,
  args: readonly string[],
  options: Options,
): ParsedOptions<Options> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const [complaint = ""] = error.message.split(/\. |\n/);
    const message = complaint.charAt(0).toLowerCase() + complaint.slice(1);
    throw new CommandError(`${message} (see hawser ${command} --help)`, { cause: error });
  }
}

/** Of a command that takes one schema. */
export function onlySchema(command: string, operands: readonly string[]): string {
  const [schema, ...more] = operands;
  if (schema === undefined) {
    throw new CommandError(`${command} needs the path of a schema (see hawser ${command} --help)`);
  }
  if (more.length > 0) throw new CommandError(`${command} takes one schema, got ${operands.join(" ")}`);
  return schema;
}

/** Of a command that takes any number of schemas. */
export function someSchemas(command: string, operands: readonly string[]): readonly string[] {
  if (operands.length > 0) return operands;
  throw new CommandError(`${command} needs the path of a schema, or of several (see hawser ${command} --help)`);
}
