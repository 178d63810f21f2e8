import type { SchemaDocument } from "../document.ts";
import { baseType, holdsMessages, minimumSize } from "../layout.ts";
import type {
  Checks,
  EnumType,
  Family,
  Field,
  Lifetime,
  Message,
  NamedType,
  Protocol,
  Range,
  Type,
} from "../protocol.ts";
import { type LuaTable, type LuaValue, wideInteger } from "./lua-text.ts";

/** What the dissector reads frames by: the schema as tables, with types under their names. */
export function schemaTable(protocol: Protocol, { flows = {} }: SchemaDocument): LuaTable {
  const { frame } = protocol;
  return {
    name: protocol.name,
    magic: String.fromCharCode(...frame.magic),
    version: frame.version,
    tag: frame.tag,
    byte_order: frame.byteOrder,
    trailing: frame.trailing,
    frame_bytes_max: frame.maxSize === undefined ? undefined : byteCount(frame.maxSize),
    versions: Object.fromEntries(protocol.versions.map(({ number, packing }) => [number, packing])),
    types: Object.fromEntries(protocol.types.map((type) => [type.name, namedTable(type, protocol)])),
    families: protocol.families.map((family) => familyTable(family, protocol)),
    flows: Object.values(flows).map(({ ask, answer, match }) => ({ ask, answer, match })),
  };
}

function familyTable({ name, messages }: Family, protocol: Protocol): LuaTable {
  return { name, messages: messages.map((message) => messageTable(message, protocol)) };
}

function messageTable(message: Message, protocol: Protocol): LuaTable {
  const { name, typeName, tag, doc, fields } = message;
  return {
    tag,
    name,
    filter: typeName === name ? undefined : typeName,
    ...lifetime(message),
    holds_messages: holdsMessages(message) || undefined,
    doc: firstSentence(doc),
    fields: fieldTables(fields, protocol),
  };
}

function fieldTables(fields: readonly Field[], protocol: Protocol): readonly LuaTable[] {
  return fields.map((field) => ({
    name: field.name,
    type: typeValue(field.type, protocol),
    optional: field.optional || undefined,
    ...lifetime(field),
    checks: checksTable(field.checks, field.type),
    unit: field.unit,
    doc: firstSentence(field.doc),
  }));
}

function namedTable(type: NamedType, protocol: Protocol): LuaTable {
  switch (type.kind) {
    case "alias": {
      const { target, as, unit, doc } = type;
      const checks = checksTable(type.checks, target);
      return { kind: "alias", target: typeValue(target, protocol), checks, as, unit, doc: firstSentence(doc) };
    }
    case "enum":
      return {
        kind: "enum",
        name: type.name,
        tag: type.tag,
        keeps_unknown: type.keepsUnknown || undefined,
        values: valueTables(type),
      };
    case "union": {
      const cases = type.cases.map((unionCase) => ({
        tag: unionCase.tag,
        name: unionCase.name,
        ...lifetime(unionCase),
        fields: fieldTables(unionCase.fields, protocol),
      }));
      return { kind: "union", name: type.name, tag: type.tag, cases };
    }
    case "struct":
      return { kind: "struct", fields: fieldTables(type.fields, protocol) };
  }
}

function valueTables({ values }: EnumType): readonly LuaTable[] {
  return values.map((value) => ({ tag: value.tag, name: value.name, ...lifetime(value) }));
}

/** The name of a type that has one, else what it is made of. */
function typeValue(type: Type, protocol: Protocol): LuaValue {
  switch (type.kind) {
    case "fixedBytes":
      return { kind: "fixed_bytes", size: type.byteCount };
    case "string":
    case "bytes":
    case "message":
      return { kind: type.kind, length: type.length };
    case "list": {
      const element = typeValue(type.element, protocol);
      return { kind: "list", length: type.length, element, least: leastSizes([type.element], protocol) };
    }
    case "map": {
      const parts = { key: typeValue(type.key, protocol), value: typeValue(type.value, protocol) };
      return { kind: "map", length: type.length, ...parts, least: leastSizes([type.key, type.value], protocol) };
    }
    default:
      return type.name;
  }
}

/** Fewest bytes of an entry in each version: by these a count is believed or not. */
function leastSizes(types: readonly Type[], { versions }: Protocol): LuaTable {
  const sizes = versions.map((version) => types.reduce((size, type) => size + minimumSize(type, version), 0));
  return Object.fromEntries(versions.map(({ number }, index) => [number, sizes[index]]));
}

/** What a decoder demands of a value. Patterns are left out: Lua has no regular expressions. */
function checksTable(checks: Checks | undefined, type: Type): LuaTable | undefined {
  if (checks === undefined || checks.encodeOnly) return undefined;
  const base = baseType(type);
  const isWide = base.kind === "primitive" && /^[iu](53|64)$/.test(base.name);
  const number = (value: bigint): LuaValue => (isWide ? wideInteger(value) : Number(value));
  const table: LuaTable = {
    range: rangeTable(checks.range, number),
    length: rangeTable(checks.length, Number),
    count: rangeTable(checks.count, Number),
    refused:
      checks.not.length === 0
        ? undefined
        : checks.not.map((value) => (typeof value === "string" ? value : number(BigInt(value)))),
  };
  return Object.values(table).every((value) => value === undefined) ? undefined : table;
}

function rangeTable(range: Range | undefined, number: (value: bigint) => LuaValue): LuaTable | undefined {
  if (range === undefined) return undefined;
  const { min, max } = range;
  return { min: min === undefined ? undefined : number(min), max: max === undefined ? undefined : number(max) };
}

function lifetime({ since, removed }: Lifetime): LuaTable {
  return { since: since === 1 ? undefined : since, removed };
}

/** What fits into the status line of a window. */
function firstSentence(doc: string | undefined): string | undefined {
  if (doc === undefined) return undefined;
  const text = doc.replaceAll(/\s+/g, " ").trim();
  return /^.*?[.!?](?= \p{Lu}|$)/u.exec(text)?.[0] ?? text;
}

/** `64MiB` → 67108864 */
function byteCount(size: string): number {
  const [, count, unit = ""] = /^([0-9]+)(KiB|MiB|GiB)?$/.exec(size) ?? [];
  return Number(count) * 1024 ** ["", "KiB", "MiB", "GiB"].indexOf(unit);
}
