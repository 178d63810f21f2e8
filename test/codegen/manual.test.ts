import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { SchemaDocument } from "../../codegen/document.ts";
import { explainFrame } from "../../codegen/explain/explain-frame.ts";
import { isPresent } from "../../codegen/layout.ts";
import { loadSchema } from "../../codegen/load.ts";
import { emitManual } from "../../codegen/manual/emit-manual.ts";
import { messageRuler, type Ruler } from "../../codegen/manual/ruler.ts";
import { type Family, resolveProtocol } from "../../codegen/protocol.ts";
import { encodeFrame } from "../../codegen/vectors/encode-frame.ts";
import { ExampleValues } from "../../codegen/vectors/example-values.ts";
import { RandomEdits, type SchemaData } from "../evolution/random-edits.ts";
import { seededRandom } from "../seeded-random.ts";
import { type BuiltCodec, buildCodec } from "./build-codec.ts";
import { leastFields } from "./manual/least-values.ts";
import { elementsOf, type HtmlElement, readHtml, textOf } from "./manual/read-html.ts";
import { type MarkdownBlock, readMarkdown } from "./manual/read-markdown.ts";
import { anchorsOf, docsOf } from "./manual/schema-contents.ts";
import { htmlExamples, markdownExamples } from "./manual/shown-examples.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(import.meta.dirname, "emit/tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);
const EDITED = 60;

const schemas = [
  "schema/messages.yaml",
  "schema/log.yaml",
  "schema/client-session.yaml",
  "schema/zmtp-greeting.yaml",
  "schema/zmtp-command.yaml",
  "schema/zmtp-curve.yaml",
  "schema/zmtp-curve-box.yaml",
  "examples/key-value/kv.yaml",
  "test/fuzz/packed.yaml",
  "test/codegen/manual/hostile.yaml",
  ...readdirSync(join(import.meta.dirname, "emit"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => `test/codegen/emit/${file}`),
];

describe.each(schemas)("%s", (file) => {
  const document = documentOf(readFileSync(join(root, file), "utf8"), file);
  const manual = new Manual(document);

  test("everything that has a name is in both, where links lead to it", () => {
    const { html, markdown } = manual;
    const expected = anchorsOf(document);
    expect(htmlAnchors(html)).toEqual(expect.arrayContaining([...expected]));
    const anchors = markdown.flatMap((block) => block.anchors);
    expect(anchors).toEqual(expect.arrayContaining([...expected]));
    expect([...htmlAnchors(html)].sort()).toEqual([...anchors].sort());
  });

  test("no id stands twice, and every link leads to one", () => {
    const { html, markdown } = manual;
    const ids = htmlAnchors(html);
    expect(new Set(ids).size).toBe(ids.length);
    const links = [...elementsOf(html)].filter(({ tag }) => tag === "a").map(({ attributes }) => attributes["href"]);
    expect(links.filter((link) => !ids.includes(String(link).replace(/^#/, "")) || !link?.startsWith("#"))).toEqual([]);
    const anchors = markdown.flatMap((block) => block.anchors);
    expect(markdown.flatMap((block) => block.targets).filter((target) => !anchors.includes(target))).toEqual([]);
  });

  test("every name is in the index, with a link to each of its places", () => {
    const { html, markdown } = manual;
    const entries =
      [...elementsOf(html)].filter(({ attributes }) => attributes["class"] === "index")[0]?.children ?? [];
    const links = entries.flatMap((entry) => (typeof entry === "string" ? [] : [...elementsOf(entry)]));
    const targets = links.flatMap(({ attributes }) => attributes["href"] ?? []).map((href) => href.slice(1));
    const expected = anchorsOf(document).filter((anchor) => !/^version-/.test(anchor));
    expect([...targets].sort()).toEqual([...expected].sort());
    const last = markdown.at(-1);
    expect([...(last?.targets ?? [])].sort()).toEqual([...expected].sort());
    const names = entries.filter((entry) => typeof entry !== "string").map((entry) => textOf(entry.children[0] ?? ""));
    expect(last?.lines.map((line) => line.split(":")[0])).toEqual(names);
  });

  test("every text of the schema is in both, as it is written", () => {
    const { html, markdown } = manual;
    const page = textOf(html);
    const reference = markdown.flatMap(({ lines, rows }) => [...lines, ...rows.flat()]).join("\n");
    for (const line of docsOf(document)) {
      expect(page).toContain(line);
      expect(reference).toContain(line);
    }
  });

  test("the page loads nothing and runs nothing but its own script", () => {
    const elements = [...elementsOf(manual.html)];
    const attributes = new Set(elements.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...attributes].filter((name) => name === "src" || name === "srcset" || name.startsWith("on"))).toEqual([]);
    const scripts = elements.filter(({ tag }) => tag === "script").map(textOf);
    expect(scripts).toHaveLength(1);
    const digest = createHash("sha256").update(scripts.join("")).digest("base64");
    const policy = elements.find(({ attributes }) => attributes["http-equiv"] !== undefined)?.attributes["content"];
    expect(policy).toContain(`default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${digest}'`);
    const style = elements
      .filter(({ tag }) => tag === "style")
      .map(textOf)
      .join("");
    expect(style + scripts.join("")).not.toMatch(/url\(|@import|https?:|fetch|import\(|XMLHttp|innerHTML/);
  });

  test("the same schema gives the same bytes", () => {
    const again = new Manual(documentOf(readFileSync(join(root, file), "utf8"), file));
    expect(again.htmlText).toBe(manual.htmlText);
    expect(again.markdownText).toBe(manual.markdownText);
  });
});

describe.each(schemas)("the rulers of %s", (file) => {
  const document = documentOf(readFileSync(join(root, file), "utf8"), file);
  const protocol = resolveProtocol(document);
  const places = protocol.families.flatMap((family) =>
    family.messages.flatMap((message) =>
      protocol.versions
        .filter((version) => isPresent(message, version))
        .map((version) => ({
          title: `${family.name}.${message.name} in version ${version.number}`,
          family,
          message,
          version,
        })),
    ),
  );

  test.each(places)("$title", ({ family, message, version }) => {
    const ruler = messageRuler(message, version, protocol);
    expectSums(ruler);
    if (!message.fields.some(({ type }) => type.kind === "message")) {
      const least = Object.fromEntries(leastFields(message.fields, version));
      expect(encodeFrame(protocol, version, family, { type: message.name, ...least }).bytes.length).toBe(
        ruler.minimumBytes,
      );
    }
    const examples = new ExampleValues(document, version).ofMessage(family, message);
    for (const { value } of examples)
      expectBoundaries(ruler, encodeFrame(protocol, version, family, value).bytes, family);
  });

  test("are drawn as wide as they are", () => {
    const { html, markdown } = new Manual(document);
    for (const list of [...elementsOf(html)].filter(({ attributes }) => attributes["class"] === "ruler")) {
      let next: number | undefined = 0;
      for (const box of list.children) {
        const [start = "", , , size = ""] = (box as HtmlElement).children.map(textOf);
        if (start !== "") expect(bitOf(start)).toBe(next);
        else expect(next).toBeUndefined();
        const bits = bitsOf(size);
        next = next === undefined || bits === undefined ? undefined : next + bits;
      }
    }
    for (const { lines } of markdown.filter(({ lines }) => lines.some((line) => line.startsWith("+-")))) {
      const rows = lines.join("\n").split("\n\n");
      for (const row of rows) {
        const boxes = row.split("\n").filter((line) => /^[+|]/.test(line));
        expect(new Set(boxes.map(({ length }) => length)).size).toBe(1);
      }
    }
  });

  function expectBoundaries({ segments }: Ruler, frame: Uint8Array, family: Family): void {
    const { parts, problem } = explainFrame(frame, protocol, family);
    expect(problem).toBeUndefined();
    const starts = new Set([frame.length * 8, ...parts.map(({ bit }) => bit)]);
    for (const { start, role, name } of segments) {
      if (start === undefined || name === "tag") continue;
      expect(starts).toContain(start);
      if (role === "flag") expect(parts.find(({ bit }) => bit === start)?.path).toContain(name.split(":")[0]);
    }
  }
});

describe.each(schemas)("the examples of %s", (file) => {
  const document = documentOf(readFileSync(join(root, file), "utf8"), file);
  const protocol = resolveProtocol(document);
  let codecs: ReadonlyMap<string, BuiltCodec>;
  beforeAll(async () => {
    codecs = await buildCodec(document, folder);
  }, 60_000);

  test("are what the generated codec makes of the schema's examples", () => {
    const { html, markdown } = new Manual(document);
    const shown = markdownExamples(markdown);
    expect(htmlExamples(html)).toEqual(shown);
    expect(new Set(shown.map(({ anchor }) => anchor))).toEqual(
      new Set(
        protocol.families.flatMap(({ name, messages }) =>
          messages
            .filter((message) => protocol.versions.some((version) => isPresent(message, version)))
            .map((message) => `message-${name}-${message.name}`),
        ),
      ),
    );
    for (const { anchor, caption, hex } of shown) {
      const [, familyName = "", messageName = ""] = anchor.split("-");
      const family = protocol.families.find(({ name }) => name === familyName);
      const message = family?.messages.find(({ name }) => name === messageName);
      const number = Number(/in version (\d+)/.exec(caption)?.[1] ?? 1);
      const version = protocol.versions.find((candidate) => candidate.number === number);
      const codec = codecs.get(familyName);
      if (family === undefined || message === undefined || version === undefined || codec === undefined)
        throw new Error(`${caption} is of nothing`);
      const decoded = codec.decode(Uint8Array.from(Buffer.from(hex, "hex")));
      const name = /^Example ([A-Za-z0-9]+) in|^Example ([A-Za-z0-9]+) \(/.exec(caption);
      const example = new ExampleValues(document, version)
        .ofMessage(family, message)
        .find(
          (candidate) => candidate.name === (caption.startsWith("Example of") ? undefined : (name?.[1] ?? name?.[2])),
        );
      expect(decoded).toMatchObject(example?.value ?? { example: "none" });
      expect(Buffer.from(codec.encode(decoded, number)).toString("hex")).toBe(hex);
    }
  });
});

test(`whatever a schema becomes, its manual can be read (HAWSER_SEED=${seed})`, { timeout: 60_000 }, () => {
  const edits = new RandomEdits(seededRandom(seed));
  const sources = ["emit/versions.yaml", "emit/every-type.yaml", "emit/text-tags.yaml", "manual/hostile.yaml"];
  const texts = sources.map((name) => readFileSync(join(import.meta.dirname, name), "utf8"));
  for (let count = 0; count < EDITED; count++) {
    const data = structuredClone(documentOf(texts[count % texts.length] ?? "", "schema.yaml")) as unknown as SchemaData;
    for (let edit = 0; edit < 4; edit++) edits.edit(data);
    const loaded = loadSchema(
      JSON.stringify(data, (_, value) => (typeof value === "bigint" ? Number(value) : value)),
      "x",
    );
    if (!loaded.ok) continue;
    const { html, markdown } = new Manual(loaded.document);
    expect(markdown.flatMap((block) => block.anchors).sort()).toEqual([...htmlAnchors(html)].sort());
    expect(htmlAnchors(html)).toEqual(expect.arrayContaining([...anchorsOf(loaded.document)]));
    expect(htmlExamples(html)).toEqual(markdownExamples(markdown));
  }
});

test("what is not in every version is said to be so", () => {
  const { markdown } = new Manual(
    documentOf(readFileSync(join(root, "schema/messages.yaml"), "utf8"), "messages.yaml"),
  );
  const rows = markdown.flatMap(({ rows }) => rows);
  expect(rows).toContainEqual(["commitIndex", "–", "yes", "read as 0, and left out when writing"]);
  expect(rows).toContainEqual(["retryAfter", "–", "yes", "absent, and left out when writing"]);
  expect(rows).toContainEqual(["UnsupportedVersion", "–", "yes", ""]);
  expect(rows).toContainEqual(["11 to 255 (0x0b to 0xff)", "free", "", ""]);
  expect(rows).toContainEqual([
    "Version 2",
    "draft: may still change",
    "flags are bytes",
    expect.stringContaining("batches"),
  ]);
});

test("what is reserved or free is listed between what is taken", () => {
  const { markdown } = new Manual(
    documentOf(readFileSync(join(root, "test/codegen/manual/hostile.yaml"), "utf8"), "hostile.yaml"),
  );
  const kinds = markdown.find(({ rows }) => rows.some((row) => row[1] === "Two"))?.rows.map((row) => row.slice(0, 2));
  expect(kinds).toEqual([
    ["Tag", "Belongs to"],
    ["0", "free"],
    ["1", "One"],
    ["2", "Two"],
    ["3", "reserved"],
    ["4 to 9", "free"],
    ["10 to 19 (0x0a to 0x13)", "reserved"],
    ["20 to 255 (0x14 to 0xff)", "free"],
  ]);
});

test("flows name who sends what, in text and in pictures", () => {
  const { markdown, html } = new Manual(
    documentOf(readFileSync(join(root, "schema/messages.yaml"), "utf8"), "messages.yaml"),
  );
  const picture = markdown.find(({ lines }) => lines.some((line) => line.includes("QueryResponse |")))?.lines;
  expect(picture?.filter((line) => line.trim() !== "|                        |")).toEqual([
    "client                      server",
    "  | Query                  |",
    "  |----------------------->|  correlationId",
    "  |          QueryResponse |",
    "  |<-----------------------|  correlationId",
    "  | or                     |",
    "  |             QueryError |",
    "  |<-----------------------|  correlationId, in version 2",
  ]);
  const drawings = [...elementsOf(html)].filter(({ tag }) => tag === "svg");
  expect(drawings.map(({ attributes }) => attributes["aria-label"])).toContain(
    "Flow query: Query, then QueryResponse or QueryError",
  );
});

function documentOf(text: string, file: string): SchemaDocument {
  const loaded = loadSchema(text, file);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"));
  return loaded.document;
}

/** A manual, read when it is asked for: what cannot be read fails the test that asks. */
class Manual {
  readonly markdownText: string;
  readonly htmlText: string;

  constructor(document: SchemaDocument) {
    const options = { emit: ["manual"], wireImport: "", importExtension: ".js", sourceName: "a-->b.yaml" } as const;
    const [markdown, html] = emitManual(resolveProtocol(document), options, document);
    this.markdownText = markdown?.text ?? "";
    this.htmlText = html?.text ?? "";
  }

  get markdown(): readonly MarkdownBlock[] {
    return readMarkdown(this.markdownText);
  }

  get html(): HtmlElement {
    return readHtml(this.htmlText);
  }
}

function htmlAnchors(html: HtmlElement): readonly string[] {
  return [...elementsOf(html)].flatMap(({ attributes }) => attributes["id"] ?? []);
}

function expectSums({ segments, minimumBytes }: Ruler): void {
  let next: number | undefined = 0;
  for (const { start, bits, isConditional } of segments) {
    expect(start).toBe(next);
    next = next === undefined || bits === undefined || isConditional ? undefined : next + bits;
  }
  const least = segments.reduce((sum, { minimumBits }) => sum + minimumBits, 0);
  expect(least).toBe(minimumBytes * 8);
  if (next !== undefined) expect(next).toBe(minimumBytes * 8);
}

/** `12`, or `12.3` */
function bitOf(place: string): number {
  const [byte = "", bit = "0"] = place.split(".");
  return Number(byte) * 8 + Number(bit);
}

/** Of `4 bytes` or `3 bits`; `undefined` where it differs, or where there may be nothing. */
function bitsOf(size: string): number | undefined {
  const [, count, unit] = /^(\d+) (byte|bit)s?$/.exec(size) ?? [];
  return count === undefined ? undefined : Number(count) * (unit === "byte" ? 8 : 1);
}
