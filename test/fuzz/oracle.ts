import { isDeepStrictEqual } from "node:util";
import type { Decoded, Target, WireFault } from "./targets.ts";

/** A promise of the codecs that an input broke. */
export class Violation extends Error {
  override readonly name = "Violation";
}

/** What came of something that may be refused. */
export type Outcome<Value> = { readonly value: Value } | { readonly error: unknown };

/**
 * Decodes a frame and holds the codec to all it promises. Throws Violation, or whatever else the codec threw. The result
 * is the message, if there is one.
 */
export function examineFrame(target: Target, frame: Uint8Array): Decoded | undefined {
  const workMax = WORK_BASE + WORK_PER_BYTE * frame.length;
  const before = frame.slice();
  const outcome = attempt(target, workMax, () => target.decode(frame));
  const surrounded = amidOtherBytes(frame);
  const again = attempt(target, workMax, () => target.decode(surrounded));
  requireThat(Buffer.compare(frame, before) === 0, "decoding changes the frame");
  if ("error" in outcome) {
    requireWireFault(target, outcome.error, frame.length);
    requireThat("error" in again && isSameError(outcome.error, again.error), "bytes around the frame change the error");
    return undefined;
  }
  requireThat(
    "value" in again && isDeepStrictEqual(again.value, outcome.value),
    "bytes around the frame change the message",
  );
  requireViews(outcome.value.message, frame);
  requireRoundTrip(target, outcome.value, frame, workMax);
  return outcome.value;
}

/** Runs a part of an execution with so much work; more is a violation, as is everything but a WireError. */
export function attempt<Value>(target: Target, workMax: number, run: () => Value): Outcome<Value> {
  target.work.allow(workMax);
  try {
    return { value: run() };
  } catch (error) {
    if (!target.isWireError(error)) throw error;
    return { error };
  } finally {
    target.work.allow(Number.POSITIVE_INFINITY);
  }
}

export function requireThat(condition: boolean, rule: string): asserts condition {
  if (!condition) throw new Violation(rule);
}

/** An error names a field, and a byte of the frame. */
export function requireWireFault(target: Target, error: unknown, offsetMax: number): asserts error is WireFault {
  if (!target.isWireError(error)) throw error;
  const { code, path, offset } = error;
  requireThat(code.startsWith("ERR_WIRE_"), `an error has the code ${code}`);
  requireThat(/^[A-Za-z]/.test(path), `an error has the path "${path}"`);
  requireThat(
    Number.isSafeInteger(offset) && offset >= 0 && offset <= offsetMax,
    `${error.message}: at byte ${offset}`,
  );
}

/** Both are the same refusal, told in the same words. */
export function isSameError(a: unknown, b: unknown): boolean {
  const { code, path, offset, message } = a as WireFault;
  const other = b as WireFault;
  return code === other.code && path === other.path && offset === other.offset && message === other.message;
}

/** Writes a message in every way there is, and requires the same bytes of each. `frame` is the result of `encode`. */
export function requireSameBytes(target: Target, decoded: Decoded, frame: Uint8Array, workMax: number): void {
  const { length } = frame;
  const size = attempt(target, workMax, () => target.byteLength(decoded));
  requireThat("value" in size && size.value === length, `byteLengthOf is not ${length}`);
  const second = attempt(target, workMax, () => target.encode(decoded));
  requireThat("value" in second && Buffer.compare(second.value, frame) === 0, "encoding twice gives other bytes");
  requireThat(!isOverlapping(frame, second.value), "two results share bytes");
  const tight = new Uint8Array(ODD_OFFSET + length).fill(FILLER);
  requireWritten(target, decoded, frame, tight, ODD_OFFSET, workMax);
  // Enough room for the longest form, and twice into the same memory.
  const roomy = new Uint8Array(ODD_OFFSET + 5 * length + 64).fill(FILLER);
  requireWritten(target, decoded, frame, roomy, ODD_OFFSET, workMax);
  requireWritten(target, decoded, frame, roomy, ODD_OFFSET + length, workMax);
  const short = new Uint8Array(ODD_OFFSET + length - 1);
  const refused = attempt(target, workMax, () => target.encodeInto(decoded, short, ODD_OFFSET));
  requireThat(
    "error" in refused && (refused.error as WireFault).path === "frame",
    "encodeInto takes too short a target",
  );
}

/** `encodeInto` writes the frame where it is told to, and nothing else. */
function requireWritten(
  target: Target,
  decoded: Decoded,
  frame: Uint8Array,
  memory: Uint8Array,
  offset: number,
  workMax: number,
): void {
  const expected = memory.slice();
  expected.set(frame, offset);
  const end = attempt(target, workMax, () => target.encodeInto(decoded, memory, offset));
  requireThat(
    "value" in end && end.value === offset + frame.length,
    `encodeInto does not end at ${offset + frame.length}`,
  );
  requireThat(Buffer.compare(memory.subarray(offset, end.value), frame) === 0, "encodeInto writes other bytes");
  requireThat(Buffer.compare(memory, expected) === 0, "encodeInto writes outside of its frame");
}

/** Steps that a call may take. No frame of the corpus takes more than 1,200 and 55 for each byte; this is four times that. */
export const WORK_BASE = 4_000;
export const WORK_PER_BYTE = 200;

const ODD_OFFSET = 7;
const FILLER = 0xee;

/** What was decoded can be encoded, and is the same message again. */
function requireRoundTrip(target: Target, decoded: Decoded, frame: Uint8Array, workMax: number): void {
  const encoded = attempt(target, workMax, () => target.encode(decoded));
  if ("error" in encoded) {
    requireWireFault(target, encoded.error, frame.length);
    const { path, message } = encoded.error;
    const field =
      path
        .replaceAll(/\[[^\]]*\]/g, "")
        .split(".")
        .at(-1) ?? "";
    requireThat(target.traits.encodeOnlyFields.has(field), `what was decoded cannot be encoded: ${message}`);
    return;
  }
  requireCanonical(target, decoded.message, encoded.value, frame);
  requireSameBytes(target, decoded, encoded.value, workMax);
  const back = attempt(target, workMax, () => target.decode(encoded.value));
  requireThat("value" in back, "what was encoded cannot be decoded");
  requireThat(isDeepStrictEqual(back.value, decoded), "what was encoded decodes to another message");
  const next = attempt(target, workMax, () => target.encode(back.value));
  requireThat("value" in next && Buffer.compare(next.value, encoded.value) === 0, "encoding is not stable");
  const longer = attempt(target, workMax, () => target.decode(Uint8Array.of(...encoded.value, 0)));
  const isSame = "value" in longer && isDeepStrictEqual(longer.value, decoded);
  requireThat(
    isSame === target.traits.ignoresTrailing,
    "a byte behind the message is taken, or refused, against the schema",
  );
}

/** A message has one form on the wire, but for what the traits of a target list, and for NaN, which has many. */
function requireCanonical({ traits }: Target, message: unknown, encoded: Uint8Array, frame: Uint8Array): void {
  requireThat(encoded.length <= frame.length, "encoding what was decoded takes more bytes");
  const isShorter = encoded.length < frame.length;
  requireThat(!isShorter || traits.hasMaps || traits.ignoresTrailing, "bytes of the frame mean nothing");
  if ((traits.hasMaps && isShorter) || holdsNaN(message)) return;
  // Bytes that are nothing may stand behind any message of a batch.
  if (traits.ignoresTrailing && traits.holdsMessages && isShorter) return;
  // Where bytes after a message are nothing to the decoder, so are the bits that fill its last one.
  const end = encoded.length - (traits.ignoresTrailing ? 1 : 0);
  const written = encoded.subarray(0, end);
  const read = frame.subarray(0, end);
  const isSame = Buffer.compare(written, read) === 0;
  requireThat(
    isSame || (traits.hasMaps && isDeepStrictEqual(counts(written), counts(read))),
    "a message has two forms",
  );
}

function holdsNaN(value: unknown): boolean {
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return Number.isNaN(value);
  return Object.values(value).some(holdsNaN);
}

/** How often each byte occurs: the same in whatever order the entries of a map come. */
function counts(bytes: Uint8Array): Uint32Array {
  const result = new Uint32Array(256);
  for (const byte of bytes) result[byte] = (result[byte] as number) + 1;
  return result;
}

/** Payloads are views of the frame, or memory of their own with nothing else in it. */
function requireViews(value: unknown, frame: Uint8Array): void {
  if (typeof value !== "object" || value === null) return;
  if (!(value instanceof Uint8Array)) {
    for (const part of Object.values(value)) requireViews(part, frame);
    return;
  }
  const start = value.byteOffset - frame.byteOffset;
  const isWithin = value.buffer === frame.buffer && start >= 0 && start + value.length <= frame.length;
  const isOwn = value.buffer !== frame.buffer && value.buffer.byteLength === value.length;
  requireThat(isWithin || isOwn, "a payload is a view of other memory than the frame");
}

/** The frame at an odd place among bytes that are not zero, as in the buffer of a socket. */
function amidOtherBytes(frame: Uint8Array): Uint8Array {
  const memory = new Uint8Array(frame.length + 3 * ODD_OFFSET).fill(FILLER);
  memory.set(frame, ODD_OFFSET);
  return memory.subarray(ODD_OFFSET, ODD_OFFSET + frame.length);
}

function isOverlapping(a: Uint8Array, b: Uint8Array): boolean {
  if (a.buffer !== b.buffer) return false;
  return a.byteOffset < b.byteOffset + b.length && b.byteOffset < a.byteOffset + a.length;
}
