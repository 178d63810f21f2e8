import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { type Diagnostic, renderDiagnostics } from "../../codegen/diagnostics.ts";
import { loadSchema } from "../../codegen/load.ts";
import { rules } from "../../codegen/rules.ts";

/**
 * Every file in invalid/ is a schema that begins with what must be said about it, as comments: the whole output, to the
 * character. `npx vitest run test/codegen/invalid.test.ts -u` rewrites the comments: read the difference before you keep it.
 */
const directory = new URL("invalid/", import.meta.url);
const names = readdirSync(directory).filter((name) => name.endsWith(".yaml"));

describe("bad schemas", () => {
  test.each(names)("%s gives exactly the diagnostics that it declares", async (name) => {
    const url = new URL(name, directory);
    const text = readFileSync(url, "utf8");
    expect(diagnosticsOf(text, name)).not.toEqual([]);
    await expect(withHeader(text, name)).toMatchFileSnapshot(fileURLToPath(url));
  });

  test("every rule is broken by at least one of them", () => {
    const broken = new Set(
      names
        .flatMap((name) => diagnosticsOf(readFileSync(new URL(name, directory), "utf8"), name))
        .map(({ rule }) => rule),
    );
    expect(Object.keys(rules).filter((rule) => !broken.has(rule as keyof typeof rules))).toEqual([]);
  });

  test("every diagnostic points into its line", () => {
    for (const name of names) {
      const text = readFileSync(new URL(name, directory), "utf8");
      const lines = text.split("\n");
      for (const { line, column, length, sourceLine } of diagnosticsOf(text, name)) {
        expect(lines[line - 1]).toBe(sourceLine);
        expect(column + length - 1).toBeLessThanOrEqual(Math.max(1, sourceLine.length + 1));
      }
    }
  });
});

function diagnosticsOf(text: string, name: string): readonly Diagnostic[] {
  const result = loadSchema(text, name);
  return result.ok ? [] : result.diagnostics;
}

/** The schema with what is said about it before it. Line numbers depend on the length of that, so it is done repeatedly. */
function withHeader(text: string, name: string): string {
  const body = text.replace(/^(#.*\n)*/, "");
  let before = "";
  let current = text;
  while (current !== before) {
    before = current;
    const rendered = renderDiagnostics(diagnosticsOf(current, name));
    const comments = rendered.split("\n").slice(0, -1);
    current = comments.map((line) => `${`# ${line}`.trimEnd()}\n`).join("") + body;
  }
  return current;
}
