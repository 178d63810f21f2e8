import { type Extent, fixedBytesMax, type PrimitiveType, type TypeExpression } from "../type-expression.ts";

/** Integers from `min` to `max`, both included. */
export interface IntegerRange {
  readonly min: bigint;
  readonly max: bigint;
}

/** What each integer type carries. `u53` and `i53` carry what a number in TypeScript holds exactly. */
const integerRanges: Readonly<Partial<Record<PrimitiveType, IntegerRange>>> = {
  u8: unsigned(8n),
  u16: unsigned(16n),
  u32: unsigned(32n),
  u53: unsigned(53n),
  u64: unsigned(64n),
  i8: signed(8n),
  i16: signed(16n),
  i32: signed(32n),
  i53: { min: -(2n ** 53n) + 1n, max: 2n ** 53n - 1n },
  i64: signed(64n),
};

function unsigned(bits: bigint): IntegerRange {
  return { min: 0n, max: 2n ** bits - 1n };
}

function signed(bits: bigint): IntegerRange {
  return { min: -(2n ** (bits - 1n)), max: 2n ** (bits - 1n) - 1n };
}

/** What a type carries; `undefined` for what is no integer. */
export function integerRangeOf(type: TypeExpression): IntegerRange | undefined {
  return type.kind === "primitive" ? integerRanges[type.name] : undefined;
}

/** The lengths or counts that a prefix can announce. Negative ones never stand on the wire. A rest has any length. */
export function lengthRangeOf(length: Extent): IntegerRange {
  if (length === "rest") return unsigned(53n);
  return { min: 0n, max: integerRanges[length]?.max ?? BigInt(fixedBytesMax) };
}

/** Takes a text such as `1..36`, `0..` or `..1024` apart; an end that is left out is `undefined`. */
export function parseRange(text: string): { min: bigint | undefined; max: bigint | undefined } {
  const [min = "", max = ""] = text.split("..");
  return { min: min === "" ? undefined : BigInt(min), max: max === "" ? undefined : BigInt(max) };
}

/** A range cut to another one; `undefined` when nothing is left. */
export function cutRange(range: IntegerRange, text: string | undefined): IntegerRange | undefined {
  const wanted = parseRange(text ?? "..");
  let { min, max } = range;
  if (wanted.min !== undefined && wanted.min > min) min = wanted.min;
  if (wanted.max !== undefined && wanted.max < max) max = wanted.max;
  return min > max ? undefined : { min, max };
}
