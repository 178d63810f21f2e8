import { baseType, isBool, isSigned, prefixSize, scalarSize } from "../layout.ts";
import type { LengthType } from "../type-expression.ts";
import { countMax, type PlacedValue } from "./byte-attributes.ts";
import type { KsyAttribute } from "./ksy.ts";
import type { KsyFile } from "./ksy-file.ts";
import { fieldId } from "./names.ts";
import { enumPart } from "./scalar-attributes.ts";
import { validNumber, validPrefix } from "./valid.ts";

/**
 * The end of a message of a bit-packed version, from its first flag on. Kaitai reads integers of any number of bits, and
 * nothing else, between bytes: so texts and bytes become arrays of bytes, 64 bits two halves, and signed numbers their
 * bits.
 */
export class BitAttributes {
  readonly #file: KsyFile;
  /** Flags, of which each takes a bit whatever it says; all else is whole bytes. */
  #bitCount = 0;

  constructor(file: KsyFile) {
    this.#file = file;
  }

  field(value: PlacedValue): KsyAttribute[] {
    if (!value.isOptional) {
      if (isBool(value.type)) this.#bitCount++;
      return this.#value(value);
    }
    this.#bitCount++;
    const has = fieldId(value.name, "has");
    const doc = `Whether ${fieldId(value.name)} is there.`;
    return [
      { id: has, doc, type: "b1" },
      ...this.#value(value).map(({ id, doc: own, ...rest }) => ({
        id,
        ...(own === undefined ? {} : { doc: own }),
        if: has,
        ...rest,
      })),
    ];
  }

  /** The zero bits up to the end of the last byte. */
  padding(): KsyAttribute[] {
    const bitCount = -this.#bitCount & 7;
    if (bitCount === 0) return [];
    const doc = "Up to the end of the byte.";
    return [{ id: "zero_bits", doc, type: `b${bitCount}`, valid: bitCount === 1 ? false : 0 }];
  }

  #value(value: PlacedValue): KsyAttribute[] {
    const { name, type, checks, isOptional, doc } = value;
    const base = baseType(type);
    const named = { id: fieldId(name), ...(doc === undefined ? {} : { doc }) };
    if (isBool(base)) return [{ ...named, type: "b1" }];
    if ((base.kind === "string" || base.kind === "bytes") && base.length !== "rest")
      return this.#sized(value, base.length);
    const size = scalarSize(base) ?? 0;
    if (base.kind === "enum" && (size === 1 || this.#isBig)) {
      return [{ ...named, type: `b${size * 8}`, ...enumPart(this.#file, base) }];
    }
    const isNumber = base.kind === "primitive" && base.name !== "uuid";
    if (isNumber && (size === 1 || (this.#isBig && size < 8))) {
      const valid = base.name.startsWith("u") ? validNumber({ type: `b${size * 8}`, isOptional }, checks) : undefined;
      return [{ ...named, type: `b${size * 8}`, ...(valid === undefined ? {} : { valid }) }];
    }
    if (isNumber && this.#isBig) {
      return [
        { id: fieldId(name, "high"), ...(doc === undefined ? {} : { doc }), type: "b32" },
        { id: fieldId(name, "low"), type: "b32" },
      ];
    }
    return [{ ...named, type: "b8", repeat: "expr", "repeat-expr": size }];
  }

  #sized({ name, checks, doc }: PlacedValue, prefix: LengthType): KsyAttribute[] {
    const size = prefixSize(prefix);
    const id = fieldId(name, "len");
    // A signed length is not negative, and no array is longer than what C++ can count.
    const max = isSigned(prefix) ? 2n ** BigInt(size * 8 - 1) - 1n : size === 4 ? countMax : undefined;
    const bytes = { id: fieldId(name), ...(doc === undefined ? {} : { doc }), type: "b8", repeat: "expr" } as const;
    if (size === 1 || this.#isBig) {
      const valid = validPrefix(checks, "length", { min: undefined, max });
      // C# compares its own counter with a length that may be absent only when the type of that is narrow.
      const count = `${id}.as<u${size}>`;
      return [
        { id, type: `b${size * 8}`, ...(valid === undefined ? {} : { valid }) },
        { ...bytes, "repeat-expr": count },
      ];
    }
    const places = Array.from({ length: size }, (_, index) => `${id}_${index}`);
    const count = places.map((place, index) => `${place}.as<u4>${index === 0 ? "" : ` * ${256 ** index}`}`).join(" + ");
    const parts = places.map((place, index) => ({
      id: place,
      type: "b8",
      ...(max !== undefined && index === size - 1 ? { valid: { max: signBitMax } } : {}),
    }));
    return [...parts, { ...bytes, "repeat-expr": count }];
  }

  get #isBig(): boolean {
    return this.#file.protocol.frame.byteOrder === "big";
  }
}

/** Of the most significant byte of a number whose first bit is not set. */
const signBitMax = 127;
