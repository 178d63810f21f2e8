import type { Family, Protocol, Version } from "../protocol.ts";

/** A stretch of a frame, and what it means. */
export interface FramePart {
  /** Where it begins, in bits from the start of the frame; the most significant bit of a byte comes first. */
  readonly bit: number;
  readonly bitCount: number;
  /** What it holds, as whole bytes: put together where they stand across byte boundaries. Empty for single bits. */
  readonly bytes: Uint8Array;
  /** As in a WireError: `LogEntry.records[3].sessionId`, or `frame.tag` for what comes before a message. */
  readonly path: string;
  /** The value for a person to read. */
  readonly text: string;
  readonly doc: string | undefined;
}

/** What is known of a frame while it is read. */
export interface FrameWalk {
  readonly frame: Uint8Array;
  readonly protocol: Protocol;
  readonly family: Family;
  readonly version: Version;
  /** In the order in which they are read. */
  readonly parts: FramePart[];
}

/** Notes what whole bytes of a frame mean. */
export function noteBytes(
  { frame, parts }: Pick<FrameWalk, "frame" | "parts">,
  range: { readonly start: number; readonly end: number },
  note: { readonly path: string; readonly text: string; readonly doc: string | undefined },
): void {
  const bytes = frame.subarray(range.start, range.end);
  notePart(parts, { bit: range.start * 8, bitCount: bytes.length * 8, bytes, ...note });
}

/** Notes what a stretch means. Where there are too many the last of them stands for all that follow. */
export function notePart(parts: FramePart[], part: FramePart): void {
  const last = parts.at(-1);
  if (last === undefined || parts.length < partsMax) {
    parts.push(part);
    return;
  }
  const bitCount = last.bitCount + part.bitCount;
  parts[parts.length - 1] = {
    bit: last.bit,
    bitCount,
    bytes: new Uint8Array(0),
    path: "",
    text: "and so on",
    doc: undefined,
  };
}

/** More is nothing that a person reads, and a frame of many small values would take a hundred times its memory. */
const partsMax = 10_000;

/** `length 5`, or `empty` */
export function lengthText(length: number): string {
  return length === 0 ? "empty" : `length ${length}`;
}

/** `1 entry`, `2 entries` */
export function countText(count: number): string {
  return count === 0 ? "empty" : count === 1 ? "1 entry" : `${count} entries`;
}

/** A text in quotes, in one line of bounded length. */
export function quotedText(text: string): string {
  const isLong = text.length > shownCharactersMax;
  return visibleText(JSON.stringify(isLong ? `${text.slice(0, shownCharactersMax)}…` : text));
}

/** Shows characters that would do something to a terminal, or to the order of a line, instead of sending them to one. */
export function visibleText(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}

/** Bytes as the text that they are, where they are one; else how many there are. */
export function bytesText(bytes: Uint8Array): string {
  const isText = bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f);
  if (isText) return quotedText(String.fromCharCode(...bytes.subarray(0, shownCharactersMax + 1)));
  return bytes.length === 1 ? "1 byte" : `${bytes.length} bytes`;
}

const shownCharactersMax = 40;
