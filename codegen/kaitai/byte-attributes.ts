import { describeType } from "../documentation.ts";
import { baseType, checksOf, isBool, isPresent, isSigned } from "../layout.ts";
import type { Checks, Field, MapType, StructType, Type, UnionType } from "../protocol.ts";
import type { Extent, LengthType } from "../type-expression.ts";
import { innerMessage, type KsyAttribute } from "./ksy.ts";
import { type KsyFile, namedKey } from "./ksy-file.ts";
import { fieldId, snakeCase, UniqueNames, valueId } from "./names.ts";
import { integerType, oneOf, scalarAttribute } from "./scalar-attributes.ts";
import { validPrefix } from "./valid.ts";

/** A value that becomes attributes: a field, or what stands in a list or map. */
export interface PlacedValue {
  readonly name: string;
  readonly type: Type;
  readonly isOptional: boolean;
  readonly checks: readonly Checks[];
  readonly doc: string | undefined;
}

/** Greatest count that all targets can count to. */
export const countMax: bigint = 2n ** 31n - 1n;

/** What an attribute says besides its name. */
type Nameless = Omit<KsyAttribute, "id" | "doc" | "if">;

export function placed({ name, type, optional, checks, doc }: Field): PlacedValue {
  return { name, type, isOptional: optional, checks: checksOf(type, checks), doc: doc ?? docOf(type) };
}

/** Where the first field stands that a bit-packed version writes as a bit, or that begins with one. */
export function firstFlagOf(fields: readonly Field[]): number {
  const index = fields.findIndex((field) => field.optional || isBool(field.type));
  return index < 0 ? fields.length : index;
}

/** Values in whole bytes, one after the other. */
export function byteAttributes(file: KsyFile, values: readonly PlacedValue[]): KsyAttribute[] {
  return values.flatMap((value) => {
    const attributes = valueAttributes(file, value);
    if (!value.isOptional) return attributes;
    const has = fieldId(value.name, "has");
    const doc = `Whether ${fieldId(value.name)} is there: 0 or 1.`;
    const whereThere = attributes.map(({ id, doc: own, ...rest }) => ({
      id,
      ...docPart(own),
      if: `${has} == 1`,
      ...rest,
    }));
    return [{ id: has, doc, type: "u1", valid: { max: 1 } }, ...whereThere];
  });
}

/** The attributes of a value that is there. */
function valueAttributes(file: KsyFile, value: PlacedValue): KsyAttribute[] {
  const { name, type, checks, isOptional, doc } = value;
  const base = baseType(type);
  const named = { id: fieldId(name), ...docPart(doc) };
  switch (base.kind) {
    case "string":
    case "bytes": {
      const text = base.kind === "string" ? ({ type: "str", encoding: "UTF-8" } as const) : {};
      return sized(value, base.length, (size) => ({ ...named, ...size, ...text }));
    }
    case "message":
      return sized(value, base.length, (size) => ({ ...named, ...size, type: innerMessage }));
    case "list": {
      const element = elementAttribute(file, base.element);
      if (base.length === "rest") return [{ ...named, ...element, repeat: "eos" }];
      return counted(name, base.length, checks, (repeat) => ({ ...named, ...element, ...repeat }));
    }
    case "map": {
      const entry = entryType(file, type, base);
      return counted(name, base.length, checks, (repeat) => ({ ...named, type: entry, ...repeat }));
    }
    case "struct":
      return hasFields(file, base) ? [{ ...named, type: structType(file, base) }] : [];
    case "union":
      return [{ ...named, type: unionType(file, base) }];
    default:
      return [{ ...named, ...scalarAttribute(file, base, checks, isOptional) }];
  }
}

function sized(
  { name, checks, isOptional }: PlacedValue,
  length: Extent,
  attribute: (size: Pick<KsyAttribute, "size" | "size-eos">) => KsyAttribute,
): KsyAttribute[] {
  if (length === "rest") return [attribute({ "size-eos": true })];
  const id = fieldId(name, "len");
  // C# takes no size that may be absent, even where the bytes are absent with it.
  const size = isOptional ? `${id}.as<${integerType(length)}>` : id;
  return [prefixAttribute(id, length, checks, "length"), attribute({ size })];
}

function counted(
  name: string,
  length: LengthType,
  checks: readonly Checks[],
  attribute: (repeat: Pick<KsyAttribute, "repeat" | "repeat-expr">) => KsyAttribute,
): KsyAttribute[] {
  const id = fieldId(name, "num");
  return [prefixAttribute(id, length, checks, "count"), attribute({ repeat: "expr", "repeat-expr": id })];
}

function prefixAttribute(
  id: string,
  length: LengthType,
  checks: readonly Checks[],
  kind: "length" | "count",
): KsyAttribute {
  const type = integerType(length);
  // C++ counts with 31 bits, and would find nothing in a list of more.
  const own = {
    min: isSigned(length) ? 0n : undefined,
    max: kind === "count" && length === "u32" ? countMax : undefined,
  };
  const valid = validPrefix(checks, kind, own);
  return { id, type, ...(valid === undefined ? {} : { valid }) };
}

/** What stands in a list: what takes one attribute does so here, the others have a type of their own. */
function elementAttribute(file: KsyFile, type: Type): Nameless {
  const base = baseType(type);
  if (base.kind === "struct") return { type: structType(file, base) };
  if (base.kind === "union") return { type: unionType(file, base) };
  if (base.kind === "primitive" || base.kind === "enum" || base.kind === "fixedBytes")
    return scalarAttribute(file, base, checksOf(type, undefined), false);
  return { type: partType(file, type) };
}

/** The type of a value that stands in a list and takes several attributes: `{ len_value, value }`. */
function partType(file: KsyFile, type: Type): string {
  const { key, name } = partName(type);
  return file.type(key, name, () => ({ ...docPart(docOf(type)), seq: byteAttributes(file, [part("value", type)]) }));
}

/** The type of an entry of a map. `type` is the map, by the name that stands for it. */
function entryType(file: KsyFile, type: Type, { key: keyType, value }: MapType): string {
  const { key, name } = partName(type);
  return file.type(`${key} entry`, `${name}_entry`, () => ({
    seq: byteAttributes(file, [part("key", keyType), part("value", value)]),
  }));
}

function part(name: string, type: Type): PlacedValue {
  return { name, type, isOptional: false, checks: checksOf(type, undefined), doc: docOf(type) };
}

function partName(type: Type): { readonly key: string; readonly name: string } {
  if (type.kind === "alias") return { key: namedKey(type), name: `a_${snakeCase(type.name)}` };
  const text = describeType(type);
  return {
    key: `part ${text}`,
    name: `p_${snakeCase(text)
      .replaceAll(/[^a-z0-9]+/g, "_")
      .replace(/_$/, "")}`,
  };
}

function structType(file: KsyFile, struct: StructType): string {
  return file.type(namedKey(struct), `s_${snakeCase(struct.name)}`, () => ({
    doc: struct.doc,
    seq: byteAttributes(file, presentFields(file, struct.fields)),
  }));
}

/** The type of a union: its tag, then the fields of the case. */
function unionType(file: KsyFile, union: UnionType): string {
  const unionName = snakeCase(union.name);
  return file.type(namedKey(union), `u_${unionName}`, () => {
    const cases = union.cases.filter((unionCase) => isPresent(unionCase, file.version));
    if (cases.length === 0)
      return { doc: union.doc, seq: [{ id: "tag", type: integerType(union.tag), valid: oneOf([]) }] };
    const names = new UniqueNames();
    const ids = cases.map(({ name }) => names.take(valueId(name)));
    const tags = file.enum(namedKey(union), `e_${unionName}`, () =>
      Object.fromEntries(cases.map(({ tag, doc }, index) => [tag, { id: ids[index] ?? "", doc }])),
    );
    const bodies = cases.flatMap(({ name, doc, fields }, index) => {
      const present = presentFields(file, fields);
      if (present.length === 0) return [];
      const type = file.type(`${namedKey(union)} case ${name}`, `c_${unionName}_${snakeCase(name)}`, () => ({
        doc,
        seq: byteAttributes(file, present),
      }));
      return [[`${tags}::${ids[index]}`, type] as const];
    });
    const valid = oneOf(ids.map((id) => `${tags}::${id}`));
    const tag: KsyAttribute = { id: "tag", type: integerType(union.tag), enum: tags, valid };
    const body = { id: "body", type: { "switch-on": "tag", cases: Object.fromEntries(bodies) } };
    return { doc: union.doc, seq: bodies.length === 0 ? [tag] : [tag, body] };
  });
}

function presentFields(file: KsyFile, fields: readonly Field[]): PlacedValue[] {
  return fields.filter((field) => isPresent(field, file.version)).map(placed);
}

function hasFields(file: KsyFile, struct: StructType): boolean {
  return struct.fields.some((field) => isPresent(field, file.version));
}

function docOf(type: Type): string | undefined {
  return "doc" in type ? type.doc : undefined;
}

function docPart(doc: string | undefined): { readonly doc?: string } {
  return doc === undefined ? {} : { doc };
}
