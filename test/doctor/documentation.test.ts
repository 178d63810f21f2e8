import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findingCodes } from "../../runtime/doctor/index.ts";

/** What the doctor can find is explained, and seen to be found. */
test("docs/doctor.md explains every finding, and no other", () => {
  const document = readFileSync(join(import.meta.dirname, "../../docs/doctor.md"), "utf8");
  const explained = [...document.slice(document.indexOf("## What it finds")).matchAll(/^\| `([a-z-]+)` \|/gm)];
  expect(explained.map(([, code]) => code).sort()).toEqual([...findingCodes].sort());
});

test("every finding is found in a test", () => {
  const tests = readdirSync(import.meta.dirname)
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
    .join("\n");
  expect(findingCodes.filter((code) => !new RegExp(`["', ]${code}[:", ]`).test(tests))).toEqual([]);
});
