import { limits } from "./limits.ts";

/**
 * What a client is told of the error with which the state machine refused its command or query: the message, cut off
 * after `limits.refusalBytesMax` bytes of UTF-8 and never within a character. Must not throw for anything that was thrown.
 */
export function refusalOf(error: unknown): string {
  const message: unknown = error instanceof Error ? error.message : error;
  const bytes = Buffer.from(typeof message === "string" ? message : "no reason was given");
  if (bytes.length <= limits.refusalBytesMax) return bytes.toString();
  let end = limits.refusalBytesMax;
  while (((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.toString("utf8", 0, end);
}

/**
 * Thrown in `apply` after the command has changed the state, when its result cannot be encoded: the command counts as
 * applied, with a result that nobody can be given.
 */
export class UnusableResult extends Error {
  override readonly name = "UnusableResult";

  constructor(cause: unknown) {
    super("the result of the command cannot be encoded", { cause });
  }
}
