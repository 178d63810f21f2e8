import { isPresent } from "../../../codegen/layout.ts";
import type { Field, Type, Version } from "../../../codegen/protocol.ts";
import type { Value } from "../../../codegen/vectors/value.ts";

/** The smallest value of everything. */
export function leastFields(fields: readonly Field[], version: Version): [string, Value][] {
  return fields
    .filter((field) => isPresent(field, version) && !field.optional)
    .map(({ name, type }) => [name, leastValue(type, version)]);
}

function leastValue(type: Type, version: Version): Value {
  switch (type.kind) {
    case "alias":
      return leastValue(type.target, version);
    case "string":
      return "";
    case "bytes":
      return new Uint8Array(0);
    case "fixedBytes":
      return new Uint8Array(type.byteCount);
    case "list":
      return [];
    case "map":
      return {};
    case "message":
      throw new Error("a message inside of a message has no smallest value of its own");
    case "enum":
      return { unknown: 0 };
    case "struct":
      return Object.fromEntries(leastFields(type.fields, version));
    case "union": {
      const cases = type.cases.filter((one) => isPresent(one, version));
      const values = cases.map(({ name, fields }) => ({
        type: name,
        ...Object.fromEntries(leastFields(fields, version)),
      }));
      const sizes = cases.map(({ fields }) => leastSize(fields, version));
      return values[sizes.indexOf(Math.min(...sizes))] ?? 0;
    }
    default:
      return type.name === "bool" ? false : type.name === "uuid" ? "00000000-0000-0000-0000-000000000000" : 0;
  }
}

/** Bytes of the smallest values of some fields that are no bits. */
function leastSize(fields: readonly Field[], version: Version): number {
  const sizeOf = (type: Type): number => {
    switch (type.kind) {
      case "alias":
        return sizeOf(type.target);
      case "primitive":
        return primitiveSizes[type.name];
      case "message":
        return primitiveSizes[type.length] + 1;
      case "fixedBytes":
        return type.byteCount;
      case "enum":
        return primitiveSizes[type.tag];
      case "struct":
        return leastSize(type.fields, version);
      case "union": {
        const cases = type.cases.filter((one) => isPresent(one, version));
        return primitiveSizes[type.tag] + Math.min(...cases.map((one) => leastSize(one.fields, version)));
      }
      default:
        return type.length === "rest" ? 0 : primitiveSizes[type.length];
    }
  };
  const present = fields.filter((field) => isPresent(field, version));
  return present.reduce((sum, { optional, type }) => sum + (optional ? 1 : sizeOf(type)), 0);
}

const primitiveSizes = {
  ...{ bool: 1, u8: 1, i8: 1, u16: 2, i16: 2, u32: 4, i32: 4, f32: 4 },
  ...{ u53: 8, u64: 8, i53: 8, i64: 8, f64: 8, uuid: 16 },
} as const;
