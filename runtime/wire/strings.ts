import { readShortAscii, writeShortAscii } from "./ascii.ts";
import type { Target } from "./target.ts";
import { invalidUtf8, invalidValue } from "./wire-error.ts";

/** Strings as UTF-8 and payloads, without the length before them. Conventions as in integers.ts. */

/** Up to so many characters a loop in JavaScript is faster than a call into the engine's own code. */
const shortReadMax = 24;
const shortWriteMax = 40;

/** Keys of maps that are kept, a power of two: what a protocol's maps hold is a few names. About 10 KB. */
const recentKeysMax = 256;
const recentKeys: string[] = new Array<string>(recentKeysMax).fill("");

/** Stands in a decoded text for bytes that are not UTF-8. */
const replacement = "\ufffd";

/** From so many characters on it pays to measure a string rather than to reserve three bytes for each character. */
const measuredStringMin = 4_096;

/** Refuses what is not UTF-8, and keeps a byte order mark, which is a character like any other. */
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** What Node's `toString` and `write` of a Buffer come down to, without what they do before: half of their time. */
interface Utf8Methods {
  /** The text in the bytes from `start` to `end`, with U+FFFD in the place of what is not UTF-8. */
  utf8Slice(this: Uint8Array, start: number, end: number): string;
  /** Writes as much of `text` as fits at `start`, and returns its bytes. */
  utf8Write(this: Uint8Array, text: string, start: number): number;
}
const { utf8Slice, utf8Write } = Buffer.prototype as unknown as Utf8Methods;

/** The string in `bytes` from `start` to `end`. `at` is where the value begins, with its length, for the error. */
export function readString(bytes: Uint8Array, start: number, end: number, path: string, at: number): string {
  if (end - start <= shortReadMax) {
    const text = readShortAscii(bytes, start, end);
    if (text !== undefined) return text;
  }
  const text = utf8Slice.call(bytes, start, end);
  if (text.includes(replacement)) requireUtf8(bytes, start, end, path, at);
  return text;
}

/**
 * The key of a map, read like a string. Keys come again and again, and one that was read lately is neither made anew nor
 * looked up among the engine's own property names when it is set.
 */
export function readKey(bytes: Uint8Array, start: number, end: number, path: string, at: number): string {
  const length = end - start;
  if (length === 0 || length > shortReadMax) return readString(bytes, start, end, path, at);
  const first = bytes[start] as number;
  const middle = bytes[start + (length >> 1)] as number;
  const last = bytes[end - 1] as number;
  const slot = (length * 31 + first * 7 + middle * 131 + last * 17) & (recentKeysMax - 1);
  const recent = recentKeys[slot] as string;
  if (isAsciiText(bytes, start, length, recent)) return recent;
  const key = readString(bytes, start, end, path, at);
  recentKeys[slot] = key;
  return key;
}

/** Whether the bytes are the characters of `text`, all of them ASCII. */
function isAsciiText(bytes: Uint8Array, start: number, length: number, text: string): boolean {
  if (text.length !== length) return false;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit !== bytes[start + index] || unit > 0x7f) return false;
  }
  return true;
}

/** A text with U+FFFD in it: either it was sent like that, or something else was sent that is no UTF-8. */
function requireUtf8(bytes: Uint8Array, start: number, end: number, path: string, at: number): void {
  try {
    decoder.decode(bytes.subarray(start, end));
  } catch {
    throw invalidUtf8(path, at);
  }
}

/**
 * Writes `value` at `start` and returns where it ends. `target` must have room for `stringSizeMax(value)`. `at` is where
 * the value begins, with its length, for the error.
 */
export function writeString(target: Target, start: number, value: string, path: string, at: number): number {
  if (typeof value !== "string") throw invalidValue(path, at, value, "a string");
  if (value.length <= shortWriteMax) {
    const end = writeShortAscii(target.bytes, start, value);
    if (end !== undefined) return end;
  }
  if (!value.isWellFormed()) throw invalidValue(path, at, value, "a string without lone surrogates");
  return start + utf8Write.call(target.bytes, value, start);
}

/**
 * The tag in `bytes` from `start` to `end`, a character for each byte. Tags are ASCII; what is not is then a text that no
 * message has for its tag, as good a reason to refuse it as any.
 */
export function readTextTag(bytes: Uint8Array, start: number, end: number): string {
  let tag = "";
  for (let offset = start; offset < end; offset++) tag += String.fromCharCode(bytes[offset] as number);
  return tag;
}

/** Writes a tag, which is at most 255 ASCII characters, with its length before it. */
export function setTextTag(target: Target, start: number, tag: string): void {
  target.bytes[start] = tag.length;
  for (let index = 0; index < tag.length; index++) target.bytes[start + 1 + index] = tag.charCodeAt(index);
}

/** An upper bound on the bytes of a string. What is no string counts nothing; it is refused when it is written. */
export function stringSizeMax(value: string): number {
  if (typeof value !== "string") return 0;
  return value.length < measuredStringMin ? value.length * 3 : utf8Size(value);
}

/**
 * The bytes from `start` to `end` as a view, without copying: it lives as long as the frame, and changes with it. Copy
 * it (`bytes.slice()`) to keep it beyond the frame, or to change it.
 */
export function readBytes(bytes: Uint8Array, start: number, end: number): Uint8Array {
  if (bytes !== recentBytes) {
    recentBytes = bytes;
    recentMemory = bytes.buffer;
    recentOffset = bytes.byteOffset;
  }
  return new Uint8Array(recentMemory, recentOffset + start, end - start);
}

/**
 * The frame that was read last, and where it lies: to ask for that costs as much as to make a view, and a batch is read as
 * hundreds of them. The frame is held until another one is read.
 */
let recentBytes: Uint8Array = new Uint8Array(0);
let recentMemory: ArrayBufferLike = recentBytes.buffer;
let recentOffset = 0;

/** Copies `value` to `start` and returns where it ends. */
export function writeBytes(target: Target, start: number, value: Uint8Array, path: string, at: number): number {
  if (!isBytes(value)) throw invalidValue(path, at, value, "a Uint8Array");
  target.bytes.set(value, start);
  return start + value.length;
}

/** Copies exactly `size` bytes. */
export function writeFixedBytes(
  target: Target,
  start: number,
  value: Uint8Array,
  size: number,
  path: string,
  at: number,
): void {
  if (!isBytes(value) || value.length !== size) throw invalidValue(path, at, value, `a Uint8Array of ${size} bytes`);
  target.bytes.set(value, start);
}

/** The bytes of a payload. What is no Uint8Array counts nothing; it is refused when it is written. */
export function bytesSize(value: Uint8Array): number {
  return isBytes(value) ? value.length : 0;
}

/** Whether `value` is a Uint8Array, or a Buffer, of this or another realm. */
export function isBytes(value: unknown): value is Uint8Array {
  if (value instanceof Uint8Array) return true;
  return ArrayBuffer.isView(value) && Object.prototype.toString.call(value) === "[object Uint8Array]";
}

/** Two surrogates, which are two characters of a JavaScript string, take four bytes together. */
function utf8Size(value: string): number {
  let size = value.length;
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit > 0x7f) size += unit > 0x7ff && (unit < 0xd800 || unit > 0xdfff) ? 2 : 1;
  }
  return size;
}
