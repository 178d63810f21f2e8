import type { SchemaValue } from "../document.ts";
import { baseType } from "../layout.ts";
import type { Field, Type } from "../protocol.ts";
import { isBigint } from "./emit-checks.ts";

/** A value of a schema, such as a default, as a TypeScript expression of its type. */
export function literal(value: SchemaValue, type: Type): string {
  const base = baseType(type);
  if (value === null) return "undefined";
  if (typeof value === "number" || typeof value === "bigint") return isBigint(base) ? `${value}n` : String(value);
  if (typeof value === "boolean") return String(value);
  if (base.kind === "bytes" || base.kind === "fixedBytes") return bytesLiteral(value);
  if (typeof value === "string") return JSON.stringify(value);
  if (isSequence(value)) {
    const element = base.kind === "list" ? base.element : base;
    return `[${value.map((item) => literal(item, element)).join(", ")}]`;
  }
  return mappingLiteral(value, base);
}

/** Whether a value of the type is the same as another exactly when `===` says so. */
export function isComparable(type: Type): boolean {
  const { kind } = baseType(type);
  return kind === "primitive" || kind === "string" || kind === "enum";
}

function isSequence(value: SchemaValue): value is readonly SchemaValue[] {
  return Array.isArray(value);
}

/** Bytes are written in a schema as text, or as `{ hex: "00 ff" }`. */
function bytesLiteral(value: SchemaValue): string {
  const isHex = typeof value === "object" && value !== null && "hex" in value;
  const bytes = isHex
    ? Buffer.from(String(value["hex"]).replaceAll(/\s/g, ""), "hex")
    : Buffer.from(typeof value === "string" ? value : "", "utf8");
  return bytes.length === 0 ? "new Uint8Array()" : `Uint8Array.of(${[...bytes].join(", ")})`;
}

function mappingLiteral(value: { readonly [key: string]: SchemaValue }, type: Type): string {
  const fields = fieldsOf(value, type);
  const entries = Object.entries(value).map(([key, item]) => {
    const field = fields?.find(({ name }) => name === key);
    // Brackets make a key of this name an entry; without them it would be the object's prototype.
    const name = key === "__proto__" ? '["__proto__"]' : JSON.stringify(key);
    if (field !== undefined) return `${key}: ${literal(item, field.type)}`;
    if (type.kind === "map") return `${name}: ${literal(item, type.value)}`;
    return `${key}: ${JSON.stringify(item)}`;
  });
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function fieldsOf(value: { readonly [key: string]: SchemaValue }, type: Type): readonly Field[] | undefined {
  if (type.kind === "struct") return type.fields;
  if (type.kind === "union") return type.cases.find(({ name }) => name === value["type"])?.fields;
  return undefined;
}
