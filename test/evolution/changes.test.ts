import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { DiagnosticSink, renderDiagnostics } from "../../codegen/diagnostics.ts";
import { type Baseline, schemaBaseline } from "../../codegen/evolution/baseline.ts";
import { compareSchemas, versionNumbers } from "../../codegen/evolution/compare-schemas.ts";
import { evolutionRules } from "../../codegen/evolution/evolution-rules.ts";
import { findingDiagnostics } from "../../codegen/evolution/finding-diagnostics.ts";
import type { Finding } from "../../codegen/evolution/findings.ts";
import { type Lock, lockBaseline, lockText, parseLock, withVersion } from "../../codegen/evolution/lock.ts";
import { loadSchema } from "../../codegen/load.ts";
import { readSchemaSource } from "../../codegen/schema-source.ts";

/**
 * Every file in changes/ is a schema before and after a change, and begins with what must be said about that, as
 * comments: the whole output, to the character. `npx vitest run test/evolution/changes.test.ts -u` rewrites the comments:
 * read the difference before you keep it.
 */
const directory = new URL("changes/", import.meta.url);
const names = readdirSync(directory);

describe("changes", () => {
  test.each(names)("%s is judged exactly as it says", async (name) => {
    const url = new URL(name, directory);
    await expect(withHeader(readFileSync(url, "utf8"), name)).toMatchFileSnapshot(fileURLToPath(url));
  });

  test("every rule has at least one of them, which is about it", () => {
    const ids = new Set(names.map((name) => name.slice(0, "C000".length)));
    expect([...ids].sort()).toEqual(Object.keys(evolutionRules));
    for (const name of names) {
      const id = name.slice(0, "C000".length);
      const verdict = Object.entries(evolutionRules).find(([rule]) => rule === id)?.[1].verdict ?? "";
      // C012 and C051 are kept by rules that every schema keeps.
      const shown = /^refuses, as ([A-Z][0-9]+)$/.exec(verdict)?.[1] ?? id;
      const isFine = /-is-fine\.yaml$/.test(name);
      expect.soft(readFileSync(new URL(name, directory), "utf8").includes(` ${shown} `), name).toBe(!isFine);
    }
  });

  test.each(names)("%s is judged by the lock as by the older schema", (name) => {
    const { before, after } = statesIn(readFileSync(new URL(name, directory), "utf8"));
    const [from, to] = [before, after].map((text) => loadSchema(text, name));
    if (from?.ok !== true || to?.ok !== true) return;
    const frozen = versionNumbers(from.document).filter((number) => from.document.versions[number]?.status !== "draft");
    let lock: Lock | undefined;
    for (const number of frozen) lock = withVersion(lock, from.document, number, []);
    if (lock === undefined) throw new Error("every schema here has something frozen");
    expect(parseLock(lockText(lock), "shop")).toEqual(lock);
    const isGrave = ({ verdict }: Finding) => verdict !== "note";
    const findings = (baseline: Baseline) =>
      compareSchemas(baseline, { document: to.document, source: sourceOf(after) }).filter(isGrave);
    expect(findings(lockBaseline(lock))).toEqual(findings(schemaBaseline(from.document)));
  });
});

/** The schemas of a file; the second one stands behind empty lines, so that its lines have the numbers of the file. */
function statesIn(text: string): { readonly before: string; readonly after: string } {
  const [before = "", after = ""] = text.split(/^---\n/m);
  return { before, after: "\n".repeat(before.split("\n").length) + after };
}

function judgementOf(text: string, name: string): string {
  const { before, after } = statesIn(text);
  const [from, to] = [loadSchema(before, name), loadSchema(after, name)];
  if (!from.ok) throw new Error(`${name} begins with a bad schema:\n${renderDiagnostics(from.diagnostics)}`);
  if (!to.ok) return renderDiagnostics(to.diagnostics);
  const source = sourceOf(after);
  const findings = compareSchemas(schemaBaseline(from.document), { document: to.document, source });
  return findings.length === 0
    ? "Nothing.\n"
    : renderDiagnostics(findingDiagnostics(findings, { text: after, file: name, source }));
}

function sourceOf(text: string) {
  const source = readSchemaSource(text, new DiagnosticSink(text, "schema"));
  if (source === undefined) throw new Error("the schema is no YAML");
  return source;
}

/** The file with what is said about it before it. Line numbers depend on the length of that, so it is done repeatedly. */
function withHeader(text: string, name: string): string {
  const body = text.replace(/^(#.*\n)*/, "");
  let before = "";
  let current = text;
  while (current !== before) {
    before = current;
    const comments = judgementOf(current, name).split("\n").slice(0, -1);
    current = comments.map((line) => `${`# ${line}`.trimEnd()}\n`).join("") + body;
  }
  return current;
}
