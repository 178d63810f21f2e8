/** Codes of `WireError`. */
export type WireErrorCode =
  | "ERR_WIRE_TRUNCATED"
  | "ERR_WIRE_TRAILING_BYTES"
  | "ERR_WIRE_BAD_SIGNATURE"
  | "ERR_WIRE_UNSUPPORTED_VERSION"
  | "ERR_WIRE_UNKNOWN_DISCRIMINATOR"
  | "ERR_WIRE_OUT_OF_RANGE"
  | "ERR_WIRE_INVALID_UTF8"
  | "ERR_WIRE_INVALID_VALUE"
  | "ERR_WIRE_TOO_LARGE"
  | "ERR_WIRE_NOT_IN_VERSION";

/**
 * Bytes that are no message, or a message that cannot become bytes.
 *
 * It is the only error that a generated codec throws. `path` says where in the message: `CreateSession.nonce`,
 * `LogEntry.records[3].sessionId`, `CreateSession.capabilities["zone"]`, or `frame.tag` for what comes before a message.
 * `offset` is the byte of the frame at which the offending value begins, or would have begun.
 */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly code: WireErrorCode;
  readonly path: string;
  readonly offset: number;
  /** What is wrong, without the path: `is 0, which is not allowed`. */
  readonly problem: string;

  constructor(code: WireErrorCode, path: string, offset: number, problem: string) {
    super(`${path} ${problem}`);
    this.code = code;
    this.path = path;
    this.offset = offset;
    this.problem = problem;
  }
}

/**
 * The error of a part, told from the whole: `.sessionId` within `LogEntry.records[3]`.
 *
 * Parts name themselves relatively, by constants, so that no path is put together while nothing is wrong. Whatever is
 * not a WireError is returned as it is.
 */
export function within(error: unknown, path: string): unknown {
  if (!(error instanceof WireError)) return error;
  const isRelative = error.path === "" || error.path.startsWith(".") || error.path.startsWith("[");
  const whole = isRelative ? path + error.path : `${path}.${error.path}`;
  return new WireError(error.code, whole, error.offset, error.problem);
}

/** The error of a writer, which counts from the start of its buffer, told from the start of the frame. */
export function fromFrameStart(error: unknown, frameStart: number): unknown {
  if (!(error instanceof WireError)) return error;
  return new WireError(error.code, error.path, error.offset - frameStart, error.problem);
}

/**
 * The frame ends inside one of some fields that follow each other.
 *
 * `start` is where the first of them begins; `sizes` holds the bytes that each takes, in order. The first that does not
 * fit is the one to blame.
 */
export function truncated(
  owner: string,
  start: number,
  end: number,
  sizes: Readonly<Record<string, number>>,
): WireError {
  let offset = start;
  for (const [field, size] of Object.entries(sizes)) {
    if (size > end - offset) return truncatedValue(`${owner}.${field}`, offset, end, size);
    offset += size;
  }
  return truncatedValue(owner, offset, end, 1);
}

/** The frame ends inside the value at `offset`, which takes `size` bytes. */
export function truncatedValue(path: string, offset: number, end: number, size: number): WireError {
  return new WireError(
    "ERR_WIRE_TRUNCATED",
    path,
    offset,
    `needs ${size} bytes, ${Math.max(0, end - offset)} are left`,
  );
}

/** A list or map announces more entries than the rest of the frame can hold. */
export function truncatedEntries(path: string, offset: number, count: number, entriesMax: number): WireError {
  const limit = `the rest of the frame holds at most ${Math.floor(Math.max(0, entriesMax))}`;
  return new WireError("ERR_WIRE_TRUNCATED", path, offset, `has ${count} entries, ${limit}`);
}

/** Bytes, or bits that are not zero, follow the last field. */
export function trailingBytes(path: string, offset: number, end: number): WireError {
  return new WireError("ERR_WIRE_TRAILING_BYTES", path, offset, `ends at byte ${offset}, the bytes go on to ${end}`);
}

export function badSignature(found: Uint8Array, expected: string): WireError {
  const problem = `is ${hex(found)}, expected ${expected}`;
  return new WireError("ERR_WIRE_BAD_SIGNATURE", "frame.signature", 0, problem);
}

export function unsupportedVersion(path: string, offset: number, version: unknown, known: string): WireError {
  const problem = `is ${describe(version)}, expected ${known}`;
  return new WireError("ERR_WIRE_UNSUPPORTED_VERSION", path, offset, problem);
}

/** A tag on the wire that no message, enum value or case of a union has. */
export function unknownDiscriminator(path: string, offset: number, tag: number | string, type: string): WireError {
  return new WireError("ERR_WIRE_UNKNOWN_DISCRIMINATOR", path, offset, `is ${describe(tag)}, which is no ${type}`);
}

/** A value of the right type that breaks a bound. `limit` completes "is -1, ...": `the smallest is 0`. */
export function outOfRange(path: string, offset: number, value: unknown, limit: string): WireError {
  return new WireError("ERR_WIRE_OUT_OF_RANGE", path, offset, `is ${describe(value)}, ${limit}`);
}

/** A string or bytes whose length in bytes breaks a bound. */
export function lengthOutOfRange(path: string, offset: number, length: number, limit: string): WireError {
  return new WireError("ERR_WIRE_OUT_OF_RANGE", path, offset, `has a length of ${length} bytes, ${limit}`);
}

/** A list or map whose number of entries breaks a bound. */
export function countOutOfRange(path: string, offset: number, count: number, limit: string): WireError {
  return new WireError("ERR_WIRE_OUT_OF_RANGE", path, offset, `has ${count} entries, ${limit}`);
}

export function invalidUtf8(path: string, offset: number): WireError {
  return new WireError("ERR_WIRE_INVALID_UTF8", path, offset, "is not valid UTF-8");
}

/** A value that is missing, of another type, or not of the right form. `expected` completes "expected ...". */
export function invalidValue(path: string, offset: number, value: unknown, expected: string): WireError {
  return new WireError("ERR_WIRE_INVALID_VALUE", path, offset, `is ${describe(value)}, expected ${expected}`);
}

/** Something longer than its length prefix can say. */
export function tooLarge(path: string, offset: number, size: number, unit: string, sizeMax: number): WireError {
  const problem = `has ${size} ${unit}, its prefix can say at most ${sizeMax}`;
  return new WireError("ERR_WIRE_TOO_LARGE", path, offset, problem);
}

/** A frame that is longer than what is left of the buffer it was to be written into. */
export function noRoom(size: number, room: number): WireError {
  return new WireError("ERR_WIRE_TOO_LARGE", "frame", 0, `has ${size} bytes, the target has room for ${room}`);
}

/** A value that the version to be written has no place for. */
export function notInVersion(path: string, offset: number, value: unknown, version: number): WireError {
  const problem = `is ${describe(value)}, version ${version} has no place for it`;
  return new WireError("ERR_WIRE_NOT_IN_VERSION", path, offset, problem);
}

/** Longest part of a string that an error message repeats. */
const describedCharactersMax = 60;

/** A value as an error message shows it: short, and without what a payload holds. */
function describe(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "missing";
    case "string": {
      const isLong = value.length > describedCharactersMax;
      return JSON.stringify(isLong ? `${value.slice(0, describedCharactersMax)}…` : value);
    }
    case "object":
      if (value === null) return "null";
      if (Array.isArray(value)) return "an array";
      return ArrayBuffer.isView(value) ? `bytes (${value.byteLength})` : "an object";
    case "function":
    case "symbol":
      return `a ${typeof value}`;
    default:
      return String(value);
  }
}

function hex(bytes: Uint8Array): string {
  return bytes.length === 0 ? "empty" : [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
