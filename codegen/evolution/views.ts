import { baseType } from "../layout.ts";
import type { Checks, Family, Field, Message, NamedType, Type } from "../protocol.ts";
import { typeText } from "../type-text.ts";
import { type AcceptedValues, acceptedBySide } from "./accepted-values.ts";
import { digestOf, type JsonValue } from "./canonical-json.ts";
import { lacksOf, type ProjectedVersion } from "./projected-version.ts";

/** What a version is in three respects, each as a digest. */
export interface VersionDigests {
  /** The bytes: frame, packing, tags, the order and the types of fields. Names mean nothing here. */
  readonly wire: string;
  /** Which frames a decoder takes and which values an encoder takes, among those that the bytes allow. */
  readonly accept: string;
  /** What programs that use the generated TypeScript see: names and what they stand for, defaults, flows. */
  readonly source: string;
}

export function digestsOf(version: ProjectedVersion): VersionDigests {
  return {
    wire: digestOf(wireView(version)),
    accept: digestOf(acceptView(version)),
    source: digestOf(sourceView(version)),
  };
}

/** The bytes of fields one after the other. A struct is its fields: nothing marks where it begins. */
export function wireOfFields(fields: readonly Field[]): JsonValue[] {
  return fields.flatMap(({ type, optional }): JsonValue[] => (optional ? [{ optional: wireOf(type) }] : wireOf(type)));
}

/** The bytes of a value. */
export function wireOf(type: Type): JsonValue[] {
  const base = baseType(type);
  switch (base.kind) {
    case "primitive":
      return [base.name];
    case "fixedBytes":
      return [`bytes[${base.byteCount}]`];
    case "string":
    case "bytes":
    case "message":
      return [`${base.kind}<${base.length}>`];
    case "list":
      return [{ list: base.length, element: wireOf(base.element) }];
    case "map":
      return [{ map: base.length, key: wireOf(base.key), value: wireOf(base.value) }];
    case "enum":
      return [{ tag: base.tag, cases: [] }];
    case "union":
      return [{ tag: base.tag, cases: casesOf(base.cases, wireOfFields) }];
    case "struct":
      return wireOfFields(base.fields);
  }
}

function wireView({ projection, protocol }: ProjectedVersion): JsonValue {
  const { trailing: _, ...frame } = projection.frame;
  const families = protocol.families.map(({ messages }) =>
    messages.map(({ tag, fields }) => [tag, wireOfFields(fields)]),
  );
  return { packing: projection.packing, frame: { ...frame }, families: sorted(families) };
}

function acceptView({ projection, protocol }: ProjectedVersion): JsonValue {
  const families = protocol.families.map(({ messages }) =>
    messages.map(({ tag, fields }) => [tag, acceptOfFields(fields)]),
  );
  return { trailing: projection.frame.trailing, families: sorted(families) };
}

function acceptOfFields(fields: readonly Field[]): JsonValue[] {
  return fields.flatMap(({ type, checks, optional }): JsonValue[] =>
    optional ? [{ optional: acceptOf(type, checks) }] : acceptOf(type, checks),
  );
}

function acceptOf(type: Type, own: Checks | undefined): JsonValue[] {
  const base = baseType(type);
  const { decode, encode } = acceptedBySide(type, own);
  const sides = { decode: sideView(decode), encode: sideView(encode) };
  switch (base.kind) {
    case "list":
      return [{ ...sides, element: acceptOf(base.element, undefined) }];
    case "map":
      return [{ ...sides, key: acceptOf(base.key, undefined), value: acceptOf(base.value, undefined) }];
    case "enum":
      return [{ tags: sorted(base.values.map(({ tag }) => tag)), unknown: base.keepsUnknown ? "keep" : "reject" }];
    case "union": {
      const tags = sorted(base.cases.map(({ tag }) => tag));
      const cases = casesOf(base.cases, acceptOfFields);
      return [{ tags, unknown: "reject", ...(cases.length === 0 ? {} : { cases }) }];
    }
    case "struct":
      return acceptOfFields(base.fields);
    default:
      return [sides];
  }
}

function sideView({ extent, not, patterns }: AcceptedValues): JsonValue {
  return { ...(extent === undefined ? {} : { min: `${extent.min}`, max: `${extent.max}` }), not, patterns };
}

/** Cases without fields say nothing beyond their tag. */
function casesOf(
  cases: readonly { readonly tag: number; readonly fields: readonly Field[] }[],
  view: (fields: readonly Field[]) => JsonValue[],
): JsonValue[] {
  return sorted(cases.filter(({ fields }) => fields.length > 0).map(({ tag, fields }) => [tag, view(fields)]));
}

function sourceView({ projection, protocol }: ProjectedVersion): JsonValue {
  return {
    messages: record(
      protocol.families.map((family) => [
        family.name,
        record(family.messages.map((message) => [message.name, messageSource(projection, family, message)])),
      ]),
    ),
    types: record(protocol.types.map((type) => [type.name, typeSource(projection, type)])),
    flows: record(Object.entries(projection.flows).map(([name, flow]) => [name, { ...flow }])),
  };
}

function messageSource(projection: ProjectedVersion["projection"], family: Family, message: Message): JsonValue {
  const lacks = lacksOf(projection, { family: family.name, name: message.name });
  const typeName = projection.messages[family.name]?.[message.name]?.typeName ?? message.name;
  const fields = fieldsSource(message.fields, family);
  return { tag: message.tag, typeName, fields, lacks: lacks.map((lack) => ({ ...lack })) };
}

function typeSource(projection: ProjectedVersion["projection"], type: NamedType): JsonValue {
  switch (type.kind) {
    case "alias":
      return { alias: typeText(type.target, undefined) };
    case "enum":
      return { enum: record(type.values.map(({ name, tag }) => [name, tag])), unknown: type.keepsUnknown };
    case "union":
      return {
        union: record(
          type.cases.map(({ name, tag, fields }) => {
            const lacks = lacksOf(projection, { type: type.name, name }).map((lack) => ({ ...lack }));
            return [name, { tag, fields: fieldsSource(fields, undefined), lacks }];
          }),
        ),
      };
    case "struct": {
      const lacks = lacksOf(projection, { name: type.name }).map((lack) => ({ ...lack }));
      return { struct: fieldsSource(type.fields, undefined), lacks };
    }
  }
}

function fieldsSource(fields: readonly Field[], family: Family | undefined): JsonValue[] {
  return fields.map((field) => ({
    name: field.name,
    type: typeText(field.type, family),
    optional: field.optional,
    ...(field.default === undefined ? {} : { default: field.default as JsonValue }),
    ignorable: field.ignorable,
  }));
}

/** By their JSON, for what has no order of its own. */
function sorted(values: readonly JsonValue[]): JsonValue[] {
  return values.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function record(entries: readonly (readonly [string, JsonValue])[]): JsonValue {
  return Object.fromEntries(entries);
}
