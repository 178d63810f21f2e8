import { createRequire } from "node:module";
import { buffer } from "node:stream/consumers";
import type { Explanation } from "../explain/explain-frame.ts";
import { bytesOfContent, bytesOfHex, hexFault } from "../explain/frame-input.ts";
import type { Family, Protocol } from "../protocol.ts";
import { type Command, CommandError, type CommandOutput, type ExitCode, parseOptions } from "./command.ts";
import { loadSchemaFile, readBinaryFile, requirePeers } from "./schema-file.ts";

export const explainCommand: Command = {
  name: "explain",
  summary: "say what the bytes of a frame mean",
  usage: `Says what every byte and bit of one frame means: offset, bytes, path, value, and what the schema says about it.
Where the bytes are no message, it marks the one at which decoding fails, and says why.

Usage:
  hawser explain HEX|FILE|- [--schema FILE] [--family NAME]

  HEX     hexadecimal digits, with spaces, commas, colons or 0x between them, in one argument or several
  FILE    a file that holds hexadecimal digits, or the bytes themselves (write ./cafe for one with such a name)
  -       the same from standard input

Options:
  --schema FILE    the schema of the protocol (default: hawser's own, between its clients and servers)
  --family NAME    the family that the message is of (default: every one that the bytes fit)

Exits with 1 when the bytes are no message.

Example:
  hawser explain 7a 72 61 66 74 01 03 00 00 01 9b 78 42 28 00`,

  async run(args, output) {
    const options = { schema: { type: "string" }, family: { type: "string" } } as const;
    const { values, positionals } = parseOptions("explain", args, options);
    const frame = await readFrame(positionals);
    const document = await loadSchemaFile(values.schema ?? ownSchema(), output);
    if (document === undefined) return 1;
    const { resolveProtocol } = await requirePeers(() => import("../protocol.ts"));
    const protocol = resolveProtocol(document);
    return explain(frame, protocol, familiesNamed(protocol, values.family), output);
  },
};

async function explain(
  frame: Uint8Array,
  protocol: Protocol,
  families: readonly Family[],
  output: CommandOutput,
): Promise<ExitCode> {
  const { explainFrame } = await requirePeers(() => import("../explain/explain-frame.ts"));
  const { problemText, renderExplanation } = await import("../explain/render-explanation.ts");
  const all = families.map((family) => explainFrame(frame, protocol, family));
  const fitting = all.filter(({ problem }) => problem === undefined);
  const shown = fitting.length > 0 ? fitting : all.toSorted((a, b) => progressOf(b) - progressOf(a)).slice(0, 1);
  const tables = shown.map((explanation) => renderExplanation(explanation, frame, protocol, output.paint));
  output.print(tables.join("\n\n"));
  if (fitting.length > 1) {
    const names = fitting.map(({ family }) => family.name);
    output.print(`\nThe bytes fit ${names.length} families, ${names.join(" and ")}: --family says which one is meant.`);
  }
  for (const { family, problem } of fitting.length > 0 ? [] : all) {
    const isShown = shown.some((explanation) => explanation.family === family);
    if (problem !== undefined && !isShown) output.print(`In the family ${family.name}: ${problemText(problem)}`);
  }
  return fitting.length > 0 ? 0 : 1;
}

/** How far decoding gets: a message that is recognized is nearer to what was meant than one that is not. */
function progressOf({ message, problem }: Explanation): number {
  return (problem?.offset ?? 0) + (message === undefined ? 0 : 1);
}

function familiesNamed(protocol: Protocol, name: string | undefined): readonly Family[] {
  if (name === undefined) return protocol.families;
  const found = protocol.families.filter((family) => family.name === name);
  if (found.length > 0) return found;
  const known = protocol.families.map((family) => family.name).join(", ");
  throw new CommandError(`${protocol.name} has no family "${name}", it has ${known}`);
}

async function readFrame(operands: readonly string[]): Promise<Uint8Array> {
  const [first] = operands;
  if (first === undefined) {
    throw new CommandError("explain needs a frame: HEX, FILE or - (see hawser explain --help)");
  }
  if (first === "-" && operands.length === 1) return bytesOfContent(await buffer(process.stdin));
  const text = operands.join(" ");
  const bytes = bytesOfHex(text);
  if (bytes !== undefined) return bytes;
  const fault = hexFault(text);
  if (operands.length > 1) {
    throw new CommandError(
      `expected hexadecimal digits or one file, got ${text}${fault === undefined ? "" : `: ${fault}`}`,
    );
  }
  try {
    return bytesOfContent(await readBinaryFile(first));
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const why = fault === undefined ? "it is not hexadecimal" : `it is not hexadecimal, since ${fault}`;
    throw new CommandError(`${error.message}, and ${why}`, { cause: error });
  }
}

/** The schema of the package that this module belongs to, whether it is compiled or not. */
function ownSchema(): string {
  return createRequire(import.meta.url).resolve("hawser/messages.yaml");
}
