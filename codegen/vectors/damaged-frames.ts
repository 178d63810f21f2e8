import { baseType, isPresent, isSigned, prefixMax, prefixSize } from "../layout.ts";
import type { Protocol, Version } from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { type EncodedFrame, type EncodedPart, entrySize, isFlag } from "./encode-frame.ts";
import { integerBytes } from "./integer-bytes.ts";
import type { RefusalRule } from "./refusal-rules.ts";
import { unusedTag } from "./unused-tag.ts";

/** A frame that is wrong in one way, and where. */
export interface DamagedFrame {
  /** Of the place and the way: `.items/count-beyond`. */
  readonly id: string;
  readonly rule: RefusalRule;
  readonly bytes: Uint8Array;
  readonly note: string;
}

/** Every way in which a part of a frame can be wrong by itself. */
export function damagedFrames(
  frame: EncodedFrame,
  part: EncodedPart,
  protocol: Protocol,
  version: Version,
): readonly DamagedFrame[] {
  return [...cut(frame, part), ...overwritten(frame, part, protocol, version)];
}

/** The frame without the last byte of the part and all that follows. */
function cut({ bytes }: EncodedFrame, part: EncodedPart): readonly DamagedFrame[] {
  if (part.kind === "padding") return [];
  const end = Math.ceil((part.bit + part.bitCount) / 8);
  const what = partNames[part.kind];
  const note = `The frame ends inside of the ${what}, after ${end - 1} bytes.`;
  return [{ id: `${part.id}/truncated-${what}`, rule: "truncated", bytes: bytes.slice(0, end - 1), note }];
}

const partNames = {
  magic: "magic",
  version: "version",
  tag: "tag",
  presence: "presence",
  scalar: "value",
  enum: "value",
  case: "case",
  length: "length",
  count: "count",
  content: "content",
  padding: "padding",
} as const;

function overwritten(
  frame: EncodedFrame,
  part: EncodedPart,
  protocol: Protocol,
  version: Version,
): readonly DamagedFrame[] {
  const damage = (name: string, rule: RefusalRule, value: readonly number[], note: string): DamagedFrame => {
    return { id: `${part.id}/${name}`, rule, bytes: withBytes(frame.bytes, part.bit, value), note };
  };
  if (isFlag(part)) {
    if (version.packing === "bit") return [];
    const rule = part.kind === "presence" ? "presence" : "bool";
    return [damage(rule, rule, [2], "A flag is 0 or 1.")];
  }
  switch (part.kind) {
    case "padding": {
      const bytes = withPadding(frame, part);
      return [{ id: `${part.id}/padding`, rule: "padding", bytes, note: "A bit behind the last field is set." }];
    }
    case "case": {
      const tag = unknownCase(part, version);
      const bytes = tag === undefined ? undefined : integerBytes(part.bitCount / 8, tag, protocol);
      return bytes === undefined ? [] : [damage("case", "case", bytes, `No case has the tag ${tag}.`)];
    }
    case "length":
    case "count":
      return sizes(frame, part, version).map(({ name, rule, size, note }) => {
        return damage(name, rule, integerBytes(part.bitCount / 8, size, protocol), note);
      });
    case "content":
      return texts(part).map(({ name, bytes, note }) => damage(name, "utf8", bytes, note));
    default:
      return [];
  }
}

interface DamagedSize {
  readonly name: string;
  readonly rule: RefusalRule;
  readonly size: number;
  readonly note: string;
}

function sizes(frame: EncodedFrame, part: EncodedPart, version: Version): readonly DamagedSize[] {
  const base = part.type && baseType(part.type);
  if (base === undefined || !("length" in base) || base.length === "rest") return [];
  const prefix: LengthType = base.length;
  const kind = part.kind === "length" ? "length" : "count";
  const left = frame.bytes.length - Math.ceil(part.bit / 8) - prefixSize(prefix);
  const least = Math.floor(left / entrySize(base, version)) + 1;
  const max = prefixMax(prefix);
  const note = (size: number) => `The ${kind} is ${size}, and ${left} bytes are left.`;
  const beyond = { name: `${kind}-beyond`, rule: `${kind}-beyond`, size: least, note: note(least) } as const;
  const huge = { name: `${kind}-huge`, rule: `${kind}-beyond`, size: max, note: note(max) } as const;
  const negativeNote = "The smallest is 0.";
  const negative = { name: `${kind}-negative`, rule: `${kind}-negative`, size: -1, note: negativeNote } as const;
  return [...(least < max ? [beyond] : []), ...(least <= max ? [huge] : []), ...(isSigned(prefix) ? [negative] : [])];
}

function texts(part: EncodedPart): readonly { name: string; bytes: readonly number[]; note: string }[] {
  if (part.type === undefined || baseType(part.type).kind !== "string") return [];
  return [
    { name: "utf8", bytes: [0xff], note: "No character begins with ff." },
    { name: "utf8-overlong", bytes: [0xc0, 0x80], note: "A zero in two bytes." },
    { name: "utf8-surrogate", bytes: [0xed, 0xa0, 0x80], note: "Half of a surrogate pair." },
    { name: "utf8-above", bytes: [0xf4, 0x90, 0x80, 0x80], note: "Beyond U+10FFFF." },
  ].filter(({ bytes }) => bytes.length * 8 <= part.bitCount);
}

function unknownCase({ type }: EncodedPart, version: Version): number | undefined {
  const base = type && baseType(type);
  if (base?.kind !== "union") return undefined;
  const tags = base.cases.filter((unionCase) => isPresent(unionCase, version)).map(({ tag }) => tag);
  return unusedTag(tags, base.tag);
}

/** A copy in which the last of the bits that fill up a byte is set. */
export function withPadding(frame: EncodedFrame, { bit }: EncodedPart): Uint8Array {
  const copy = frame.bytes.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) | 1;
  return copy;
}

/** A copy with other bytes from a bit on, which may be inside of a byte. */
function withBytes(frame: Uint8Array, bit: number, bytes: readonly number[]): Uint8Array {
  const copy = frame.slice();
  const used = bit % 8;
  for (const [index, byte] of bytes.entries()) {
    const at = (bit >> 3) + index;
    copy[at] = ((copy[at] ?? 0) & ~(0xff >> used)) | (byte >> used);
    if (used > 0 && at + 1 < copy.length)
      copy[at + 1] = ((copy[at + 1] ?? 0) & (0xff >> used)) | ((byte << (8 - used)) & 0xff);
  }
  return copy;
}
