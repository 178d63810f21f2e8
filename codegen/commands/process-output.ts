import { colourful, type Paint, plain } from "../paint.ts";
import type { CommandOutput } from "./command.ts";

/**
 * Writes to the process's own streams, in colour where they are terminals. `NO_COLOR` (any text) and `FORCE_COLOR`
 * (`0` or `false` for none, all else for some) say otherwise, the former before the latter.
 */
export const processOutput: CommandOutput = {
  print: (line) => process.stdout.write(`${line}\n`),
  printError: (line) => process.stderr.write(`${line}\n`),
  paint: paintFor(process.stdout),
  paintError: paintFor(process.stderr),
};

function paintFor(stream: NodeJS.WriteStream): Paint {
  return showsColours(stream, process.env) ? colourful : plain;
}

function showsColours(stream: NodeJS.WriteStream, environment: NodeJS.ProcessEnv): boolean {
  const { NO_COLOR: none = "", FORCE_COLOR: forced, TERM: terminal } = environment;
  if (none !== "") return false;
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && terminal !== "dumb";
}
