import { describeType } from "../documentation.ts";
import { baseType, isBool, isPresent, minimumSize, prefixSize, scalarSize } from "../layout.ts";
import type { Field, Message, Protocol, StructType, Type, UnionCase, UnionType, Version } from "../protocol.ts";
import { anchorOfType } from "./anchors.ts";

/** What a message or type is made of on the wire, from its first bit to its last, in one version. */
export interface Ruler {
  readonly segments: readonly Segment[];
  /** Fewest bytes that it takes. */
  readonly minimumBytes: number;
}

/** A stretch of a ruler. */
export interface Segment {
  readonly name: string;
  readonly role: SegmentRole;
  /** How many bits it takes where it is there; `undefined` where the bytes themselves say it. */
  readonly bits: number | undefined;
  /** The same for people: `4 bytes`, `1 bit`, `length bytes`. */
  readonly size: string;
  /** What stands there: a type, or the bytes themselves where they never change. */
  readonly detail: string;
  /** Id of the section that describes the type. */
  readonly target: string | undefined;
  /** Fewest bits. */
  readonly minimumBits: number;
  /** Where it begins, in bits, as long as everything before it has one size. */
  readonly start: number | undefined;
  /** The bit of a byte in which it begins, 0 for the most significant; `undefined` where that differs. */
  readonly phase: number | undefined;
  /** Whether it is only there where the flag before it says so. */
  readonly isConditional: boolean;
}

/** `frame` comes before every message; a `prefix` is a length, count or tag; `fill` are the zero bits at the end. */
export type SegmentRole = "frame" | "flag" | "prefix" | "value" | "fill";

/** A whole frame with a message of a version. */
export function messageRuler(message: Message, version: Version, protocol: Protocol): Ruler {
  const builder = new RulerBuilder(version);
  builder.header(message, protocol);
  builder.fields(message.fields, "");
  return builder.finish();
}

/** A struct, or the case of a union with its tag. */
export function partRuler(part: StructType | UnionCase, union: UnionType | undefined, version: Version): Ruler {
  const builder = new RulerBuilder(version);
  if (union !== undefined) builder.caseTag(union, part.name, "tag" in part ? part.tag : 0);
  builder.fields(part.fields, "");
  return builder.finish();
}

/** What a segment is before it is known where it stands. */
interface Piece extends Pick<Segment, "name" | "role" | "bits" | "detail"> {
  /** Given by `bits` where it is left out. */
  readonly size?: string | undefined;
  readonly target?: string | undefined;
  /** `bits` where it is left out. */
  readonly minimumBits?: number;
}

class RulerBuilder {
  readonly #version: Version;
  readonly #segments: Segment[] = [];
  #start: number | undefined = 0;
  #phase: number | undefined = 0;
  #minimumBits = 0;
  #isConditional = false;
  #hasBits = false;

  constructor(version: Version) {
    this.#version = version;
  }

  header(message: Message, { frame }: Protocol): void {
    const { magic } = frame;
    if (magic.length > 0) this.#add({ name: "magic", role: "frame", bits: magic.length * 8, detail: hexBytes(magic) });
    if (frame.version !== undefined) {
      const bits = prefixSize(frame.version) * 8;
      this.#add({ name: "version", role: "frame", bits, detail: `${frame.version} = ${this.#version.number}` });
    }
    if (typeof message.tag === "string") {
      const { length } = message.tag;
      this.#add({ name: "tag: length", role: "frame", bits: 8, detail: `u8 = ${length}` });
      this.#add({ name: "tag", role: "frame", bits: length * 8, detail: JSON.stringify(message.tag) });
    } else {
      const type = frame.tag === "u16" ? "u16" : "u8";
      this.#add({ name: "tag", role: "frame", bits: prefixSize(type) * 8, detail: `${type} = ${message.tag}` });
    }
  }

  caseTag(union: UnionType, name: string, tag: number): void {
    this.#add({ name, role: "prefix", bits: prefixSize(union.tag) * 8, detail: `${union.tag} = ${tag}` });
  }

  fields(fields: readonly Field[], owner: string): void {
    for (const field of fields) {
      if (!isPresent(field, this.#version)) continue;
      const name = owner + field.name;
      if (!field.optional) {
        this.#value(name, field.type);
        continue;
      }
      this.#flag({ name: `${name}: present`, role: "flag", detail: "0 or 1" });
      const wasConditional = this.#isConditional;
      this.#isConditional = true;
      this.#value(name, field.type);
      this.#isConditional = wasConditional;
    }
  }

  finish(): Ruler {
    if (this.#hasBits) {
      const bits = this.#phase === undefined ? undefined : -this.#phase & 7;
      const minimumBits = -this.#minimumBits & 7;
      if (bits !== 0)
        this.#add({
          name: "fill",
          role: "fill",
          bits,
          size: bits === undefined ? "to the byte" : bitCount(bits),
          detail: "zeros",
          minimumBits,
        });
    }
    return { segments: this.#segments, minimumBytes: this.#minimumBits / 8 };
  }

  #value(name: string, type: Type): void {
    const base = baseType(type);
    const named = { detail: describeType(type), target: targetOf(type) };
    switch (base.kind) {
      case "string":
      case "bytes": {
        if (base.length !== "rest") this.#prefix(`${name}: length`, base.length);
        const size = base.length === "rest" ? "to the end" : "length bytes";
        this.#add({ name, role: "value", bits: undefined, size, ...named });
        return;
      }
      case "message":
        this.#prefix(`${name}: length`, base.length);
        this.#heldMessage(name);
        return;
      case "list":
      case "map":
        this.#entries(name, type);
        return;
      case "struct":
        this.fields(base.fields, `${name}.`);
        return;
      case "union":
        this.#union(name, base, named);
        return;
      default:
        if (isBool(base)) this.#flag({ name, role: "flag", ...named });
        else this.#add({ name, role: "value", bits: (scalarSize(base) ?? 0) * 8, ...named });
    }
  }

  #entries(name: string, type: Type): void {
    const base = baseType(type);
    if (base.kind !== "list" && base.kind !== "map") return;
    const parts = base.kind === "list" ? [base.element] : [base.key, base.value];
    const bytes = parts.map((part) => fixedBytesOf(part, this.#version));
    const each = bytes.reduce<number | undefined>((sum, size) => addSizes(sum, size), 0);
    if (base.length !== "rest") this.#prefix(`${name}: count`, base.length);
    const count =
      base.length === "rest" ? "to the end" : each === undefined ? "count entries" : `count × ${byteCount(each)}`;
    this.#add({
      name,
      role: "value",
      bits: undefined,
      size: count,
      detail: `each ${parts.map(describeType).join(", ")}`,
      target: parts.length === 1 && parts[0] !== undefined ? targetOf(parts[0]) : targetOf(type),
    });
  }

  /** It has a tag at least, and that takes a byte. */
  #heldMessage(name: string): void {
    const detail = "a message: tag, fields";
    this.#add({ name, role: "value", bits: undefined, size: "length bytes", detail, minimumBits: 8 });
  }

  #union(name: string, union: UnionType, named: Pick<Piece, "detail" | "target">): void {
    const cases = union.cases.filter((unionCase) => isPresent(unionCase, this.#version));
    const bits = sameOf(cases.map((unionCase) => fixedBytesOfFields(unionCase.fields, this.#version)));
    this.#add({ name: `${name}: tag`, role: "prefix", bits: prefixSize(union.tag) * 8, ...named });
    if (bits === 0 || cases.length === 0) return;
    const minimumBytes = minimumSize(union, this.#version) - prefixSize(union.tag);
    const detail = "fields of the case";
    const size = bits === undefined ? "by the case" : undefined;
    const minimumBits = minimumBytes * 8;
    this.#add({
      name,
      role: "value",
      bits: bits === undefined ? undefined : bits * 8,
      size,
      detail,
      target: named.target,
      minimumBits,
    });
  }

  #prefix(name: string, type: Parameters<typeof prefixSize>[0]): void {
    this.#add({ name, role: "prefix", bits: prefixSize(type) * 8, detail: type });
  }

  /** A presence flag or bool. */
  #flag(piece: Omit<Piece, "bits">): void {
    const isBit = this.#version.packing === "bit";
    this.#hasBits ||= isBit;
    this.#add({ ...piece, bits: isBit ? 1 : 8 });
  }

  #add({ name, role, bits, detail, size, target, minimumBits = bits ?? 0 }: Piece): void {
    const minimum = this.#isConditional ? 0 : minimumBits;
    this.#segments.push({
      name,
      role,
      bits,
      size: size ?? sizeText(bits ?? 0),
      detail,
      target,
      minimumBits: minimum,
      start: this.#start,
      phase: this.#phase,
      isConditional: this.#isConditional,
    });
    this.#minimumBits += minimum;
    this.#start =
      this.#start === undefined || bits === undefined || this.#isConditional ? undefined : this.#start + bits;
    this.#phase = nextPhase(this.#phase, bits, this.#isConditional);
  }
}

/** What has no size of its own takes whole bytes; what may be missing moves the rest only if it does not. */
function nextPhase(phase: number | undefined, bits: number | undefined, isConditional: boolean): number | undefined {
  if (phase === undefined || bits === undefined || bits % 8 === 0) return phase;
  return isConditional ? undefined : (phase + bits) & 7;
}

/** Bytes of a type of which every value takes the same number; else `undefined`. */
function fixedBytesOf(type: Type, version: Version): number | undefined {
  const base = baseType(type);
  switch (base.kind) {
    case "struct":
      return fixedBytesOfFields(base.fields, version);
    case "union": {
      const cases = base.cases.filter((unionCase) => isPresent(unionCase, version));
      return addSizes(prefixSize(base.tag), sameOf(cases.map(({ fields }) => fixedBytesOfFields(fields, version))));
    }
    default:
      return scalarSize(base);
  }
}

function fixedBytesOfFields(fields: readonly Field[], version: Version): number | undefined {
  return fields
    .filter((field) => isPresent(field, version))
    .map((field) => (field.optional ? undefined : fixedBytesOf(field.type, version)))
    .reduce<number | undefined>((sum, size) => addSizes(sum, size), 0);
}

function addSizes(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? undefined : a + b;
}

/** The number that all of some are; `undefined` where they differ. */
function sameOf(sizes: readonly (number | undefined)[]): number | undefined {
  return sizes.every((size) => size === sizes[0]) ? (sizes[0] ?? (sizes.length === 0 ? 0 : undefined)) : undefined;
}

function targetOf(type: Type): string | undefined {
  return "doc" in type ? anchorOfType(type.name) : undefined;
}

/** `4 bytes`, or `3 bits` for what is no whole number of bytes. */
function sizeText(bits: number): string {
  return bits % 8 === 0 ? byteCount(bits / 8) : bitCount(bits);
}

/** `12`, or `12.3` for the fourth bit of that byte. */
export function startText(start: number | undefined): string {
  if (start === undefined) return "";
  return start % 8 === 0 ? String(start / 8) : `${start >> 3}.${start & 7}`;
}

export function byteCount(count: number): string {
  return count === 1 ? "1 byte" : `${count} bytes`;
}

function bitCount(count: number): string {
  return count === 1 ? "1 bit" : `${count} bits`;
}

function hexBytes(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
