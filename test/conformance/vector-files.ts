import type { SchemaDocument } from "../../codegen/document.ts";
import { baseType, isPresent } from "../../codegen/layout.ts";
import { type Family, type Field, resolveProtocol, type Type, type Version } from "../../codegen/protocol.ts";
import { ExampleValues } from "../../codegen/vectors/example-values.ts";
import type { GoldenVector } from "../../codegen/vectors/golden-vectors.ts";
import type { RefusedVector } from "../../codegen/vectors/refused-vectors.ts";

/** A file of generated vectors. */
export interface VectorFile<Vector> {
  readonly protocol: string;
  readonly version: number;
  readonly vectors: readonly Vector[];
}

export type GoldenFile = VectorFile<GoldenVector>;
export type RefusedFile = VectorFile<RefusedVector>;

/** Reads vectors: `{"$bigint": "…"}`, `{"$bytes": "…"}` and `{"$float": "…"}` become what they stand for. */
export function parseVectors<File>(text: string): File {
  return JSON.parse(text, (_key, value) => {
    if (typeof value !== "object" || value === null) return value;
    if (Object.hasOwn(value, "$bigint")) return BigInt(value.$bigint);
    if (Object.hasOwn(value, "$float")) return Number(value.$float);
    return Object.hasOwn(value, "$bytes") ? new Uint8Array(Buffer.from(value.$bytes, "hex")) : value;
  });
}

/** What a reader sees of a field that a version lacks. */
export type DefaultOf = (field: Field) => unknown;

/** That of a schema. */
export function defaultsOf(document: SchemaDocument): DefaultOf {
  const newest = resolveProtocol(document).versions.at(-1);
  if (newest === undefined) throw new Error("the schema has no version");
  const values = new ExampleValues(document, newest);
  return (field) => values.given(field.type, field.default ?? null);
}

/** A message of one version as readers of all versions see it: with the defaults of what the version lacks. */
export function withDefaults(defaultOf: DefaultOf, family: Family, version: Version, message: unknown): unknown {
  const found = family.messages.find(({ name }) => name === Reflect.get(message as object, "type"));
  if (found === undefined) throw new Error(`the family ${family.name} has no such message: ${JSON.stringify(message)}`);
  const fields = new Defaults(defaultOf, family, version).fields(found.fields, message as object);
  return { type: found.name, ...fields };
}

class Defaults {
  readonly #defaultOf: DefaultOf;
  readonly #family: Family;
  readonly #version: Version;

  constructor(defaultOf: DefaultOf, family: Family, version: Version) {
    this.#defaultOf = defaultOf;
    this.#family = family;
    this.#version = version;
  }

  fields(fields: readonly Field[], owner: object): Readonly<Record<string, unknown>> {
    return Object.fromEntries(
      fields.map((field) => {
        const value: unknown = Reflect.get(owner, field.name);
        if (!isPresent(field, this.#version)) return [field.name, this.#defaultOf(field)];
        return [field.name, value === undefined ? undefined : this.#value(field.type, value)];
      }),
    );
  }

  #value(type: Type, value: unknown): unknown {
    const base = baseType(type);
    switch (base.kind) {
      case "struct":
        return this.fields(base.fields, value as object);
      case "union": {
        const name = String(Reflect.get(value as object, "type"));
        const found = base.cases.find((unionCase) => unionCase.name === name);
        return { type: name, ...this.fields(found?.fields ?? [], value as object) };
      }
      case "list":
        return (value as readonly unknown[]).map((item) => this.#value(base.element, item));
      case "map":
        return Object.fromEntries(
          Object.entries(value as object).map(([key, item]) => [key, this.#value(base.value, item)]),
        );
      case "message":
        return withDefaults(this.#defaultOf, this.#family, this.#version, value);
      default:
        return value;
    }
  }
}
