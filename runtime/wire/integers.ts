import type { Target } from "./target.ts";
import { invalidValue, outOfRange } from "./wire-error.ts";

/**
 * Integers in an array of bytes, big-endian; the functions that end in `Le` are little-endian.
 *
 * `read…` and `set…` trust their caller that the bytes are there and that the value fits. `write…` checks the value and
 * throws WireError with `path`. What is read is combined of single bytes: for one message that is faster than to make a
 * DataView of it. What is written goes through the DataView that lasts as long as the memory.
 */

const twoTo32 = 4_294_967_296;
/** Exact, as every power of two is: a multiplication takes a third of the time of a division. */
const twoToMinus32 = 1 / twoTo32;
/** A safe integer has at most 53 bits, so that of the upper half only these are used. */
const safeHighMax = 0x1f_ffff;

// ---------------------------------------------------------------- up to 32 bits

export function readU8(bytes: Uint8Array, offset: number): number {
  return bytes[offset] as number;
}

export function readU16(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] as number) << 8) | (bytes[offset + 1] as number);
}

export function readU16Le(bytes: Uint8Array, offset: number): number {
  return (bytes[offset] as number) | ((bytes[offset + 1] as number) << 8);
}

export function readU32(bytes: Uint8Array, offset: number): number {
  return readI32(bytes, offset) >>> 0;
}

export function readU32Le(bytes: Uint8Array, offset: number): number {
  return readI32Le(bytes, offset) >>> 0;
}

export function readI8(bytes: Uint8Array, offset: number): number {
  return ((bytes[offset] as number) << 24) >> 24;
}

export function readI16(bytes: Uint8Array, offset: number): number {
  return (readU16(bytes, offset) << 16) >> 16;
}

export function readI16Le(bytes: Uint8Array, offset: number): number {
  return (readU16Le(bytes, offset) << 16) >> 16;
}

export function readI32(bytes: Uint8Array, offset: number): number {
  return (
    ((bytes[offset] as number) << 24) |
    ((bytes[offset + 1] as number) << 16) |
    ((bytes[offset + 2] as number) << 8) |
    (bytes[offset + 3] as number)
  );
}

export function readI32Le(bytes: Uint8Array, offset: number): number {
  return (
    (bytes[offset] as number) |
    ((bytes[offset + 1] as number) << 8) |
    ((bytes[offset + 2] as number) << 16) |
    ((bytes[offset + 3] as number) << 24)
  );
}

/** Sets one byte to the low 8 bits of `value`. */
export function setU8(target: Target, offset: number, value: number): void {
  target.bytes[offset] = value;
}

export function setU16(target: Target, offset: number, value: number): void {
  target.view.setUint16(offset, value);
}

export function setU16Le(target: Target, offset: number, value: number): void {
  target.view.setUint16(offset, value, true);
}

export function setU32(target: Target, offset: number, value: number): void {
  target.view.setInt32(offset, value);
}

export function setU32Le(target: Target, offset: number, value: number): void {
  target.view.setInt32(offset, value, true);
}

export function writeU8(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value & 0xff) !== value) throw badInteger(path, offset, value, 0, 0xff);
  setU8(target, offset, value);
}

export function writeU16(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value & 0xffff) !== value) throw badInteger(path, offset, value, 0, 0xffff);
  setU16(target, offset, value);
}

export function writeU16Le(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value & 0xffff) !== value) throw badInteger(path, offset, value, 0, 0xffff);
  setU16Le(target, offset, value);
}

export function writeU32(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || value >>> 0 !== value) throw badInteger(path, offset, value, 0, twoTo32 - 1);
  setU32(target, offset, value);
}

export function writeU32Le(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || value >>> 0 !== value) throw badInteger(path, offset, value, 0, twoTo32 - 1);
  setU32Le(target, offset, value);
}

export function writeI8(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value << 24) >> 24 !== value) throw badInteger(path, offset, value, -0x80, 0x7f);
  setU8(target, offset, value);
}

export function writeI16(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value << 16) >> 16 !== value)
    throw badInteger(path, offset, value, -0x8000, 0x7fff);
  setU16(target, offset, value);
}

export function writeI16Le(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value << 16) >> 16 !== value)
    throw badInteger(path, offset, value, -0x8000, 0x7fff);
  setU16Le(target, offset, value);
}

export function writeI32(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value | 0) !== value)
    throw badInteger(path, offset, value, -0x8000_0000, 0x7fff_ffff);
  setU32(target, offset, value);
}

export function writeI32Le(target: Target, offset: number, value: number, path: string): void {
  if (typeof value !== "number" || (value | 0) !== value)
    throw badInteger(path, offset, value, -0x8000_0000, 0x7fff_ffff);
  setU32Le(target, offset, value);
}

// ---------------------------------------------------------------- 64 bits as a safe integer

/** Throws WireError for an integer that a `number` cannot hold exactly. */
export function readI53(bytes: Uint8Array, offset: number, path: string): number {
  const high = readI32(bytes, offset);
  const low = readU32(bytes, offset + 4);
  // Most ids are small: then there is nothing to multiply, and what results is no floating-point number.
  return high === 0 ? low : safeInteger(high, low, offset, path);
}

export function readI53Le(bytes: Uint8Array, offset: number, path: string): number {
  const high = readI32Le(bytes, offset + 4);
  const low = readU32Le(bytes, offset);
  return high === 0 ? low : safeInteger(high, low, offset, path);
}

export function readU53(bytes: Uint8Array, offset: number, path: string): number {
  return safeUnsigned(readU32(bytes, offset), readU32(bytes, offset + 4), offset, path);
}

export function readU53Le(bytes: Uint8Array, offset: number, path: string): number {
  return safeUnsigned(readU32Le(bytes, offset + 4), readU32Le(bytes, offset), offset, path);
}

export function writeI53(target: Target, offset: number, value: number, path: string): void {
  if (typeof value === "number" && (value | 0) === value) {
    // Most ids are small, and then there is nothing to divide.
    setU32(target, offset, value >> 31);
    setU32(target, offset + 4, value);
    return;
  }
  if (!Number.isSafeInteger(value)) throw badSafeInteger(path, offset, value);
  setU32(target, offset, Math.floor(value * twoToMinus32));
  setU32(target, offset + 4, value);
}

export function writeI53Le(target: Target, offset: number, value: number, path: string): void {
  if (typeof value === "number" && (value | 0) === value) {
    setU32Le(target, offset, value);
    setU32Le(target, offset + 4, value >> 31);
    return;
  }
  if (!Number.isSafeInteger(value)) throw badSafeInteger(path, offset, value);
  setU32Le(target, offset, value);
  setU32Le(target, offset + 4, Math.floor(value * twoToMinus32));
}

export function writeU53(target: Target, offset: number, value: number, path: string): void {
  writeI53(target, offset, value, path);
  if (value < 0) throw outOfRange(path, offset, value, "the smallest is 0");
}

export function writeU53Le(target: Target, offset: number, value: number, path: string): void {
  writeI53Le(target, offset, value, path);
  if (value < 0) throw outOfRange(path, offset, value, "the smallest is 0");
}

// ---------------------------------------------------------------- 64 bits as a bigint

/** One 64-bit integer and the same bytes as two halves: much faster than arithmetic on bigints. */
const signed = new BigInt64Array(1);
const unsigned = new BigUint64Array(signed.buffer);
const halves = new Int32Array(signed.buffer);
/** Which half the high one is depends on the machine. */
const high = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;
const low = 1 - high;

export function readI64(bytes: Uint8Array, offset: number): bigint {
  halves[high] = readI32(bytes, offset);
  halves[low] = readI32(bytes, offset + 4);
  return signed[0] as bigint;
}

export function readI64Le(bytes: Uint8Array, offset: number): bigint {
  halves[high] = readI32Le(bytes, offset + 4);
  halves[low] = readI32Le(bytes, offset);
  return signed[0] as bigint;
}

export function readU64(bytes: Uint8Array, offset: number): bigint {
  halves[high] = readI32(bytes, offset);
  halves[low] = readI32(bytes, offset + 4);
  return unsigned[0] as bigint;
}

export function readU64Le(bytes: Uint8Array, offset: number): bigint {
  halves[high] = readI32Le(bytes, offset + 4);
  halves[low] = readI32Le(bytes, offset);
  return unsigned[0] as bigint;
}

export function writeI64(target: Target, offset: number, value: bigint, path: string): void {
  splitSigned(value, offset, path);
  setU32(target, offset, halves[high] as number);
  setU32(target, offset + 4, halves[low] as number);
}

export function writeI64Le(target: Target, offset: number, value: bigint, path: string): void {
  splitSigned(value, offset, path);
  setU32Le(target, offset, halves[low] as number);
  setU32Le(target, offset + 4, halves[high] as number);
}

export function writeU64(target: Target, offset: number, value: bigint, path: string): void {
  splitUnsigned(value, offset, path);
  setU32(target, offset, halves[high] as number);
  setU32(target, offset + 4, halves[low] as number);
}

export function writeU64Le(target: Target, offset: number, value: bigint, path: string): void {
  splitUnsigned(value, offset, path);
  setU32Le(target, offset, halves[low] as number);
  setU32Le(target, offset + 4, halves[high] as number);
}

/** Storing a bigint keeps its low 64 bits: where it then reads differently, it did not fit. */
function splitSigned(value: bigint, offset: number, path: string): void {
  if (typeof value !== "bigint") throw invalidValue(path, offset, value, "a bigint");
  signed[0] = value;
  if (signed[0] !== value) throw bigintOutOfRange(path, offset, value, -(2n ** 63n), 2n ** 63n - 1n);
}

function splitUnsigned(value: bigint, offset: number, path: string): void {
  if (typeof value !== "bigint") throw invalidValue(path, offset, value, "a bigint");
  unsigned[0] = value;
  if (unsigned[0] !== value) throw bigintOutOfRange(path, offset, value, 0n, 2n ** 64n - 1n);
}

// ---------------------------------------------------------------- refusals

function safeInteger(highHalf: number, lowHalf: number, offset: number, path: string): number {
  const value = highHalf * twoTo32 + lowHalf;
  if (!Number.isSafeInteger(value)) throw unsafeInteger(highHalf, lowHalf, offset, path);
  return value;
}

function safeUnsigned(highHalf: number, lowHalf: number, offset: number, path: string): number {
  if (highHalf > safeHighMax) throw unsafeInteger(highHalf, lowHalf, offset, path);
  return highHalf * twoTo32 + lowHalf;
}

function unsafeInteger(highHalf: number, lowHalf: number, offset: number, path: string): Error {
  return outOfRange(path, offset, BigInt(highHalf) * BigInt(twoTo32) + BigInt(lowHalf), safeLimit(highHalf));
}

function badSafeInteger(path: string, offset: number, value: unknown): Error {
  if (!Number.isInteger(value)) return invalidValue(path, offset, value, "an integer");
  return outOfRange(path, offset, value, safeLimit(value as number));
}

function safeLimit(sign: number): string {
  if (sign < 0) return `the smallest safe integer is ${Number.MIN_SAFE_INTEGER}`;
  return `the largest safe integer is ${Number.MAX_SAFE_INTEGER}`;
}

function badInteger(path: string, offset: number, value: unknown, min: number, max: number): Error {
  if (typeof value !== "number" || !Number.isInteger(value)) return invalidValue(path, offset, value, "an integer");
  return outOfRange(path, offset, value, value < min ? `the smallest is ${min}` : `the largest is ${max}`);
}

function bigintOutOfRange(path: string, offset: number, value: bigint, min: bigint, max: bigint): Error {
  return outOfRange(path, offset, value, value < min ? `the smallest is ${min}` : `the largest is ${max}`);
}
