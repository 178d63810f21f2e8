import {
  type InterfaceDeclarationStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  StructureKind,
} from "ts-morph";
import {
  comment,
  commentText,
  describeChecks,
  describeLifetime,
  describeTag,
  describeType,
  wireLine,
} from "../documentation.ts";
import type { GenerateOptions } from "../generate.ts";
import { camelCase } from "../naming.ts";
import type {
  AliasType,
  EnumType,
  Family,
  Field,
  Lifetime,
  Message,
  NamedType,
  Protocol,
  StructType,
  UnionCase,
  UnionType,
} from "../protocol.ts";
import { typeText } from "../type-text.ts";
import { printSourceFile, type Statement } from "./source-file.ts";

/** The text of `messages.ts`: readonly types for everything in the schema, with its documentation. */
export function emitMessages(protocol: Protocol, options: GenerateOptions): string {
  const families = protocol.families.flatMap(familyStatements);
  return printSourceFile([...protocol.types.flatMap(typeStatements), ...families], options);
}

function typeStatements(type: NamedType): Statement[] {
  switch (type.kind) {
    case "alias":
      return [aliasStatement(type)];
    case "enum":
      return enumStatements(type);
    case "union":
      return unionStatements(type);
    case "struct":
      return [structStatement(type)];
  }
}

function aliasStatement(type: AliasType): string {
  const unit = type.unit === undefined ? undefined : `unit ${type.unit}`;
  const docs = commentText(type.doc, wireLine(describeType(type.target), unit, describeChecks(type.checks)));
  // A family's messages are only known where a field has the type.
  return typeStatement(type.name, [typeText(type.target, undefined)], docs);
}

function enumStatements(type: EnumType): string[] {
  const names = type.values.map((value) => JSON.stringify(value.name));
  const unknown = type.keepsUnknown ? ["{ readonly unknown: number }"] : [];
  const values = type.values.map((value) => {
    return `- \`${value.name}\`: ${value.doc} ${wireLine(describeTag(value.tag), describeLifetime(value))}`;
  });
  const docs = commentText(type.doc, "", ...values, "", wireLine(type.tag));
  const key = type.keepsUnknown ? `Extract<${type.name}, string>` : type.name;
  const tags = [
    `\n${commentText(`The number on the wire of each ${type.name}.`)}`,
    `export const ${camelCase(type.name)}Tags: Readonly<Record<${key}, number>> = {`,
    ...type.values.map((value) => `  ${value.name}: ${value.tag},`),
    "};",
  ];
  return [typeStatement(type.name, [...names, ...unknown], docs), tags.join("\n")];
}

function unionStatements(type: UnionType): Statement[] {
  const docs = commentText(type.doc, wireLine(`${type.tag} tag, then the fields of the case`));
  const names = type.cases.map((unionCase) => unionCase.typeName);
  return [
    typeStatement(type.name, names, docs),
    ...type.cases.map((unionCase) => taggedInterface(unionCase, undefined)),
  ];
}

function structStatement(type: StructType): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: type.name,
    docs: comment(type.doc),
    properties: type.fields.map((field) => fieldProperty(field, type, undefined)),
  };
}

function familyStatements(family: Family): Statement[] {
  const docs = commentText(`Every message of the family \`${family.name}\`.`);
  const names = family.messages.map((message) => message.typeName);
  return [
    ...family.messages.map((message) => taggedInterface(message, family)),
    typeStatement(family.typeName, names, docs),
  ];
}

/** A message or the case of a union: an interface told apart by `type`. */
function taggedInterface(owner: Message | UnionCase, family: Family | undefined): InterfaceDeclarationStructure {
  return {
    kind: StructureKind.Interface,
    isExported: true,
    name: owner.typeName,
    docs: comment(owner.doc, wireLine(describeTag(owner.tag), describeLifetime(owner))),
    properties: [
      { name: "type", isReadonly: true, type: JSON.stringify(owner.name) },
      ...owner.fields.map((field) => fieldProperty(field, owner, family)),
    ],
  };
}

function fieldProperty(
  field: Field,
  owner: Lifetime,
  family: Family | undefined,
): OptionalKind<PropertySignatureStructure> {
  const type = typeText(field.type, family);
  return {
    name: field.name,
    isReadonly: true,
    hasQuestionToken: field.optional,
    type: field.optional ? `${type} | undefined` : type,
    docs: comment(field.doc, fieldWireLine(field, owner)),
  };
}

/** Says about a field's bytes what neither its type's own comment nor its owner's says. */
function fieldWireLine(field: Field, owner: Lifetime): string | undefined {
  const isNamed = "doc" in field.type;
  const isYounger = field.since !== owner.since || field.removed !== undefined || field.deprecated !== undefined;
  const parts = [
    ...(isNamed ? [] : [describeType(field.type)]),
    ...(field.unit === undefined ? [] : [`unit ${field.unit}`]),
    ...(field.checks === undefined ? [] : [describeChecks(field.checks)]),
    ...(isYounger ? [describeLifetime(field)] : []),
  ];
  return parts.length === 0 ? undefined : wireLine(...parts);
}

/** `export type Name = A | B`, with its comment; several members stand on a line each. */
function typeStatement(name: string, members: readonly string[], docs: string): string {
  const [only] = members;
  const text = members.length === 1 ? ` ${only}` : members.map((member) => `\n  | ${member}`).join("");
  return `\n${docs}\nexport type ${name} =${text};`;
}
