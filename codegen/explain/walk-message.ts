import { holdsMessages, isPresent, prefixSize } from "../layout.ts";
import type { Message } from "../protocol.ts";
import { ByteWalk } from "./byte-walk.ts";
import { type FrameWalk, noteBytes, quotedText } from "./frame-part.ts";
import { readPrefix } from "./scalars.ts";
import { trailingBytes, truncatedValue, unknownDiscriminator } from "./wire-problem.ts";

/** Reads a message from its tag on, up to the end of the frame; gives which one it is. */
export function walkMessage(walk: FrameWalk, start: number, named: (message: Message) => void): void {
  const { family, frame } = walk;
  const found = walkTag(walk, start, frame.length, "frame.tag", family.messages, family.typeName);
  named(found.message);
  walkFields(walk, found.message, found.fieldsStart, frame.length, found.message.name);
}

/** Reads a message inside another one. Those that hold messages cannot be held, so that nothing nests deeper. */
export function walkInnerMessage(walk: FrameWalk, start: number, end: number, path: string): void {
  const { family } = walk;
  const messages = family.messages.filter((message) => !holdsMessages(message));
  const where = messages.length === family.messages.length ? "" : " that another can hold";
  const { message, fieldsStart } = walkTag(walk, start, end, `${path}.tag`, messages, family.typeName + where);
  walkFields(walk, message, fieldsStart, end, `${path}.${message.name}`);
}

function walkTag(
  walk: FrameWalk,
  start: number,
  end: number,
  path: string,
  messages: readonly Message[],
  expected: string,
): { readonly message: Message; readonly fieldsStart: number } {
  const { frame, protocol, version } = walk;
  const type = protocol.frame.tag;
  const prefix = type === "string<u8>" ? "u8" : type;
  const prefixBytes = prefixSize(prefix);
  if (end - start < prefixBytes) throw truncatedValue(path, start, end, prefixBytes);
  const number = readPrefix(prefix, frame.subarray(start, start + prefixBytes), protocol);
  const fieldsStart = type === "string<u8>" ? start + 1 + number : start + prefixBytes;
  if (fieldsStart > end) throw truncatedValue(path, start, end, fieldsStart - start);
  // Tags are ASCII; what is not is then a text that no message has.
  const text = Buffer.from(frame.subarray(start + 1, fieldsStart)).toString("latin1");
  const tag = type === "string<u8>" ? text : number;
  const message = messages.find((candidate) => candidate.tag === tag && isPresent(candidate, version));
  const shown = typeof tag === "string" ? quotedText(tag) : String(tag);
  const note = { path, text: message === undefined ? shown : `${shown} ${message.name}`, doc: message?.doc };
  noteBytes(walk, { start, end: fieldsStart }, note);
  if (message === undefined) throw unknownDiscriminator(path, start, tag, expected);
  return { message, fieldsStart };
}

/** The fields of a message, and what follows them up to the end of what the message is in. */
function walkFields(walk: FrameWalk, message: Message, start: number, end: number, path: string): void {
  const isStrict = walk.protocol.frame.trailing === "reject";
  const bytes = new ByteWalk(walk, start, end);
  const bits = bytes.fields(message.fields, path);
  const offset = bits === undefined ? bytes.offset : bits.finish(path, isStrict);
  if (offset === end) return;
  if (isStrict) throw trailingBytes(path, offset, end);
  noteBytes(walk, { start: offset, end }, { path, text: "ignored", doc: "Behind the last field." });
}
