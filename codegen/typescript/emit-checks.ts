import type { CodeBlockWriter } from "ts-morph";
import { baseType } from "../layout.ts";
import type { Checks, Range, Type } from "../protocol.ts";
import { throwIf } from "./codec-file.ts";

/** What the code around a value calls it. Every member is an expression. */
export interface CheckedValue {
  readonly type: Type;
  readonly value: string;
  /** Of a string or bytes: its length in bytes. Of a list or map: its count. */
  readonly size: string | undefined;
  readonly path: string;
  /** Where the value begins in the frame. */
  readonly at: string;
}

/** Emits a guard for everything that a value must satisfy beyond its type. */
export function emitChecks(
  writer: CodeBlockWriter,
  side: "read" | "write",
  checks: readonly Checks[],
  subject: CheckedValue,
): void {
  for (const { range, length, count, not, pattern, encodeOnly } of checks) {
    if (side === "read" && encodeOnly) continue;
    const { value, size = "", path, at } = subject;
    const literal = isBigint(subject.type) ? (bound: bigint) => `${bound}n` : String;
    emitRange(writer, range, value, literal, (limit) => `wire.outOfRange(${path}, ${at}, ${value}, "${limit}")`);
    emitRange(writer, length, size, String, (limit) => `wire.lengthOutOfRange(${path}, ${at}, ${size}, "${limit}")`);
    emitRange(writer, count, size, String, (limit) => `wire.countOutOfRange(${path}, ${at}, ${size}, "${limit}")`);
    for (const refused of not) {
      const text = typeof refused === "string" ? JSON.stringify(refused) : literal(BigInt(refused));
      throwIf(writer, `${value} === ${text}`, `wire.outOfRange(${path}, ${at}, ${value}, "which is not allowed")`);
    }
    if (pattern !== undefined) {
      const whole = new RegExp(`^(?:${pattern})$`, "u");
      const expected = JSON.stringify(`a string like ${pattern}`);
      throwIf(writer, `!${whole}.test(${value})`, `wire.invalidValue(${path}, ${at}, ${value}, ${expected})`);
    }
  }
}

/** Whether there is anything to check on one side. */
export function looksAtValue(checks: readonly Checks[], side: "read" | "write"): boolean {
  return checks.some(({ encodeOnly }) => !(side === "read" && encodeOnly));
}

/** Whether the length in bytes is among what is checked on one side. */
export function looksAtLength(checks: readonly Checks[], side: "read" | "write"): boolean {
  return looksAtValue(
    checks.filter(({ length }) => length !== undefined),
    side,
  );
}

export function isBigint(type: Type): boolean {
  const base = baseType(type);
  return base.kind === "primitive" && (base.name === "u64" || base.name === "i64");
}

function emitRange(
  writer: CodeBlockWriter,
  range: Range | undefined,
  value: string,
  literal: (bound: bigint) => string,
  error: (limit: string) => string,
): void {
  if (range?.min !== undefined) {
    throwIf(writer, `${value} < ${literal(range.min)}`, error(`the smallest is ${range.min}`));
  }
  if (range?.max !== undefined) {
    throwIf(writer, `${value} > ${literal(range.max)}`, error(`the largest is ${range.max}`));
  }
}
