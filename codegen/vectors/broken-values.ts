import { type AcceptedValues, acceptedBySide } from "../evolution/accepted-values.ts";
import { baseType, isPresent } from "../layout.ts";
import type { Type, Version } from "../protocol.ts";
import { integerRangeOf, lengthRangeOf } from "../rules/integer-range.ts";
import type { RefusalRule } from "./refusal-rules.ts";
import { bytesOfSize, isAcceptedText, matches, sampleSizeMax, textOfSize } from "./sample-values.ts";
import { unusedTag } from "./unused-tag.ts";
import { isList, isRecord, type Value } from "./value.ts";
import type { ValueSite, Variation } from "./variations.ts";

/** A value that breaks just one rule. */
export type BrokenValue = Variation<RefusalRule>;

/** The values of one place that a decoder refuses. */
export function refusedValues(site: ValueSite, version: Version): readonly BrokenValue[] {
  const { decode } = acceptedBySide(site.type, site.checks);
  return [
    ...outside(site, decode, { extent: extentOf(site.type), not: [], patterns: [] }),
    ...unsafeIntegers(site.type),
    ...unlisted(site.type, version),
  ];
}

/** The values of one place that an encoder refuses and a decoder takes, because of `check: encode`. */
export function leniencies(site: ValueSite): readonly BrokenValue[] {
  const { encode, decode } = acceptedBySide(site.type, site.checks);
  return outside(site, encode, decode);
}

export function brokenValue(name: string, kind: RefusalRule, value: Value, note: string): BrokenValue {
  return { id: `/${name}`, value, note, kind };
}

/** Values of a type that one side takes and, for one reason, another does not. */
function outside(site: ValueSite, inner: AcceptedValues, outer: AcceptedValues): readonly BrokenValue[] {
  const base = baseType(site.type);
  switch (base.kind) {
    case "primitive":
      return outsideIntegers(base.name === "u64" || base.name === "i64" ? (value) => value : Number, inner, outer);
    case "string":
      return outsideTexts(String(site.value), inner, outer);
    case "bytes":
      return outsideSizes(inner, outer).map(({ end, size, note }) => {
        return brokenValue(`length-${end}`, "length", bytesOfSize(size), note);
      });
    case "list":
    case "map":
      return outsideSizes(inner, outer).flatMap(({ end, size, note }) => {
        const value = ofCount(site.value, size);
        return value === undefined ? [] : [brokenValue(`count-${end}`, "count", value, note)];
      });
    default:
      return [];
  }
}

function outsideIntegers(
  toValue: (value: bigint) => number | bigint,
  inner: AcceptedValues,
  outer: AcceptedValues,
): readonly BrokenValue[] {
  const ends = outsideEnds(inner, outer).filter(({ value }) => !outer.not.includes(String(value)));
  const excluded = inner.not.filter((value) => !outer.not.includes(value));
  return [
    ...ends.map(({ end, value, note }) => brokenValue(`range-${end}`, "range", toValue(value), note)),
    ...excluded.map((value) => brokenValue(`not-${value}`, "not", toValue(BigInt(value)), `${value} is not allowed.`)),
  ];
}

function outsideTexts(example: string, inner: AcceptedValues, outer: AcceptedValues): readonly BrokenValue[] {
  // All that the inner side asks for, except the length.
  const anyLength = { ...inner, extent: outer.extent };
  const sized = outsideSizes(inner, outer).flatMap(({ end, size, note }) => {
    const text = textOfSize(size, example, (candidate) => isAcceptedText(candidate, anyLength));
    return text === undefined ? [] : [brokenValue(`length-${end}`, "length", text, note)];
  });
  const excluded = inner.not.filter((text) => {
    return !outer.not.includes(text) && isAcceptedText(text, { ...inner, not: outer.not });
  });
  const patterns = inner.patterns
    .filter((pattern) => !outer.patterns.includes(pattern))
    .flatMap((pattern, index) => {
      const others = { ...inner, patterns: inner.patterns.filter((other) => other !== pattern) };
      const candidates = [`${example}!`, `${example.slice(0, -1)}!`, "!", " ", "0", "a", "A", "é", `${example}\n`, ""];
      const text = candidates.find((candidate) => !matches(pattern, candidate) && isAcceptedText(candidate, others));
      if (text === undefined) return [];
      return [brokenValue(`pattern${index === 0 ? "" : `-${index + 1}`}`, "pattern", text, `No text like ${pattern}.`)];
    });
  return [
    ...sized,
    ...excluded.map((text) => brokenValue(`not-${JSON.stringify(text)}`, "not", text, "A text that is not allowed.")),
    ...patterns,
  ];
}

interface OutsideEnd {
  readonly end: "below" | "above";
  readonly value: bigint;
  readonly note: string;
}

function outsideEnds(inner: AcceptedValues, outer: AcceptedValues): readonly OutsideEnd[] {
  if (inner.extent === undefined || outer.extent === undefined) return [];
  const { min, max } = inner.extent;
  const below = { end: "below", value: min - 1n, note: `The smallest is ${min}.` } as const;
  const above = { end: "above", value: max + 1n, note: `The largest is ${max}.` } as const;
  return [...(min > outer.extent.min ? [below] : []), ...(max < outer.extent.max ? [above] : [])];
}

function outsideSizes(
  inner: AcceptedValues,
  outer: AcceptedValues,
): readonly (OutsideEnd & { readonly size: number })[] {
  const ends = outsideEnds(inner, outer).filter(({ value }) => value <= sampleSizeMax);
  return ends.map((end) => ({ ...end, size: Number(end.value) }));
}

/** A list or map of so many entries, made of those of another. */
function ofCount(value: Value, count: number): Value | undefined {
  if (isList(value)) {
    const [element] = value;
    if (element === undefined) return count === 0 ? [] : undefined;
    return Array.from({ length: count }, (_, index) => value[index] ?? element);
  }
  const entries = isRecord(value) ? Object.entries(value) : [];
  // What more keys could be is a question of their type, and too few entries is what maps are constrained against.
  return entries.length < count ? undefined : Object.fromEntries(entries.slice(0, count));
}

/** What is a number in eight bytes, and none that every program holds exactly. */
function unsafeIntegers(type: Type): readonly BrokenValue[] {
  const base = baseType(type);
  if (base.kind !== "primitive" || (base.name !== "u53" && base.name !== "i53")) return [];
  const above = brokenValue("safe-above", "safe", 2n ** 53n, `The largest is ${Number.MAX_SAFE_INTEGER}.`);
  const below = brokenValue("safe-below", "safe", -(2n ** 53n), `The smallest is ${Number.MIN_SAFE_INTEGER}.`);
  return base.name === "u53" ? [above] : [below, above];
}

/** A number that no value of an enum has. */
function unlisted(type: Type, version: Version): readonly BrokenValue[] {
  const base = baseType(type);
  if (base.kind !== "enum" || base.keepsUnknown) return [];
  const tags = base.values.filter((value) => isPresent(value, version)).map(({ tag }) => tag);
  const unknown = unusedTag(tags, base.tag);
  return unknown === undefined
    ? []
    : [brokenValue("enum", "enum", { unknown }, `No ${base.name} has the tag ${unknown}.`)];
}

function extentOf(type: Type): AcceptedValues["extent"] {
  const base = baseType(type);
  if (base.kind === "primitive") return integerRangeOf(base);
  const isSized = base.kind === "string" || base.kind === "bytes" || base.kind === "list" || base.kind === "map";
  return isSized ? lengthRangeOf(base.length) : undefined;
}
