import { baseType, checksOf } from "../layout.ts";
import type { Checks, Type } from "../protocol.ts";
import { cutRange, type IntegerRange, integerRangeOf, lengthRangeOf } from "../rules/integer-range.ts";
import { rangeText } from "./projection.ts";

/** The values of a type that one side takes: the decoder, or the encoder. */
export interface AcceptedValues {
  /** Of an integer the number, of a string or bytes the length in bytes, of a list or map the count. */
  readonly extent: IntegerRange | undefined;
  /** Rising, each once, and inside the extent. */
  readonly not: readonly string[];
  /** Each once; a value keeps all of them. */
  readonly patterns: readonly string[];
}

/** Two sides, which differ where a constraint has `check: encode`. */
export interface AcceptedBySide {
  readonly decode: AcceptedValues;
  readonly encode: AcceptedValues;
}

/** What is left of a type after every constraint on the way to it, and those beside it. */
export function acceptedBySide(type: Type, own: Checks | undefined): AcceptedBySide {
  const checks = checksOf(type, own);
  const decoded = checks.filter(({ encodeOnly }) => !encodeOnly);
  return { decode: acceptedValues(type, decoded), encode: acceptedValues(type, checks) };
}

/** Whether every value of one is among the others. A pattern says nothing about another, unless it is the same. */
export function isWithin(inner: AcceptedValues, outer: AcceptedValues, type: Type): boolean {
  if (inner.extent !== undefined && outer.extent !== undefined) {
    if (inner.extent.min < outer.extent.min || inner.extent.max > outer.extent.max) return false;
  }
  return (
    outer.not.every((value) => inner.not.includes(value) || !isInExtent(value, inner.extent, type)) &&
    outer.patterns.every((pattern) => inner.patterns.includes(pattern))
  );
}

/** For people: `1..36`, `1.., not "7"`, `texts like [A-Z]+`; `any` where nothing is refused. */
export function describeAccepted(values: AcceptedValues, type: Type): string {
  const natural = extentOf(type);
  const { extent } = values;
  const parts = [
    ...(extent === undefined || natural === undefined ? [] : [extentText(extent, natural)]),
    ...(values.not.length === 0 ? [] : [`not ${values.not.map((value) => JSON.stringify(value)).join(" or ")}`]),
    ...values.patterns.map((pattern) => `texts like ${pattern}`),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "any" : parts.join(", ");
}

function acceptedValues(type: Type, checks: readonly Checks[]): AcceptedValues {
  let extent = extentOf(type);
  for (const { range, length, count } of checks) {
    const bounds = range ?? length ?? count;
    // The loader refuses constraints that leave nothing; the extent before them is as good as any then.
    if (extent !== undefined && bounds !== undefined) extent = cutRange(extent, rangeText(bounds)) ?? extent;
  }
  const not = checks.flatMap((one) => one.not.map(String)).filter((value) => isInExtent(value, extent, type));
  const patterns = checks.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
  return { extent, not: [...new Set(not)].toSorted(), patterns: [...new Set(patterns)].toSorted() };
}

function extentOf(type: Type): IntegerRange | undefined {
  const base = baseType(type);
  switch (base.kind) {
    case "primitive":
      return integerRangeOf(base);
    case "string":
    case "bytes":
    case "list":
    case "map":
      return lengthRangeOf(base.length);
    default:
      return undefined;
  }
}

function isInExtent(value: string, extent: IntegerRange | undefined, type: Type): boolean {
  if (extent === undefined) return true;
  const size = baseType(type).kind === "primitive" ? BigInt(value) : BigInt(Buffer.byteLength(value));
  return size >= extent.min && size <= extent.max;
}

function extentText(extent: IntegerRange, natural: IntegerRange): string {
  const min = extent.min === natural.min ? undefined : extent.min;
  const max = extent.max === natural.max ? undefined : extent.max;
  if (min === undefined && max === undefined) return "";
  return rangeText({ min, max });
}
