import type { SchemaDocument } from "../document.ts";
import { explainFrame } from "../explain/explain-frame.ts";
import { baseType, isPresent } from "../layout.ts";
import type { Family, Message, Protocol, Version } from "../protocol.ts";
import { leniencies } from "./broken-values.ts";
import { withPadding } from "./damaged-frames.ts";
import { type EncodedFrame, encodeFrame, NotEncodable } from "./encode-frame.ts";
import { ExampleValues, type MessageExample } from "./example-values.ts";
import { goldenValues } from "./golden-values.ts";
import { endsInRest, HeldMessages } from "./held-messages.ts";
import { longestSampleSize, sampleSizeMax } from "./sample-values.ts";
import { TypeHomes } from "./type-homes.ts";
import { hexOf, jsonOfValue, type ValueRecord } from "./value.ts";
import { type ValuesHere, Variations } from "./variations.ts";

/** A message with its bytes, as JSON has it. */
export interface GoldenVector {
  /** `client.Query.payload/empty` */
  readonly id: string;
  readonly family: string;
  readonly version: number;
  readonly message: unknown;
  readonly hex: string;
  readonly note: string;
  /** An encoder never writes these bytes; a decoder makes this message of them. */
  readonly decodeOnly?: true;
}

/** Messages of one version with their bytes: every example, and what differs from it in one place. */
export function goldenVectors(protocol: Protocol, version: Version, document: SchemaDocument): readonly GoldenVector[] {
  const maker = new GoldenVectors(protocol, version, document);
  return protocol.families.flatMap((family) =>
    family.messages
      .filter((message) => isPresent(message, version))
      .flatMap((message) => maker.ofMessage(family, message)),
  );
}

/** A message that becomes a vector. */
interface Candidate {
  readonly id: string;
  readonly value: ValueRecord;
  readonly note: string;
  readonly decodeOnly: boolean;
}

class GoldenVectors {
  readonly #protocol: Protocol;
  readonly #version: Version;
  readonly #examples: ExampleValues;
  readonly #golden: Variations<unknown>;
  readonly #lenient: Variations<unknown>;

  constructor(protocol: Protocol, version: Version, document: SchemaDocument) {
    this.#protocol = protocol;
    this.#version = version;
    this.#examples = new ExampleValues(document, version);
    const homes = new TypeHomes(protocol, version);
    const held = new HeldMessages(protocol, version, this.#examples);
    this.#golden = new Variations(version, this.#examples, homes, goldenValues(version, this.#examples));
    this.#lenient = new Variations(version, this.#examples, homes, (site) => [
      ...leniencies(site).map((one) => ({ ...one, note: `${one.note} An encoder refuses it, a decoder does not.` })),
      ...held.lenient(site),
      ...notANumber(site),
    ]);
  }

  ofMessage(family: Family, message: Message): readonly GoldenVector[] {
    const examples = this.#examples.ofMessage(family, message);
    const [usual] = examples;
    const frame = usual && this.#encode(family, usual.value);
    if (usual === undefined || frame === undefined) return [];
    // Where an example breaks what only its place demands, nothing can be said about the message.
    if (explainFrame(frame.bytes, this.#protocol, family).problem !== undefined) return [];
    const name = `${family.name}.${message.name}`;
    const candidates = [
      ...examples.map((example) => ofExample(name, example)),
      ...this.#presences(name, message, usual.value),
      ...this.#golden
        .ofMessage(family, message, usual.value)
        .map(({ id, value, note }) => ({ id: name + id, value, note, decodeOnly: false })),
      ...this.#lenient
        .ofMessage(family, message, usual.value)
        .map(({ id, value, note }) => ({ id: name + id, value, note, decodeOnly: true })),
    ];
    const vectors = candidates.flatMap((candidate) => {
      const bytes = this.#encode(family, candidate.value)?.bytes;
      const growthMax = candidate.id.endsWith("/longest") ? longestSampleSize : sampleSizeMax;
      if (bytes === undefined || bytes.length > frame.bytes.length + growthMax) return [];
      return [this.#vector(family, candidate, bytes)];
    });
    return [...vectors, ...this.#ignored(family, message, usual.value)];
  }

  /** With none of what is optional, and with one of it alone where there is more than two of it. */
  #presences(name: string, message: Message, usual: ValueRecord): readonly Candidate[] {
    const optional = message.fields
      .filter((field) => field.optional && isPresent(field, this.#version) && usual[field.name] !== undefined)
      .map((field) => field.name);
    if (optional.length < 2) return [];
    const bare = { ...usual, ...Object.fromEntries(optional.map((field) => [field, undefined])) };
    const none = { id: `${name}/bare`, value: bare, note: "Without anything optional.", decodeOnly: false };
    if (optional.length < 3) return [none];
    const alone = optional.map((field) => {
      const value = { ...bare, [field]: usual[field] };
      return { id: `${name}.${field}/alone`, value, note: "The only optional one that is there.", decodeOnly: false };
    });
    return [none, ...alone];
  }

  /** What stands behind the last field, where that is ignored. */
  #ignored(family: Family, message: Message, value: ValueRecord): readonly GoldenVector[] {
    const name = `${family.name}.${message.name}`;
    const frame = this.#encode(family, value);
    if (this.#protocol.frame.trailing === "reject" || frame === undefined) return [];
    const note = "What stands behind the last field is ignored.";
    const longer = Uint8Array.from([...frame.bytes, 0x00, 0xff]);
    const trailing = { id: `${name}/trailing`, value, note, decodeOnly: true };
    const padding = frame.parts.findLast(({ kind, id }) => kind === "padding" && id === "");
    const packed = { ...trailing, id: `${name}/padding`, note: "Bits behind the last field are ignored." };
    return [
      // A `rest` takes what stands behind it, and the bytes are then another message.
      ...(endsInRest(message, this.#version) ? [] : [this.#vector(family, trailing, longer)]),
      ...(padding === undefined ? [] : [this.#vector(family, packed, withPadding(frame, padding))]),
    ];
  }

  #encode(family: Family, value: ValueRecord): EncodedFrame | undefined {
    return encodedFrame(this.#protocol, this.#version, family, value);
  }

  #vector(family: Family, { id, value, note, decodeOnly }: Candidate, bytes: Uint8Array): GoldenVector {
    const message = jsonOfValue(value);
    const vector = { id, family: family.name, version: this.#version.number, message, hex: hexOf(bytes), note };
    return decodeOnly ? { ...vector, decodeOnly } : vector;
  }
}

/** The bytes of a message, if it has any. */
export function encodedFrame(
  protocol: Protocol,
  version: Version,
  family: Family,
  value: ValueRecord,
): EncodedFrame | undefined {
  try {
    return encodeFrame(protocol, version, family, value);
  } catch (error) {
    if (error instanceof NotEncodable) return undefined;
    throw error;
  }
}

function ofExample(message: string, { name, value }: MessageExample): Candidate {
  return {
    id: name === undefined ? message : `${message}.${name}`,
    value,
    note: name === undefined ? "The example." : `The example ${name}.`,
    decodeOnly: false,
  };
}

/** Its bits can be of many kinds, so that no two encoders need to write the same. */
const notANumber: ValuesHere<"golden"> = ({ type }) => {
  const base = baseType(type);
  const isFloat = base.kind === "primitive" && (base.name === "f32" || base.name === "f64");
  if (!isFloat) return [];
  return [{ id: "/nan", value: Number.NaN, note: "No number, with the usual bits.", kind: "golden" }];
};
