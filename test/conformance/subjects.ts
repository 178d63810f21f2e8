import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { SchemaDocument } from "../../codegen/document.ts";
import type { GenerateOptions } from "../../codegen/generate.ts";
import { emitKaitai, ksyId } from "../../codegen/kaitai/emit-kaitai.ts";
import { loadSchema } from "../../codegen/load.ts";
import { projectTasks } from "../../codegen/project-tasks.ts";
import { type Family, type Protocol, resolveProtocol, type Version } from "../../codegen/protocol.ts";
import { emitVectors } from "../../codegen/vectors/emit-vectors.ts";
import { expectedReading, type Reading } from "./reading.ts";
import { takenWordsSchema } from "./taken-words.ts";

/** What readers in other languages are tried on: a .ksy, frames with what it has to find in them, and frames that are none. */
export interface Subject {
  readonly id: string;
  readonly ksy: string;
  readonly document: SchemaDocument;
  readonly protocol: Protocol;
  readonly version: Version;
  readonly family: Family;
  readonly vectors: readonly FrameVector[];
  readonly refusals: readonly RefusedVector[];
}

export interface FrameVector {
  readonly id: string;
  readonly frame: Uint8Array;
  readonly message: unknown;
  /** Our encoder never writes these bytes; a decoder takes them. */
  readonly decodeOnly: boolean;
  /** Absent where the bytes say more than the message, and a reader only has to take them. */
  readonly expected: Reading | undefined;
}

export interface RefusedVector {
  readonly id: string;
  readonly frame: Uint8Array;
  /** Of the error that our own decoder gives, and the rule that is broken where the vector says it. */
  readonly code: string;
  readonly rule: string | undefined;
}

/** Every family and version of every schema that the repository gives a .ksy of, and of schemas that hold everything else. */
export function allSubjects(): Subject[] {
  const ofProject = projectTasks.filter(({ emit }) => emit.includes("kaitai")).map(({ schema }) => schema);
  const files = [...ofProject, ...ownSchemas.map(({ file }) => file)];
  const subjects = files.flatMap((file) => {
    const text = readFileSync(join(root, file), "utf8");
    const own = ownSchemas.find((each) => each.file === file);
    return subjectsOf(basename(file), own === undefined ? text : own.change(text));
  });
  // Of words, one frame of each message is enough: what is tried is whether the readers can be compiled.
  const words = subjectsOf("taken-words.yaml", takenWordsSchema()).map((subject) => ({
    ...subject,
    vectors: subject.vectors.filter(({ id }) => !id.includes("/")),
    refusals: [],
  }));
  const all = [...subjects, ...words];
  return all.map((subject) => ({ ...subject, ...withHandMade(subject) }));
}

/** The subjects of one schema, with the vectors that are generated from it. */
export function subjectsOf(sourceName: string, text: string): Subject[] {
  const loaded = loadSchema(text, sourceName);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"));
  const protocol = resolveProtocol(loaded.document);
  const options: GenerateOptions = { emit: [], wireImport: "", importExtension: ".ts", sourceName };
  const vectorFiles = new Map(emitVectors(protocol, options, loaded.document).map(({ name, text }) => [name, text]));
  const ksyFiles = new Map(emitKaitai(protocol, options).map(({ name, text }) => [name, text]));
  return protocol.versions.flatMap((version) =>
    protocol.families.flatMap((family) => {
      const id = ksyId(protocol, version, family);
      const ksy = ksyFiles.get(`kaitai/${id}.ksy`);
      if (ksy === undefined) return [];
      const name = `vectors/${protocol.name}-v${version.number}`;
      const golden = vectorsIn(vectorFiles.get(`${name}.json`), family);
      const refused = vectorsIn(vectorFiles.get(`${name}-refused.json`), family);
      return [
        {
          id,
          ksy,
          document: loaded.document,
          protocol,
          version,
          family,
          vectors: golden.map((vector) => frameVector(vector, protocol, version, family)),
          refusals: refused.map(refusedVector),
        },
      ];
    }),
  );
}

interface WrittenVector {
  readonly id: string;
  readonly family: string;
  readonly hex: string;
  readonly message?: unknown;
  readonly code?: string;
  readonly rule?: string;
  readonly decodeOnly?: boolean;
}

function vectorsIn(text: string | undefined, family: Family): WrittenVector[] {
  const file: { readonly vectors: readonly WrittenVector[] } = parseVectors(text ?? '{"vectors":[]}');
  return file.vectors.filter((vector) => vector.family === family.name);
}

/** `{"$bigint": "…"}` is a 64-bit number and `{"$bytes": "…"}` are bytes in hexadecimal. */
function parseVectors<Parsed>(text: string): Parsed {
  return JSON.parse(text, (_key, value) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$bigint" in value) return BigInt(value.$bigint);
    if ("$float" in value) return Number(value.$float);
    return "$bytes" in value ? new Uint8Array(Buffer.from(value.$bytes, "hex")) : value;
  });
}

function frameVector(vector: WrittenVector, protocol: Protocol, version: Version, family: Family): FrameVector {
  const { id, hex, message, decodeOnly = false } = vector;
  const saysMore = decodeOnly && /duplicate|held-trailing/.test(id);
  const expected = saysMore ? undefined : expectedReading(message, protocol, version, family);
  return { id, frame: Buffer.from(hex, "hex"), message, decodeOnly, expected };
}

function refusedVector({ id, hex, code = "", rule }: WrittenVector): RefusedVector {
  return { id, frame: Buffer.from(hex, "hex"), code, rule };
}

/** Adds the vectors that were derived from the description of the format by hand. */
function withHandMade({
  id,
  protocol,
  version,
  family,
  vectors,
  refusals,
}: Subject): Pick<Subject, "vectors" | "refusals"> {
  const name = handMade.find(({ ids }) => ids.test(id))?.name;
  if (name === undefined) return { vectors, refusals };
  const read = (file: string): readonly WrittenVector[] =>
    parseVectors<readonly WrittenVector[]>(readFileSync(join(import.meta.dirname, "vectors", file), "utf8")).filter(
      (vector) => vector.family === family.name,
    );
  return {
    vectors: [...vectors, ...read(`${name}.json`).map((vector) => frameVector(vector, protocol, version, family))],
    refusals: [...refusals, ...read(`${name}-refused.json`).map(refusedVector)],
  };
}

const handMade = [
  { ids: /^zraft_v1_/, name: "protocol-1" },
  { ids: /^zraft_v2_/, name: "protocol-2" },
  { ids: /^kv_v1_/, name: "key-value" },
];

/** Schemas of tests. Two of them have one name; and what stands behind a bit is tried in both byte orders. */
const ownSchemas: readonly { readonly file: string; readonly change: (text: string) => string }[] = [
  { file: "test/codegen/emit/every-type.yaml", change: (text) => text },
  { file: "test/codegen/emit/text-tags.yaml", change: (text) => text },
  { file: "test/codegen/emit/versions.yaml", change: (text) => text },
  {
    file: "test/codegen/emit/nothing-in-one-version.yaml",
    change: (text) => text.replace("protocol: shop", "protocol: nothing"),
  },
  { file: "test/codegen/emit/signed.yaml", change: (text) => text },
  { file: "test/conformance/schemas/numbers.yaml", change: (text) => text },
  { file: "test/conformance/schemas/odd-tags.yaml", change: (text) => text },
  { file: "test/conformance/schemas/bits.yaml", change: (text) => text },
  {
    file: "test/conformance/schemas/./bits.yaml",
    change: (text) =>
      text.replace("protocol: bits", "protocol: bitslittle").replace("byteOrder: big", "byteOrder: little"),
  },
];

const root = join(import.meta.dirname, "../..");
