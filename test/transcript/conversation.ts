/**
 * A conversation as text: blocks with an empty line between them, each with comments (`#`), commands, a line `----`, and
 * what came of the commands. Running a conversation gives the same text with what comes of the commands now.
 */
export function runConversation(text: string, run: (command: string) => readonly string[]): string {
  const blocks = text.trimEnd().split(/\n{2,}/);
  return `${blocks.map((block) => runBlock(block, run)).join("\n\n")}\n`;
}

function runBlock(block: string, run: (command: string) => readonly string[]): string {
  const lines = block.split("\n");
  const separatorAt = lines.indexOf(SEPARATOR);
  const input = separatorAt < 0 ? lines : lines.slice(0, separatorAt);
  const commands = input.filter((line) => !line.startsWith("#"));
  if (commands.length === 0) return input.join("\n");
  return [...input, SEPARATOR, ...commands.flatMap((command) => run(command))].join("\n");
}

/** Reads `10s` or `250ms` as milliseconds. */
export function parseDuration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s)$/.exec(text);
  if (match === null) throw new Error(`"${text}" is no duration, write 10s or 250ms`);
  return Number(match[1]) * (match[2] === "s" ? 1_000 : 1);
}

/** `t=9.5s`, for an instant in milliseconds. */
export function formatInstant(now: number): string {
  return `t=${Number((now / 1_000).toFixed(3))}s`;
}

const SEPARATOR = "----";
