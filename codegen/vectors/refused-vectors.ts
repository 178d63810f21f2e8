import type { SchemaDocument } from "../document.ts";
import { explainFrame } from "../explain/explain-frame.ts";
import { baseType, isPresent, prefixMax } from "../layout.ts";
import type { Family, Message, Protocol, Version } from "../protocol.ts";
import { type BrokenValue, refusedValues } from "./broken-values.ts";
import { type DamagedFrame, damagedFrames } from "./damaged-frames.ts";
import type { EncodedFrame, EncodedPart } from "./encode-frame.ts";
import { ExampleValues } from "./example-values.ts";
import { encodedFrame } from "./golden-vectors.ts";
import { HeldMessages, unknownTag } from "./held-messages.ts";
import { integerBytes } from "./integer-bytes.ts";
import { type RefusalRule, refusalRules } from "./refusal-rules.ts";
import { sampleSizeMax } from "./sample-values.ts";
import { TypeHomes } from "./type-homes.ts";
import { hexOf, type ValueRecord } from "./value.ts";
import { Variations } from "./variations.ts";

/** A frame that is no message, and what a decoder says of it. */
export interface RefusedVector {
  /** `client.Query.payload/length-beyond` */
  readonly id: string;
  readonly family: string;
  readonly version: number;
  readonly hex: string;
  readonly code: string;
  readonly path: string;
  readonly offset: number;
  readonly rule: RefusalRule;
  readonly note: string;
}

/** Frames of one version that break one rule each, as far as that can be done. */
export function refusedVectors(
  protocol: Protocol,
  version: Version,
  document: SchemaDocument,
): readonly RefusedVector[] {
  const maker = new RefusedVectors(protocol, version, document);
  return protocol.families.flatMap((family) => maker.ofFamily(family));
}

class RefusedVectors {
  readonly #protocol: Protocol;
  readonly #version: Version;
  readonly #examples: ExampleValues;
  readonly #homes: TypeHomes;
  readonly #broken: Variations<RefusalRule>;
  readonly #cases: Variations<"case">;

  constructor(protocol: Protocol, version: Version, document: SchemaDocument) {
    this.#protocol = protocol;
    this.#version = version;
    this.#examples = new ExampleValues(document, version);
    this.#homes = new TypeHomes(protocol, version);
    const held = new HeldMessages(protocol, version, this.#examples);
    this.#broken = new Variations<RefusalRule>(version, this.#examples, this.#homes, (site): readonly BrokenValue[] => [
      ...refusedValues(site, version),
      ...held.refused(site),
    ]);
    this.#cases = new Variations<"case">(version, this.#examples, this.#homes, ({ type, family }) => {
      const base = baseType(type);
      if (base.kind !== "union") return [];
      return base.cases
        .filter((unionCase) => isPresent(unionCase, version))
        .map((unionCase) => {
          return { id: "", value: this.#examples.ofCase(base, unionCase, family), note: "", kind: "case" as const };
        })
        .filter(({ value }) => value !== undefined);
    });
  }

  ofFamily(family: Family): readonly RefusedVector[] {
    const messages = family.messages.filter((message) => isPresent(message, this.#version));
    const frames = [
      ...this.#headers(family, messages),
      ...messages.flatMap((message) => this.#bodies(family, message)),
    ];
    const seen = new Set<string>();
    return frames.flatMap((frame) => {
      const vector = this.#vector(family, frame);
      if (vector === undefined || seen.has(vector.hex)) return [];
      seen.add(vector.hex);
      return [vector];
    });
  }

  /** What is wrong before the fields of a message. */
  #headers(family: Family, messages: readonly Message[]): readonly DamagedFrame[] {
    // By their tags, since the order in which a schema says things may change.
    const byTag = messages.toSorted((a, b) => (a.tag < b.tag ? -1 : 1));
    const [message] = byTag.flatMap((candidate) => this.#examples.ofMessage(family, candidate)[0] ?? []);
    const frame = message && encodedFrame(this.#protocol, this.#version, family, message.value);
    if (frame === undefined) return [];
    const parts = frame.parts.filter(isHeader);
    const cut = parts.flatMap((part) => damagedFrames(frame, part, this.#protocol, this.#version));
    const empty = { id: "/empty", rule: "truncated" as const, bytes: new Uint8Array(0), note: "Nothing." };
    return [...cut, empty, ...parts.flatMap((part) => this.#wrongHeader(frame, part, messages))];
  }

  #wrongHeader(
    frame: EncodedFrame,
    { kind, bit, bitCount }: EncodedPart,
    messages: readonly Message[],
  ): DamagedFrame[] {
    const start = bit / 8;
    const end = start + bitCount / 8;
    const replace = (id: string, rule: RefusalRule, bytes: Iterable<number>, note: string): DamagedFrame => {
      return {
        id,
        rule,
        note,
        bytes: Uint8Array.from([...frame.bytes.slice(0, start), ...bytes, ...frame.bytes.slice(end)]),
      };
    };
    if (kind === "magic") {
      const magic = frame.bytes.slice(start, end);
      magic[magic.length - 1] = (magic.at(-1) ?? 0) ^ 1;
      return [replace("/magic", "magic", magic, "The last byte of the magic is another.")];
    }
    if (kind === "version") {
      const type = this.#protocol.frame.version ?? "u8";
      const known = new Set(this.#protocol.versions.map(({ number }) => number));
      const oldest = Math.min(...known);
      const retired = Array.from({ length: oldest - 1 }, (_, index) => index + 1);
      return [0, ...retired, prefixMax(type)].map((number) => {
        const note = retired.includes(number) ? "A version that is retired." : "A version that is none.";
        return replace(`/version-${number}`, "version", integerBytes(bitCount / 8, number, this.#protocol), note);
      });
    }
    const tag = unknownTag(this.#protocol, messages);
    return tag === undefined ? [] : [replace("/tag", "tag", tag, "A tag that no message has.")];
  }

  #bodies(family: Family, message: Message): readonly DamagedFrame[] {
    const [example] = this.#examples.ofMessage(family, message);
    const frame = example && this.#encode(family, example.value);
    if (example === undefined || frame === undefined) return [];
    const cases = this.#cases.ofMessage(family, message, example.value);
    const frames = [frame, ...cases.flatMap(({ value }) => this.#encode(family, value) ?? [])];
    const seen = new Set<string>();
    const damaged = frames.flatMap((one) => {
      return one.parts.flatMap((part) => {
        const key = `${part.kind} ${part.id}`;
        if (isHeader(part) || seen.has(key) || !this.#homes.isHome(message, part.owner)) return [];
        seen.add(key);
        return damagedFrames(one, part, this.#protocol, this.#version);
      });
    });
    const broken = this.#broken.ofMessage(family, message, example.value).flatMap(({ id, value, note, kind }) => {
      const bytes = this.#encode(family, value)?.bytes;
      const isLong = bytes === undefined || bytes.length > frame.bytes.length + sampleSizeMax;
      return isLong ? [] : [{ id, rule: kind, bytes, note }];
    });
    const longer = Uint8Array.from([...frame.bytes, 0]);
    const trailing = {
      id: "/trailing",
      rule: "trailing" as const,
      bytes: longer,
      note: "A byte behind the last field.",
    };
    return [...damaged.filter(isFirst()), ...broken, trailing].map((one) => ({
      ...one,
      id: `.${message.name}${one.id}`,
    }));
  }

  #encode(family: Family, value: ValueRecord): EncodedFrame | undefined {
    return encodedFrame(this.#protocol, this.#version, family, value);
  }

  /** Nothing where the frame is a message after all, or breaks another rule as well. */
  #vector(family: Family, { id, rule, bytes, note }: DamagedFrame): RefusedVector | undefined {
    const { problem } = explainFrame(bytes, this.#protocol, family);
    if (problem?.code !== refusalRules[rule]) return undefined;
    const { code, path, offset } = problem;
    const { number: version } = this.#version;
    return { id: family.name + id, family: family.name, version, hex: hexOf(bytes), code, path, offset, rule, note };
  }
}

function isHeader({ kind, id }: EncodedPart): boolean {
  return id === "" && (kind === "magic" || kind === "version" || kind === "tag");
}

/** Of the many ways not to be UTF-8, one for each text is enough, and all for one text of a message. */
function isFirst(): (frame: DamagedFrame) => boolean {
  const seen = new Set<string>();
  return ({ id }) => {
    const way = id.slice(id.lastIndexOf("/"));
    if (!way.startsWith("/utf8-")) return true;
    if (seen.has(way)) return false;
    seen.add(way);
    return true;
  };
}
