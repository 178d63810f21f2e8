import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { manyMessages } from "../../bench/many-messages/many-messages.ts";
import { yamlOf } from "../../bench/many-messages/yaml.ts";
import type { SchemaDocument } from "../../codegen/document.ts";
import { generate } from "../../codegen/generate.ts";
import { loadSchema } from "../../codegen/load.ts";
import { type Family, type Protocol, resolveProtocol } from "../../codegen/protocol.ts";
import { exampleMessages } from "../example-messages.ts";

/** The schema of 200 messages that `npm run bench:codegen` measures: it compiles, and carries its own examples. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(import.meta.dirname, "emit/tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

let document: SchemaDocument;
let protocol: Protocol;
let codec: Readonly<Record<string, (...args: readonly unknown[]) => unknown>>;

beforeAll(async () => {
  const loaded = loadSchema(yamlOf(manyMessages(), 2), "trade.yaml");
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"));
  document = loaded.document;
  protocol = resolveProtocol(document);
  const wireImport = "../../../../runtime/wire/index.ts";
  for (const { name, text } of generate(document, {
    emit: ["typescript"],
    wireImport,
    importExtension: ".ts",
    sourceName: "trade.yaml",
  })) {
    writeFileSync(join(folder, name), text);
  }
  codec = await import(join(folder, "codec.ts"));
}, 60_000);

test("it is as large as it says, and the same each time", () => {
  expect(protocol.families.map(({ messages }) => messages.length)).toEqual([100, 100]);
  expect(protocol.versions).toHaveLength(2);
  expect(new Set(protocol.types.map(({ kind }) => kind))).toEqual(new Set(["alias", "enum", "struct", "union"]));
  expect(yamlOf(manyMessages(), 2)).toBe(yamlOf(manyMessages(), 2));
});

test("what is generated compiles under this project's own rules", { timeout: 60_000 }, () => {
  writeFileSync(
    join(folder, "tsconfig.json"),
    JSON.stringify({ extends: join(root, "tsconfig.json"), include: ["."] }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout, status } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

test.each([1, 2])("every message of version %i carries its examples", (version) => {
  const carried = new Set<string>();
  for (const family of protocol.families) {
    for (const example of exampleMessages(document, family.name, version)) {
      expect(roundTrip(family, example, version)).toEqual({ version, message: example });
      carried.add(`${family.name}.${example.type}`);
    }
  }
  expect(carried.size).toBe(
    protocol.families.flatMap(({ messages }) => messages).filter(({ since }) => since <= version).length,
  );
});

test("version 1 drops the fields of version 2, and refuses its messages", () => {
  for (const family of protocol.families) {
    const [older, newer] = [1, 2].map((version) => exampleMessages(document, family.name, version));
    for (const { name, since } of family.messages) {
      const sent = newer?.find(({ type }) => type === name);
      if (since === 1) {
        const received = older?.find(({ type }) => type === name);
        expect(roundTrip(family, sent, 1)).toEqual({ version: 1, message: received });
      } else {
        const refused = expect.objectContaining({ code: "ERR_WIRE_NOT_IN_VERSION" });
        expect(() => roundTrip(family, sent, 1)).toThrow(refused);
      }
    }
  }
});

function roundTrip({ typeName }: Family, message: unknown, version: number): unknown {
  const frame = codec[`encode${typeName}`]?.(message, version);
  return codec[`decode${typeName}`]?.(frame);
}
