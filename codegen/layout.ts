import type { Checks, Field, Frame, Lifetime, Message, NamedType, Protocol, Type, Version } from "./protocol.ts";
import type { Extent, LengthType, PrimitiveType } from "./type-expression.ts";

/**
 * One way in which a message or type is written: that of `version`, and of every other version that gives the same bytes.
 * Generated code has one function for each.
 */
export interface Layout {
  /** The first version with this layout. */
  readonly version: Version;
  /** Tells the functions of several layouts apart: `V2`, or nothing where there is only one. */
  readonly suffix: string;
}

export function isPresent(lifetime: Lifetime, version: Version): boolean {
  return lifetime.since <= version.number && (lifetime.removed === undefined || version.number < lifetime.removed);
}

/** The different layouts of a message or type, oldest first. */
export function layoutsOf(owner: Message | NamedType, protocol: Protocol): Layout[] {
  const firstByKey = new Map<string, Version>();
  for (const version of protocol.versions) {
    if (!isPresent(owner, version)) continue;
    const key = "kind" in owner ? typeKey(owner, version) : fieldsKey(owner.fields, version);
    if (!firstByKey.has(key)) firstByKey.set(key, version);
  }
  const isOnly = firstByKey.size <= 1;
  return [...firstByKey.values()].map((version) => ({ version, suffix: isOnly ? "" : `V${version.number}` }));
}

/** The layout that a version has of a message or type. */
export function layoutIn(owner: Message | NamedType, version: Version, protocol: Protocol): Layout {
  const key = keyIn(owner, version);
  const layout = layoutsOf(owner, protocol).find((candidate) => keyIn(owner, candidate.version) === key);
  if (layout === undefined) throw new Error(`version ${version.number} has no ${owner.name}`);
  return layout;
}

function keyIn(owner: Message | NamedType, version: Version): string {
  return "kind" in owner ? typeKey(owner, version) : fieldsKey(owner.fields, version);
}

/** Equal for two versions in which the fields are the same bytes. */
function fieldsKey(fields: readonly Field[], version: Version): string {
  const present = fields.filter((field) => isPresent(field, version));
  const isPacked = present.some((field) => field.optional || isBool(field.type));
  const parts = present.map((field) => `${field.name}:${field.optional ? "?" : ""}${typeKey(field.type, version)}`);
  return `${isPacked ? version.packing : ""}{${parts.join()}}`;
}

function typeKey(type: Type, version: Version): string {
  switch (type.kind) {
    case "primitive":
      return type.name;
    case "fixedBytes":
      return `bytes[${type.byteCount}]`;
    case "string":
    case "bytes":
      return `${type.kind}<${type.length}>`;
    case "message":
      // What a version's messages are is compared nowhere else; a message that holds others is written anew for each.
      return `message<${type.length}>@${version.number}`;
    case "list":
      return `list<${type.length},${typeKey(type.element, version)}>`;
    case "map":
      return `map<${type.length},${typeKey(type.key, version)},${typeKey(type.value, version)}>`;
    case "alias":
      return typeKey(type.target, version);
    case "enum":
      return `${type.name}(${presentNames(type.values, version)})`;
    case "union": {
      const cases = type.cases.filter((unionCase) => isPresent(unionCase, version));
      return `${type.name}(${cases.map(({ name, fields }) => name + fieldsKey(fields, version)).join()})`;
    }
    case "struct":
      return type.name + fieldsKey(type.fields, version);
  }
}

function presentNames(values: readonly (Lifetime & { readonly name: string })[], version: Version): string {
  return values.flatMap((value) => (isPresent(value, version) ? [value.name] : [])).join();
}

/** A type without the names that stand for it. */
export function baseType(type: Type): Exclude<Type, { kind: "alias" }> {
  return type.kind === "alias" ? baseType(type.target) : type;
}

/** Everything that the value of a type must satisfy: what each alias on the way demands, and what the field does. */
export function checksOf(type: Type, own: Checks | undefined): Checks[] {
  const inherited = type.kind === "alias" ? [...checksOf(type.target, undefined), type.checks] : [];
  return [...inherited, own].filter((checks) => checks !== undefined);
}

export function isBool(type: Type): boolean {
  const base = baseType(type);
  return base.kind === "primitive" && base.name === "bool";
}

/** Bytes of each primitive, in byte packing. */
const primitiveSizes: Readonly<Record<PrimitiveType, number>> = {
  bool: 1,
  u8: 1,
  u16: 2,
  u32: 4,
  u53: 8,
  u64: 8,
  i8: 1,
  i16: 2,
  i32: 4,
  i53: 8,
  i64: 8,
  f32: 4,
  f64: 8,
  uuid: 16,
};

/** Bytes of a length, count or tag; none before what reaches to the end of the frame. */
export function prefixSize(prefix: Extent): number {
  return prefix === "rest" ? 0 : primitiveSizes[prefix];
}

/** Bytes of a message's tag. */
export function tagSize({ tag }: Message, frame: Frame): number {
  return frame.tag === "string<u8>" ? 1 + String(tag).length : prefixSize(frame.tag);
}

/** Greatest length or count that a prefix can say. */
export function prefixMax(prefix: LengthType): number {
  const bits = primitiveSizes[prefix] * 8 - (prefix.startsWith("i") ? 1 : 0);
  return 2 ** bits - 1;
}

export function isSigned(prefix: LengthType): boolean {
  return prefix.startsWith("i");
}

/** Bytes of a type whose values all take the same number and need no function of their own; else `undefined`. */
export function scalarSize(type: Type): number | undefined {
  const base = baseType(type);
  if (base.kind === "primitive") return primitiveSizes[base.name];
  if (base.kind === "enum") return primitiveSizes[base.tag];
  return base.kind === "fixedBytes" ? base.byteCount : undefined;
}

/** Fewest bytes that a value takes: what a decoder divides by before it believes a count. */
export function minimumSize(type: Type, version: Version): number {
  const base = baseType(type);
  switch (base.kind) {
    case "string":
    case "bytes":
    case "list":
    case "map":
      return prefixSize(base.length);
    case "message":
      // A message has a tag, but what fills it up may be of any size.
      return prefixSize(base.length) + 1;
    case "union": {
      const cases = base.cases.filter((unionCase) => isPresent(unionCase, version));
      const sizes = cases.map((unionCase) => minimumFieldsSize(unionCase.fields, version));
      return prefixSize(base.tag) + (sizes.length === 0 ? 0 : Math.min(...sizes));
    }
    case "struct":
      return minimumFieldsSize(base.fields, version);
    default:
      return scalarSize(base) ?? 0;
  }
}

function minimumFieldsSize(fields: readonly Field[], version: Version): number {
  return fields
    .filter((field) => isPresent(field, version))
    .reduce((size, field) => size + (field.optional ? 1 : minimumSize(field.type, version)), 0);
}

/** Whether a message has a field with messages inside. */
export function holdsMessages(message: Message): boolean {
  return message.fields.some((field) => containsMessage(field.type));
}

function containsMessage(type: Type): boolean {
  const base = baseType(type);
  if (base.kind === "list") return containsMessage(base.element);
  return base.kind === "map" ? containsMessage(base.value) : base.kind === "message";
}
