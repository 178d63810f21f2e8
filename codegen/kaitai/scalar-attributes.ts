import { isPresent } from "../layout.ts";
import type { Checks, EnumType, FixedBytesType, PrimitiveTypeNode, Range } from "../protocol.ts";
import type { LengthType, PrimitiveType } from "../type-expression.ts";
import { type KsyAttribute, type KsyValid, nothing } from "./ksy.ts";
import { type KsyFile, namedKey } from "./ksy-file.ts";
import { snakeCase, UniqueNames, valueId } from "./names.ts";
import { validNumber } from "./valid.ts";

/** What an attribute says of a value that takes the same number of bytes whatever it is. */
export type ScalarAttribute = Pick<KsyAttribute, "type" | "size" | "enum" | "valid">;

export function scalarAttribute(
  file: KsyFile,
  type: PrimitiveTypeNode | EnumType | FixedBytesType,
  checks: readonly Checks[],
  isOptional: boolean,
): ScalarAttribute {
  if (type.kind === "fixedBytes") return { size: type.byteCount };
  if (type.kind === "enum") return { type: integerType(type.tag), ...enumPart(file, type) };
  if (type.name === "uuid") return { size: 16 };
  const number = { type: integerType(type.name), isOptional };
  const valid = validNumber(number, checks, ownRange(type.name));
  return { type: number.type, ...(valid === undefined ? {} : { valid }) };
}

/** `u2` of `u16`. */
export function integerType(type: Exclude<PrimitiveType, "uuid"> | LengthType): string {
  return integerTypes[type];
}

/**
 * The values of an enum. Targets have no place for the number of a value that they do not know, so that where such values
 * are kept the attribute is the number; and some cannot name a value beyond 31 bits, nor compare with it.
 */
export function enumPart(file: KsyFile, type: EnumType): Pick<KsyAttribute, "enum" | "valid"> {
  const values = type.values.filter((value) => isPresent(value, file.version));
  if (values.some(({ tag }) => tag > enumTagMax)) return {};
  if (values.length === 0) return type.keepsUnknown ? {} : { valid: oneOf([]) };
  const names = new UniqueNames();
  const ids = values.map(({ name }) => names.take(valueId(name)));
  const name = file.enum(namedKey(type), `e_${snakeCase(type.name)}`, () =>
    Object.fromEntries(values.map(({ tag, doc }, index) => [tag, { id: ids[index] ?? "", doc }])),
  );
  return type.keepsUnknown ? {} : { enum: name, valid: oneOf(ids.map((id) => `${name}::${id}`)) };
}

/** Refuses what is not listed. Rust and Perl let values pass that `in-enum` should refuse, and not these. */
export function oneOf(values: readonly (number | string)[]): KsyValid {
  return values.length === 0 ? nothing : { "any-of": values };
}

/** What a type takes, where that is less than its bytes can say. */
function ownRange(name: PrimitiveType): Range | undefined {
  if (name === "bool") return { min: undefined, max: 1n };
  if (name === "u53") return { min: 0n, max: BigInt(Number.MAX_SAFE_INTEGER) };
  if (name !== "i53") return undefined;
  return { min: BigInt(Number.MIN_SAFE_INTEGER), max: BigInt(Number.MAX_SAFE_INTEGER) };
}

/** A u53 is never negative, and fits a signed number, which all targets have. */
const integerTypes: Readonly<Record<Exclude<PrimitiveType, "uuid">, string>> = {
  bool: "u1",
  u8: "u1",
  u16: "u2",
  u32: "u4",
  u53: "s8",
  u64: "u8",
  i8: "s1",
  i16: "s2",
  i32: "s4",
  i53: "s8",
  i64: "s8",
  f32: "f4",
  f64: "f8",
};

const enumTagMax = 2 ** 31 - 1;
