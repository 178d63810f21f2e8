import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../codegen/diagnostics.ts";
import { loadSchema } from "../../codegen/load.ts";
import { rules } from "../../codegen/rules.ts";

const reference = readFileSync(new URL("../../schema/README.md", import.meta.url), "utf8");

describe("schema/README.md", () => {
  test("lists every rule, as the generator words it", () => {
    const rows = [...reference.matchAll(/^\| ([A-Z]\d{3}) \| (.+?) +\|$/gm)].map(([, id, summary]) => [id, summary]);
    expect(rows).toEqual(Object.entries(rules).map(([id, { summary }]) => [id, summary]));
  });

  test("shows a whole schema that is fine", () => {
    const [, text = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(reference) ?? [];
    const result = loadSchema(text, "orders.yaml");
    expect(result.ok ? "" : renderDiagnostics(result.diagnostics)).toBe("");
    expect(result.ok).toBe(true);
  });

  test("shows a diagnostic as it is", () => {
    const [, schema = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(reference) ?? [];
    const result = loadSchema(schema.replace("items: Items", 'items: "list<u16, Item?>"'), "orders.yaml");
    if (result.ok) throw new Error("the schema is bad");
    const [first] = result.diagnostics.filter(({ rule }) => rule === "T001");
    expect(first).toBeDefined();
    expect(reference).toContain(renderDiagnostics(first === undefined ? [] : [first]));
  });
});
