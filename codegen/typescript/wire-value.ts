import { baseType, prefixSize, scalarSize } from "../layout.ts";
import type { BytesType, Checks, Field, ListType, MessageType, StringType, Type } from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { type Place, placeText, type Surroundings } from "./codec-file.ts";
import { readEnumName } from "./emit-enums.ts";

/** A value in a frame that code is emitted for: a field, or what stands in a list or map. */
export interface WireValue {
  /** Name of the field; `undefined` inside a list or map. */
  readonly field: string | undefined;
  /** What local variables for it are named after. */
  readonly name: string;
  /** Literal of its path: `"Query.payload"`, or `".payload"` and `""` inside a type. */
  readonly path: string;
  readonly type: Type;
  readonly checks: Checks | undefined;
  /** For functions that only this value needs: `QueryPayload`. */
  readonly functionName: string;
  /** Whether it is the key of a map: one of a few texts that come again and again. */
  readonly isKey?: boolean;
}

/** A stretch of bytes whose presence is checked before it is read. Several that follow each other share one check. */
export interface Stretch {
  readonly value: WireValue;
  readonly size: number;
}

/** What functions for the fields of a message, struct or case have in common. */
export interface FieldOwner {
  /** `Query` for a message; empty for types, whose paths are relative. */
  readonly pathPrefix: string;
  /** `Query`, `LogRecordCommand`, with the suffix of the layout. */
  readonly functionName: string;
  readonly fields: readonly Field[];
}

/** A field as a value on the wire. */
export function fieldValue(field: Field, owner: FieldOwner): WireValue {
  return {
    field: field.name,
    name: field.name,
    path: JSON.stringify(`${owner.pathPrefix}.${field.name}`),
    type: field.type,
    checks: field.checks,
    functionName: owner.functionName + field.name.charAt(0).toUpperCase() + field.name.slice(1),
  };
}

/** A value without a name: what stands in a list or map. Its path is empty; who reads the list or map knows the rest. */
export function anonymousValue(type: Type, name: string, functionName: string): WireValue {
  return { field: undefined, name, path: '""', type, checks: undefined, functionName };
}

/** The stretches that follow each other from the first of some fields on, up to the first of unknown length. */
export function leadingStretches(fields: readonly { readonly field: Field; readonly value: WireValue }[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { field, value } of fields) {
    const base = baseType(value.type);
    const size = scalarSize(base);
    if (!field.optional && size !== undefined) {
      stretches.push({ value, size });
      continue;
    }
    if (field.optional) stretches.push({ value, size: 1 });
    else if (isSized(base)) stretches.push({ value, size: prefixSize(base.length) });
    break;
  }
  return stretches;
}

/** A type that is a length and so many bytes. */
export type SizedType = (StringType | BytesType | MessageType) & { readonly length: LengthType };

export function isSized(type: Type): type is SizedType {
  return (type.kind === "string" || type.kind === "bytes" || type.kind === "message") && type.length !== "rest";
}

/** A type whose value reaches to the end of the frame. */
export type RestType = (StringType | BytesType | ListType) & { readonly length: "rest" };

export function isRest(type: Type): type is RestType {
  return (type.kind === "string" || type.kind === "bytes" || type.kind === "list") && type.length === "rest";
}

/** The expression that reads a value of `scalarSize`, at a place where its bytes are known to be. */
export function scalarRead(value: WireValue, surroundings: Surroundings, place: Place): string {
  const { file, version } = surroundings;
  const base = baseType(value.type);
  const at = placeText(place);
  if (base.kind === "fixedBytes") {
    return `wire.readBytes(bytes, ${at}, ${placeText({ ...place, delta: place.delta + base.byteCount })})`;
  }
  if (base.kind === "enum") {
    const tag = `${file.wire("read", base.tag)}(bytes, ${at})`;
    return `${readEnumName(file, base, version)}(${tag}, ${value.path}, ${at})`;
  }
  if (base.kind !== "primitive") throw new Error(`${base.kind} is read by a function of its own`);
  return `${file.wire("read", base.name)}(bytes, ${at}${throwsOnRead(base.name) ? `, ${value.path}` : ""})`;
}

/** Whether there are bytes that are no value of a primitive, so that its reader needs to know the path. */
export function throwsOnRead(primitive: string): boolean {
  return primitive === "i53" || primitive === "u53" || primitive === "bool";
}
