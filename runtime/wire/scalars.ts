import { readI32, readI32Le } from "./integers.ts";
import type { Target } from "./target.ts";
import { invalidValue, outOfRange } from "./wire-error.ts";

/** Bools, floating-point numbers and UUIDs in an array of bytes. Conventions as in integers.ts. */

/** A presence flag or bool: a whole byte of which only 0 and 1 are legal. */
export function readBool(bytes: Uint8Array, offset: number, path: string): boolean {
  const byte = bytes[offset] as number;
  if (byte > 1) throw outOfRange(path, offset, byte, "a flag is 0 or 1");
  return byte === 1;
}

export function writeBool(target: Target, offset: number, value: boolean, path: string): void {
  target.bytes[offset] = checkBool(value, path, offset) ? 1 : 0;
}

export function checkBool(value: boolean, path: string, offset: number): boolean {
  if (typeof value !== "boolean") throw invalidValue(path, offset, value, "true or false");
  return value;
}

/** Eight bytes that are read as one floating-point number or as two halves; its byte order is always big-endian. */
const scratch = new DataView(new ArrayBuffer(8));

export function readF32(bytes: Uint8Array, offset: number): number {
  scratch.setInt32(0, readI32(bytes, offset));
  return scratch.getFloat32(0);
}

export function readF32Le(bytes: Uint8Array, offset: number): number {
  scratch.setInt32(0, readI32Le(bytes, offset));
  return scratch.getFloat32(0);
}

export function readF64(bytes: Uint8Array, offset: number): number {
  scratch.setInt32(0, readI32(bytes, offset));
  scratch.setInt32(4, readI32(bytes, offset + 4));
  return scratch.getFloat64(0);
}

export function readF64Le(bytes: Uint8Array, offset: number): number {
  scratch.setInt32(0, readI32Le(bytes, offset + 4));
  scratch.setInt32(4, readI32Le(bytes, offset));
  return scratch.getFloat64(0);
}

/** Rounds to the nearest number of single precision, as a Float32Array does. */
export function writeF32(target: Target, offset: number, value: number, path: string): void {
  target.view.setFloat32(offset, checkNumber(value, path, offset));
}

export function writeF32Le(target: Target, offset: number, value: number, path: string): void {
  target.view.setFloat32(offset, checkNumber(value, path, offset), true);
}

export function writeF64(target: Target, offset: number, value: number, path: string): void {
  target.view.setFloat64(offset, checkNumber(value, path, offset));
}

export function writeF64Le(target: Target, offset: number, value: number, path: string): void {
  target.view.setFloat64(offset, checkNumber(value, path, offset), true);
}

function checkNumber(value: number, path: string, offset: number): number {
  if (typeof value !== "number") throw invalidValue(path, offset, value, "a number");
  return value;
}

/** Two hexadecimal digits for each byte. */
const hexDigits: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** The text form of the 16 bytes at `offset`, in lower case. Any 16 bytes are a UUID. */
export function readUuid(bytes: Uint8Array, offset: number): string {
  let text = "";
  for (let index = 0; index < 16; index++) {
    if (index === 4 || index === 6 || index === 8 || index === 10) text += "-";
    text += hexDigits[bytes[offset + index] as number];
  }
  return text;
}

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Takes digits of either case. The order of the bytes is that of the text, in both byte orders. */
export function writeUuid(target: Target, offset: number, value: string, path: string): void {
  if (typeof value !== "string" || !uuidPattern.test(value)) throw invalidValue(path, offset, value, "a UUID");
  const digits = value.replaceAll("-", "");
  for (let index = 0; index < 16; index++) {
    target.bytes[offset + index] = Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16);
  }
}
