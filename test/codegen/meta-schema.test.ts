import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { metaSchema } from "../../codegen/shape.ts";

const root = new URL("../../", import.meta.url);

type JsonSchema = { readonly [key: string]: unknown };

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Every property of every object that the meta-schema describes, by path. */
function* propertiesOf(schema: JsonSchema, path: string): Generator<{ path: string; schema: unknown }> {
  const isCondition = path.endsWith("/if");
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties" && isSchema(value) && !isCondition) {
      for (const [name, property] of Object.entries(value)) yield { path: `${path}/${name}`, schema: property };
    }
    if (isSchema(value)) yield* propertiesOf(value, `${path}/${key}`);
  }
}

/** What an editor shows for a schema: its own description, or that of what it refers to. */
function descriptionOf(schema: unknown): unknown {
  if (!isSchema(schema)) return undefined;
  if (schema["description"] !== undefined) return schema["description"];
  const reference = typeof schema["$ref"] === "string" ? schema["$ref"].replace("#/$defs/", "") : undefined;
  const definitions = (metaSchema() as JsonSchema)["$defs"];
  return reference !== undefined && isSchema(definitions) ? descriptionOf(definitions[reference]) : undefined;
}

describe("schema/meta-schema.json", () => {
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });

  test("is a valid JSON Schema of 2020-12", () => {
    expect(ajv.validateSchema(metaSchema())).toBe(true);
    expect(() => ajv.compile(metaSchema())).not.toThrow();
  });

  test.each([
    "schema/messages.yaml",
    "schema/log.yaml",
    "schema/client-session.yaml",
    "schema/zmtp-greeting.yaml",
    "schema/zmtp-command.yaml",
    "schema/zmtp-curve.yaml",
    "schema/zmtp-curve-box.yaml",
    "examples/key-value/kv.yaml",
  ])("accepts %s", (path) => {
    const validate = ajv.compile(metaSchema());
    validate(parse(readFileSync(new URL(path, root), "utf8")));
    expect(validate.errors).toBeNull();
  });

  test("describes every property, for those who hover over it", () => {
    const properties = [...propertiesOf(metaSchema() as JsonSchema, "")];
    expect(properties.length).toBeGreaterThan(60);
    const silent = properties.filter(({ schema }) => typeof descriptionOf(schema) !== "string");
    expect(silent.map(({ path }) => path)).toEqual([]);
  });

  test("lets no object take keys that it does not know", () => {
    const definitions = (metaSchema() as JsonSchema)["$defs"] as Record<string, JsonSchema>;
    const open = Object.entries(definitions)
      .filter(([, schema]) => schema["properties"] !== undefined && schema["additionalProperties"] !== false)
      .map(([name]) => name);
    expect(open).toEqual([]);
  });
});
