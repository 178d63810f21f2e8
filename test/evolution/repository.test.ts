import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { DiagnosticSink } from "../../codegen/diagnostics.ts";
import { compareSchemas, versionNumbers } from "../../codegen/evolution/compare-schemas.ts";
import { evolutionRules } from "../../codegen/evolution/evolution-rules.ts";
import { lockBaseline, lockPathOf, lockText, parseLock, withVersion } from "../../codegen/evolution/lock.ts";
import { loadSchema } from "../../codegen/load.ts";
import { projectTasks } from "../../codegen/project-tasks.ts";
import { readSchemaSource } from "../../codegen/schema-source.ts";

const root = join(import.meta.dirname, "../..");

function read(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

describe("schemas of this repository", () => {
  test.each(projectTasks)("$schema keeps what its lock says", ({ schema }) => {
    const text = read(schema);
    const loaded = loadSchema(text, schema);
    const source = readSchemaSource(text, new DiagnosticSink(text, schema));
    if (!loaded.ok || source === undefined) throw new Error(`${schema} is no schema`);
    const { document } = loaded;
    const frozen = versionNumbers(document).filter((number) => document.versions[number]?.status === "frozen");
    const path = lockPathOf(schema);
    expect(existsSync(join(root, path))).toBe(frozen.length > 0);
    if (frozen.length === 0) return;
    const lock = parseLock(read(path), document.protocol);
    expect(Object.keys(lock.versions).map(Number)).toEqual(frozen);
    expect(compareSchemas(lockBaseline(lock), { document, source })).toEqual([]);
    expect(frozen.reduce((before, number) => withVersion(before, document, number, []), lock)).toEqual(lock);
    expect(lockText(lock)).toBe(read(path));
  });

  test("version 1 of the protocol has the bytes that peers in the field speak", () => {
    const { versions } = parseLock(read("schema/messages.lock.json"), "zraft");
    expect(versions["1"]?.wire).toBe("sha256:3a58aa5c603906d4b355ab89b0af17bdf23468da854a7187bc64fc94aab0740e");
  });
});

test("schema/README.md lists every rule about changes, as check words it", () => {
  const rows = [...read("schema/README.md").matchAll(/^\| (C\d{3}) \| (.+?) +\| (.+?) +\|$/gm)];
  expect(rows.map(([, id, summary, verdict]) => [id, summary, verdict])).toEqual(
    Object.entries(evolutionRules).map(([id, { summary, verdict }]) => [id, summary, verdict]),
  );
});
