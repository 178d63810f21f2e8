import {
  type FieldDefinition,
  type FieldDefinitions,
  fieldDefinition,
  type MessageDefinition,
  type SchemaDocument,
  type SchemaValue,
} from "../codegen/document.ts";
import { parseFieldType, type TypeExpression } from "../codegen/type-expression.ts";

/** A message, ready to be encoded. */
export type ExampleMessage = Readonly<Record<string, unknown>> & { readonly type: string };

/**
 * The examples that a schema gives of the messages of a family, with and without what is optional; those of `version` where
 * one is given, without what it lacks.
 */
export function exampleMessages(document: SchemaDocument, family: string, version?: number): readonly ExampleMessage[] {
  const isThere = ({ since = 1 }: { readonly since?: number }) => version === undefined || since <= version;
  const messages = document.messages[family] ?? {};
  const examples = new Examples(document, messages, isThere);
  const present = Object.entries(messages).filter(([, message]) => isThere(message));
  return present.flatMap(([name, message]) => examples.ofMessage(name, message));
}

class Examples {
  readonly #document: SchemaDocument;
  readonly #family: Readonly<Record<string, MessageDefinition>>;

  readonly #isThere: (definition: { readonly since?: number }) => boolean;

  constructor(
    document: SchemaDocument,
    family: Readonly<Record<string, MessageDefinition>>,
    isThere: (definition: { readonly since?: number }) => boolean,
  ) {
    this.#document = document;
    this.#family = family;
    this.#isThere = isThere;
  }

  ofMessage(name: string, { fields = {}, examples = {} }: MessageDefinition): readonly ExampleMessage[] {
    const whole = { type: name, ...this.#fields(fields) };
    const optional = this.#present(fields).filter(([, field]) => parseFieldType(field.type).optional);
    const bare = { ...whole, ...Object.fromEntries(optional.map(([field]) => [field, undefined])) };
    const further = Object.values(examples).map((values) => ({ ...whole, ...this.#fields(fields, values) }));
    return optional.length === 0 ? [whole, ...further] : [whole, bare, ...further];
  }

  /** All fields from their examples, but those in `values` from there. */
  #fields(fields: FieldDefinitions, values: Readonly<Record<string, SchemaValue>> = {}): Record<string, unknown> {
    return Object.fromEntries(
      this.#present(fields).map(([name, field]) => {
        return [name, this.#field(field, values[name] === undefined ? field.example : values[name])];
      }),
    );
  }

  #present(fields: FieldDefinitions): readonly (readonly [string, FieldDefinition])[] {
    const all = Object.entries(fields).map(([name, written]) => [name, fieldDefinition(written)] as const);
    return all.filter(([, field]) => this.#isThere(field));
  }

  #field({ type: text }: FieldDefinition, given: SchemaValue | undefined): unknown {
    const { type } = parseFieldType(text);
    return given === null ? undefined : this.#value(type, given);
  }

  /** A value of the type: what is given in a schema for it, or else what follows from its parts. */
  #value(type: TypeExpression, given: SchemaValue | undefined): unknown {
    switch (type.kind) {
      case "named":
        return this.#named(type.name, given);
      case "primitive":
        if (type.name === "bool") return given ?? true;
        return type.name === "u64" || type.name === "i64" ? BigInt(given as number) : given;
      case "string":
        return given;
      case "bytes":
      case "fixedBytes":
        return bytes(given);
      case "list":
        if (Array.isArray(given)) return given.map((item: SchemaValue) => this.#value(type.element, item));
        return [this.#value(type.element, undefined)];
      case "map":
        return Object.fromEntries(
          Object.entries(given ?? {}).map(([key, item]) => [key, this.#value(type.value, item as SchemaValue)]),
        );
      case "message": {
        const held = Object.entries(this.#family).find(([, { fields = {} }]) => !holdsMessages(fields));
        return held && this.ofMessage(...held)[0];
      }
    }
  }

  #named(name: string, given: SchemaValue | undefined): unknown {
    const definition = this.#document.types[name];
    if (definition === undefined) throw new Error(`type ${name} is used and not defined`);
    const value = given ?? definition.example;
    if ("enum" in definition) return value ?? Object.keys(definition.values)[0];
    if ("struct" in definition) return this.#fields(definition.struct, asMapping(value));
    if ("union" in definition) {
      const chosen = asMapping(value)?.["type"] ?? Object.keys(definition.cases)[0];
      const { fields = {} } = definition.cases[String(chosen)] ?? {};
      return { type: chosen, ...this.#fields(fields, asMapping(value)) };
    }
    return this.#value(parseFieldType(definition.type).type, value);
  }
}

function holdsMessages(fields: FieldDefinitions): boolean {
  return Object.values(fields).some((field) => fieldDefinition(field).type.includes("message<"));
}

function asMapping(value: SchemaValue | undefined): Readonly<Record<string, SchemaValue>> | undefined {
  return value as Readonly<Record<string, SchemaValue>> | undefined;
}

function bytes(given: SchemaValue | undefined): Uint8Array {
  if (typeof given === "string") return new TextEncoder().encode(given);
  return Uint8Array.from(Buffer.from(String(asMapping(given)?.["hex"]).replaceAll(/\s/g, ""), "hex"));
}
