import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Diagnostic, renderDiagnostics } from "../../codegen/diagnostics.ts";
import { lintSchema } from "../../codegen/lint/lint-schema.ts";
import { lints } from "../../codegen/lint/lints.ts";
import { minimalSchema } from "./minimal-schema.ts";

/**
 * Every file in lint/ is a good schema that could be better, and says at its end how, as comments: the whole output, to
 * the character. `npx vitest run test/codegen/lint.test.ts -u` rewrites them: read the difference before you keep it.
 */
const directory = new URL("lint/", import.meta.url);
const names = readdirSync(directory).filter((name) => name.endsWith(".yaml"));

/** The schemas of this project. */
const own = [
  "schema/messages.yaml",
  "schema/log.yaml",
  "schema/client-session.yaml",
  "schema/zmtp-greeting.yaml",
  "schema/zmtp-command.yaml",
  "schema/zmtp-curve.yaml",
  "schema/zmtp-curve-box.yaml",
  "examples/key-value/kv.yaml",
  "bench/codec/schemas/batch.yaml",
];

describe("schemas that could be better", () => {
  test.each(names)("%s gives exactly the diagnostics that it declares", async (name) => {
    const url = new URL(name, directory);
    const text = readFileSync(url, "utf8");
    expect(lintSchema(text, name).isValid).toBe(true);
    await expect(withDiagnostics(text, name)).toMatchFileSnapshot(fileURLToPath(url));
  });

  test("every lint is found in at least one of them", () => {
    const found = new Set(names.flatMap((name) => diagnosticsOf(name).map(({ rule }) => rule)));
    expect([...found].sort()).toEqual(Object.keys(lints));
  });

  test("every diagnostic is a warning with a hint", () => {
    for (const { severity, hint } of names.flatMap(diagnosticsOf)) {
      expect(severity).toBe("warning");
      expect(hint).toMatch(/\w/);
    }
  });
});

test.each(own)("%s could not be better", (name) => {
  const text = readFileSync(new URL(`../../${name}`, import.meta.url), "utf8");
  expect(renderDiagnostics(lintSchema(text, name).diagnostics)).toBe("");
});

test("what is wrong with a schema comes first", () => {
  const { isValid, diagnostics } = lintSchema(
    minimalSchema({ types: "Id: { type: u8, example: 1, doc: unused }" }),
    "a",
  );
  expect(isValid).toBe(false);
  expect(diagnostics.map(({ rule }) => rule)).toEqual(["L001"]);
});

test("a frame that has a limit is one for all that is in it", () => {
  const text = minimalSchema({ fields: 'a: { type: "string<u32>", example: a, doc: What is said. }' });
  expect(lintSchema(text, "a").diagnostics.map(({ rule }) => rule)).toEqual(["L013"]);
  const limited = text.replace("frame: { tag: u8 }", "frame: { tag: u8, maxSize: 1MiB }");
  expect(lintSchema(limited, "a").diagnostics).toEqual([]);
});

test("what is allowed for the whole schema is not said", () => {
  const text = minimalSchema({ fields: "a: { type: u8, example: 1, doc: no sentence }" });
  expect(lintSchema(text, "a").diagnostics.map(({ rule }) => rule)).toEqual(["L010"]);
  expect(lintSchema(text, "a", ["L010"])).toEqual({ isValid: true, diagnostics: [] });
});

function diagnosticsOf(name: string): readonly Diagnostic[] {
  return lintSchema(readFileSync(new URL(name, directory), "utf8"), name).diagnostics;
}

const divider = "# ---";

/** The schema, and behind it what is said about it. */
function withDiagnostics(text: string, name: string): string {
  const [schema = ""] = text.split(`${divider}\n`);
  const rendered = renderDiagnostics(lintSchema(schema, name).diagnostics).split("\n").slice(0, -1);
  return `${schema}${divider}\n${rendered.map((line) => `${`# ${line}`.trimEnd()}\n`).join("")}`;
}
