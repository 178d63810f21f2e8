import { type FieldDefinitions, fieldDefinition, type SchemaDocument, type SchemaValue } from "../document.ts";
import { acceptedBySide } from "../evolution/accepted-values.ts";
import { baseType, holdsMessages, isPresent } from "../layout.ts";
import type { EnumType, Family, Field, Message, NamedType, Type, UnionCase, UnionType, Version } from "../protocol.ts";
import type { Value, ValueRecord } from "./value.ts";

/** A message that the schema gives as an example: `undefined` names the one that its types and fields give. */
export interface MessageExample {
  readonly name: string | undefined;
  readonly value: ValueRecord;
}

/**
 * The examples of one version of a schema as values. What has no example of its own gets one from its parts; everything
 * optional is there unless its example says that it is not.
 */
export class ExampleValues {
  readonly #document: SchemaDocument;
  readonly #version: Version;

  constructor(document: SchemaDocument, version: Version) {
    this.#document = document;
    this.#version = version;
  }

  /** None where the version has no value for a field of the message. */
  ofMessage(family: Family, message: Message): readonly MessageExample[] {
    const usual = this.#usual(family, message);
    if (usual === undefined) return [];
    const further = Object.entries(this.#definitionOf(family, message)?.examples ?? {}).map(([name, example]) => {
      const values = message.fields.flatMap((field) => {
        if (!isPresent(field, this.#version) || !Object.hasOwn(example, field.name)) return [];
        return [[field.name, this.given(field.type, example[field.name] ?? null)] as const];
      });
      return { name, value: { ...usual, ...Object.fromEntries(values) } };
    });
    return [{ name: undefined, value: usual }, ...further];
  }

  /** The messages that can stand in another of their family, each as its own example, by their tags. */
  heldMessages(family: Family): readonly ValueRecord[] {
    const messages = family.messages
      .filter((message) => isPresent(message, this.#version) && !holdsMessages(message))
      .toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
    return messages.map((message) => this.#usual(family, message)).filter((value) => value !== undefined);
  }

  /** A case of a union with the examples of its fields; `undefined` where the version has no value for one of them. */
  ofCase(union: UnionType, { name, fields }: UnionCase, family: Family): ValueRecord | undefined {
    const definition = this.#document.types[union.name];
    const written = definition !== undefined && "cases" in definition ? definition.cases[name]?.fields : undefined;
    const values = this.#fields(fields, written ?? {}, family);
    return values === undefined ? undefined : { type: name, ...values };
  }

  /** A value of a type without an example beside it. */
  ofType(type: Type, family: Family): Value | undefined {
    return this.#value(type, undefined, family, 0n);
  }

  #usual(family: Family, message: Message): ValueRecord | undefined {
    const values = this.#fields(message.fields, this.#definitionOf(family, message)?.fields ?? {}, family);
    return values === undefined ? undefined : { type: message.name, ...values };
  }

  #definitionOf(family: Family, message: Message): SchemaDocument["messages"][string][string] | undefined {
    return this.#document.messages[family.name]?.[message.name];
  }

  #fields(fields: readonly Field[], definitions: FieldDefinitions, family: Family): ValueRecord | undefined {
    const values: Record<string, Value> = {};
    for (const field of fields.filter((candidate) => isPresent(candidate, this.#version))) {
      const written = definitions[field.name];
      const example = written === undefined ? undefined : fieldDefinition(written).example;
      const least = acceptedBySide(field.type, field.checks).encode.extent?.min ?? 0n;
      const value = this.#value(field.type, example ?? undefined, family, least);
      if (value !== undefined) values[field.name] = value;
      else if (!field.optional) return undefined;
    }
    return values;
  }

  /** `least` is the fewest entries that a list may have here. */
  #value(type: Type, example: SchemaValue | undefined, family: Family, least: bigint): Value | undefined {
    if (example !== undefined) return this.given(type, example);
    switch (type.kind) {
      case "alias": {
        const inherited = acceptedBySide(type, undefined).encode.extent?.min ?? 0n;
        return this.#value(type.target, this.#exampleNamed(type), family, least > inherited ? least : inherited);
      }
      case "list": {
        const element = this.ofType(type.element, family);
        if (element === undefined) return [];
        return Array.from({ length: Math.max(1, Number(least)) }, () => element);
      }
      case "map": {
        const key = this.ofType(type.key, family);
        const value = this.ofType(type.value, family);
        return typeof key === "string" && value !== undefined ? Object.fromEntries([[key, value]]) : {};
      }
      case "message":
        return this.heldMessages(family)[0];
      case "enum":
      case "union":
      case "struct":
        return this.#named(type, family);
      default:
        // The loader asks for an example of every number, text and sequence of bytes; a bool needs none.
        return type.kind === "primitive" && type.name === "bool" ? true : undefined;
    }
  }

  #named(type: Exclude<NamedType, { kind: "alias" }>, family: Family): Value | undefined {
    const example = this.#exampleNamed(type);
    if (example !== undefined) return this.given(type, example);
    if (type.kind === "enum") return this.#first(type);
    if (type.kind === "union") {
      const first = type.cases.find((unionCase) => isPresent(unionCase, this.#version));
      return first === undefined ? undefined : this.ofCase(type, first, family);
    }
    const definition = this.#document.types[type.name];
    const written = definition !== undefined && "struct" in definition ? definition.struct : {};
    return this.#fields(type.fields, written, family);
  }

  #exampleNamed({ name }: NamedType): SchemaValue | undefined {
    return this.#document.types[name]?.example;
  }

  #first(type: EnumType): Value | undefined {
    const first = type.values.find((value) => isPresent(value, this.#version))?.name;
    return first ?? (type.keepsUnknown ? { unknown: 0 } : undefined);
  }

  /** The value that a schema writes so; `undefined` for one that is absent, or that the version does not have. */
  given(type: Type, given: SchemaValue): Value | undefined {
    const base = baseType(type);
    if (given === null) return undefined;
    switch (base.kind) {
      case "primitive":
        return primitiveValue(base.name, given);
      case "bytes":
      case "fixedBytes":
        return bytesValue(given);
      case "list": {
        const items = isSequence(given) ? given.map((item) => this.given(base.element, item)) : [];
        return items.filter((item) => item !== undefined);
      }
      case "map": {
        const entries = entriesOf(given).map(([key, item]) => [key, this.given(base.value, item)] as const);
        return Object.fromEntries(entries);
      }
      case "enum": {
        const isThere = base.values.some((value) => value.name === given && isPresent(value, this.#version));
        return isThere ? String(given) : this.#first(base);
      }
      case "union": {
        const name = memberOf(given, "type");
        const found = base.cases.find((one) => one.name === name && isPresent(one, this.#version));
        return found === undefined ? undefined : { type: found.name, ...this.#givenFields(found.fields, given) };
      }
      case "struct":
        return this.#givenFields(base.fields, given);
      default:
        return String(given);
    }
  }

  #givenFields(fields: readonly Field[], given: SchemaValue): ValueRecord {
    const present = fields.filter((field) => isPresent(field, this.#version));
    const values = present.map((field) => {
      return [field.name, this.given(field.type, memberOf(given, field.name) ?? field.default ?? null)] as const;
    });
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  }
}

function primitiveValue(name: string, given: SchemaValue): Value {
  if (name === "bool") return given === true;
  if (name === "uuid") return String(given);
  if (name === "u64" || name === "i64") return BigInt(given as number | bigint);
  return name === "f32" ? Math.fround(Number(given)) : Number(given);
}

function bytesValue(given: SchemaValue): Uint8Array {
  const hex = memberOf(given, "hex");
  const bytes = hex === undefined ? Buffer.from(String(given)) : Buffer.from(String(hex).replaceAll(/\s/g, ""), "hex");
  return Uint8Array.from(bytes);
}

function memberOf(value: SchemaValue, key: string): SchemaValue | undefined {
  return entriesOf(value).find(([name]) => name === key)?.[1];
}

function entriesOf(value: SchemaValue): [string, SchemaValue][] {
  return typeof value === "object" && value !== null && !isSequence(value) ? Object.entries(value) : [];
}

function isSequence(value: SchemaValue): value is readonly SchemaValue[] {
  return Array.isArray(value);
}
