import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { compileKsy } from "./kaitai-javascript.ts";
import { withWriting, writingCompiler } from "./writing-compiler.ts";

/** The compiler that writes is the one of npm but for one line, and another one is told from it. */
const path = createRequire(import.meta.url).resolve("kaitai-struct-compiler");
const text = readFileSync(path, "utf8");

test.each([
  ["java", "void _write_Seq()"],
  ["python", "def _write__seq("],
])("makes classes for %s that write", async (target, method) => {
  const ksy = readFileSync(join(import.meta.dirname, "../../generated/protocol/kaitai/zraft_v2_client.ksy"), "utf8");
  const files = await compileKsy(target, parse(ksy), writingCompiler());
  expect(Object.values(files).join("")).toContain(method);
});

test("one line differs, in memory alone", () => {
  const lines = text.split("\n");
  const changed = withWriting(text, "0.11.0").split("\n");
  expect(changed.filter((line, index) => line !== lines[index])).toHaveLength(1);
  expect(changed).toHaveLength(lines.length);
  writingCompiler();
  expect(readFileSync(path, "utf8")).toBe(text);
});

test.each([
  [0, text.replace("RuntimeConfig((!debug)", "RuntimeConfig((debug)")],
  [2, text + text],
])("a text that has the line %i times is refused, with its version and what to do", (count, other) => {
  expect(() => withWriting(other, "0.12.3")).toThrow(
    new RegExp(`^kaitai-struct-compiler 0\\.12\\.3 has .* ${count} times, expected once as in 0\\.11\\.0: install`),
  );
});
