import type { Base, Field, Message, Model, NamedType, Type } from "./model.ts";

/** The same schema for bebop: structs, and messages where a field is optional. */
export function bopOf({ types, client, server }: Model): string {
  return [...types.map(definition), union("ClientMessage", client), union("ServerMessage", server)].join("");
}

function definition(type: NamedType): string {
  switch (type.kind) {
    case "alias":
      return "";
    case "enum":
      return `enum ${type.name} : uint8 {\n${type.values.map(({ name }, index) => `  ${name} = ${index + 1};\n`).join("")}}\n`;
    case "struct":
      return `${record(type.name, type.fields)}\n`;
    case "union":
      return union(
        type.name,
        type.cases.map((each) => ({ ...each, name: type.name + each.name })),
      );
  }
}

function union(name: string, cases: readonly Message[]): string {
  const lines = cases.map((each, index) => `  ${index + 1} -> ${record(each.name, each.fields)}\n`);
  return `union ${name} {\n${lines.join("")}}\n`;
}

function record(name: string, fields: readonly Field[]): string {
  const texts = fields.map((field) => `${typeText(field.type)} ${field.name};`);
  if (!fields.some(({ isOptional }) => isOptional)) return `struct ${name} { ${texts.join(" ")} }`;
  return `message ${name} { ${texts.map((text, index) => `${index + 1} -> ${text}`).join(" ")} }`;
}

function typeText(type: Type): string {
  switch (type.kind) {
    case "bool":
      return "bool";
    case "named":
      return nameOf(type.type);
    case "list":
      return `array[${nameOf(type.element)}]`;
    case "map":
      return `map[string, ${nameOf(type.value)}]`;
  }
}

function nameOf(type: NamedType): string {
  return type.kind === "alias" ? bases[type.base] : type.name;
}

const bases: Readonly<Record<Base, string>> = {
  u8: "uint8",
  u16: "uint16",
  u32: "uint32",
  i32: "int32",
  u53: "uint64",
  i53: "int64",
  i64: "int64",
  f64: "float64",
  uuid: "guid",
  text: "string",
  bytes: "array[uint8]",
};
