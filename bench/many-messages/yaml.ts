import type { Base, Field, Message, Model, NamedType, Type } from "./model.ts";

/** A schema in hawser's own language, laid out as a person would: of both versions, or as if there were only the newer. */
export function yamlOf(model: Model, versions: 1 | 2): string {
  const { types, client, server } = versions === 2 ? model : withoutHistory(model);
  const second = '  2: { status: draft, packing: byte, doc: "Adds messages, fields and states." }\n';
  return `protocol: trade
doc: >
  What the programs of a business that moves goods say to each other: a client asks, and a server answers and tells what
  has happened.

versions:
  1: { status: frozen, packing: byte, doc: "The first one." }
${versions === 2 ? second : ""}
frame: { magic: trade, version: u8, tag: u8, maxSize: 16MiB }

types:
${types.map(definition).join("\n")}

messages:
  client:
${client.map(message).join("\n")}

  server:
${server.map(message).join("\n")}
`;
}

/** The model with nothing new in it. */
function withoutHistory(model: Model): Model {
  return JSON.parse(JSON.stringify(model), (key, value) => (key === "isNew" ? false : value));
}

function definition(type: NamedType): string {
  switch (type.kind) {
    case "alias":
      return `  ${type.name}: { type: ${bases[type.base]}, ${type.more}, doc: "${words(type.name)}." }`;
    case "enum":
      return [
        `  ${type.name}:`,
        `    doc: One ${words(type.name)} of several.`,
        "    enum: u8",
        ...(type.isOpen ? ["    unknown: keep"] : []),
        "    values:",
        ...type.values.map(
          ({ name, isNew }, index) => `      ${name}: { ${tag(index, isNew)}, doc: "${words(name)}." }`,
        ),
      ].join("\n");
    case "struct":
      return [
        `  ${type.name}:`,
        `    doc: What makes ${words(type.name)}.`,
        "    struct:",
        ...fieldLines(type.fields),
      ].join("\n");
    case "union":
      return [
        `  ${type.name}:`,
        `    doc: One ${words(type.name)} of several.`,
        "    union: u8",
        "    cases:",
        ...type.cases.map(unionCase),
      ].join("\n");
  }
}

function unionCase({ name, fields, isNew }: Message, index: number): string {
  const start = `      ${name}: { ${tag(index, isNew)}, doc: "${words(name)}."`;
  if (fields.length === 0) return `${start} }`;
  return `${start}, fields: { ${fields.map(({ name, ...rest }) => `${name}: ${fieldText({ name, ...rest })}`).join(", ")} } }`;
}

function message({ name, fields, isNew }: Message, index: number): string {
  return [
    `    ${name}:`,
    `      tag: ${index + 1}`,
    ...(isNew ? ["      since: 2"] : []),
    `      doc: Says "${words(name)}".`,
    "      fields:",
    ...fieldLines(fields).map((line) => `  ${line}`),
  ].join("\n");
}

function fieldLines(fields: readonly Field[]): readonly string[] {
  return fields.map((field) => `      ${field.name}: ${fieldText(field)}`);
}

function fieldText({ name, type, isOptional, isNew }: Field): string {
  const doc = type.kind === "bool" ? `Whether it ${words(name)}.` : `The ${words(name)}.`;
  const expression = JSON.stringify(typeText(type) + (isOptional ? "?" : ""));
  return `{ type: ${expression}, ${isNew ? "since: 2, ignorable: true, " : ""}doc: "${doc}" }`;
}

function typeText(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "named":
      return type.type.name;
    case "list":
      return `list<u16, ${type.element.name}>`;
    case "map":
      return `map<u16, ${type.key.name}, ${type.value.name}>`;
  }
}

function tag(index: number, isNew: boolean): string {
  return `tag: ${index + 1}${isNew ? ", since: 2" : ""}`;
}

/** `dueAt` → `due at` */
function words(name: string): string {
  return name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

const bases: Readonly<Record<Base, string>> = {
  u8: "u8",
  u16: "u16",
  u32: "u32",
  i32: "i32",
  u53: "u53",
  i53: "i53",
  i64: "i64",
  f64: "f64",
  uuid: "uuid",
  text: "string<u16>",
  bytes: "bytes<u32>",
};
