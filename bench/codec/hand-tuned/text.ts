/**
 * Written by hand for the benchmark: how text is read and written at most speed, as strictly as hawser does it.
 *
 * A call into the engine costs about fifty nanoseconds; up to some length, code without loops is faster.
 */

/** Where `text` ends that was written at `start`; -1 where there is no room. */
export function writeText(bytes: Buffer, start: number, text: string): number {
  if (typeof text !== "string") throw new TypeError("a text is no string");
  const { length } = text;
  if (start + length * 3 > bytes.length) return -1;
  if (length > loopMax) return writeLong(bytes, start, text);
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    if (unit > 0x7f) return writeLong(bytes, start, text);
    bytes[start + index] = unit;
  }
  return start + length;
}

/** The text of `length` bytes at `at`, which are there. */
export function readText(bytes: Buffer, at: number, length: number): string {
  if (length === 36) return readUuid(bytes, at) ?? readLong(bytes, at, length);
  if (length <= 8) return readShort(bytes, at, length) ?? readLong(bytes, at, length);
  if (length > 24) return readLong(bytes, at, length);
  let text = readShort(bytes, at, 8);
  for (let read = 8; read < length && text !== undefined; read += 8) {
    const more = readShort(bytes, at + read, Math.min(8, length - read));
    text = more === undefined ? undefined : text + more;
  }
  return text ?? readLong(bytes, at, length);
}

/** A text that comes again and again, such as the name of a capability: found by its bytes, not made anew. */
export function readName(bytes: Buffer, at: number, length: number): string {
  if (length === 0 || length > namedMax) return readText(bytes, at, length);
  const slot = (length * 31 + bytes[at]! * 7 + bytes[at + length - 1]! * 13 + bytes[at + (length >> 1)]! * 3) & 0xff;
  const known = names[slot]!;
  if (known.length === length && isSame(known, bytes, at)) return known;
  const text = readText(bytes, at, length);
  // A key of an object is the one copy of its text that the engine keeps for keys.
  names[slot] = Object.keys({ [text]: 0 })[0] ?? text;
  return text;
}

function isSame(text: string, bytes: Buffer, at: number): boolean {
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) !== bytes[at + index]) return false;
  }
  return true;
}

function writeLong(bytes: Buffer, start: number, text: string): number {
  if (!isWellFormed.call(text)) throw new TypeError("a text has a lone surrogate");
  return start + bytes.write(text, start);
}

/** Bytes that are no UTF-8 become U+FFFD: where there is one, it has to be looked at more closely. */
function readLong(bytes: Buffer, at: number, length: number): string {
  const text = utf8Slice.call(bytes, at, at + length);
  return text.includes("\ufffd") ? strict.decode(bytes.subarray(at, at + length)) : text;
}
/** `undefined` where a byte is not ASCII. */
function readShort(bytes: Buffer, at: number, length: number): string | undefined {
  if (length === 0) return "";
  const a = bytes[at]!;
  if (length === 1) return a < 0x80 ? String.fromCharCode(a) : undefined;
  switch (length) {
    case 2: {
      const b = bytes[at + 1]!;
      return (a | b) < 0x80 ? String.fromCharCode(a, b) : undefined;
    }
    case 3: {
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      return (a | b | c) < 0x80 ? String.fromCharCode(a, b, c) : undefined;
    }
    case 4: {
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      const d = bytes[at + 3]!;
      return (a | b | c | d) < 0x80 ? String.fromCharCode(a, b, c, d) : undefined;
    }
    case 5: {
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      const d = bytes[at + 3]!;
      const e = bytes[at + 4]!;
      return (a | b | c | d | e) < 0x80 ? String.fromCharCode(a, b, c, d, e) : undefined;
    }
    case 6: {
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      const d = bytes[at + 3]!;
      const e = bytes[at + 4]!;
      const f = bytes[at + 5]!;
      return (a | b | c | d | e | f) < 0x80 ? String.fromCharCode(a, b, c, d, e, f) : undefined;
    }
    case 7: {
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      const d = bytes[at + 3]!;
      const e = bytes[at + 4]!;
      const f = bytes[at + 5]!;
      const g = bytes[at + 6]!;
      return (a | b | c | d | e | f | g) < 0x80 ? String.fromCharCode(a, b, c, d, e, f, g) : undefined;
    }
    case 8: {
      const b = bytes[at + 1]!;
      const c = bytes[at + 2]!;
      const d = bytes[at + 3]!;
      const e = bytes[at + 4]!;
      const f = bytes[at + 5]!;
      const g = bytes[at + 6]!;
      const h = bytes[at + 7]!;
      return (a | b | c | d | e | f | g | h) < 0x80 ? String.fromCharCode(a, b, c, d, e, f, g, h) : undefined;
    }
    default:
      return undefined;
  }
}

/** `undefined` where a byte is not ASCII. */
function readUuid(bytes: Buffer, at: number): string | undefined {
  let all = 0;
  for (let index = 0; index < 36; index++) all |= bytes[at + index]!;
  if (all > 0x7f) return undefined;
  // biome-ignore format: one row for each part of the text
  return String.fromCharCode(
    bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!, bytes[at + 4]!, bytes[at + 5]!,
    bytes[at + 6]!, bytes[at + 7]!, bytes[at + 8]!, bytes[at + 9]!, bytes[at + 10]!, bytes[at + 11]!,
    bytes[at + 12]!, bytes[at + 13]!, bytes[at + 14]!, bytes[at + 15]!, bytes[at + 16]!, bytes[at + 17]!,
    bytes[at + 18]!, bytes[at + 19]!, bytes[at + 20]!, bytes[at + 21]!, bytes[at + 22]!, bytes[at + 23]!,
    bytes[at + 24]!, bytes[at + 25]!, bytes[at + 26]!, bytes[at + 27]!, bytes[at + 28]!, bytes[at + 29]!,
    bytes[at + 30]!, bytes[at + 31]!, bytes[at + 32]!, bytes[at + 33]!, bytes[at + 34]!, bytes[at + 35]!,
  );
}

const loopMax = 28;
const namedMax = 32;
const names: string[] = Array.from({ length: 256 }, () => "");
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** Node has had both for long; its types leave them out. */
const utf8Slice: (this: Buffer, start: number, end: number) => string = Reflect.get(Buffer.prototype, "utf8Slice");
const isWellFormed: (this: string) => boolean = Reflect.get(String.prototype, "isWellFormed");
