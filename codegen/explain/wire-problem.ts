/**
 * Why bytes are no message, as a generated decoder says it: with the code, path, offset and message of its WireError.
 *
 * The generator uses nothing of the runtime, so that it runs when that is broken. test/codegen/explain.test.ts holds the
 * two against each other.
 */
export class WireProblem extends Error {
  override readonly name = "WireProblem";
  readonly code: string;
  readonly path: string;
  readonly offset: number;

  constructor(code: string, path: string, offset: number, problem: string) {
    super(`${path} ${problem}`);
    this.code = code;
    this.path = path;
    this.offset = offset;
  }
}

/** The frame ends inside the value at `offset`, which takes `size` bytes. */
export function truncatedValue(path: string, offset: number, end: number, size: number): WireProblem {
  const problem = `needs ${size} bytes, ${Math.max(0, end - offset)} are left`;
  return new WireProblem("ERR_WIRE_TRUNCATED", path, offset, problem);
}

/** A list or map announces more entries than the rest of the frame can hold. */
export function truncatedEntries(path: string, offset: number, count: number, entriesMax: number): WireProblem {
  const limit = `the rest of the frame holds at most ${Math.floor(Math.max(0, entriesMax))}`;
  return new WireProblem("ERR_WIRE_TRUNCATED", path, offset, `has ${count} entries, ${limit}`);
}

/** Bytes, or bits that are not zero, follow the last field. */
export function trailingBytes(path: string, offset: number, end: number): WireProblem {
  const problem = `ends at byte ${offset}, the bytes go on to ${end}`;
  return new WireProblem("ERR_WIRE_TRAILING_BYTES", path, offset, problem);
}

export function badSignature(found: string, expected: string): WireProblem {
  return new WireProblem("ERR_WIRE_BAD_SIGNATURE", "frame.signature", 0, `is ${found}, expected ${expected}`);
}

export function unsupportedVersion(offset: number, version: number, known: readonly number[]): WireProblem {
  const problem = `is ${version}, expected ${known.join(", ")}`;
  return new WireProblem("ERR_WIRE_UNSUPPORTED_VERSION", "frame.version", offset, problem);
}

/** A tag that no message, enum value or case of a union has. */
export function unknownDiscriminator(path: string, offset: number, tag: number | string, type: string): WireProblem {
  const problem = `is ${describe(tag)}, which is no ${type}`;
  return new WireProblem("ERR_WIRE_UNKNOWN_DISCRIMINATOR", path, offset, problem);
}

export function outOfRange(path: string, offset: number, value: WireScalar, limit: string): WireProblem {
  return new WireProblem("ERR_WIRE_OUT_OF_RANGE", path, offset, `is ${describe(value)}, ${limit}`);
}

export function lengthOutOfRange(path: string, offset: number, length: number, limit: string): WireProblem {
  return new WireProblem("ERR_WIRE_OUT_OF_RANGE", path, offset, `has a length of ${length} bytes, ${limit}`);
}

export function countOutOfRange(path: string, offset: number, count: number, limit: string): WireProblem {
  return new WireProblem("ERR_WIRE_OUT_OF_RANGE", path, offset, `has ${count} entries, ${limit}`);
}

export function invalidUtf8(path: string, offset: number): WireProblem {
  return new WireProblem("ERR_WIRE_INVALID_UTF8", path, offset, "is not valid UTF-8");
}

export function invalidValue(path: string, offset: number, value: WireScalar, expected: string): WireProblem {
  return new WireProblem("ERR_WIRE_INVALID_VALUE", path, offset, `is ${describe(value)}, expected ${expected}`);
}

/** A value that an error message shows. */
export type WireScalar = boolean | number | bigint | string;

function describe(value: WireScalar): string {
  if (typeof value !== "string") return String(value);
  const isLong = value.length > describedCharactersMax;
  return JSON.stringify(isLong ? `${value.slice(0, describedCharactersMax)}…` : value);
}

/** Longest part of a string that an error message repeats. */
const describedCharactersMax = 60;
