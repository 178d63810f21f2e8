import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Document, type ParsedNode, parse, parseDocument, Scalar, visit } from "yaml";
import { renderDiagnostics } from "../../codegen/diagnostics.ts";
import { formatSchema } from "../../codegen/format/format-schema.ts";
import { loadSchema } from "../../codegen/load.ts";
import { seededRandom } from "../seeded-random.ts";

const root = join(import.meta.dirname, "../..");
const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);

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

const valid = [...own, ...yamlIn("test/codegen/emit")];
const all = [...valid, ...yamlIn("test/codegen/invalid"), ...yamlIn("test/codegen/lint")];

function yamlIn(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".yaml"))
    .map((entry) => `${folder}/${entry.name}`);
}

function read(file: string): string {
  return readFileSync(join(root, file), "utf8");
}

/** `undefined` for what is no YAML. */
function formatted(text: string): string | undefined {
  const result = formatSchema(text, "test.yaml");
  return result.ok ? result.text : undefined;
}

/** Comments of a text without block scalars or quoted texts that look like comments. */
function comments(text: string): string[] {
  return text.split("\n").flatMap((line) => /(?:^|\s)(#.*)$/.exec(line)?.[1]?.trimEnd() ?? []);
}

/** Names of types, fields, values, cases, messages and families, in their order. */
function namesInOrder(text: string): string[] {
  const names: string[] = [];
  const follow = (value: unknown, path: readonly string[]): void => {
    if (value === null || typeof value !== "object") return;
    const keys = Object.keys(value);
    const areNames = /^(?:types|messages|versions|flows)$|\/(?:values|cases|fields|struct)$|^messages\/[^/]+$/.test(
      path.join("/"),
    );
    if (areNames) names.push(`${path.join("/")}: ${keys.join()}`);
    for (const [key, entry] of Object.entries(value)) follow(entry, [...path, key]);
  };
  follow(parse(text, { intAsBigInt: true }), []);
  return names.sort();
}

describe.each(all)("%s", (file) => {
  const text = read(file);
  const once = formatted(text);

  test("keeps what it says, and is laid out once and for all", () => {
    if (once === undefined) {
      // What is no YAML has no layout.
      expect(file).toContain("/invalid/");
      return;
    }
    expect(formatted(once)).toBe(once);
    expect(parse(once, { intAsBigInt: true })).toEqual(parse(text, { intAsBigInt: true }));
    expect(namesInOrder(once)).toEqual(namesInOrder(text));
    expect(comments(once).sort()).toEqual(comments(text).sort());
    expect(once).not.toMatch(/\t|[ ]$|\r|\n\n\n/m);
  });
});

test("comments keep their order where keys do", () => {
  for (const file of own) expect(comments(formatted(read(file)) ?? "")).toEqual(comments(read(file)));
});

test.each(own)("%s is laid out as hawser fmt does it", (file) => {
  expect(formatted(read(file))).toBe(read(file));
});

test("the schema of schema/README.md is laid out as hawser fmt does it", () => {
  const [, text = ""] = /```yaml\n(# yaml-language-server[\s\S]*?)```/.exec(read("schema/README.md")) ?? [];
  expect(formatted(text)).toBe(text);
});

describe(`schemas that others have laid out (HAWSER_SEED=${seed})`, () => {
  test.each(valid)("%s, in other styles", (file) => {
    const random = seededRandom(seed);
    const canonical = formatted(formatted(read(file)) ?? "");
    for (let count = 0; count < 8; count++) {
      const text = restyled(read(file), random);
      const once = formatted(text);
      expect(once).toBeDefined();
      expect(formatted(once ?? "")).toBe(once);
      expect(parse(once ?? "", { intAsBigInt: true })).toEqual(parse(canonical ?? "", { intAsBigInt: true }));
      expect(namesInOrder(once ?? "")).toEqual(namesInOrder(canonical ?? ""));
    }
  });

  test.each(valid)("%s, with comments and empty lines all over", { timeout: 60_000 }, (file) => {
    const random = seededRandom(seed ^ 0xc0);
    let readable = 0;
    for (let count = 0; count < 20; count++) {
      const text = commented(read(file), random);
      if (parseDocument(text).errors.length > 0) continue;
      readable++;
      const once = formatted(text);
      expect(once).toBeDefined();
      expect(formatted(once ?? "")).toBe(once);
      expect(parse(once ?? "", { intAsBigInt: true })).toEqual(parse(text, { intAsBigInt: true }));
      expect(comments(once ?? "").sort()).toEqual(comments(text).sort());
    }
    expect(readable).toBeGreaterThan(5);
  });
});

/** The same data with other quotes, brackets, widths and indentation. */
function restyled(text: string, random: () => number): string {
  const document = new Document(parse(text, { intAsBigInt: true }));
  const styles: readonly Scalar.Type[] = [
    Scalar.PLAIN,
    Scalar.QUOTE_DOUBLE,
    Scalar.QUOTE_SINGLE,
    Scalar.BLOCK_FOLDED,
    Scalar.BLOCK_LITERAL,
  ];
  visit(document, {
    Collection: (_key, node) => {
      node.flow = node.items.length === 0 || random() < 0.3;
    },
    Scalar: (key, node) => {
      const style = styles[Math.floor(random() * styles.length)];
      if (key === "value" && typeof node.value === "string" && style !== undefined) node.type = style;
    },
  });
  const indent = 1 + Math.floor(random() * 5);
  return document.toString({ indent, lineWidth: random() < 0.5 ? 0 : 60, indentSeq: random() < 0.5 });
}

/** The text with a comment here and there, before lines and behind them, and with empty lines. */
function commented(text: string, random: () => number): string {
  const inBlockScalars = blockScalarLines(text);
  const lines = text.split("\n").slice(0, -1);
  return lines
    .flatMap((line, index) => {
      if (inBlockScalars.has(index)) return [line];
      const isSafe = !/["'|>]/.test(line.replaceAll(/"[^"]*"/g, ""));
      const before = random() < 0.05 ? [`${" ".repeat(Math.floor(random() * 9))}# above ${index}`] : [];
      const empty = random() < 0.05 ? ["", ""] : [];
      const behind = random() < 0.05 && isSafe && line !== "" && !line.includes("#") ? `   # behind ${index}  ` : "";
      return random() < 0.5 ? [...before, ...empty, line + behind] : [...empty, ...before, line + behind];
    })
    .map((line) => `${line}\n`)
    .join("");
}

/** Numbers of the lines before which a comment would be part of a text of several lines, from 0. */
function blockScalarLines(text: string): ReadonlySet<number> {
  const lines = new Set<number>();
  visit(parseDocument(text), {
    Scalar: (_key, node) => {
      const [start = 0, end = 0] = (node as ParsedNode).range ?? [];
      const first = text.slice(0, start).split("\n").length - 1;
      const last = text.slice(0, end).split("\n").length - 1;
      for (let line = first + 1; line <= last + 1; line++) lines.add(line);
    },
  });
  return lines;
}

test("the layout", () => {
  const text = `---
protocol: orders # its name
doc: 'Clients order items; the server confirms, as long as there is something left that somebody could possibly want to buy: tea.'
versions: { 1: { doc: First., packing: byte, status: draft } }


frame: {
    # Told from others.
    magic: ordr,
    tag: u8, }
types:
    # What is ordered.
    Sku: {doc: Names a kind of item, example: ABC-17, pattern: '[A-Z]{3}', type: string<u8>}
    Note:
       {type: "string<u16>", length: ..1024, example: "by noon", doc: "For a person to read; nobody else looks at it, ever."}
    Level:
        values: # low to high
          Low: { tag: 1, doc: "Low." }

          High:
            doc: >
              High, and
              higher.
            tag: 0x02
        enum: u8
        doc: How much.
    # There is no type Weight.
messages:
    client:
        Order: {tag: 1, fields: {sku: Sku}, doc: "Order."}
        Cancel:
            doc: |
              First line.
              Second line.
            tag: 2
            examples:
              Odd: {
                sku: ABC-17 }
        Wait: { tag: 3, doc: "Wait." }
    # The other side says nothing.
    server: {}
reserved:
    client:
        - 9
        - 20..29
# The end.
`;
  expect(formatted(text)).toMatchInlineSnapshot(`
    "protocol: orders # its name
    doc: >-
      Clients order items; the server confirms, as long as there is something left that somebody could possibly want to buy:
      tea.
    versions: { 1: { status: draft, packing: byte, doc: "First." } }

    frame:
      # Told from others.
      magic: ordr
      tag: u8

    types:
      # What is ordered.
      Sku: { type: string<u8>, pattern: "[A-Z]{3}", example: ABC-17, doc: "Names a kind of item" }

      Note:
        type: "string<u16>"
        length: ..1024
        example: "by noon"
        doc: For a person to read; nobody else looks at it, ever.

      Level:
        doc: How much.
        enum: u8
        values: # low to high
          Low: { tag: 1, doc: "Low." }

          High:
            tag: 0x02
            doc: >
              High, and higher.
      # There is no type Weight.

    messages:
      client:
        Order: { tag: 1, doc: "Order.", fields: { sku: Sku } }

        Cancel:
          tag: 2
          doc: |
            First line.
            Second line.
          examples:
            Odd: { sku: ABC-17 }

        Wait: { tag: 3, doc: "Wait." }

      # The other side says nothing.
      server: {}

    reserved:
      client:
        - 9
        - 20..29
    # The end.
    "
  `);
});

test("a schema need not be good, but YAML as schemas use it", () => {
  expect(formatted("types: {A: {doc: x, type: nonsense, zebra: 1}}")).toBe(
    'types: { A: { type: nonsense, doc: "x", zebra: 1 } }\n',
  );
  for (const text of ["", "- a", "a: &b c", "a: 1\na: 2", "a: {", "a: !!str b", "<<: *b"])
    expect(formatted(text)).toBeUndefined();
});

test("a byte order mark and line ends of other systems are taken out", () => {
  expect(formatted("\ufeffprotocol: a\r\n# b\r\n\r\ndoc: c\r\n")).toBe("protocol: a\n# b\n\ndoc: c\n");
});

test("texts that need quotes keep them", () => {
  const doc = (text: string): string =>
    formatted(`doc: ${JSON.stringify(text)}\nflows: { a: { doc: ${JSON.stringify(text)} } }\n`) ?? "";
  expect(doc("A.")).toBe('doc: A.\nflows: { a: { doc: "A." } }\n');
  expect(doc("a: b")).toBe('doc: "a: b"\nflows: { a: { doc: "a: b" } }\n');
  expect(doc('say "a"')).toBe('doc: say "a"\nflows: { a: { doc: \'say "a"\' } }\n');
  expect(doc("a # b")).toBe('doc: "a # b"\nflows: { a: { doc: "a # b" } }\n');
  expect(doc("12")).toBe('doc: "12"\nflows: { a: { doc: "12" } }\n');
  for (const text of [
    "",
    " ",
    "\n",
    "a\n\n",
    " a",
    "a\tb",
    "\u0007",
    "\ud800",
    "- ",
    "\ufeff",
    "'",
    "\\",
    "a\n b\n",
    "x ".repeat(80),
    `${"word ".repeat(40)}\n\nend`,
  ]) {
    const once = doc(text);
    expect(parse(once)).toEqual({ doc: text, flows: { a: { doc: text } } });
    expect(formatted(once)).toBe(once);
  }
});

test("what comes out of it is as good a schema as before", () => {
  for (const file of valid) {
    const result = loadSchema(formatted(read(file)) ?? "", file);
    expect(result.ok ? "" : renderDiagnostics(result.diagnostics)).toBe("");
  }
});
