import type { SchemaDocument, SchemaValue } from "../../codegen/document.ts";
import { baseType } from "../../codegen/layout.ts";
import type { Field, Message, Type } from "../../codegen/protocol.ts";

/** The examples of a schema's types as a program would write them, put together as the schema language says. */
export class ExampleValues {
  readonly #document: SchemaDocument;
  readonly #version: number;

  /** In `version`: what it lacks is left out. */
  constructor(document: SchemaDocument, version: number) {
    this.#document = document;
    this.#version = version;
  }

  message({ name, fields }: Message): { readonly type: string } {
    return { type: name, ...this.#fields(fields) };
  }

  #fields(fields: readonly Field[]): Readonly<Record<string, unknown>> {
    const present = fields.filter(({ since }) => since <= this.#version);
    return Object.fromEntries(present.map(({ name, type }) => [name, this.#value(type)]));
  }

  #value(type: Type): unknown {
    switch (type.kind) {
      case "alias": {
        const definition = this.#document.types[type.name];
        const example = definition !== undefined && "type" in definition ? definition.example : undefined;
        return example === undefined ? this.#value(type.target) : typedValue(baseType(type), example);
      }
      case "primitive":
        if (type.name === "bool") return true;
        break;
      case "enum":
        return type.values[0]?.name;
      case "union": {
        const [first] = type.cases;
        return { type: first?.name, ...this.#fields(first?.fields ?? []) };
      }
      case "struct":
        return this.#fields(type.fields);
      case "list":
        return [this.#value(type.element)];
      case "map":
        return { [String(this.#value(type.key))]: this.#value(type.value) };
    }
    throw new Error(`nothing says what a typical ${type.kind} is`);
  }
}

/** An example as YAML has it, in the form of its type. */
function typedValue(type: Type, example: SchemaValue): unknown {
  if (type.kind === "primitive" && (type.name === "i64" || type.name === "u64")) return BigInt(String(example));
  if (type.kind !== "bytes") return example;
  if (typeof example === "string") return new TextEncoder().encode(example);
  const { hex } = example as { readonly hex: string };
  return new Uint8Array(Buffer.from(hex.replaceAll(" ", ""), "hex"));
}
