import { type AcceptedValues, acceptedBySide } from "../evolution/accepted-values.ts";
import type { Checks, Type } from "../protocol.ts";
import type { PrimitiveType } from "../type-expression.ts";

/** A value with the name that an id has for it. */
export interface NamedSample<Sample> {
  readonly name: string;
  readonly value: Sample;
  readonly note: string;
}

/** Most bytes or entries of a value that is made up; longer ones would fill files and show nothing. */
export const sampleSizeMax = 4096;

/** Most bytes of the one text and the one sequence of bytes that are as long as two bytes can say. */
export const longestSampleSize = 0xffff;

/** What the encoder of a type with constraints takes. */
export function acceptedValues(type: Type, checks: Checks | undefined): AcceptedValues {
  return acceptedBySide(type, checks).encode;
}

/** Integers that implementations get wrong, of those that are accepted. */
export function integerSamples(
  name: PrimitiveType,
  { extent, not }: AcceptedValues,
): readonly NamedSample<number | bigint>[] {
  if (extent === undefined) return [];
  const isTaken = (value: bigint) => value >= extent.min && value <= extent.max && !not.includes(String(value));
  const min = [extent.min, extent.min + 1n].find(isTaken);
  const max = [extent.max, extent.max - 1n].find(isTaken);
  const ends = [
    ...(min === undefined ? [] : [{ name: "min", value: min, note: `The smallest, ${min}.` }]),
    ...(max === undefined ? [] : [{ name: "max", value: max, note: `The largest, ${max}.` }]),
  ];
  const between = telling
    .filter(([value]) => value !== min && value !== max && isTaken(value))
    .map(([value, note]) => ({ name: String(value), value, note }));
  const isBig = name === "u64" || name === "i64";
  return [...ends, ...between].map((sample) => ({ ...sample, value: isBig ? sample.value : Number(sample.value) }));
}

/** Numbers at which a representation changes. */
const telling: readonly (readonly [bigint, string])[] = [
  [0n, "Zero."],
  [1n, "One: shows the order of the bytes."],
  [-1n, "Minus one: every bit is set."],
  [128n, "The sign bit of a byte."],
  [0x8000n, "The sign bit of two bytes."],
  [0x8000_0000n, "The sign bit of four bytes."],
  [0xffff_ffffn, "Four bytes of ones."],
  [0x1_0000_0000n, "Nothing in the lower four bytes."],
  [-3_000_000_000n, "Negative, and beyond four bytes."],
  [0x1_0203_0405_0607n, "Every byte another."],
  [9_007_199_254_740_993n, "No IEEE 754 double holds it."],
];

export function floatSamples(name: "f32" | "f64"): readonly NamedSample<number>[] {
  const [smallest, largest] = name === "f32" ? [2 ** -149, (2 - 2 ** -23) * 2 ** 127] : [5e-324, Number.MAX_VALUE];
  const tenth = name === "f32" ? Math.fround(0.1) : 0.1;
  return [
    { name: "0", value: 0, note: "Zero." },
    { name: "-0", value: -0, note: "Zero with a sign." },
    { name: "-1.5", value: -1.5, note: "Negative." },
    { name: "0.1", value: tenth, note: "The number of the format that is nearest to a tenth." },
    { name: "min", value: smallest, note: "The smallest above zero." },
    { name: "max", value: largest, note: "The largest that is finite." },
    { name: "infinity", value: Number.POSITIVE_INFINITY, note: "Infinity." },
    { name: "-infinity", value: Number.NEGATIVE_INFINITY, note: "Negative infinity." },
  ];
}

/** Texts at the ends of what is accepted, and texts that are not ASCII. */
export function textSamples(
  accepted: AcceptedValues,
  example: string,
  prefixBytes: number,
): readonly NamedSample<string>[] {
  const { extent } = accepted;
  if (extent === undefined) return [];
  const sized = sizeSamples(extent, prefixBytes).flatMap(({ name, value: size, note }) => {
    const value = textOfSize(size, example, (text) => isAcceptedText(text, accepted));
    return value === undefined ? [] : [{ name, value, note }];
  });
  const written = [
    { name: "unicode", value: "é€😀", note: "Characters of two, three and four bytes." },
    { name: "nul", value: "a\0b", note: "A zero byte is a character like any other." },
    { name: "bom", value: "\ufeffa", note: "A byte order mark is a character like any other." },
  ];
  return [...sized, ...written.filter(({ value }) => isAcceptedText(value, accepted))];
}

/** Sequences of bytes at the ends of what is accepted, and one with every byte. */
export function bytesSamples({ extent }: AcceptedValues, prefixBytes: number): readonly NamedSample<Uint8Array>[] {
  if (extent === undefined) return [];
  return sizeSamples(extent, prefixBytes).map((sample) => ({ ...sample, value: bytesOfSize(sample.value) }));
}

/** Sizes of texts and bytes, and counts of lists: the ends, and the first that takes a second byte to say. */
export function sizeSamples(
  { min, max }: { readonly min: bigint; readonly max: bigint },
  prefixBytes: number,
): readonly NamedSample<number>[] {
  const samples: NamedSample<number>[] = [];
  if (min === 0n) samples.push({ name: "empty", value: 0, note: "Empty." });
  if (min === 0n && max > 1n) samples.push({ name: "one", value: 1, note: "A length or count of one." });
  if (min > 0n && min <= sampleSizeMax)
    samples.push({ name: "shortest", value: Number(min), note: `The shortest, ${min}.` });
  if (prefixBytes !== 1 && min < 256n && max > 256n)
    samples.push({ name: "256", value: 256, note: "A length or count of more than one byte." });
  if (max <= sampleSizeMax && max > min)
    samples.push({ name: "longest", value: Number(max), note: `The longest, ${max}.` });
  return samples;
}

/** A text of so many bytes that is accepted, if one is easily found. */
export function textOfSize(size: number, example: string, isAccepted: (text: string) => boolean): string | undefined {
  const ascii = /^[ -~]+$/.test(example) ? example : "a";
  const fillings = [ascii, ascii.at(-1) ?? "a", "a", "A", "0"];
  const texts = fillings.map((filling) => filling.repeat(Math.ceil(size / filling.length)).slice(0, size));
  const last = ascii.at(-1) ?? "a";
  return [...texts, ascii.slice(0, size).padEnd(size, last)].find(isAccepted);
}

export function bytesOfSize(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index & 0xff);
}

/** Whether a text is one that a side takes. */
export function isAcceptedText(text: string, { extent, not, patterns }: AcceptedValues): boolean {
  const size = Buffer.byteLength(text);
  if (extent !== undefined && (size < extent.min || size > extent.max)) return false;
  return !not.includes(text) && patterns.every((pattern) => matches(pattern, text));
}

export function matches(pattern: string, text: string): boolean {
  return new RegExp(`^(?:${pattern})$`, "u").test(text);
}
