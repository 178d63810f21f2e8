import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import type { SchemaDocument } from "../../codegen/document.ts";
import { exampleDigests } from "../../codegen/evolution/examples.ts";
import { resolveProjection } from "../../codegen/evolution/projected-version.ts";
import { projectVersion } from "../../codegen/evolution/projection.ts";
import { digestsOf } from "../../codegen/evolution/views.ts";
import { generate } from "../../codegen/generate.ts";
import { hasGeneratedHeader } from "../../codegen/generated-header.ts";
import { isPresent } from "../../codegen/layout.ts";
import { loadSchema } from "../../codegen/load.ts";
import { type Protocol, resolveProtocol } from "../../codegen/protocol.ts";
import { encodeFrame } from "../../codegen/vectors/encode-frame.ts";
import { type GoldenVector, goldenVectors } from "../../codegen/vectors/golden-vectors.ts";
import { refusalRules } from "../../codegen/vectors/refusal-rules.ts";
import { type RefusedVector, refusedVectors } from "../../codegen/vectors/refused-vectors.ts";
import type { ValueRecord } from "../../codegen/vectors/value.ts";
import { defaultsOf, parseVectors, withDefaults } from "../conformance/vector-files.ts";
import { RandomEdits, type SchemaData } from "../evolution/random-edits.ts";
import { RandomMessages } from "../property/random-message.ts";
import { codecs } from "../property/schema-codecs.ts";
import { seededRandom } from "../seeded-random.ts";
import { type BuiltCodec, buildCodec } from "./build-codec.ts";

/** Generated vectors against generated codecs, which are made of the same schema by code that shares nothing with theirs. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(import.meta.dirname, "emit/tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);
const SCHEMAS = 25;
const MESSAGES = 500;
const EDITS = 150;

const schemas = [
  "schema/messages.yaml",
  "schema/log.yaml",
  "schema/client-session.yaml",
  "schema/zmtp-greeting.yaml",
  "schema/zmtp-command.yaml",
  "schema/zmtp-curve.yaml",
  "schema/zmtp-curve-box.yaml",
  "examples/counter/counter.yaml",
  "examples/key-value/kv.yaml",
  "examples/work-queue/work.yaml",
  "bench/codec/schemas/batch.yaml",
  "bench/codec/schemas/version-1.yaml",
  "test/fuzz/packed.yaml",
  ...readdirSync(join(import.meta.dirname, "emit"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `test/codegen/emit/${file}`),
];

describe.each(schemas)("%s", (file) => {
  const document = documentOf(readFileSync(join(root, file), "utf8"), file);
  const protocol = resolveProtocol(document);

  test("codecs and vectors agree", { timeout: 60_000 }, async () => {
    expectAgreement(document, protocol, await buildCodec(document, folder));
  });

  test.each(protocol.versions)("version $number: everything that it has is in a vector", (version) => {
    const vectors = goldenVectors(protocol, version, document);
    const ids = new Set(vectors.map(({ id }) => id));
    expect(ids.size).toBe(vectors.length);
    const messages = protocol.families.flatMap((family) =>
      family.messages.filter((message) => isPresent(message, version)).map(({ name }) => `${family.name}.${name}`),
    );
    expect(messages.filter((message) => !ids.has(message))).toEqual([]);
    const members = protocol.types
      .flatMap((type) => (type.kind === "enum" ? type.values : type.kind === "union" ? type.cases : []))
      .filter((member) => isPresent(member, version))
      .map(({ name }) => name);
    expect(members.filter((member) => !vectors.some(({ id }) => id.endsWith(`/${member}`)))).toEqual([]);
    const refused = refusedVectors(protocol, version, document).map(({ id }) => id);
    expect(new Set(refused).size).toBe(refused.length);
  });
});

test("every rule is broken by some frame", () => {
  const broken = new Set<string>(
    schemas.flatMap((file) => {
      const document = documentOf(readFileSync(join(root, file), "utf8"), file);
      const protocol = resolveProtocol(document);
      return protocol.versions.flatMap((version) =>
        refusedVectors(protocol, version, document).map(({ rule }) => rule),
      );
    }),
  );
  expect(Object.keys(refusalRules).filter((rule) => !broken.has(rule))).toEqual([]);
});

test.each(codecs)(
  `random messages of $family.name $version.number are the same bytes (HAWSER_SEED=${seed})`,
  (codec) => {
    const { protocol, family, version, encode } = codec;
    const messages = new RandomMessages(seededRandom(seed), version);
    for (let count = 0; count < MESSAGES; count++) {
      const message = messages.message(family);
      const { bytes } = encodeFrame(protocol, version, family, message as unknown as ValueRecord);
      expect(Buffer.from(bytes).toString("hex")).toBe(Buffer.from(encode(message)).toString("hex"));
    }
  },
);

test(`codecs and vectors of random schemas agree (HAWSER_SEED=${seed})`, { timeout: 120_000 }, async () => {
  const random = seededRandom(seed);
  const edits = new RandomEdits(random);
  const sources = ["versions.yaml", "every-type.yaml", "text-tags.yaml", "signed.yaml"];
  for (let count = 0; count < SCHEMAS; ) {
    const name = sources[Math.floor(random() * sources.length)] ?? "";
    const document = edited(readFileSync(join(import.meta.dirname, "emit", name), "utf8"), edits);
    if (document === undefined) continue;
    expectAgreement(document, resolveProtocol(document), await buildCodec(document, folder));
    count++;
  }
});

test(`a version that stays as it is keeps its vectors (HAWSER_SEED=${seed})`, { timeout: 60_000 }, () => {
  const text = readFileSync(join(root, "test/evolution/schemas/two-frozen.yaml"), "utf8");
  const before = documentOf(text, "two-frozen.yaml");
  const edits = new RandomEdits(seededRandom(seed + 1));
  let same = 0;
  for (let count = 0; count < EDITS; count++) {
    const after = edited(text, edits);
    for (const number of [1, 2]) {
      // What a lock holds of a version: the rules of evolution refuse to change it.
      if (after === undefined || lockedOf(after, number) !== lockedOf(before, number)) continue;
      same++;
      // There may be more: a version that is retired since is then one to refuse.
      const vectors = new Set(vectorsOf(after, number));
      expect(vectorsOf(before, number).filter((vector) => !vectors.has(vector))).toEqual([]);
    }
  }
  expect(same).toBeGreaterThan(EDITS / 20);
});

test("a retired version is refused, and has no vectors", () => {
  const text = readFileSync(join(import.meta.dirname, "emit/versions.yaml"), "utf8");
  const document = documentOf(text.replace("1: { status: frozen", "1: { status: retired"), "versions.yaml");
  const protocol = resolveProtocol(document);
  expect(protocol.versions.map(({ number }) => number)).toEqual([2]);
  const refused = protocol.versions.flatMap((version) => refusedVectors(protocol, version, document));
  expect(refused.filter(({ rule }) => rule === "version").map(({ id }) => id)).toEqual([
    "client/version-0",
    "client/version-1",
    "client/version-255",
  ]);
});

test("the same schema gives the same files", () => {
  const document = documentOf(readFileSync(join(root, "test/fuzz/packed.yaml"), "utf8"), "packed.yaml");
  const options = { emit: ["vectors"], wireImport: "", importExtension: ".ts", sourceName: "packed.yaml" } as const;
  const files = generate(document, options);
  expect(files.map(({ name }) => name)).toEqual(
    ["packed-v1", "packed-v2"].flatMap((name) => [`vectors/${name}.json`, `vectors/${name}-refused.json`]),
  );
  expect(generate(document, options)).toEqual(files);
  expect(files.filter(({ text }) => !hasGeneratedHeader(text))).toEqual([]);
});

describe("vectors that were derived by hand", () => {
  const files = { "protocol-1": 1, "protocol-2": 2, "key-value": 1 };
  test.each(Object.entries(files))("%s", (name, number) => {
    const file = name === "key-value" ? "examples/key-value/kv.yaml" : "schema/messages.yaml";
    const document = documentOf(readFileSync(join(root, file), "utf8"), file);
    const protocol = resolveProtocol(document);
    const version = protocol.versions.find((candidate) => candidate.number === number);
    if (version === undefined) throw new Error(`${file} has no version ${number}`);
    const refused = new Map(
      refusedVectors(protocol, version, document).map((vector) => [`${vector.family} ${vector.hex}`, vector]),
    );
    const folderOfVectors = join(root, "test/conformance/vectors");
    const golden: readonly GoldenVector[] = parseVectors(readFileSync(join(folderOfVectors, `${name}.json`), "utf8"));
    for (const { id, family: familyName, message, hex, decodeOnly } of golden) {
      const family = protocol.families.find((candidate) => candidate.name === familyName);
      if (decodeOnly || family === undefined) continue;
      const { bytes } = encodeFrame(protocol, version, family, message as ValueRecord);
      expect({ id, hex: Buffer.from(bytes).toString("hex") }).toEqual({ id, hex });
    }
    const refusals: readonly RefusedVector[] = JSON.parse(
      readFileSync(join(folderOfVectors, `${name}-refused.json`), "utf8"),
    );
    let shared = 0;
    for (const { id, family, hex, code, path, offset } of refusals) {
      const same = refused.get(`${family} ${hex}`);
      if (same === undefined) continue;
      shared++;
      expect({ id, code: same.code, path: same.path, offset: same.offset }).toEqual({ id, code, path, offset });
    }
    expect(shared).toBeGreaterThan(0);
  });
});

function expectAgreement(document: SchemaDocument, protocol: Protocol, built: ReadonlyMap<string, BuiltCodec>): void {
  const defaultOf = defaultsOf(document);
  for (const version of protocol.versions) {
    const golden: readonly GoldenVector[] = parseVectors(JSON.stringify(goldenVectors(protocol, version, document)));
    for (const { id, family: name, message, hex, decodeOnly } of golden) {
      const family = protocol.families.find((candidate) => candidate.name === name);
      const codec = built.get(name);
      if (family === undefined || codec === undefined) throw new Error(`there is no family ${name}`);
      const frame = Buffer.from(hex, "hex");
      expect({ id, message: codec.decode(frame) }).toEqual({
        id,
        message: withDefaults(defaultOf, family, version, message),
      });
      if (!decodeOnly) {
        const written = Buffer.from(codec.encode(message, version.number)).toString("hex");
        expect({ id, hex: written }).toEqual({ id, hex });
      }
    }
    for (const { id, family, hex, code, path, offset } of refusedVectors(protocol, version, document)) {
      expect({ id, ...refusalOf(built.get(family), Buffer.from(hex, "hex")) }).toEqual({ id, code, path, offset });
    }
  }
}

function refusalOf(codec: BuiltCodec | undefined, frame: Uint8Array): object {
  try {
    return { message: codec?.decode(frame) };
  } catch (error) {
    const { code, path, offset } = error as { code?: unknown; path?: unknown; offset?: unknown };
    return { code, path, offset };
  }
}

/** `undefined` where the version is retired, or no longer there. */
function lockedOf(document: SchemaDocument, number: number): string | undefined {
  const declared = document.versions[number];
  if (declared === undefined || declared.status === "retired") return undefined;
  const digests = digestsOf(resolveProjection(projectVersion(document, number)));
  return JSON.stringify([digests, exampleDigests(document, number)]);
}

function vectorsOf(document: SchemaDocument, number: number): readonly string[] {
  const protocol = resolveProtocol(document);
  const version = protocol.versions.find((candidate) => candidate.number === number);
  if (version === undefined) throw new Error(`there is no version ${number}`);
  const golden = goldenVectors(protocol, version, document);
  return [...golden, ...refusedVectors(protocol, version, document)].map((vector) => JSON.stringify(vector));
}

/** A schema after a few random edits; `undefined` where the result is none. */
function edited(text: string, edits: RandomEdits): SchemaDocument | undefined {
  const data: SchemaData = parse(text);
  for (let count = 0; count < 3; count++) edits.edit(data);
  const loaded = loadSchema(stringify(data, { aliasDuplicateObjects: false }), "schema.yaml");
  return loaded.ok ? loaded.document : undefined;
}

function documentOf(text: string, file: string): SchemaDocument {
  const loaded = loadSchema(text, file);
  if (!loaded.ok)
    throw new Error(`${file} is no schema: ${loaded.diagnostics.map(({ message }) => message).join("; ")}`);
  return loaded.document;
}
