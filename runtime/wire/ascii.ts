/** Short texts of ASCII characters, which most texts of a protocol are: for these a call into the engine costs too much. */

/** The text in `bytes` from `start` to `end`; `undefined` where a byte is not ASCII. */
export function readShortAscii(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start <= 8) return readUpToEight(bytes, start, end - start);
  let text = "";
  let offset = start;
  for (; end - offset > 8; offset += 8) {
    const eight = readUpToEight(bytes, offset, 8);
    if (eight === undefined) return undefined;
    text += eight;
  }
  const rest = readUpToEight(bytes, offset, end - offset);
  return rest === undefined ? undefined : text + rest;
}

/**
 * One call for several characters takes a third of the time of a call for each. The length differs from text to text, so
 * that the end of a loop surprises the processor each time; one jump by the length does so once.
 */
function readUpToEight(bytes: Uint8Array, at: number, length: number): string | undefined {
  switch (length) {
    case 0:
      return "";
    case 1: {
      const a = bytes[at] as number;
      return a > 0x7f ? undefined : String.fromCharCode(a);
    }
    case 2: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      return (a | b) > 0x7f ? undefined : String.fromCharCode(a, b);
    }
    case 3: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      const c = bytes[at + 2] as number;
      return (a | b | c) > 0x7f ? undefined : String.fromCharCode(a, b, c);
    }
    case 4: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      const c = bytes[at + 2] as number;
      const d = bytes[at + 3] as number;
      return (a | b | c | d) > 0x7f ? undefined : String.fromCharCode(a, b, c, d);
    }
    case 5: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      const c = bytes[at + 2] as number;
      const d = bytes[at + 3] as number;
      const e = bytes[at + 4] as number;
      return (a | b | c | d | e) > 0x7f ? undefined : String.fromCharCode(a, b, c, d, e);
    }
    case 6: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      const c = bytes[at + 2] as number;
      const d = bytes[at + 3] as number;
      const e = bytes[at + 4] as number;
      const f = bytes[at + 5] as number;
      return (a | b | c | d | e | f) > 0x7f ? undefined : String.fromCharCode(a, b, c, d, e, f);
    }
    case 7: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      const c = bytes[at + 2] as number;
      const d = bytes[at + 3] as number;
      const e = bytes[at + 4] as number;
      const f = bytes[at + 5] as number;
      const g = bytes[at + 6] as number;
      return (a | b | c | d | e | f | g) > 0x7f ? undefined : String.fromCharCode(a, b, c, d, e, f, g);
    }
    case 8: {
      const a = bytes[at] as number;
      const b = bytes[at + 1] as number;
      const c = bytes[at + 2] as number;
      const d = bytes[at + 3] as number;
      const e = bytes[at + 4] as number;
      const f = bytes[at + 5] as number;
      const g = bytes[at + 6] as number;
      const h = bytes[at + 7] as number;
      return (a | b | c | d | e | f | g | h) > 0x7f ? undefined : String.fromCharCode(a, b, c, d, e, f, g, h);
    }
    default:
      return undefined;
  }
}

/** Writes `value` at `start` and returns where it ends; `undefined` where a character is not ASCII. */
export function writeShortAscii(bytes: Uint8Array, start: number, value: string): number | undefined {
  for (let index = 0; index < value.length; index++) {
    const unit = value.charCodeAt(index);
    if (unit > 0x7f) return undefined;
    bytes[start + index] = unit;
  }
  return start + value.length;
}
