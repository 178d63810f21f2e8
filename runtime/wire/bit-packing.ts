import { readU16 } from "./integers.ts";
import { readBytes, readString } from "./strings.ts";
import type { Target } from "./target.ts";
import { trailingBytes, truncatedValue, WireError } from "./wire-error.ts";

/**
 * The end of a message of a bit-packed version: from its first presence flag or bool on, flags take one bit, and what
 * follows is not moved up to the next byte. The last byte is filled with zero bits.
 *
 * The most significant bit of a byte comes first. A position is the byte at `offset` that holds the next bit, and how
 * many bits of it are `used` already, 0 to 7. What is not a flag takes whole bytes, so that `used` depends on the schema
 * alone and is a constant in generated code.
 */

/** A presence flag or bool. */
export function readBit(bytes: Uint8Array, offset: number, used: number, end: number, path: string): boolean {
  if (offset >= end) throw truncatedValue(path, offset, end, 1);
  return (((bytes[offset] as number) << used) & 0x80) !== 0;
}

/**
 * The next `size` bytes as whole ones, in memory that the next call overwrites: for what becomes a number at once, at most
 * 16 bytes.
 */
export function unpack(
  bytes: Uint8Array,
  offset: number,
  used: number,
  size: number,
  end: number,
  path: string,
): Uint8Array {
  requirePacked(offset, used, size, end, path, offset);
  shiftInto(scratch, bytes, offset, used, size);
  return scratch;
}

/** A big-endian u16: the length of nearly every text, for which `unpack` would take too long. */
export function readPackedU16(bytes: Uint8Array, offset: number, used: number, end: number, path: string): number {
  requirePacked(offset, used, 2, end, path, offset);
  if (used === 0) return readU16(bytes, offset);
  const bits = (readU16(bytes, offset) << 8) | (bytes[offset + 2] as number);
  return (bits >> (8 - used)) & 0xffff;
}

/** A value of `size` bytes, by the function that reads it from whole bytes. */
export function readPacked<Value>(
  bytes: Uint8Array,
  offset: number,
  used: number,
  size: number,
  end: number,
  path: string,
  read: (bytes: Uint8Array, offset: number, path: string) => Value,
): Value {
  try {
    return read(unpack(bytes, offset, used, size, end, path), 0, path);
  } catch (error) {
    throw error instanceof WireError ? new WireError(error.code, path, offset, error.problem) : error;
  }
}

/** A string of `length` bytes from `offset` on; `at` is where the value begins, with its length. */
export function readPackedString(
  bytes: Uint8Array,
  offset: number,
  used: number,
  length: number,
  end: number,
  path: string,
  at: number,
): string {
  requirePacked(offset, used, length, end, path, at);
  if (used === 0) return readString(bytes, offset, offset + length, path, at);
  const whole = length <= scratch.length ? scratch : new Uint8Array(length);
  shiftInto(whole, bytes, offset, used, length);
  return readString(whole, 0, length, path, at);
}

/**
 * The `length` bytes from `offset` on: a view where they are whole bytes of the frame, else a copy. `at` is where the
 * value begins, with its length.
 */
export function readPackedBytes(
  bytes: Uint8Array,
  offset: number,
  used: number,
  length: number,
  end: number,
  path: string,
  at: number,
): Uint8Array {
  requirePacked(offset, used, length, end, path, at);
  if (used === 0) return readBytes(bytes, offset, offset + length);
  const whole = new Uint8Array(length);
  shiftInto(whole, bytes, offset, used, length);
  return whole;
}

/** Refuses bits other than zero up to the byte boundary, and bytes after it. */
export function requirePackedEnd(bytes: Uint8Array, offset: number, used: number, end: number, path: string): void {
  if (used !== 0 && ((bytes[offset] as number) & (0xff >> used)) !== 0) throw trailingBytes(path, offset, end);
  const next = used === 0 ? offset : offset + 1;
  if (next !== end) throw trailingBytes(path, next, end);
}

/** Sets a flag, and the rest of its byte to zero. */
export function setBit({ bytes }: Target, offset: number, used: number, value: boolean): void {
  const before = used === 0 ? 0 : (bytes[offset] as number);
  bytes[offset] = value ? before | (0x80 >> used) : before;
}

/**
 * Moves what was written as whole bytes, from the byte after `offset` to `end`, up to the bits before it, of which there
 * is at least one. Gives the byte that holds the next bit then. The buffer needs one byte more than the message takes.
 */
export function pack({ bytes }: Target, offset: number, used: number, end: number): number {
  let before = bytes[offset] as number;
  for (let index = offset + 1; index < end; index++) {
    const byte = bytes[index] as number;
    bytes[index - 1] = before | (byte >> used);
    before = byte << (8 - used);
  }
  bytes[end - 1] = before;
  return end - 1;
}

function requirePacked(offset: number, used: number, length: number, end: number, path: string, at: number): void {
  const needed = offset + length + (used === 0 ? 0 : 1);
  if (needed > end) throw truncatedValue(path, at, end, needed - at);
}

/** Puts the `length` bytes that begin within the byte at `start` together. */
function shiftInto(whole: Uint8Array, bytes: Uint8Array, start: number, used: number, length: number): void {
  for (let index = 0; index < length; index++) {
    const pair = ((bytes[start + index] as number) << 8) | (bytes[start + index + 1] as number);
    whole[index] = pair >> (8 - used);
  }
}

/** For what becomes a number or a text at once. */
const scratch = new Uint8Array(256);
