import type { Checks, Range } from "../protocol.ts";
import type { KsyValid } from "./ksy.ts";

/** The number that is checked: its type in the .ksy, and whether it may be absent. */
export interface CheckedNumber {
  readonly type: string;
  readonly isOptional: boolean;
}

/**
 * What a .ksy can demand of a number: the checks of the schema that a decoder makes, on top of what the type carries.
 *
 * What not all targets can compile, or some would get wrong, is left out. Rust compares in 32 bits unless both sides say
 * that they are of one type, which takes an expression; and C# has no expressions about what may be absent.
 */
export function validNumber(
  { type, isOptional }: CheckedNumber,
  checks: readonly Checks[],
  own: Range = anyNumber,
): KsyValid | undefined {
  const decoded = checks.filter(({ encodeOnly }) => !encodeOnly);
  const range = comparable(type, tighten([own, ...decoded.map((each) => each.range ?? anyNumber)]));
  const refused = decoded.flatMap(({ not }) => not.map((value) => BigInt(value))).filter(isSafe);
  const isPlain = [range.min, range.max].every((end) => end === undefined || isNarrow(type) || isByte(end));
  if (refused.length === 0 && isPlain) return minMax(range);
  return isOptional ? undefined : expression(type, range, refused);
}

/**
 * The same of the number before a string, bytes, list or map. That Rust takes what is beyond 31 bits for negative does not
 * matter here, where it lacks the bytes anyway.
 */
export function validPrefix(checks: readonly Checks[], kind: "length" | "count", own: Range): KsyValid | undefined {
  const decoded = checks.filter(({ encodeOnly }) => !encodeOnly);
  return minMax(tighten([own, ...decoded.map((each) => each[kind] ?? anyNumber)]));
}

/** Ends that every target can compare with. Where a target has signed numbers only, great ones are negative. */
function comparable(type: string, { min, max }: Range): Range {
  const safeMax = max !== undefined && isSafe(max) ? max : undefined;
  if (type === "u8") return safeMax === undefined ? anyNumber : { min: greatest(min, 0n), max: safeMax };
  return { min: min !== undefined && isSafe(min) ? min : undefined, max: safeMax };
}

function minMax({ min, max }: Range): KsyValid | undefined {
  if (min === undefined && max === undefined) return undefined;
  return { ...(min === undefined ? {} : { min: Number(min) }), ...(max === undefined ? {} : { max: Number(max) }) };
}

function expression(type: string, { min, max }: Range, refused: readonly bigint[]): KsyValid {
  const cast = type === "b32" ? "u8" : type;
  const compare = (operator: string, value: bigint) =>
    isNarrow(type) || isByte(value)
      ? `_ ${operator} ${value}`
      : `_.as<${cast}> ${operator} ${value < 0n ? `(${value})` : value}.as<${cast}>`;
  const terms = [
    ...(min === undefined ? [] : [compare(">=", min)]),
    ...(max === undefined ? [] : [compare("<=", max)]),
    ...refused.map((value) => compare("!=", value)),
  ];
  return { expr: terms.join(" and ") };
}

/** Whether all values of a type fit 32 bits with a sign. */
function isNarrow(type: string): boolean {
  return !["u4", "u8", "s8", "b32"].includes(type);
}

/** Numbers that targets compare with in the type of the other side. */
function isByte(value: bigint): boolean {
  return value >= 0n && value <= 255n;
}

function tighten(ranges: readonly Range[]): Range {
  return ranges.reduce((all, each) => ({ min: greatest(all.min, each.min), max: least(all.max, each.max) }));
}

function greatest(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || (b !== undefined && b > a) ? b : a;
}

function least(a: bigint | undefined, b: bigint | undefined): bigint | undefined {
  return a === undefined || (b !== undefined && b < a) ? b : a;
}

function isSafe(value: bigint): boolean {
  return value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER);
}

const anyNumber: Range = { min: undefined, max: undefined };
