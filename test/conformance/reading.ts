import { fieldId } from "../../codegen/kaitai/names.ts";
import { baseType, isBool, isPresent, prefixSize, scalarSize } from "../../codegen/layout.ts";
import type {
  EnumType,
  Family,
  Field,
  MapType,
  PrimitiveTypeNode,
  Protocol,
  Type,
  Version,
} from "../../codegen/protocol.ts";
import type { Extent } from "../../codegen/type-expression.ts";

/**
 * What a reader made by Kaitai Struct finds in a frame, the same for all languages: names as in the .ksy, integers in
 * decimal, texts and bytes in hexadecimal behind an x, true and false as 1 and 0. What is absent is left out.
 */
export type Reading = string | readonly Reading[] | MapEntries | { readonly [id: string]: Reading };

/** Entries of a map, whose order says nothing. */
export class MapEntries {
  readonly entries: readonly Reading[];

  constructor(entries: readonly Reading[]) {
    this.entries = entries;
  }
}

/** What a reader has to find in the frame of a message. */
export function expectedReading(
  message: unknown,
  protocol: Protocol,
  version: Version,
  family: Family,
): { readonly [id: string]: Reading } {
  const { magic, version: versionType } = protocol.frame;
  return {
    ...(magic.length === 0 ? {} : { signature: hex(Uint8Array.from(magic)) }),
    ...(versionType === undefined ? {} : { version: String(version.number) }),
    message: new Expectation(protocol, version, family).message(message as Fields),
  };
}

type Fields = Readonly<Record<string, unknown>>;

class Expectation {
  readonly #protocol: Protocol;
  readonly #version: Version;
  readonly #family: Family;
  /** Of what was looked at so far: what a message takes that stands inside another one is part of a reading. */
  #bits = 0;

  constructor(protocol: Protocol, version: Version, family: Family) {
    this.#protocol = protocol;
    this.#version = version;
    this.#family = family;
  }

  message(message: Fields): Reading {
    const found = this.#family.messages.find(({ name }) => name === message["type"]);
    if (found === undefined) throw new Error(`${this.#family.name} has no message ${String(message["type"])}`);
    const isStrict = this.#protocol.frame.trailing === "reject";
    const fields = found.fields.filter((field) => isPresent(field, this.#version));
    const tag = this.#tag(found.tag);
    const start = this.#bits;
    const body = this.#fields(fields, message, this.#version.packing === "bit");
    const padding = -(this.#bits - start) & 7;
    this.#bits += padding;
    const filling = isStrict && padding > 0 ? { zero_bits: "0" } : {};
    return { ...tag, ...(fields.length === 0 ? {} : { body: { ...body, ...filling } }) };
  }

  #tag(tag: number | string): { readonly [id: string]: Reading } {
    const { tag: type } = this.#protocol.frame;
    if (type !== "string<u8>") {
      this.#bits += prefixSize(type) * 8;
      return { tag: String(tag) };
    }
    const bytes = Buffer.from(String(tag));
    this.#bits += (1 + bytes.length) * 8;
    return { len_tag: String(bytes.length), tag: hex(bytes) };
  }

  #fields(fields: readonly Field[], values: Fields, isMessageOfBits = false): { readonly [id: string]: Reading } {
    const readings: Record<string, Reading> = {};
    let inBits = false;
    for (const { name, type, optional } of fields) {
      const value = values[name];
      if (isMessageOfBits && (optional || isBool(type))) inBits = true;
      if (optional) {
        this.#bits += inBits ? 1 : 8;
        readings[fieldId(name, "has")] = value === undefined ? "0" : "1";
        if (value === undefined) continue;
      }
      Object.assign(readings, inBits ? this.#shifted(name, type, value) : this.#value(name, type, value));
    }
    return readings;
  }

  #value(name: string, type: Type, value: unknown): { readonly [id: string]: Reading } {
    const base = baseType(type);
    const id = fieldId(name);
    switch (base.kind) {
      case "string":
      case "bytes": {
        const bytes = base.kind === "string" ? Buffer.from(value as string) : (value as Uint8Array);
        this.#bits += (prefixSize(base.length) + bytes.length) * 8;
        return { ...prefix(name, "len", base.length, bytes.length), [id]: hex(bytes) };
      }
      case "message": {
        this.#bits += prefixSize(base.length) * 8;
        const start = this.#bits;
        const inner = this.message(value as Fields);
        return { ...prefix(name, "len", base.length, (this.#bits - start) / 8), [id]: inner };
      }
      case "list": {
        this.#bits += prefixSize(base.length) * 8;
        const elements = (value as readonly unknown[]).map((element) => this.#element(base.element, element));
        return { ...prefix(name, "num", base.length, elements.length), [id]: elements };
      }
      case "map":
        return this.#map(name, base, value as Fields);
      case "struct": {
        const fields = base.fields.filter((field) => isPresent(field, this.#version));
        return fields.length === 0 ? {} : { [id]: this.#fields(fields, value as Fields) };
      }
      case "union": {
        const found = base.cases.find((each) => each.name === (value as Fields)["type"]);
        if (found === undefined) throw new Error(`${base.name} has no case ${String((value as Fields)["type"])}`);
        this.#bits += prefixSize(base.tag) * 8;
        const fields = found.fields.filter((field) => isPresent(field, this.#version));
        const body = fields.length === 0 ? {} : { body: this.#fields(fields, value as Fields) };
        return { [id]: { tag: String(found.tag), ...body } };
      }
      default:
        this.#bits += (scalarSize(base) ?? 0) * 8;
        return { [id]: scalar(base, value) };
    }
  }

  #map(name: string, map: MapType, value: Fields): { readonly [id: string]: Reading } {
    this.#bits += prefixSize(map.length) * 8;
    const entries = Object.entries(value).map(([key, element]) => ({
      ...this.#value("key", map.key, key),
      ...this.#value("value", map.value, element),
    }));
    return { ...prefix(name, "num", map.length, entries.length), [fieldId(name)]: new MapEntries(entries) };
  }

  /** A value that takes one attribute stands in a list as it is, others have a type of their own. */
  #element(type: Type, value: unknown): Reading {
    const parts = this.#value("value", type, value);
    return Object.keys(parts).length === 1 ? (parts["value"] ?? {}) : parts;
  }

  /** A value that may begin inside a byte. */
  #shifted(name: string, type: Type, value: unknown): { readonly [id: string]: Reading } {
    const base = baseType(type);
    const isBig = this.#protocol.frame.byteOrder === "big";
    if (isBool(base)) {
      this.#bits += 1;
      return { [fieldId(name)]: value === true ? "1" : "0" };
    }
    if (base.kind === "string" || base.kind === "bytes") {
      const bytes = base.kind === "string" ? Buffer.from(value as string) : (value as Uint8Array);
      const size = prefixSize(base.length);
      this.#bits += (size + bytes.length) * 8;
      const length = integerBytes(BigInt(bytes.length), size, isBig);
      const prefixes =
        size === 1 || isBig
          ? { [fieldId(name, "len")]: String(bytes.length) }
          : Object.fromEntries(Array.from(length, (byte, index) => [`${fieldId(name, "len")}_${index}`, String(byte)]));
      return { ...prefixes, [fieldId(name)]: Array.from(bytes, String) };
    }
    const size = scalarSize(base) ?? 0;
    this.#bits += size * 8;
    const bytes = scalarBytes(base, value, size, isBig);
    if (base.kind === "fixedBytes" || (base.kind === "primitive" && base.name === "uuid") || (size > 1 && !isBig))
      return { [fieldId(name)]: Array.from(bytes, String) };
    if (size < 8) return { [fieldId(name)]: String(unsigned(bytes)) };
    return {
      [fieldId(name, "high")]: String(unsigned(bytes.subarray(0, 4))),
      [fieldId(name, "low")]: String(unsigned(bytes.subarray(4))),
    };
  }
}

function prefix(
  name: string,
  companion: "len" | "num",
  length: Extent,
  size: number,
): { readonly [id: string]: Reading } {
  return length === "rest" ? {} : { [fieldId(name, companion)]: String(size) };
}

function scalar(base: Type, value: unknown): Reading {
  if (base.kind === "enum") return String(enumTag(base, value));
  if (value instanceof Uint8Array) return hex(value);
  if (base.kind === "primitive" && base.name === "uuid") return `x${String(value).replaceAll("-", "")}`;
  if (typeof value === "boolean") return value ? "1" : "0";
  return Object.is(value, -0) ? "-0" : String(value);
}

function enumTag(type: EnumType, value: unknown): number {
  const found = type.values.find(({ name }) => name === value);
  if (found !== undefined) return found.tag;
  return (value as { readonly unknown: number }).unknown;
}

function scalarBytes(base: Type, value: unknown, size: number, isBig: boolean): Uint8Array {
  if (base.kind === "enum") return integerBytes(BigInt(enumTag(base, value)), size, isBig);
  if (value instanceof Uint8Array) return value;
  const { name } = base as PrimitiveTypeNode;
  if (name === "uuid") return Buffer.from(String(value).replaceAll("-", ""), "hex");
  if (name !== "f32" && name !== "f64") return integerBytes(BigInt(value as number | bigint), size, isBig);
  const view = new DataView(new ArrayBuffer(size));
  if (name === "f32") view.setFloat32(0, value as number, !isBig);
  else view.setFloat64(0, value as number, !isBig);
  return new Uint8Array(view.buffer);
}

function integerBytes(value: bigint, size: number, isBig: boolean): Uint8Array {
  const digits = BigInt.asUintN(size * 8, value).toString(16);
  const bytes = Buffer.from(digits.padStart(size * 2, "0"), "hex");
  return isBig ? bytes : bytes.reverse();
}

function unsigned(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString("hex")}`);
}

function hex(bytes: Uint8Array): string {
  return `x${Buffer.from(bytes).toString("hex")}`;
}
