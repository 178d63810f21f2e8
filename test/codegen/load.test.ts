import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderDiagnostics } from "../../codegen/diagnostics.ts";
import { loadSchema } from "../../codegen/load.ts";
import { schemaLengthMax } from "../../codegen/schema-source.ts";
import { minimalSchema } from "./minimal-schema.ts";

const root = new URL("../../", import.meta.url);
const ownSchemas = [
  "schema/messages.yaml",
  "schema/log.yaml",
  "schema/client-session.yaml",
  "schema/zmtp-greeting.yaml",
  "schema/zmtp-command.yaml",
  "schema/zmtp-curve.yaml",
  "schema/zmtp-curve-box.yaml",
  "examples/key-value/kv.yaml",
];

function rendered(text: string): string {
  const result = loadSchema(text, "bad.yaml");
  return result.ok ? "" : renderDiagnostics(result.diagnostics);
}

function documentOf(text: string) {
  const result = loadSchema(text, "good.yaml");
  if (!result.ok) throw new Error(renderDiagnostics(result.diagnostics));
  return result.document;
}

describe("loadSchema", () => {
  test.each(ownSchemas)("finds nothing wrong with %s", (path) => {
    expect(rendered(readFileSync(new URL(path, root), "utf8"))).toBe("");
  });

  test("keeps the order of types, families, messages and fields", () => {
    const document = documentOf(readFileSync(new URL("schema/messages.yaml", root), "utf8"));
    expect(Object.keys(document.messages)).toEqual(["client", "server"]);
    expect(Object.keys(document.messages["client"]?.["ClientRequest"]?.fields ?? {})).toEqual([
      "requestId",
      "lowestPendingRequestId",
      "payload",
      "createdAt",
    ]);
  });

  test("keeps every digit of a 64-bit number, and gives a number where one is exact", () => {
    const { types } = documentOf(
      minimalSchema({
        types: `
          Small: { type: i64, not: [0, 9223372036854775807], example: 9007199254740991, doc: "A number." }
          Large: { type: i64, example: -9223372036854775808, doc: "A number." }`,
        fields: `
          small: Small
          large: Large`,
      }),
    );
    expect(types["Small"]).toMatchObject({ not: [0, 9223372036854775807n], example: 9007199254740991 });
    expect(types["Large"]).toMatchObject({ example: -9223372036854775808n });
  });

  test("reads tags in hexadecimal", () => {
    const document = documentOf(readFileSync(new URL("examples/key-value/kv.yaml", root), "utf8"));
    expect(document.messages["command"]?.["Set"]?.tag).toBe(0x53);
  });

  test("accepts lines that end as on Windows, and shows them without their end", () => {
    const text = minimalSchema({ more: "zebra: 1" }).replaceAll("\n", "\r\n");
    expect(rendered(text)).toMatch(/^bad\.yaml:\d+:1 S011 key: unknown key "zebra"\n +\|\n\d+ \| zebra: 1\n/);
  });

  test("accepts a byte order mark", () => {
    expect(rendered(`\ufeff${minimalSchema({})}`)).toBe("");
  });

  test("refuses a file that is too large before it parses it", () => {
    const text = minimalSchema({}) + "#".repeat(schemaLengthMax);
    expect(rendered(text)).toContain(`S006 too large: the file has ${text.length} characters, the limit is 1048576`);
  });

  test.each(["[", "{a: ", "- ", "? ", "[[[{"])("survives %j a hundred thousand times", (text) => {
    expect(rendered(text.repeat(100_000))).toContain("S006 too large: collections nest at most 32 deep");
  });

  test("does not take a key for the prototype of an object", () => {
    expect(rendered(minimalSchema({ more: "__proto__: { polluted: true }" }))).toContain('unknown key "__proto__"');
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test("does not find types, families and keys among the members that every object has", () => {
    expect(rendered(minimalSchema({ fields: "a: constructor\nb: hasOwnProperty" }))).toContain(
      'there is no type "constructor"',
    );
    expect(rendered(minimalSchema({ more: "toString: 1" }))).toContain('unknown key "toString"');
    const text = minimalSchema({}).replace("  client:", "  constructor:");
    expect(rendered(text)).toContain('N002 reserved name: every object of JavaScript has a "constructor"');
  });

  test("reports everything that is wrong, in the order of the file", () => {
    const text = minimalSchema({ fields: "a: Missing\n          b: u99\n          c: string", more: "zebra: 1" });
    const result = loadSchema(text, "bad.yaml");
    if (result.ok) throw new Error("the schema is bad");
    expect(result.diagnostics.map(({ rule }) => rule)).toEqual(["T002", "T002", "T001", "S011"]);
    expect(result.diagnostics.map(({ line }) => line)).toEqual(
      result.diagnostics.map(({ line }) => line).toSorted((a, b) => a - b),
    );
  });

  test("throws nothing, and points into the text, whatever is done to a schema", () => {
    const sources = ownSchemas.map((path) => readFileSync(new URL(path, root), "utf8"));
    const pieces = [
      "{",
      "}",
      "[",
      "]",
      ":",
      ", ",
      "\n",
      "  ",
      '"',
      "'",
      "?",
      "<",
      ">",
      "0",
      "-",
      "#",
      "&a ",
      "*a",
      "!t ",
      "null",
      "\t",
    ];
    const edit = fc.record({
      at: fc.nat(),
      length: fc.nat({ max: 12 }),
      insert: fc.oneof(fc.constantFrom(...pieces), fc.constantFrom("type", "u8", "since: 2", "removed: 1", "example")),
    });
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(edit, { minLength: 1, maxLength: 3 }), (source, edits) => {
        const text = edits.reduce((before, { at, length, insert }) => {
          const start = at % before.length;
          return before.slice(0, start) + insert + before.slice(start + length);
        }, source);
        const result = loadSchema(text, "bad.yaml");
        if (result.ok) return;
        expect(result.diagnostics.length).toBeGreaterThan(0);
        const lines = text.split(/\r\n|\n|\r/);
        for (const { line, column, length, sourceLine } of result.diagnostics) {
          expect(lines[line - 1]).toBe(sourceLine);
          expect(column).toBeLessThanOrEqual(sourceLine.length + 1);
          expect(length).toBeGreaterThanOrEqual(1);
        }
        renderDiagnostics(result.diagnostics);
      }),
      { numRuns: 150 },
    );
  });
});
