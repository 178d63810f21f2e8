import type { SchemaValue } from "../document.ts";
import { baseType, isPresent } from "../layout.ts";
import type { Field, Type, Version } from "../protocol.ts";
import type { JsonValue } from "./canonical-json.ts";

/**
 * A default or example as it travels: fields by position, enums and unions by tag (alike
 * where a case has no fields), bytes in hexadecimal. Two spellings of
 * one value are the same, and a new name for something changes nothing.
 */
export function canonicalValue(value: SchemaValue, type: Type, version: Version): JsonValue {
  const base = baseType(type);
  if (value === null) return null;
  switch (base.kind) {
    case "bytes":
    case "fixedBytes":
      return hexOf(value);
    case "list":
      return isSequence(value) ? value.map((item) => canonicalValue(item, base.element, version)) : null;
    case "map":
      return entriesOf(value).map(([key, item]) => [key, canonicalValue(item, base.value, version)]);
    case "enum":
      return base.values.find(({ name }) => name === value)?.tag ?? null;
    case "union": {
      const unionCase = base.cases.find(({ name }) => name === memberOf(value, "type"));
      const fields = canonicalFields(value, unionCase?.fields ?? [], version);
      return fields.length === 0 ? (unionCase?.tag ?? null) : [unionCase?.tag ?? null, ...fields];
    }
    case "struct":
      return canonicalFields(value, base.fields, version);
    default:
      return typeof value === "boolean" || typeof value === "number" ? value : String(value);
  }
}

/** The fields that a version has, by position; null is absent. */
function canonicalFields(value: SchemaValue, fields: readonly Field[], version: Version): JsonValue[] {
  return fields
    .filter((field) => isPresent(field, version))
    .map((field) => canonicalValue(memberOf(value, field.name) ?? field.default ?? null, field.type, version));
}

function hexOf(value: SchemaValue): string {
  const hex = memberOf(value, "hex");
  if (hex !== undefined) return String(hex).replaceAll(/\s/g, "").toLowerCase();
  return Buffer.from(String(value), "utf8").toString("hex");
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
