import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { manyMessages } from "../../bench/many-messages/many-messages.ts";
import { yamlOf } from "../../bench/many-messages/yaml.ts";
import type { SchemaDocument } from "../../codegen/document.ts";
import { generate } from "../../codegen/generate.ts";
import { isPresent } from "../../codegen/layout.ts";
import { loadSchema } from "../../codegen/load.ts";
import { camelCase } from "../../codegen/naming.ts";
import { type Protocol, resolveProtocol } from "../../codegen/protocol.ts";
import { RandomEdits, type SchemaData } from "../evolution/random-edits.ts";
import { seededRandom } from "../seeded-random.ts";
import { type BuiltCodec, codecsOf } from "./build-codec.ts";

/** Generated arbitraries compile, and what they make goes through the generated codec. `HAWSER_SEED=…` repeats a run. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(import.meta.dirname, "emit/tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);
const RUNS = 100;
const SCHEMAS = 10;

const schemas = [
  "schema/messages.yaml",
  "schema/log.yaml",
  "schema/zmtp-greeting.yaml",
  "schema/zmtp-command.yaml",
  "schema/zmtp-curve.yaml",
  "schema/zmtp-curve-box.yaml",
  "examples/key-value/kv.yaml",
  "examples/work-queue/work.yaml",
  "test/fuzz/packed.yaml",
  ...readdirSync(join(import.meta.dirname, "emit"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `test/codegen/emit/${file}`),
];

interface Built {
  readonly protocol: Protocol;
  readonly codecs: ReadonlyMap<string, BuiltCodec>;
  readonly arbitraries: Readonly<Record<string, (version?: number) => fc.Arbitrary<unknown>>>;
}

const built = new Map<string, Built>();

beforeAll(async () => {
  for (const file of schemas) built.set(file, await build(documentOf(readFileSync(join(root, file), "utf8")), file));
  await build(documentOf(yamlOf(manyMessages(), 2)), "trade.yaml");
}, 60_000);

test("they compile under this project's own rules", { timeout: 120_000 }, () => {
  const settings = { extends: join(root, "tsconfig.json"), include: ["."] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(settings));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test.each(schemas)(`what they make of %s is written and read (HAWSER_SEED=${seed})`, { timeout: 60_000 }, (file) => {
  expectSurvival(built.get(file) as Built, RUNS);
});

test(`what they make of random schemas is written and read (HAWSER_SEED=${seed})`, { timeout: 120_000 }, async () => {
  const edits = new RandomEdits(seededRandom(seed));
  const sources = ["versions.yaml", "every-type.yaml", "text-tags.yaml", "signed.yaml"];
  for (let count = 0; count < SCHEMAS; ) {
    const text = readFileSync(join(import.meta.dirname, "emit", sources[count % sources.length] ?? ""), "utf8");
    const data: SchemaData = parse(text);
    for (let edit = 0; edit < 3; edit++) edits.edit(data);
    const loaded = loadSchema(stringify(data, { aliasDuplicateObjects: false }), "schema.yaml");
    if (!loaded.ok || !isEverythingPossible(resolveProtocol(loaded.document))) continue;
    count++;
    expectSurvival(await build(loaded.document, "schema.yaml"), 20);
  }
});

test("what a version lacks is refused by name", () => {
  const { arbitraries } = built.get("test/codegen/emit/versions.yaml") as Built;
  expect(() => arbitraries["cancel"]?.(1)).toThrow(new RangeError("version 1 has no Cancel"));
});

test(`every case of a union and value of an enum comes up (HAWSER_SEED=${seed})`, () => {
  const { arbitraries } = built.get("test/codegen/emit/versions.yaml") as Built;
  const states = (version: number) => {
    const orders = fc.sample(arbitraries["order"]?.(version) ?? fc.constant({}), { seed, numRuns: RUNS });
    return new Set(orders.map((order) => Reflect.get(order as object, "state")));
  };
  expect(states(1)).toEqual(new Set(["Open", "Sent"]));
  expect(states(2)).toEqual(new Set(["Open", "Sent", "Lost"]));
});

/** Messages of every family and version are the same when they were encoded and decoded. */
function expectSurvival({ protocol, codecs, arbitraries }: Built, numRuns: number): void {
  for (const version of protocol.versions) {
    for (const family of protocol.families.filter((one) =>
      one.messages.some((message) => isPresent(message, version)),
    )) {
      const codec = codecs.get(family.name) as BuiltCodec;
      const messages = arbitraries[camelCase(family.typeName)]?.(version.number) ?? fc.constant(undefined);
      fc.assert(
        fc.property(messages, (message) => {
          expect(codec.decode(codec.encode(message, version.number))).toEqual(message);
        }),
        { seed, numRuns },
      );
    }
  }
}

async function build(document: SchemaDocument, file: string): Promise<Built> {
  const target = mkdtempSync(join(folder, "schema-"));
  const wireImport = "../../../../../runtime/wire/index.ts";
  const emit = ["typescript", "arbitraries"] as const;
  const options = { emit, wireImport, importExtension: ".ts", sourceName: basename(file) } as const;
  for (const { name, text } of generate(document, options)) writeFileSync(join(target, name), text);
  const codecs = codecsOf(document, await import(join(target, "codec.ts")));
  const arbitraries: Built["arbitraries"] = await import(join(target, "arbitraries.ts"));
  return { protocol: resolveProtocol(document), codecs, arbitraries };
}

function documentOf(text: string): SchemaDocument {
  const loaded = loadSchema(text, "schema.yaml");
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("; "));
  return loaded.document;
}

/** Whether each union and enum has something to be in each version: what has not cannot be made up, nor encoded. */
function isEverythingPossible({ types, versions }: Protocol): boolean {
  return versions.every((version) =>
    types.every((type) => {
      if (!isPresent(type, version)) return true;
      if (type.kind === "union") return type.cases.some((each) => isPresent(each, version));
      return type.kind !== "enum" || type.keepsUnknown || type.values.some((each) => isPresent(each, version));
    }),
  );
}
