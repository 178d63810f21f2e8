import type { Base, Field, Message, Model, NamedType, Type } from "./model.ts";

/** The same schema for Protocol Buffers. */
export function protoOf({ types, client, server }: Model): string {
  return `syntax = "proto3";
package trade;

${[...types.map(definition), ...[...client, ...server].map(({ name, fields }) => record(name, fields))].join("")}
${family("ClientMessage", client)}
${family("ServerMessage", server)}`;
}

function definition(type: NamedType): string {
  switch (type.kind) {
    case "alias":
      return "";
    case "enum": {
      const prefix = type.name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toUpperCase();
      const values = ["Unspecified", ...type.values.map(({ name }) => name)];
      return block(
        `enum ${type.name}`,
        values.map((name, index) => `${prefix}_${name.toUpperCase()} = ${index};`),
      );
    }
    case "struct":
      return record(type.name, type.fields);
    case "union":
      return [
        ...type.cases.map(({ name, fields }) => record(type.name + name, fields)),
        oneOf(
          type.name,
          type.cases.map(({ name }) => type.name + name),
        ),
      ].join("");
  }
}

function family(name: string, messages: readonly Message[]): string {
  return oneOf(
    name,
    messages.map((message) => message.name),
  );
}

function oneOf(name: string, cases: readonly string[]): string {
  const lines = cases.map((each, index) => `  ${each} ${snakeCase(each)} = ${index + 1};`);
  return block(`message ${name}`, ["oneof value {", ...lines, "}"]);
}

function record(name: string, fields: readonly Field[]): string {
  return block(
    `message ${name}`,
    fields.map(
      (field, index) =>
        `${field.isOptional && isSingle(field.type) ? "optional " : ""}${typeText(field.type)} ${snakeCase(field.name)} = ${index + 1};`,
    ),
  );
}

function block(head: string, lines: readonly string[]): string {
  return `${head} {\n${lines.map((line) => `  ${line}\n`).join("")}}\n`;
}

function isSingle({ kind }: Type): boolean {
  return kind === "bool" || kind === "named";
}

function typeText(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "named":
      return nameOf(type.type);
    case "list":
      return `repeated ${nameOf(type.element)}`;
    case "map":
      return `map<string, ${nameOf(type.value)}>`;
  }
}

function nameOf(type: NamedType): string {
  return type.kind === "alias" ? bases[type.base] : type.name;
}

function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase();
}

const bases: Readonly<Record<Base, string>> = {
  u8: "uint32",
  u16: "uint32",
  u32: "uint32",
  i32: "sint32",
  u53: "uint64",
  i53: "int64",
  i64: "sfixed64",
  f64: "double",
  uuid: "string",
  text: "string",
  bytes: "bytes",
};
