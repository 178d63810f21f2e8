import { baseType, isBool, isPresent, minimumSize, prefixMax, prefixSize } from "../layout.ts";
import type {
  EnumType,
  Family,
  Field,
  Message,
  PrimitiveTypeNode,
  Protocol,
  Type,
  UnionType,
  Version,
} from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { bigIntegerBytes, integerBytes } from "./integer-bytes.ts";
import { isList, isRecord, type Value, type ValueRecord, WrittenMessage } from "./value.ts";

/** What a part of a frame is for. */
export type PartKind =
  | "magic"
  | "version"
  | "tag"
  | "presence"
  | "scalar"
  | "enum"
  | "case"
  | "length"
  | "count"
  | "content"
  | "padding";

/** A part of a frame, where it stands. */
export interface EncodedPart {
  readonly kind: PartKind;
  /** As in an id of a vector: `.items[0].sku`. */
  readonly id: string;
  /** From the start of the frame; the most significant bit of a byte comes first. */
  readonly bit: number;
  readonly bitCount: number;
  /** Of the value that the part belongs to; `undefined` in the header. */
  readonly type: Type | undefined;
  /** The struct or union that it is inside of. */
  readonly owner: string | undefined;
}

export interface EncodedFrame {
  readonly bytes: Uint8Array;
  readonly parts: readonly EncodedPart[];
}

/** A value does not fit its length or count, or is not one of its type. */
export class NotEncodable extends Error {
  override readonly name = "NotEncodable";
}

/**
 * Writes a message as the description of the language says, and notes what it wrote. Constraints are left alone, so that
 * frames can be made that break them. Throws NotEncodable.
 */
export function encodeFrame(protocol: Protocol, version: Version, family: Family, value: ValueRecord): EncodedFrame {
  return new FrameEncoder(protocol, version, family).frame(value);
}

/** A message as it stands in another one: its tag and its fields. */
export function encodeHeld(protocol: Protocol, version: Version, family: Family, value: ValueRecord): Uint8Array {
  return new FrameEncoder(protocol, version, family).held(value);
}

class FrameEncoder {
  readonly #protocol: Protocol;
  readonly #version: Version;
  readonly #family: Family;
  readonly #bytes: number[] = [];
  readonly #parts: EncodedPart[] = [];
  /** Bits of the last byte that are taken; 0 where it is full. */
  #used = 0;
  /** Of the value that is being written. */
  #id = "";
  #type: Type | undefined;
  #owner: string | undefined;

  constructor(protocol: Protocol, version: Version, family: Family) {
    this.#protocol = protocol;
    this.#version = version;
    this.#family = family;
  }

  frame(value: ValueRecord): EncodedFrame {
    const { magic, version } = this.#protocol.frame;
    if (magic.length > 0) this.#part("magic", () => this.#put(magic));
    if (version !== undefined) this.#part("version", () => this.#prefix(version, this.#version.number));
    this.#message(value);
    return { bytes: Uint8Array.from(this.#bytes), parts: this.#parts };
  }

  held(value: ValueRecord): Uint8Array {
    this.#message(value);
    return Uint8Array.from(this.#bytes);
  }

  #message(value: ValueRecord): void {
    const message = this.#family.messages.find(({ name }) => name === value["type"]);
    if (message === undefined)
      throw new NotEncodable(`the family ${this.#family.name} has no ${String(value["type"])}`);
    this.#part("tag", () => this.#tag(message));
    this.#fields(message.fields, value);
    if (this.#used > 0) {
      const bitCount = 8 - this.#used;
      this.#used = 0;
      this.#note("padding", this.#bytes.length * 8 - bitCount, bitCount);
    }
  }

  #tag({ tag }: Message): void {
    const type = this.#protocol.frame.tag;
    if (type !== "string<u8>") {
      this.#prefix(type, Number(tag));
      return;
    }
    const text = Buffer.from(String(tag), "latin1");
    this.#put([text.length, ...text]);
  }

  #fields(fields: readonly Field[], value: ValueRecord): void {
    for (const field of fields.filter((candidate) => isPresent(candidate, this.#version))) {
      this.#within(`.${field.name}`, field.type, () => {
        const part = value[field.name];
        if (field.optional) this.#part("presence", () => this.#flag(part !== undefined));
        else if (part === undefined) throw new NotEncodable(`${this.#id} has no value`);
        if (part !== undefined) this.#value(field.type, part);
      });
    }
  }

  #value(type: Type, value: Value): void {
    const base = baseType(type);
    switch (base.kind) {
      case "primitive":
        this.#part("scalar", () => this.#primitive(base, value));
        break;
      case "fixedBytes":
        this.#part("content", () => this.#put(bytesOf(value)));
        break;
      case "string":
      case "bytes":
        this.#sized(base.length, bytesOf(value));
        break;
      case "message":
        this.#heldMessage(base.length, value);
        break;
      case "enum":
        this.#part("enum", () => this.#prefix(base.tag, this.#enumTag(base, value)));
        break;
      case "union":
        this.#union(base, recordOf(value));
        break;
      case "struct":
        this.#inside(base.name, () => this.#fields(base.fields, recordOf(value)));
        break;
      case "list": {
        if (!isList(value)) throw new NotEncodable(`${this.#id} is no list`);
        const { length } = base;
        if (length !== "rest") this.#part("count", () => this.#prefix(length, value.length));
        for (const [index, item] of value.entries()) {
          this.#within(`[${index}]`, base.element, () => this.#value(base.element, item));
        }
        break;
      }
      case "map": {
        const entries = Object.entries(recordOf(value));
        this.#part("count", () => this.#prefix(base.length, entries.length));
        for (const [index, [key, item]] of entries.entries()) {
          const number = index === 0 ? "" : `[${index}]`;
          this.#within(`${number}.key`, base.key, () => this.#value(base.key, key));
          this.#within(`${number}.value`, base.value, () => this.#value(base.value, item ?? ""));
        }
        break;
      }
    }
  }

  #primitive({ name }: PrimitiveTypeNode, value: Value): void {
    const isLittle = this.#protocol.frame.byteOrder === "little";
    const view = Buffer.alloc(8);
    switch (name) {
      case "bool":
        this.#flag(value === true);
        break;
      case "f32":
        if (isLittle) view.writeFloatLE(Number(value));
        else view.writeFloatBE(Number(value));
        this.#put(view.subarray(0, 4));
        break;
      case "f64":
        if (isLittle) view.writeDoubleLE(Number(value));
        else view.writeDoubleBE(Number(value));
        this.#put(view);
        break;
      case "uuid":
        this.#put(Buffer.from(String(value).replaceAll("-", ""), "hex"));
        break;
      case "u53":
      case "i53":
      case "u64":
      case "i64":
        this.#put(bigIntegerBytes(BigInt(value as number | bigint), this.#protocol));
        break;
      default:
        this.#put(integerBytes(prefixSize(name), Number(value), this.#protocol));
    }
  }

  #enumTag({ values, name, keepsUnknown }: EnumType, value: Value): number {
    if (isRecord(value)) return Number(value["unknown"]);
    const found = values.find((candidate) => candidate.name === value && isPresent(candidate, this.#version));
    if (found === undefined)
      throw new NotEncodable(`${name}${keepsUnknown ? "" : ", which is closed,"} has no ${value}`);
    return found.tag;
  }

  #union({ cases, name, tag }: UnionType, value: ValueRecord): void {
    const found = cases.find((one) => one.name === value["type"] && isPresent(one, this.#version));
    if (found === undefined) throw new NotEncodable(`${name} has no ${String(value["type"])}`);
    this.#part("case", () => this.#prefix(tag, found.tag));
    this.#within(`.${found.name}`, this.#type, () => {
      this.#inside(name, () => this.#fields(found.fields, value));
    });
  }

  #sized(length: LengthType | "rest", content: Uint8Array): void {
    if (length !== "rest") this.#part("length", () => this.#prefix(length, content.length));
    if (content.length > 0) this.#part("content", () => this.#put(content));
  }

  /** Its length is known when it is written. */
  #heldMessage(length: LengthType, value: Value): void {
    const at = this.#bytes.length;
    this.#part("length", () => this.#prefix(length, 0));
    const start = this.#bytes.length;
    if (value instanceof WrittenMessage) this.#put(value.bytes);
    else this.#within(`.${String(recordOf(value)["type"])}`, undefined, () => this.#message(recordOf(value)));
    const content = this.#bytes.splice(start);
    this.#bytes.length = at;
    this.#prefix(length, content.length);
    this.#put(content);
  }

  #prefix(type: LengthType, value: number): void {
    if (value > prefixMax(type)) throw new NotEncodable(`${value} does not fit ${type}`);
    this.#put(integerBytes(prefixSize(type), value, this.#protocol));
  }

  /** A bit in a bit-packed version, else a byte. */
  #flag(isSet: boolean): void {
    if (this.#version.packing === "byte") {
      this.#put([isSet ? 1 : 0]);
      return;
    }
    if (this.#used === 0) this.#bytes.push(0);
    if (isSet) this.#addToLast(0x80 >> this.#used);
    this.#used = (this.#used + 1) % 8;
  }

  /** Whole bytes, which begin wherever the bits before them end. */
  #put(bytes: ArrayLike<number>): void {
    for (let index = 0; index < bytes.length; index++) {
      const byte = bytes[index] ?? 0;
      if (this.#used > 0) this.#addToLast(byte >> this.#used);
      this.#bytes.push(this.#used > 0 ? (byte << (8 - this.#used)) & 0xff : byte);
    }
  }

  #addToLast(bits: number): void {
    const last = this.#bytes.length - 1;
    this.#bytes[last] = (this.#bytes[last] ?? 0) | bits;
  }

  get #bit(): number {
    return this.#bytes.length * 8 - (this.#used === 0 ? 0 : 8 - this.#used);
  }

  #part(kind: PartKind, write: () => void): void {
    const bit = this.#bit;
    write();
    this.#note(kind, bit, this.#bit - bit);
  }

  #note(kind: PartKind, bit: number, bitCount: number): void {
    this.#parts.push({ kind, id: this.#id, bit, bitCount, type: this.#type, owner: this.#owner });
  }

  #inside(owner: string, write: () => void): void {
    const outer = this.#owner;
    this.#owner = owner;
    write();
    this.#owner = outer;
  }

  /** Writes something that has a name, and a type, of its own. */
  #within(name: string, type: Type | undefined, write: () => void): void {
    const outer = { id: this.#id, type: this.#type };
    this.#id += name;
    this.#type = type;
    write();
    this.#id = outer.id;
    this.#type = outer.type;
  }
}

/** Whether a version writes a flag in a byte of its own. */
export function isFlag({ kind, type }: EncodedPart): boolean {
  return kind === "presence" || (kind === "scalar" && type !== undefined && isBool(type));
}

/** Fewest bytes of what a count counts. */
export function entrySize(type: Type, version: Version): number {
  const base = baseType(type);
  if (base.kind === "list") return minimumSize(base.element, version);
  return base.kind === "map" ? minimumSize(base.key, version) + minimumSize(base.value, version) : 1;
}

function bytesOf(value: Value): Uint8Array {
  if (value instanceof Uint8Array) return value;
  if (typeof value === "string") return Buffer.from(value, "utf8");
  throw new NotEncodable("neither a text nor bytes");
}

function recordOf(value: Value): ValueRecord {
  if (!isRecord(value)) throw new NotEncodable("no struct, case or map");
  return value;
}
