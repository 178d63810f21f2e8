/** The shape of a lock file, as JSON Schema. That its digests are right and its types exist is checked after it. */
export const lockShape: object = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  ...objectOf({
    lock: { const: 1 },
    protocol: { type: "string" },
    versions: { ...mapOf({ $ref: "#/$defs/version" }), propertyNames: { pattern: "^[1-9][0-9]*$" } },
    taken: objectOf({ messages: mapOf({ $ref: "#/$defs/taken" }), types: mapOf({ $ref: "#/$defs/taken" }) }),
  }),
  $defs: {
    digest: { type: "string", pattern: "^sha256:[0-9a-f]{64}$" },
    tag: { type: ["integer", "string"] },
    version: objectOf({
      wire: { $ref: "#/$defs/digest" },
      accept: { $ref: "#/$defs/digest" },
      source: { $ref: "#/$defs/digest" },
      allowed: listOf({ $ref: "#/$defs/allowance" }),
      examples: mapOf({ $ref: "#/$defs/digest" }),
      projection: { $ref: "#/$defs/projection" },
    }),
    allowance: objectOf({
      rule: { type: "string", pattern: "^C[0-9]{3}$" },
      because: { type: "string", minLength: 1 },
      changes: listOf({ type: "string" }),
    }),
    taken: objectOf({ tags: mapOf({ $ref: "#/$defs/tag" }), reserved: listOf({ $ref: "#/$defs/tag" }) }),
    projection: objectOf({
      packing: { enum: ["bit", "byte"] },
      frame: objectOf(
        {
          tag: { enum: ["u8", "u16", "string<u8>"] },
          byteOrder: { enum: ["big", "little"] },
          trailing: { enum: ["ignore", "reject"] },
        },
        { magic: { type: "string" }, version: { enum: ["u8", "u16"] } },
      ),
      messages: mapOf(mapOf({ $ref: "#/$defs/message" })),
      types: mapOf({ $ref: "#/$defs/type" }),
      flows: mapOf(
        objectOf({ ask: { type: "string" }, answer: listOf({ type: "string" }) }, { match: { type: "string" } }),
      ),
    }),
    message: memberShape({ typeName: { type: "string" } }),
    case: memberShape({}),
    lack: objectOf({ name: { type: "string" } }, { default: {}, ignorable: { const: true } }),
    field: objectOf(
      { name: { type: "string" }, type: { type: "string" } },
      { ...constraintShapes(), default: {}, ignorable: { const: true } },
    ),
    type: {
      oneOf: [
        objectOf({ type: { type: "string" } }, constraintShapes()),
        objectOf({
          enum: { enum: ["u8", "u16", "u32"] },
          unknown: { enum: ["reject", "keep"] },
          values: mapOf({ type: "integer" }),
        }),
        objectOf({ union: { enum: ["u8", "u16"] }, cases: mapOf({ $ref: "#/$defs/case" }) }),
        objectOf({ struct: listOf({ $ref: "#/$defs/field" }) }, { lacks: listOf({ $ref: "#/$defs/lack" }) }),
      ],
    },
  },
};

function memberShape(more: Readonly<Record<string, object>>): object {
  const fields = listOf({ $ref: "#/$defs/field" });
  return objectOf({ tag: { $ref: "#/$defs/tag" }, fields }, { lacks: listOf({ $ref: "#/$defs/lack" }), ...more });
}

function constraintShapes(): Readonly<Record<string, object>> {
  const range = { type: "string", pattern: "^(-?[0-9]+)?\\.\\.(-?[0-9]+)?$" };
  return {
    range,
    length: range,
    count: range,
    not: listOf({ type: "string" }),
    pattern: { type: "string" },
    check: { const: "encode" },
  };
}

function objectOf(
  required: Readonly<Record<string, object>>,
  optional: Readonly<Record<string, object>> = {},
): Readonly<Record<string, unknown>> {
  const properties = { ...required, ...optional };
  return { type: "object", required: Object.keys(required), properties, additionalProperties: false };
}

function mapOf(values: object): object {
  return { type: "object", additionalProperties: values };
}

function listOf(items: object): object {
  return { type: "array", items };
}
