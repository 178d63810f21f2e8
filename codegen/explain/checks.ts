import type { Checks, Range } from "../protocol.ts";
import {
  countOutOfRange,
  invalidValue,
  lengthOutOfRange,
  outOfRange,
  type WireProblem,
  type WireScalar,
} from "./wire-problem.ts";

/** What a decoder looks at when it checks a value. */
export interface CheckedValue {
  readonly value: WireScalar | undefined;
  /** Of a string or bytes its length in bytes, of a list or map its count. */
  readonly size: number | undefined;
  readonly path: string;
  /** Where the value begins in the frame. */
  readonly at: number;
}

/** Throws WireProblem for a value that a decoder refuses although it is one of its type. */
export function requireChecks(checks: readonly Checks[], { value, size = 0, path, at }: CheckedValue): void {
  for (const { range, length, count, not, pattern, encodeOnly } of checks) {
    if (encodeOnly) continue;
    if (typeof value === "number" || typeof value === "bigint") {
      requireRange(range, value, (limit) => outOfRange(path, at, value, limit));
    }
    requireRange(length, size, (limit) => lengthOutOfRange(path, at, size, limit));
    requireRange(count, size, (limit) => countOutOfRange(path, at, size, limit));
    if (value === undefined) continue;
    if (not.some((refused) => String(refused) === String(value))) {
      throw outOfRange(path, at, value, "which is not allowed");
    }
    if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(String(value))) {
      throw invalidValue(path, at, value, `a string like ${pattern}`);
    }
  }
}

function requireRange(range: Range | undefined, value: number | bigint, problem: (limit: string) => WireProblem): void {
  if (range?.min !== undefined && value < range.min) throw problem(`the smallest is ${range.min}`);
  if (range?.max !== undefined && value > range.max) throw problem(`the largest is ${range.max}`);
}
