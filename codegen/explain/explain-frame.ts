import { prefixSize } from "../layout.ts";
import type { Family, Message, Protocol, Version } from "../protocol.ts";
import { type FramePart, noteBytes, quotedText } from "./frame-part.ts";
import { readPrefix } from "./scalars.ts";
import { walkMessage } from "./walk-message.ts";
import { badSignature, truncatedValue, unsupportedVersion, WireProblem } from "./wire-problem.ts";

/** What the bytes of a frame mean, read as a message of one family. */
export interface Explanation {
  readonly family: Family;
  /** `undefined` where the frame does not get so far. */
  readonly version: Version | undefined;
  readonly message: Message | undefined;
  /** From the start of the frame; up to the problem where there is one. */
  readonly parts: readonly FramePart[];
  /** Why the frame is no such message; the same that a generated decoder throws. */
  readonly problem: WireProblem | undefined;
}

/** Says what every bit of a frame means. Any bytes have an explanation. */
export function explainFrame(frame: Uint8Array, protocol: Protocol, family: Family): Explanation {
  const parts: FramePart[] = [];
  let version: Version | undefined;
  let message: Message | undefined;
  try {
    const header = walkHeader(frame, protocol, parts);
    version = header.version;
    walkMessage({ frame, protocol, family, version, parts }, header.end, (found) => {
      message = found;
    });
    return { family, version, message, parts, problem: undefined };
  } catch (problem) {
    if (!(problem instanceof WireProblem)) throw problem;
    return { family, version, message, parts, problem };
  }
}

/** Magic and version. */
function walkHeader(
  frame: Uint8Array,
  protocol: Protocol,
  parts: FramePart[],
): { readonly version: Version; readonly end: number } {
  const { magic, version: type } = protocol.frame;
  const walk = { frame, parts };
  const found = frame.subarray(0, magic.length);
  if (frame.length < magic.length) throw truncatedValue("frame.signature", 0, frame.length, magic.length);
  if (magic.length > 0) {
    const note = { path: "frame.signature", text: quotedText(String.fromCharCode(...found)), doc: protocol.doc };
    noteBytes(walk, { start: 0, end: magic.length }, note);
  }
  if (magic.some((byte, index) => frame[index] !== byte)) throw badSignature(hexText(found), hexText(magic));
  const [only] = protocol.versions;
  if (type === undefined) {
    if (only === undefined) throw new Error("a schema has at least one version");
    return { version: only, end: magic.length };
  }
  const end = magic.length + prefixSize(type);
  if (frame.length < end) throw truncatedValue("frame.version", magic.length, frame.length, prefixSize(type));
  const number = readPrefix(type, frame.subarray(magic.length, end), protocol);
  const version = protocol.versions.find((candidate) => candidate.number === number);
  const note = { path: "frame.version", text: String(number), doc: version?.doc };
  noteBytes(walk, { start: magic.length, end }, note);
  const known = protocol.versions.map((candidate) => candidate.number);
  if (version === undefined) throw unsupportedVersion(magic.length, number, known);
  return { version, end };
}

/** `7a 72 61` */
export function hexText(bytes: Iterable<number>): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
