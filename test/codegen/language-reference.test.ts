import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { allCommands } from "../../codegen/commands/all-commands.ts";
import { renderDiagnostics } from "../../codegen/diagnostics.ts";
import { explainFrame } from "../../codegen/explain/explain-frame.ts";
import { bytesOfHex } from "../../codegen/explain/frame-input.ts";
import { renderExplanation } from "../../codegen/explain/render-explanation.ts";
import { lintSchema } from "../../codegen/lint/lint-schema.ts";
import { lints } from "../../codegen/lint/lints.ts";
import { loadSchema } from "../../codegen/load.ts";
import { resolveProtocol } from "../../codegen/protocol.ts";
import { rules } from "../../codegen/rules.ts";

const reference = readFileSync(new URL("../../schema/README.md", import.meta.url), "utf8");

describe("schema/README.md", () => {
  test("lists every rule, as the generator words it", () => {
    const rows = [...reference.matchAll(/^\| ([ABD-Z]\d{3}) \| ([^|]+?) +\|$/gm)].map(([, ...cells]) => cells);
    expect(rows).toEqual(Object.entries(rules).map(([id, { summary }]) => [id, summary]));
  });

  test("lists every lint, as the generator words it", () => {
    const rows = [...reference.matchAll(/^\| (L\d{3}) \| ([^|]+?) +\| ([^|]+?) +\|$/gm)].map(([, ...cells]) => cells);
    expect(rows).toEqual(Object.entries(lints).map(([id, { summary, reason }]) => [id, summary, reason]));
  });

  test("names every command", () => {
    for (const { name } of allCommands) expect(reference).toContain(`| \`hawser ${name} `);
  });

  test("shows what bytes mean as it is", () => {
    const [, text = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(reference) ?? [];
    const [, command = ""] =
      /\nhawser explain --schema orders\.yaml --family client \\\n([0-9a-f ]+)\n/.exec(reference) ?? [];
    const loaded = loadSchema(text, "orders.yaml");
    if (!loaded.ok) throw new Error("the schema is fine");
    const protocol = resolveProtocol(loaded.document);
    const family = protocol.families.find(({ name }) => name === "client");
    const frame = bytesOfHex(command);
    if (family === undefined || frame === undefined) throw new Error("the example has a family and bytes");
    const table = renderExplanation(explainFrame(frame, protocol, family), frame, protocol);
    expect(reference).toContain(`\`\`\`\n${table}\n\`\`\``);
  });

  test("shows a whole schema that is fine, and could not be better", () => {
    const [, text = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(reference) ?? [];
    const result = loadSchema(text, "orders.yaml");
    expect(result.ok ? "" : renderDiagnostics(result.diagnostics)).toBe("");
    expect(result.ok).toBe(true);
    expect(renderDiagnostics(lintSchema(text, "orders.yaml").diagnostics)).toBe("");
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
