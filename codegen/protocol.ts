import type {
  AliasDefinition,
  Constraints,
  EnumDefinition,
  FamilyDefinition,
  FieldDefinitions,
  FrameDefinition,
  Lifetime as LifetimeDefinition,
  MessageDefinition,
  SchemaDocument,
  SchemaValue,
  StructDefinition,
  UnionDefinition,
} from "./document.ts";
import { fieldDefinition } from "./document.ts";
import { pascalCase } from "./naming.ts";
import type { Extent, LengthType, PrimitiveType, TypeExpression } from "./type-expression.ts";
import { parseFieldType } from "./type-expression.ts";

/**
 * A schema with every reference followed and every default filled in: the one model that all emitters read.
 *
 * Sequences keep the order of the schema, which is the order on the wire and in every generated file.
 */
export interface Protocol {
  readonly name: string;
  readonly doc: string;
  /** Rising; those that are retired are not among them. */
  readonly versions: readonly Version[];
  readonly frame: Frame;
  readonly types: readonly NamedType[];
  readonly families: readonly Family[];
}

export interface Version {
  readonly number: number;
  readonly packing: "bit" | "byte";
  readonly doc: string;
}

export interface Frame {
  /** Bytes that open every frame; none when the schema has no magic. */
  readonly magic: readonly number[];
  readonly version: "u8" | "u16" | undefined;
  /** Of the tags of messages: numbers, or texts with their length in a byte before them. */
  readonly tag: "u8" | "u16" | "string<u8>";
  readonly byteOrder: "big" | "little";
  readonly trailing: "ignore" | "reject";
  /** As written in the schema, for documentation: no codec enforces it. */
  readonly maxSize: string | undefined;
}

/** First version that has a thing, first that no longer has it, first in which it should not be used any more. */
export interface Lifetime {
  readonly since: number;
  readonly removed: number | undefined;
  readonly deprecated: number | undefined;
}

export type Type =
  | PrimitiveTypeNode
  | StringType
  | BytesType
  | FixedBytesType
  | ListType
  | MapType
  | MessageType
  | NamedType;

export interface PrimitiveTypeNode {
  readonly kind: "primitive";
  readonly name: PrimitiveType;
}

export interface StringType {
  readonly kind: "string";
  readonly length: Extent;
}

export interface BytesType {
  readonly kind: "bytes";
  readonly length: Extent;
}

export interface FixedBytesType {
  readonly kind: "fixedBytes";
  readonly byteCount: number;
}

export interface ListType {
  readonly kind: "list";
  readonly length: Extent;
  readonly element: Type;
}

export interface MapType {
  readonly kind: "map";
  readonly length: LengthType;
  readonly key: Type;
  readonly value: Type;
}

/** A message of the same family, with its length in bytes before it. */
export interface MessageType {
  readonly kind: "message";
  readonly length: LengthType;
}

export type NamedType = AliasType | EnumType | UnionType | StructType;

interface Named extends Lifetime {
  readonly name: string;
  readonly doc: string;
}

export interface AliasType extends Named {
  readonly kind: "alias";
  readonly target: Type;
  readonly checks: Checks | undefined;
  /** What an integer means. */
  readonly as: "instant" | "duration" | undefined;
  readonly unit: string | undefined;
}

export interface EnumType extends Named {
  readonly kind: "enum";
  readonly tag: "u8" | "u16" | "u32";
  readonly values: readonly EnumValue[];
  /** Whether a decoder keeps the number of a value that it does not know, instead of refusing it. */
  readonly keepsUnknown: boolean;
}

export interface EnumValue extends Named {
  readonly tag: number;
}

export interface UnionType extends Named {
  readonly kind: "union";
  readonly tag: "u8" | "u16";
  readonly cases: readonly UnionCase[];
}

export interface UnionCase extends Named {
  readonly tag: number;
  /** Name of the interface that is generated for the case. */
  readonly typeName: string;
  readonly fields: readonly Field[];
}

export interface StructType extends Named {
  readonly kind: "struct";
  readonly fields: readonly Field[];
}

export interface Field extends Lifetime {
  readonly name: string;
  readonly type: Type;
  readonly optional: boolean;
  readonly checks: Checks | undefined;
  /** Of a version that lacks the field; `undefined` when the schema gives none. */
  readonly default: SchemaValue | undefined;
  readonly ignorable: boolean;
  readonly unit: string | undefined;
  readonly doc: string | undefined;
}

/** What a value must satisfy beyond its type. */
export interface Checks {
  readonly range: Range | undefined;
  readonly length: Range | undefined;
  readonly count: Range | undefined;
  readonly not: readonly (number | bigint | string)[];
  readonly pattern: string | undefined;
  /** Whether a decoder leaves these alone. */
  readonly encodeOnly: boolean;
}

/** Both ends included; an open end is `undefined`. */
export interface Range {
  readonly min: bigint | undefined;
  readonly max: bigint | undefined;
}

export interface Family {
  /** As in the schema: `client`. */
  readonly name: string;
  /** In names of types and functions: `Client`. */
  readonly typePrefix: string;
  /** The union of its messages: `ClientMessage`. */
  readonly typeName: string;
  readonly messages: readonly Message[];
}

export interface Message extends Named {
  /** A text where the frame has texts for tags. */
  readonly tag: number | string;
  /** Name of the generated interface: that of the message, after the family's prefix where two families share it. */
  readonly typeName: string;
  readonly fields: readonly Field[];
}

/** Resolves a validated document. What the loader refuses is not looked for again. */
export function resolveProtocol(document: SchemaDocument): Protocol {
  const types = new TypeResolver(document);
  return {
    name: document.protocol,
    doc: document.doc.trim(),
    versions: resolveVersions(document),
    frame: resolveFrame(document.frame),
    types: Object.keys(document.types).map((name) => types.named(name)),
    families: Object.entries(document.messages).map(([name, family]) => resolveFamily(name, family, document, types)),
  };
}

function resolveVersions(document: SchemaDocument): Version[] {
  return Object.entries(document.versions)
    .filter(([, version]) => version.status !== "retired")
    .map(([number, version]) => ({ number: Number(number), packing: version.packing, doc: version.doc.trim() }))
    .sort((a, b) => a.number - b.number);
}

function resolveFrame(frame: FrameDefinition): Frame {
  return {
    magic: [...(frame.magic ?? "")].map((character) => character.charCodeAt(0)),
    version: frame.version,
    tag: frame.tag,
    byteOrder: frame.byteOrder ?? "big",
    trailing: frame.trailing ?? "reject",
    maxSize: frame.maxSize,
  };
}

function resolveFamily(name: string, family: FamilyDefinition, document: SchemaDocument, types: TypeResolver): Family {
  const typePrefix = pascalCase(name);
  const messages = Object.entries(family).map(([messageName, message]) => {
    const isShared = Object.values(document.messages).filter((other) => Object.hasOwn(other, messageName)).length > 1;
    return resolveMessage(messageName, isShared ? typePrefix + messageName : messageName, message, types);
  });
  return { name, typePrefix, typeName: `${typePrefix}Message`, messages };
}

function resolveMessage(name: string, typeName: string, message: MessageDefinition, types: TypeResolver): Message {
  const lifetime = resolveLifetime(message, 1);
  return {
    name,
    typeName,
    tag: message.tag,
    doc: message.doc.trim(),
    ...lifetime,
    fields: types.fields(message.fields ?? {}, lifetime.since),
  };
}

function resolveLifetime(definition: LifetimeDefinition, containerSince: number): Lifetime {
  return {
    since: Math.max(definition.since ?? containerSince, containerSince),
    removed: definition.removed,
    deprecated: definition.deprecated,
  };
}

/** Resolves each named type once, on first use, so that types can be written in any order. */
class TypeResolver {
  readonly #definitions: SchemaDocument["types"];
  readonly #resolved = new Map<string, NamedType>();
  readonly #inProgress = new Set<string>();

  constructor(document: SchemaDocument) {
    this.#definitions = document.types;
  }

  named(name: string): NamedType {
    const known = this.#resolved.get(name);
    if (known !== undefined) return known;
    if (this.#inProgress.has(name)) throw new Error(`type ${name} contains itself: no value of it would ever end`);
    this.#inProgress.add(name);
    const type = this.#define(name);
    this.#inProgress.delete(name);
    this.#resolved.set(name, type);
    return type;
  }

  fields(definitions: FieldDefinitions, containerSince: number): Field[] {
    return Object.entries(definitions).map(([name, written]) => {
      const definition = fieldDefinition(written);
      const { type, optional } = parseFieldType(definition.type);
      return {
        name,
        type: this.#resolve(type),
        optional,
        checks: resolveChecks(definition),
        ...resolveLifetime(definition, containerSince),
        default: definition.default,
        ignorable: definition.ignorable ?? false,
        unit: definition.unit,
        doc: definition.doc?.trim(),
      };
    });
  }

  #define(name: string): NamedType {
    const definition = this.#definitions[name];
    if (definition === undefined) throw new Error(`type ${name} is used and not defined`);
    const named = { name, doc: definition.doc.trim(), ...resolveLifetime(definition, 1) };
    if ("enum" in definition) return resolveEnum(named, definition);
    if ("union" in definition) return this.#union(named, definition);
    if ("struct" in definition) return this.#struct(named, definition);
    return this.#alias(named, definition);
  }

  #alias(named: Named, definition: AliasDefinition): AliasType {
    const { type } = parseFieldType(definition.type);
    return {
      kind: "alias",
      ...named,
      target: this.#resolve(type),
      checks: resolveChecks(definition),
      as: definition.as,
      unit: definition.unit,
    };
  }

  #union(named: Named, definition: UnionDefinition): UnionType {
    const cases = Object.entries(definition.cases).map(([name, unionCase]) => {
      const lifetime = resolveLifetime(unionCase, named.since);
      return {
        name,
        typeName: named.name + name,
        tag: unionCase.tag,
        doc: unionCase.doc.trim(),
        ...lifetime,
        fields: this.fields(unionCase.fields ?? {}, lifetime.since),
      };
    });
    return { kind: "union", ...named, tag: definition.union, cases };
  }

  #struct(named: Named, definition: StructDefinition): StructType {
    return { kind: "struct", ...named, fields: this.fields(definition.struct, named.since) };
  }

  #resolve(expression: TypeExpression): Type {
    switch (expression.kind) {
      case "named":
        return this.named(expression.name);
      case "list":
        return { ...expression, element: this.#resolve(expression.element) };
      case "map":
        return { ...expression, key: this.#resolve(expression.key), value: this.#resolve(expression.value) };
      default:
        return expression;
    }
  }
}

function resolveEnum(named: Named, definition: EnumDefinition): EnumType {
  const values = Object.entries(definition.values).map(([name, value]) => ({
    name,
    tag: value.tag,
    doc: value.doc.trim(),
    ...resolveLifetime(value, named.since),
  }));
  return { kind: "enum", ...named, tag: definition.enum, values, keepsUnknown: definition.unknown === "keep" };
}

function resolveChecks(constraints: Constraints): Checks | undefined {
  const checks: Checks = {
    range: resolveRange(constraints.range),
    length: resolveRange(constraints.length),
    count: resolveRange(constraints.count),
    not: constraints.not ?? [],
    pattern: constraints.pattern,
    encodeOnly: constraints.check === "encode",
  };
  const isEmpty =
    checks.not.length === 0 && !checks.range && !checks.length && !checks.count && checks.pattern === undefined;
  return isEmpty ? undefined : checks;
}

/** `1..36`, `0..`, `..1024`, or one number for both ends. */
function resolveRange(text: string | undefined): Range | undefined {
  if (text === undefined) return undefined;
  const [min = "", max = min] = text.split("..").map((end) => end.trim());
  return { min: min === "" ? undefined : BigInt(min), max: max === "" ? undefined : BigInt(max) };
}
