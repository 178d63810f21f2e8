import type { FieldDefinition, FieldDefinitions, SchemaDocument, TypeDefinition } from "../document.ts";
import { type Protocol, resolveProtocol } from "../protocol.ts";
import type {
  ConstraintsProjection,
  FieldProjection,
  LackProjection,
  MemberProjection,
  TypeProjection,
  VersionProjection,
} from "./projection.ts";

/** A projection with its references followed: a protocol of one version, which has everything that is in it. */
export interface ProjectedVersion {
  readonly projection: VersionProjection;
  readonly protocol: Protocol;
}

/** Resolves a projection. Throws where it names a type that it does not have, or holds what is no type. */
export function resolveProjection(projection: VersionProjection): ProjectedVersion {
  const { packing, frame } = projection;
  const document: SchemaDocument = {
    protocol: "projection",
    doc: "",
    versions: { 1: { status: "frozen", packing, doc: "" } },
    frame,
    types: mapValues(projection.types, typeDefinition),
    messages: mapValues(projection.messages, (family) =>
      mapValues(family, ({ tag, fields }) => ({ tag, doc: "", fields: fieldDefinitions(fields) })),
    ),
  };
  return { projection, protocol: resolveProtocol(document) };
}

/** What a message, struct or case of a projection says of fields that it does not have. */
export function lacksOf(
  projection: VersionProjection,
  owner: { readonly family?: string; readonly type?: string; readonly name: string },
): readonly LackProjection[] {
  const { family, type, name } = owner;
  if (family !== undefined) return memberNamed(projection.messages[family], name)?.lacks ?? [];
  const definition = projection.types[type ?? name];
  if (definition === undefined) return [];
  if ("union" in definition) return memberNamed(definition.cases, name)?.lacks ?? [];
  return "struct" in definition ? (definition.lacks ?? []) : [];
}

function memberNamed(
  members: Readonly<Record<string, MemberProjection>> | undefined,
  name: string,
): MemberProjection | undefined {
  return members !== undefined && Object.hasOwn(members, name) ? members[name] : undefined;
}

function typeDefinition(type: TypeProjection): TypeDefinition {
  if ("enum" in type) return { ...type, doc: "", values: mapValues(type.values, (tag) => ({ tag, doc: "" })) };
  if ("struct" in type) return { struct: fieldDefinitions(type.struct), doc: "" };
  if ("union" in type) {
    const cases = mapValues(type.cases, ({ tag, fields }) => {
      return { tag: Number(tag), doc: "", fields: fieldDefinitions(fields) };
    });
    return { union: type.union, doc: "", cases };
  }
  return { type: type.type, ...constraintsOf(type), doc: "" };
}

function fieldDefinitions(fields: readonly FieldProjection[]): FieldDefinitions {
  return Object.fromEntries(
    fields.map((field): [string, FieldDefinition] => {
      const { name, type, ignorable } = field;
      const lack = { ...("default" in field ? { default: field.default } : {}), ...(ignorable ? { ignorable } : {}) };
      return [name, { type, ...constraintsOf(field), ...lack } as FieldDefinition];
    }),
  );
}

function constraintsOf({ range, length, count, not, pattern, check }: ConstraintsProjection): ConstraintsProjection {
  return {
    ...(range === undefined ? {} : { range }),
    ...(length === undefined ? {} : { length }),
    ...(count === undefined ? {} : { count }),
    ...(not === undefined ? {} : { not }),
    ...(pattern === undefined ? {} : { pattern }),
    ...(check === undefined ? {} : { check }),
  };
}

function mapValues<From, To>(
  from: Readonly<Record<string, From>>,
  convert: (value: From) => To,
): Readonly<Record<string, To>> {
  return Object.fromEntries(Object.entries(from).map(([key, value]) => [key, convert(value)]));
}
