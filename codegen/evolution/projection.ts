import type { FlowDefinition, SchemaDocument } from "../document.ts";
import { describeType } from "../documentation.ts";
import { isPresent } from "../layout.ts";
import type {
  Checks,
  Field,
  Frame,
  Lifetime,
  Message,
  NamedType,
  Protocol,
  Range,
  Type,
  Version,
} from "../protocol.ts";
import { resolveProtocol } from "../protocol.ts";
import type { JsonValue } from "./canonical-json.ts";
import { canonicalValue } from "./canonical-value.ts";

/**
 * What one version of a schema is: what it has, without docs, examples and units, and without what only other versions
 * have. It does not change when the schema changes in ways that this version does not see, such as by a newer version.
 *
 * It is plain JSON. Its order is that of tags and names where the order in the schema means nothing, so that moving a
 * definition changes nothing either.
 */
export interface VersionProjection {
  readonly packing: "bit" | "byte";
  readonly frame: FrameProjection;
  /** By family and name. */
  readonly messages: Readonly<Record<string, Readonly<Record<string, MessageProjection>>>>;
  /** Those that its messages use. */
  readonly types: Readonly<Record<string, TypeProjection>>;
  /** With the answers that the version has. */
  readonly flows: Readonly<Record<string, FlowProjection>>;
}

export interface FrameProjection {
  readonly magic?: string;
  readonly version?: "u8" | "u16";
  readonly tag: "u8" | "u16" | "string<u8>";
  readonly byteOrder: "big" | "little";
  readonly trailing: "ignore" | "reject";
}

/** A message, or the case of a union. */
export interface MemberProjection {
  readonly tag: number | string;
  /** In the order of the wire. */
  readonly fields: readonly FieldProjection[];
  /** Fields that older versions have and this one does not. */
  readonly lacks?: readonly LackProjection[];
}

export interface MessageProjection extends MemberProjection {
  /** The name of its TypeScript type where that is another: two families have a message of the name. */
  readonly typeName?: string;
}

/** Constraints, written as in a schema. */
export interface ConstraintsProjection {
  readonly range?: string;
  readonly length?: string;
  readonly count?: string;
  readonly not?: readonly string[];
  readonly pattern?: string;
  readonly check?: "encode";
}

/** What the readers and writers of a version without a field do. */
export interface LackProjection {
  readonly name: string;
  readonly default?: JsonValue;
  readonly ignorable?: true;
}

/** `default` and `ignorable` are there for a field that some older version of its message lacks. */
export interface FieldProjection extends LackProjection, ConstraintsProjection {
  /** As written in a schema, with a ? where the field is optional. */
  readonly type: string;
}

export type TypeProjection = AliasProjection | EnumProjection | UnionProjection | StructProjection;

export interface AliasProjection extends ConstraintsProjection {
  readonly type: string;
}

export interface EnumProjection {
  readonly enum: "u8" | "u16" | "u32";
  readonly unknown: "reject" | "keep";
  /** Tags by name. */
  readonly values: Readonly<Record<string, number>>;
}

export interface UnionProjection {
  readonly union: "u8" | "u16";
  readonly cases: Readonly<Record<string, MemberProjection>>;
}

export interface StructProjection {
  readonly struct: readonly FieldProjection[];
  readonly lacks?: readonly LackProjection[];
}

export type FlowProjection = Pick<FlowDefinition, "ask" | "answer" | "match">;

/** What a version that the schema declares is, retired ones included. */
export function projectVersion(document: SchemaDocument, number: number): VersionProjection {
  const declared = document.versions[String(number)];
  if (declared === undefined) throw new Error(`the schema has no version ${number}`);
  const { packing } = declared;
  const protocol = resolveProtocol(document);
  const version = { number, packing, doc: "" };
  return {
    packing,
    frame: projectFrame(protocol.frame, document),
    messages: record(
      protocol.families.toSorted(byName).flatMap((family) => {
        const present = family.messages.filter((message) => isPresent(message, version)).toSorted(byTag);
        const messages = record(present.map((message) => [message.name, projectMessage(message, version)]));
        return present.length === 0 ? [] : [[family.name, messages] as const];
      }),
    ),
    types: record(
      usedTypes(protocol, version)
        .toSorted(byName)
        .map((type) => [type.name, projectType(type, version)]),
    ),
    flows: projectFlows(document, protocol, version),
  };
}

function projectFrame(frame: Frame, document: SchemaDocument): FrameProjection {
  const { magic } = document.frame;
  return {
    ...(magic === undefined ? {} : { magic }),
    ...(frame.version === undefined ? {} : { version: frame.version }),
    tag: frame.tag,
    byteOrder: frame.byteOrder,
    trailing: frame.trailing,
  };
}

/** Anything with fields. */
interface FieldOwner extends Lifetime {
  readonly fields: readonly Field[];
}

function projectMessage(message: Message, version: Version): MessageProjection {
  const { name, typeName } = message;
  return { ...projectMember(message, version), ...(typeName === name ? {} : { typeName }) };
}

function projectMember(member: FieldOwner & { readonly tag: number | string }, version: Version): MemberProjection {
  return { tag: member.tag, fields: projectFields(member, version), ...projectLacks(member, version) };
}

function projectFields(owner: FieldOwner, version: Version): FieldProjection[] {
  return owner.fields
    .filter((field) => isPresent(field, version))
    .map((field) => ({
      name: field.name,
      type: `${describeType(field.type)}${field.optional ? "?" : ""}`,
      ...projectChecks(field.checks),
      ...(field.since > owner.since ? projectLack(field, version) : {}),
    }));
}

function projectLacks(owner: FieldOwner, version: Version): { lacks?: readonly LackProjection[] } {
  const removed = owner.fields.filter((field) => field.removed !== undefined && field.removed <= version.number);
  return removed.length === 0
    ? {}
    : { lacks: removed.map((field) => ({ name: field.name, ...projectLack(field, version) })) };
}

function projectLack(field: Field, version: Version): Omit<LackProjection, "name"> {
  return {
    ...(field.default === undefined ? {} : { default: canonicalValue(field.default, field.type, version) }),
    ...(field.ignorable ? { ignorable: true } : {}),
  };
}

function projectType(type: NamedType, version: Version): TypeProjection {
  switch (type.kind) {
    case "alias":
      return { type: describeType(type.target), ...projectChecks(type.checks) };
    case "enum": {
      const present = type.values.filter((value) => isPresent(value, version)).toSorted(byTag);
      const values = record(present.map(({ name, tag }) => [name, tag]));
      return { enum: type.tag, unknown: type.keepsUnknown ? "keep" : "reject", values };
    }
    case "union": {
      const present = type.cases.filter((unionCase) => isPresent(unionCase, version)).toSorted(byTag);
      const cases = record(present.map((unionCase) => [unionCase.name, projectMember(unionCase, version)]));
      return { union: type.tag, cases };
    }
    case "struct":
      return { struct: projectFields(type, version), ...projectLacks(type, version) };
  }
}

function projectChecks(checks: Checks | undefined): ConstraintsProjection {
  if (checks === undefined) return {};
  return {
    ...(checks.range === undefined ? {} : { range: rangeText(checks.range) }),
    ...(checks.length === undefined ? {} : { length: rangeText(checks.length) }),
    ...(checks.count === undefined ? {} : { count: rangeText(checks.count) }),
    ...(checks.not.length === 0 ? {} : { not: checks.not.map(String).toSorted() }),
    ...(checks.pattern === undefined ? {} : { pattern: checks.pattern }),
    ...(checks.encodeOnly ? { check: "encode" } : {}),
  };
}

/** As written in a schema. */
export function rangeText({ min, max }: Range): string {
  return `${min ?? ""}..${max ?? ""}`;
}

/** The named types that a version's messages are made of. */
export function usedTypes(protocol: Protocol, version: Version): NamedType[] {
  const used = new Set<NamedType>();
  const useFields = (fields: readonly Field[]): void => {
    for (const field of fields) if (isPresent(field, version)) use(field.type);
  };
  const use = (type: Type): void => {
    if ("name" in type && type.kind !== "primitive") {
      if (used.has(type)) return;
      used.add(type);
    }
    if (type.kind === "alias") use(type.target);
    if (type.kind === "list") use(type.element);
    if (type.kind === "map") {
      use(type.key);
      use(type.value);
    }
    if (type.kind === "struct") useFields(type.fields);
    if (type.kind === "union") {
      for (const unionCase of type.cases) if (isPresent(unionCase, version)) useFields(unionCase.fields);
    }
  };
  for (const { messages } of protocol.families) {
    for (const message of messages) if (isPresent(message, version)) useFields(message.fields);
  }
  return [...used];
}

function projectFlows(document: SchemaDocument, protocol: Protocol, version: Version): VersionProjection["flows"] {
  const messages = protocol.families.flatMap((family) => family.messages);
  const isThere = (name: string) => messages.some((one) => one.name === name && isPresent(one, version));
  const flows = Object.entries(document.flows ?? {}).filter(([, { ask }]) => isThere(ask));
  return record(
    flows
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { ask, answer, match }]) => {
        const answers = answer.filter(isThere).toSorted();
        return [name, { ask, answer: answers, ...(match === undefined ? {} : { match }) }];
      }),
  );
}

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

function byTag(a: { readonly tag: number | string }, b: { readonly tag: number | string }): number {
  return a.tag < b.tag ? -1 : 1;
}

/** Names such as `constructor` are entries like others. */
function record<Value>(entries: readonly (readonly [string, Value])[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(entries);
}
