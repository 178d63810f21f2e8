import { baseType, isPresent, minimumSize, prefixSize } from "../layout.ts";
import type { BytesType, EnumType, ListType, MapType, StringType, Type, UnionType, Version } from "../protocol.ts";
import type { ExampleValues } from "./example-values.ts";
import {
  acceptedValues,
  bytesOfSize,
  bytesSamples,
  floatSamples,
  integerSamples,
  isAcceptedText,
  longestSampleSize,
  sampleSizeMax,
  sizeSamples,
  textOfSize,
  textSamples,
} from "./sample-values.ts";
import { unusedTag } from "./unused-tag.ts";
import { isList, isRecord, type Value } from "./value.ts";
import type { ValueSite, ValuesHere, Variation } from "./variations.ts";

/** The other valid values of one place that implementations should be tried with. */
export function goldenValues(version: Version, examples: ExampleValues): ValuesHere<"golden"> {
  const values = new GoldenValues(version, examples);
  return (site) => values.at(site);
}

type Golden = Variation<"golden">;

class GoldenValues {
  readonly #version: Version;
  readonly #examples: ExampleValues;
  /** The kinds of values of which one has been as long as its prefix can say. */
  readonly #longest = new Set<"string" | "bytes">();

  constructor(version: Version, examples: ExampleValues) {
    this.#version = version;
    this.#examples = examples;
  }

  at(site: ValueSite): readonly Golden[] {
    const absent = site.isOptional ? [golden("absent", undefined, "Absent.")] : [];
    return [...absent, ...this.#present(site)];
  }

  #present(site: ValueSite): readonly Golden[] {
    const base = baseType(site.type);
    const accepted = acceptedValues(site.type, site.checks);
    switch (base.kind) {
      case "primitive":
        if (base.name === "bool") return [golden("true", true, "Set."), golden("false", false, "Not set.")];
        if (base.name === "f32" || base.name === "f64") return floatSamples(base.name).map(ofSample);
        if (base.name === "uuid") return uuids;
        return integerSamples(base.name, accepted).map(ofSample);
      case "string":
        return [
          ...textSamples(accepted, String(site.value), prefixSize(base.length)).map(ofSample),
          ...this.#atPrefixEnd(base, site),
        ];
      case "bytes":
        return [...bytesSamples(accepted, prefixSize(base.length)).map(ofSample), ...this.#atPrefixEnd(base, site)];
      case "fixedBytes":
        return [
          golden("zeros", new Uint8Array(base.byteCount), "Zeros."),
          golden("ones", new Uint8Array(base.byteCount).fill(0xff), "Every bit is set."),
        ];
      case "enum":
        return this.#enumValues(base);
      case "union":
        return this.#cases(base, site);
      case "list":
        return this.#lists(base, site);
      case "map":
        return this.#maps(base, site);
      case "message":
        return this.#examples.heldMessages(site.family).map((message) => {
          return golden(String(message["type"]), message, `${String(message["type"])} inside.`);
        });
      case "struct":
        return [];
    }
  }

  /** Once in a version: what is as long as two bytes can say, which would fill files if every place had it. */
  #atPrefixEnd({ kind, length }: StringType | BytesType, site: ValueSite): readonly Golden[] {
    const accepted = acceptedValues(site.type, site.checks);
    const isReachable = accepted.extent !== undefined && accepted.extent.max === BigInt(longestSampleSize);
    if (length === "rest" || prefixSize(length) !== 2 || !isReachable || this.#longest.has(kind)) return [];
    const value =
      kind === "bytes"
        ? bytesOfSize(longestSampleSize)
        : textOfSize(longestSampleSize, String(site.value), (text) => isAcceptedText(text, accepted));
    if (value === undefined) return [];
    this.#longest.add(kind);
    return [golden("longest", value, `The longest, ${longestSampleSize}: every bit of the length is set.`)];
  }

  #enumValues(type: EnumType): readonly Golden[] {
    const present = type.values.filter((value) => isPresent(value, this.#version));
    const named = present.map(({ name }) => golden(name, name, `The value ${name}.`));
    const unknown = type.keepsUnknown
      ? unusedTag(
          present.map(({ tag }) => tag),
          type.tag,
        )
      : undefined;
    if (unknown === undefined) return named;
    return [...named, golden("unknown", { unknown }, "A value that is not listed is kept.")];
  }

  #cases(union: UnionType, { family }: ValueSite): readonly Golden[] {
    return union.cases
      .filter((unionCase) => isPresent(unionCase, this.#version))
      .flatMap((unionCase) => {
        const value = this.#examples.ofCase(union, unionCase, family);
        return value === undefined ? [] : [golden(unionCase.name, value, `The case ${unionCase.name}.`)];
      });
  }

  #lists({ length, element }: ListType, site: ValueSite): readonly Golden[] {
    const { extent } = acceptedValues(site.type, site.checks);
    if (extent === undefined) return [];
    const elements = this.#elements(element, site);
    const ofCount = (count: number) =>
      Array.from({ length: count }, (_, index) => elements[index % elements.length] ?? 0);
    const several = Math.max(3, elements.length);
    const isSeveral = extent.min <= several && extent.max >= several;
    const counts = sizeSamples(extent, prefixSize(length)).filter(({ value: count }) => {
      return count === 0 || (elements.length > 0 && count * minimumSize(element, this.#version) <= sampleSizeMax);
    });
    return [
      ...counts.map((sample) => golden(sample.name, ofCount(sample.value), sample.note)),
      ...(isSeveral && elements.length > 0 ? [golden("several", ofCount(several), `${several} elements.`)] : []),
    ];
  }

  /** Different elements, the first of which is that of the example. */
  #elements(type: Type, list: ValueSite): readonly Value[] {
    const base = baseType(type);
    if (base.kind === "message") return this.#examples.heldMessages(list.family);
    const given = isList(list.value) ? list.value : [];
    const first = given[0] ?? this.#examples.ofType(type, list.family);
    if (first === undefined) return [];
    if (base.kind !== "enum" && base.kind !== "union") return given.length === 0 ? [first] : given;
    const others = this.#present({ ...list, type, checks: undefined, value: first });
    return [first, ...others.flatMap(({ value }) => value ?? [])];
  }

  #maps(map: MapType, { type, checks, value }: ValueSite): readonly Golden[] {
    const { extent } = acceptedValues(type, checks);
    const entries = isRecord(value) ? Object.entries(value) : [];
    const [first] = entries;
    if (extent === undefined) return [];
    const empty = extent.min === 0n ? [golden("empty", {}, "Empty.")] : [];
    if (first === undefined) return empty;
    const [key, item] = first;
    const one = extent.min <= 1n ? [golden("one", Object.fromEntries([first]), "One entry.")] : [];
    const keyType = acceptedValues(map.key, undefined);
    const keys = ["b", "a", "C", key + key].filter(
      (candidate) => candidate !== key && isAcceptedText(candidate, keyType),
    );
    const several = Object.fromEntries([first, ...keys.map((other) => [other, item] as const)]);
    const count = Object.keys(several).length;
    if (count < 2 || count < extent.min || count > extent.max) return [...empty, ...one];
    return [...empty, ...one, golden("several", several, "Several entries, written in this order.")];
  }
}

function ofSample({ name, value, note }: { name: string; value: Value; note: string }): Golden {
  return golden(name, value, note);
}

function golden(name: string, value: Value | undefined, note: string): Golden {
  return { id: `/${name}`, value, note, kind: "golden" };
}

const uuids: readonly Golden[] = [
  golden("zeros", "00000000-0000-0000-0000-000000000000", "Every bit is clear."),
  golden("ones", "ffffffff-ffff-ffff-ffff-ffffffffffff", "Every bit is set."),
  golden("order", "00010203-0405-0607-0809-0a0b0c0d0e0f", "The bytes stand as they are written."),
];
