import { type FieldDefinitions, fieldDefinition, type SchemaDocument, type SchemaValue } from "../document.ts";
import { holdsMessages, isPresent } from "../layout.ts";
import type { Family, Field, Message, Type, UnionType, Version } from "../protocol.ts";
import { resolveProtocol } from "../protocol.ts";
import { digestOf, type JsonValue } from "./canonical-json.ts";
import { canonicalValue } from "./canonical-value.ts";
import { usedTypes } from "./projection.ts";

/**
 * Digests of the examples of a version, which are its golden test vectors: `client.Query` for a message as its types and
 * fields give it, `client.Query.Empty` for the further example `Empty`, `RequestFailure.NotLeader` for the fields of a case.
 */
export function exampleDigests(document: SchemaDocument, number: number): Readonly<Record<string, string>> {
  const declared = document.versions[String(number)];
  if (declared === undefined) throw new Error(`the schema has no version ${number}`);
  const protocol = resolveProtocol(document);
  const examples = new Examples(document, { number, packing: declared.packing, doc: "" });
  const ofMessages = protocol.families.flatMap((family) =>
    family.messages.flatMap((message) => examples.ofMessage(family, message)),
  );
  const ofCases = usedTypes(protocol, examples.version).flatMap((type) =>
    type.kind === "union" ? examples.ofCases(type) : [],
  );
  const digests = [...ofMessages, ...ofCases].map(([name, value]) => [name, digestOf(value)] as const);
  return Object.fromEntries(digests.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Gives the examples of one version; what has none of its own gets one from its parts. */
class Examples {
  readonly #document: SchemaDocument;
  readonly version: Version;

  constructor(document: SchemaDocument, version: Version) {
    this.#document = document;
    this.version = version;
  }

  ofMessage(family: Family, message: Message): (readonly [string, JsonValue])[] {
    if (!isPresent(message, this.version)) return [];
    const definition = this.#document.messages[family.name]?.[message.name];
    const name = `${family.name}.${message.name}`;
    const usual = this.#fields(message.fields, definition?.fields ?? {}, family);
    const present = message.fields.filter((field) => isPresent(field, this.version));
    const further = Object.entries(definition?.examples ?? {}).map(([exampleName, example]) => {
      const values = present.map((field, index) => {
        const value = Object.hasOwn(example, field.name) ? example[field.name] : undefined;
        return value === undefined ? (usual[index] ?? null) : canonicalValue(value, field.type, this.version);
      });
      return [`${name}.${exampleName}`, values] as const;
    });
    return [[name, usual], ...further];
  }

  /** Of the fields of every case that has some: what messages give as their example has only one of the cases. */
  ofCases(union: UnionType): (readonly [string, JsonValue])[] {
    const definition = this.#document.types[union.name];
    const written = definition !== undefined && "cases" in definition ? definition.cases : {};
    return union.cases
      .filter((unionCase) => isPresent(unionCase, this.version))
      .map(({ name, fields }) => {
        return [`${union.name}.${name}`, this.#fields(fields, written[name]?.fields ?? {}, undefined)] as const;
      })
      .filter(([, values]) => values.length > 0);
  }

  #fields(fields: readonly Field[], definitions: FieldDefinitions, family: Family | undefined): JsonValue[] {
    return fields
      .filter((field) => isPresent(field, this.version))
      .map((field) => {
        const written = definitions[field.name];
        const example = written === undefined ? undefined : fieldDefinition(written).example;
        return this.#value(field.type, example, family);
      });
  }

  #value(type: Type, example: SchemaValue | undefined, family: Family | undefined): JsonValue {
    if (example !== undefined) return canonicalValue(example, type, this.version);
    switch (type.kind) {
      case "alias":
        return this.#value(type.target, this.#exampleNamed(type.name), family);
      case "list":
        return [this.#value(type.element, undefined, family)];
      case "map":
        return [[this.#value(type.key, undefined, family), this.#value(type.value, undefined, family)]];
      case "message":
        return this.#inner(family);
      case "enum":
      case "union":
      case "struct":
        return this.#named(type, family);
      default:
        // The loader asks for an example of every number, text and sequence of bytes; a bool needs none.
        return true;
    }
  }

  #named(type: Extract<Type, { kind: "enum" | "union" | "struct" }>, family: Family | undefined): JsonValue {
    const example = this.#exampleNamed(type.name);
    const definition = this.#document.types[type.name];
    if (example !== undefined || definition === undefined) return canonicalValue(example ?? null, type, this.version);
    if (type.kind === "enum") return type.values.find((value) => isPresent(value, this.version))?.tag ?? null;
    if (type.kind === "struct") {
      return this.#fields(type.fields, "struct" in definition ? definition.struct : {}, family);
    }
    const first = type.cases.find((unionCase) => isPresent(unionCase, this.version));
    const written = "cases" in definition && first !== undefined ? (definition.cases[first.name]?.fields ?? {}) : {};
    const fields = this.#fields(first?.fields ?? [], written, family);
    return fields.length === 0 ? (first?.tag ?? null) : [first?.tag ?? null, ...fields];
  }

  #exampleNamed(name: string): SchemaValue | undefined {
    const definition = this.#document.types[name];
    return definition === undefined ? undefined : definition.example;
  }

  /** A message inside a message: the one with the least tag that holds none itself. */
  #inner(family: Family | undefined): JsonValue {
    const candidates = (family?.messages ?? []).filter(
      (message) => isPresent(message, this.version) && !holdsMessages(message),
    );
    const [message] = candidates.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
    if (family === undefined || message === undefined) return null;
    const definition = this.#document.messages[family.name]?.[message.name];
    return [message.tag, ...this.#fields(message.fields, definition?.fields ?? {}, family)];
  }
}
