import type { Arrow, SequenceBlock } from "../block.ts";

/**
 * Who sends what to whom, in text:
 *
 *     client                       server
 *       |                            |
 *       |  CreateSession             |
 *       |--------------------------->|  nonce
 *       |                            |
 *       |             SessionCreated |
 *       |<---------------------------|  nonce
 */
export function asciiSequence({ asker, answerer, ask, answers }: SequenceBlock): string[] {
  const arrows = [ask, ...answers];
  const width = Math.max(24, ...arrows.map(({ message }) => message.length + 4));
  const head = asker.padEnd(width + 3);
  return [
    `${head} ${answerer}`,
    ...arrowLines(ask, width, "right"),
    ...answers.flatMap((arrow, index) => [
      ...(index === 0 ? [] : [`  |${" or ".padEnd(width)}|`]),
      ...arrowLines(arrow, width, "left"),
    ]),
    `  |${" ".repeat(width)}|`,
  ];
}

function arrowLines({ message, note }: Arrow, width: number, direction: "left" | "right"): string[] {
  const isRight = direction === "right";
  const label = isRight ? ` ${message}`.padEnd(width) : `${message} `.padStart(width);
  const shaft = isRight ? `${"-".repeat(width - 1)}>` : `<${"-".repeat(width - 1)}`;
  return [`  |${" ".repeat(width)}|`, `  |${label}|`, `  |${shaft}|${note === "" ? "" : `  ${note}`}`];
}
