import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse, stringify } from "yaml";
import { DiagnosticSink } from "../../codegen/diagnostics.ts";
import type { SchemaDocument } from "../../codegen/document.ts";
import { compareSchemas, versionNumbers } from "../../codegen/evolution/compare-schemas.ts";
import type { Finding } from "../../codegen/evolution/findings.ts";
import { type Lock, lockBaseline, lockText, parseLock, withVersion } from "../../codegen/evolution/lock.ts";
import { generate } from "../../codegen/generate.ts";
import { loadSchema } from "../../codegen/load.ts";
import { resolveProtocol } from "../../codegen/protocol.ts";
import { readSchemaSource } from "../../codegen/schema-source.ts";
import { RandomMessages } from "../property/random-message.ts";
import { seededRandom } from "../seeded-random.ts";
import { RandomEdits, type SchemaData } from "./random-edits.ts";

/**
 * What the lock promises, over random edits of schemas: after every edit that is not refused, programs generated before
 * and after it read each other's frames of the frozen versions. `HAWSER_SEED=…` repeats a run.
 */
const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);
const folder = mkdtempSync(join(import.meta.dirname, "tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EDITED = 300;
const MESSAGES = 40;

type Codec = Readonly<Record<string, (...args: unknown[]) => unknown>>;

describe.each(["one-frozen.yaml", "two-frozen.yaml"])("%s", (name) => {
  test(`an edit that is not refused breaks nothing (HAWSER_SEED=${seed})`, { timeout: 300_000 }, async () => {
    const text = readFileSync(join(import.meta.dirname, "schemas", name), "utf8");
    const before = documentOf(text);
    if (before === undefined) throw new Error(`${name} is no schema`);
    const lock = lockOf(before);
    const old = await codecOf(before);
    const random = seededRandom(seed);
    const edits = new RandomEdits(random);
    const counts = { invalid: 0, refused: 0, warned: 0, accepted: 0 };
    for (let count = 0; count < EDITED; count++) {
      const data: SchemaData = parse(text);
      const kinds = Array.from({ length: 1 + (count % 2) }, () => edits.edit(data));
      const edited = stringify(data, { aliasDuplicateObjects: false });
      const after = documentOf(edited);
      if (after === undefined) {
        counts.invalid += 1;
        continue;
      }
      const findings = judge(lock, after, edited);
      const verdicts = findings.map(({ verdict }) => verdict);
      if (verdicts.includes("refused")) {
        counts.refused += 1;
        continue;
      }
      const isWarned = verdicts.includes("warning");
      counts[isWarned ? "warned" : "accepted"] += 1;
      const pair = { before, after, old, new: await codecOf(after), findings, random };
      try {
        for (const version of spokenByBoth(before, after)) expectUnderstanding(pair, version, !isWarned);
      } catch (error) {
        throw new Error(`${kinds.join(" and ")} slipped through:\n${edited}`, { cause: error });
      }
    }
    // The edits are of little use when all of them are refused, or none.
    expect(counts.refused).toBeGreaterThan(EDITED / 10);
    expect(counts.accepted).toBeGreaterThan(EDITED / 40);
  });
});

interface Pair {
  readonly before: SchemaDocument;
  readonly after: SchemaDocument;
  readonly old: Codec;
  readonly new: Codec;
  readonly findings: readonly Finding[];
  readonly random: () => number;
}

function documentOf(text: string): SchemaDocument | undefined {
  const loaded = loadSchema(text, "edited.yaml");
  return loaded.ok ? loaded.document : undefined;
}

function lockOf(document: SchemaDocument): Lock {
  let lock: Lock | undefined;
  for (const number of frozenIn(document)) lock = withVersion(lock, document, number, []);
  if (lock === undefined) throw new Error("nothing is frozen");
  return parseLock(lockText(lock), document.protocol);
}

function frozenIn(document: SchemaDocument): readonly number[] {
  return versionNumbers(document).filter((number) => document.versions[number]?.status === "frozen");
}

function spokenByBoth(before: SchemaDocument, after: SchemaDocument): readonly number[] {
  return frozenIn(before).filter((number) => frozenIn(after).includes(number));
}

function judge(lock: Lock, document: SchemaDocument, text: string): readonly Finding[] {
  const source = readSchemaSource(text, new DiagnosticSink(text, "edited.yaml"));
  if (source === undefined) throw new Error("the schema is no YAML");
  return compareSchemas(lockBaseline(lock), { document, source });
}

async function codecOf(document: SchemaDocument): Promise<Codec> {
  const target = mkdtempSync(join(folder, "schema-"));
  const options = {
    emit: ["typescript"],
    wireImport: "../../../../runtime/wire/index.ts",
    importExtension: ".ts",
    sourceName: "edited.yaml",
  } as const;
  for (const { name, text } of generate(document, options)) writeFileSync(join(target, name), text);
  const codec: unknown = await import(join(target, "codec.ts"));
  return codec as Codec;
}

/** Frames go from the older program to the newer one and back; and, where nothing is warned of, the other way. */
function expectUnderstanding(pair: Pair, version: number, isBothWays: boolean): void {
  const declared = pair.before.versions[version];
  if (declared === undefined) throw new Error(`there is no version ${version}`);
  const messages = new RandomMessages(pair.random, { number: version, packing: declared.packing, doc: "" });
  const isSameInTypeScript = pair.findings.every(({ rule }) => rule !== "C032");
  for (const family of resolveProtocol(pair.before).families) {
    const [encode, decode] = [`encode${family.typeName}`, `decode${family.typeName}`];
    if (!family.messages.some(({ since, removed = Number.POSITIVE_INFINITY }) => since <= version && version < removed))
      continue;
    for (let count = 0; count < MESSAGES; count++) {
      const message = messages.message(family);
      const frame = call(pair.old, encode, message, version);
      const trailing = pair.before.frame.trailing === "ignore" ? [1, 2, 3] : [];
      const seen = decoded(call(pair.new, decode, Buffer.from([...(frame as Uint8Array), ...trailing])), version);
      if (isSameInTypeScript) expectPart(seen, message);
      const back = call(pair.new, encode, seen, version);
      expect(back).toEqual(frame);
      expect(decoded(call(pair.old, decode, back), version)).toEqual(message);
    }
  }
  if (!isBothWays) return;
  for (const family of resolveProtocol(pair.after).families) {
    const [encode, decode] = [`encode${family.typeName}`, `decode${family.typeName}`];
    if (!(decode in pair.old)) continue;
    if (!family.messages.some(({ since, removed = Number.POSITIVE_INFINITY }) => since <= version && version < removed))
      continue;
    for (let count = 0; count < MESSAGES; count++) {
      const frame = call(pair.new, encode, messages.message(family), version);
      expect(call(pair.old, encode, decoded(call(pair.old, decode, frame), version), version)).toEqual(frame);
    }
  }
}

function call(codec: Codec, name: string, ...args: unknown[]): unknown {
  const found = codec[name];
  if (found === undefined) throw new Error(`${name} is missing`);
  return found(...args);
}

function decoded(result: unknown, version: number): unknown {
  const { version: seen, message } = result as { readonly version: number; readonly message: unknown };
  expect(seen).toBe(version);
  return message;
}

/** Everything that the older program said is there; the newer one can see more. */
function expectPart(seen: unknown, said: unknown): void {
  if (typeof said !== "object" || said === null || said instanceof Uint8Array) {
    expect(seen).toEqual(said);
    return;
  }
  for (const [key, value] of Object.entries(said)) {
    expectPart(Object.getOwnPropertyDescriptor(seen, key)?.value, value);
  }
}
