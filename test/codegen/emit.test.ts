import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Project } from "ts-morph";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { generate } from "../../codegen/generate.ts";
import { loadSchema } from "../../codegen/load.ts";

/** Generated code is compiled under this project's own rules, and run. */
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(import.meta.dirname, "emit/tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

type Codec = Readonly<Record<"encodeClientMessage" | "decodeClientMessage", (...args: unknown[]) => unknown>>;

function generated(name: string, text: string): readonly { readonly name: string; readonly text: string }[] {
  const loaded = loadSchema(text, name);
  if (!loaded.ok) throw new Error(loaded.diagnostics.map(({ message }) => message).join("\n"));
  const wireImport = "../../../../../runtime/wire/index.ts";
  return generate(loaded.document, { emit: ["typescript"], wireImport, importExtension: ".ts", sourceName: name });
}

async function build(schema: string): Promise<Codec> {
  const files = generated(schema, readFileSync(join(import.meta.dirname, "emit", schema), "utf8"));
  const target = mkdtempSync(join(folder, "schema-"));
  for (const { name, text } of files) writeFileSync(join(target, name), text);
  const project = new Project({ tsConfigFilePath: join(root, "tsconfig.json"), skipAddingFilesFromTsConfig: true });
  const complaints = files.flatMap(({ name }) => {
    const file = project.addSourceFileAtPath(join(target, name));
    return project.formatDiagnosticsWithColorAndContext(file.getPreEmitDiagnostics());
  });
  expect(complaints.join("")).toBe("");
  const codec: unknown = await import(join(target, "codec.ts"));
  return codec as Codec;
}

test("what has nothing in one version takes no bytes there", async () => {
  const codec = await build("nothing-in-one-version.yaml");
  const order = { type: "Order", card: { colour: undefined }, state: { unknown: 2 }, note: undefined };
  const frame = codec.encodeClientMessage(order, 1);
  expect(Buffer.from(frame as Uint8Array).toString("hex")).toBe("01" + "01" + "02");
  expect(codec.decodeClientMessage(frame)).toEqual({ version: 1, message: order });
  const nothing = codec.encodeClientMessage({ type: "Remark" }, 1);
  expect(Buffer.from(nothing as Uint8Array).toString("hex")).toBe("01" + "02");
  expect(codec.decodeClientMessage(nothing)).toEqual({ version: 1, message: { type: "Remark", note: undefined } });
}, 60_000);

describe("a schema of two versions", () => {
  let codec: Codec;
  beforeAll(async () => {
    codec = await build("versions.yaml");
  }, 60_000);

  const older = { type: "Order", id: 7, state: "Open", payment: { type: "Cash" }, note: "hi", express: true };
  const newer = { ...older, priority: 3, source: "web", coupon: undefined };

  test("flags are bits in one version and bytes in the other", () => {
    const bytes = (version: number) =>
      Buffer.from(codec.encodeClientMessage(newer, version) as Uint8Array).toString("hex");
    // id, state, payment; then 1 | 0000000000000010 | "hi" | 1 and six bits to fill.
    expect(bytes(1)).toBe("73686f70" + "01" + "01" + "00000007" + "01" + "01" + "80013434c0");
    expect(bytes(2)).toBe(
      "73686f70" + "02" + "01" + "00000007" + "01" + "01" + "01" + "00026869" + "01" + "03" + "0003776562" + "00",
    );
  });

  test("reading the older one fills in what it lacks", () => {
    const frame = codec.encodeClientMessage(newer, 1);
    expect(codec.decodeClientMessage(frame)).toEqual({ version: 1, message: newer });
    expect(codec.decodeClientMessage(codec.encodeClientMessage(newer, 2))).toEqual({ version: 2, message: newer });
  });

  test("writing the older one drops only what may be dropped", () => {
    expect(codec.decodeClientMessage(codec.encodeClientMessage({ ...newer, source: "phone" }, 1))).toMatchObject({
      message: { source: "web" },
    });
    const lost = (change: object) => () => codec.encodeClientMessage({ ...newer, ...change }, 1);
    const error = (path: string) => expect.objectContaining({ code: "ERR_WIRE_NOT_IN_VERSION", path });
    expect(lost({ priority: 9 })).toThrow(error("Order.priority"));
    expect(lost({ coupon: "ten" })).toThrow(error("Order.coupon"));
    expect(lost({ state: "Lost" })).toThrow(error("Order.state"));
    expect(lost({ payment: { type: "Card", number: "1" } })).toThrow(error("Order.payment.type"));
    expect(() => codec.encodeClientMessage({ type: "Cancel", id: 1 }, 1)).toThrow(error("message.type"));
  });

  test("what the older one lacks is unknown in its frames", () => {
    const unknown = expect.objectContaining({ code: "ERR_WIRE_UNKNOWN_DISCRIMINATOR" });
    expect(() => codec.decodeClientMessage(Buffer.from("73686f700102" + "00000001", "hex"))).toThrow(unknown);
    expect(() => codec.decodeClientMessage(Buffer.from("73686f700101" + "0000000703", "hex"))).toThrow(unknown);
  });

  test("messages inside a message are read and written, one level deep", () => {
    const batch = { type: "Batch", items: [{ type: "Cancel", id: 1 }, newer] };
    expect(codec.decodeClientMessage(codec.encodeClientMessage(batch, 2))).toEqual({ version: 2, message: batch });
    const nested = { type: "Batch", items: [batch] };
    expect(() => codec.encodeClientMessage(nested, 2)).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_INVALID_VALUE", path: "Batch.items[0].type" }),
    );
  });

  test("a version that is none", () => {
    const unsupported = expect.objectContaining({ code: "ERR_WIRE_UNSUPPORTED_VERSION" });
    expect(() => codec.encodeClientMessage(newer, 3)).toThrow(unsupported);
    expect(() => codec.decodeClientMessage(Buffer.from("73686f700301", "hex"))).toThrow(unsupported);
  });
});

describe("a schema of every type", () => {
  let codec: Codec;
  beforeAll(async () => {
    codec = await build("every-type.yaml");
  }, 60_000);

  const every = {
    type: "Every",
    flag: true,
    u8: 255,
    u16: 65_535,
    u32: 4_294_967_295,
    u53: Number.MAX_SAFE_INTEGER,
    u64: 2n ** 64n - 1n,
    i8: -128,
    i16: -32_768,
    i32: -2_147_483_648,
    i53: Number.MIN_SAFE_INTEGER,
    i64: -(2n ** 63n),
    f32: 1.5,
    f64: Math.PI,
    id: "0b9e2c64-5d0f-4c1a-9a37-6a5f1f0d7e21",
    hash: Uint8Array.of(1, 2, 3, 4),
    word: "abc",
    small: -10,
    level: { unknown: 77 },
    shape: {
      type: "Line",
      points: [
        { x: 0, y: 1 },
        { x: 2, y: 3 },
      ],
    },
    nested: [[], [1, 2], [65_535]],
    table: { a: {}, b: { ["__proto__"]: 1, c: 2 } },
    maybe: { x: -1, y: 0.5 },
  };

  function roundTrip(message: object): unknown {
    const decoded = codec.decodeClientMessage(codec.encodeClientMessage(message, 1)) as { readonly message: unknown };
    return decoded.message;
  }

  test("every value survives", () => {
    expect(roundTrip(every)).toEqual(every);
    expect(
      roundTrip({ ...every, flag: false, level: "High", shape: { type: "Nothing" }, maybe: undefined }),
    ).toMatchObject({
      flag: false,
      level: "High",
      shape: { type: "Nothing" },
      maybe: undefined,
    });
  });

  test("integers are little-endian", () => {
    const frame = Buffer.from(
      codec.encodeClientMessage({ type: "Order", items: [{ id: 5 }], first: { id: 6 } }, 1) as Uint8Array,
    );
    expect(frame.toString("hex")).toBe("0100" + "0200" + "01" + "05" + "06");
    expect(roundTrip({ type: "Order", items: [{ id: 5 }, { id: 7 }], first: { id: 6 } })).toEqual({
      type: "Order",
      items: [{ id: 5 }, { id: 7 }],
      first: { id: 6 },
    });
  });

  test("names that get in the way do not", () => {
    const names = {
      bytes: 1,
      start: 2,
      end: "e",
      offset: 3,
      message: 4,
      wire: Uint8Array.of(5),
      index: 8,
      path: 9,
    };
    expect(roundTrip({ type: "Names", ...names })).toEqual({ type: "Names", ...names });
    expect(roundTrip({ type: "Empty" })).toEqual({ type: "Empty" });
  });

  const mistakes: readonly [string, object, string, string][] = [
    ["a missing field", { flag: undefined }, "ERR_WIRE_INVALID_VALUE", "Every.flag"],
    ["a number as text", { u8: "1" }, "ERR_WIRE_INVALID_VALUE", "Every.u8"],
    ["a number with a fraction", { u16: 1.5 }, "ERR_WIRE_INVALID_VALUE", "Every.u16"],
    ["a number too large", { u32: 2 ** 32 }, "ERR_WIRE_OUT_OF_RANGE", "Every.u32"],
    ["a number below zero", { u53: -1 }, "ERR_WIRE_OUT_OF_RANGE", "Every.u53"],
    ["an unsafe number", { i53: 2 ** 53 }, "ERR_WIRE_OUT_OF_RANGE", "Every.i53"],
    ["a number for a bigint", { u64: 1 }, "ERR_WIRE_INVALID_VALUE", "Every.u64"],
    ["a bigint too large", { i64: 2n ** 63n }, "ERR_WIRE_OUT_OF_RANGE", "Every.i64"],
    ["no UUID", { id: "nonsense" }, "ERR_WIRE_INVALID_VALUE", "Every.id"],
    ["too few bytes", { hash: Uint8Array.of(1) }, "ERR_WIRE_INVALID_VALUE", "Every.hash"],
    ["a word too long", { word: "abcdef" }, "ERR_WIRE_OUT_OF_RANGE", "Every.word"],
    ["a word of other letters", { word: "ABC" }, "ERR_WIRE_INVALID_VALUE", "Every.word"],
    ["a lone surrogate", { word: "\ud800" }, "ERR_WIRE_INVALID_VALUE", "Every.word"],
    ["a value that is not allowed", { small: 0 }, "ERR_WIRE_OUT_OF_RANGE", "Every.small"],
    ["a value out of range", { small: 11 }, "ERR_WIRE_OUT_OF_RANGE", "Every.small"],
    ["no level", { level: "Medium" }, "ERR_WIRE_INVALID_VALUE", "Every.level"],
    ["no case", { shape: { type: "Circle" } }, "ERR_WIRE_INVALID_VALUE", "Every.shape.type"],
    ["no shape at all", { shape: null }, "ERR_WIRE_INVALID_VALUE", "Every.shape"],
    [
      "too few points",
      { shape: { type: "Line", points: [{ x: 0, y: 0 }] } },
      "ERR_WIRE_OUT_OF_RANGE",
      "Every.shape.points",
    ],
    [
      "a point without a coordinate",
      { shape: { type: "Line", points: [{ x: 0, y: 0 }, { x: 0 }] } },
      "ERR_WIRE_INVALID_VALUE",
      "Every.shape.points[1].y",
    ],
    ["a list that is none", { nested: "12" }, "ERR_WIRE_INVALID_VALUE", "Every.nested"],
    ["a number in a list in a list", { nested: [[], [1, -1]] }, "ERR_WIRE_OUT_OF_RANGE", "Every.nested[1][1]"],
    ["too many entries", { nested: [Array.from({ length: 256 }, () => 0)] }, "ERR_WIRE_TOO_LARGE", "Every.nested[0]"],
    ["a value in a map in a map", { table: { a: { b: "x" } } }, "ERR_WIRE_INVALID_VALUE", 'Every.table["a"]["b"]'],
    ["a map that is a Map", { table: new Map() }, "ERR_WIRE_INVALID_VALUE", "Every.table"],
  ];
  test.each(mistakes)("%s is refused with its path", (_what, change, code, path) => {
    expect(() => codec.encodeClientMessage({ ...every, ...change }, 1)).toThrow(
      expect.objectContaining({ code, path }),
    );
  });
});

describe("a schema whose tags are texts, and whose messages reach to the end of the frame", () => {
  let codec: Codec;
  beforeAll(async () => {
    codec = await build("text-tags.yaml");
  }, 60_000);

  const frame = (message: object, version = 2) =>
    Buffer.from(codec.encodeClientMessage(message, version) as Uint8Array).toString("latin1");
  const decode = (text: string) => codec.decodeClientMessage(Buffer.from(text, "latin1"));
  const refusal = (code: string, path: string) => expect.objectContaining({ code: `ERR_WIRE_${code}`, path });

  const texts = { type: "Texts", number: 258, text: "éa" };
  const points = [
    { x: 1, name: "a" },
    { x: 2, name: "" },
  ];
  const nothing = { type: "Nothing" };
  const tails = { type: "Tails", note: "n", end: Uint8Array.of(1, 2) };
  const numbers = { type: "Numbers", numbers: [1, 65_535] };
  const longTag = "A tag of more than four and twenty letters";

  const frames: readonly [string, object, string][] = [
    ["a tag alone", nothing, "\x01?"],
    ["a text", texts, "\x04TEXT\x02\x01\xc3\xa9a"],
    ["an empty text", { ...texts, text: "" }, "\x04TEXT\x02\x01"],
    ["bytes behind a note", tails, "\x04TAIL\x01\x01n\x01\x02"],
    ["bytes behind no note", { ...tails, note: undefined }, "\x04TAIL\x00\x01\x02"],
    ["a long tag", { type: "Lenient", end: Uint8Array.of(7) }, `\x2a${longTag}\x07`],
    ["numbers", numbers, "\x07NUMBERS\x01\x00\xff\xff"],
    ["points", { type: "Points", points }, "\x06POINTS\x01\x00\x01a\x02\x00\x00"],
    ["no points", { type: "Points", points: [] }, "\x06POINTS"],
    ["tables", { type: "Tables", tables: [{}, { a: [true] }] }, "\x06TABLES\x00\x01\x01a\x01\x01"],
    ["words", { type: "Grown", number: 1, words: ["a", ""] }, "\x05GROWN\x01\x01a\x00"],
    [
      "messages",
      { type: "Batch", messages: [tails, nothing, numbers] },
      "\x05BATCH\x0a\x04TAIL\x01\x01n\x01\x02\x02\x01?\x0c\x07NUMBERS\x01\x00\xff\xff",
    ],
  ];
  test.each(frames)("%s", (_what, message, text) => {
    expect(frame(message)).toBe(`w\x02${text}`);
    expect(decode(`w\x02${text}`)).toEqual({ version: 2, message });
  });

  test("a version that lacks the end has nothing there", () => {
    const grown = { type: "Grown", number: 1, words: [] };
    expect(frame(grown, 1)).toBe("w\x01\x05GROWN\x01");
    expect(decode("w\x01\x05GROWN\x01")).toEqual({ version: 1, message: grown });
    expect(() => decode("w\x01\x05GROWN\x01\x01a")).toThrow(refusal("TRAILING_BYTES", "Grown"));
    expect(() => frame({ ...grown, words: ["a"] }, 1)).toThrow(refusal("NOT_IN_VERSION", "Grown.words"));
  });

  const unreadable: readonly [string, string, string, string][] = [
    ["no tag", "", "TRUNCATED", "frame.tag"],
    ["half a tag", "\x04TEX", "TRUNCATED", "frame.tag"],
    ["an unknown tag", "\x04TEST", "UNKNOWN_DISCRIMINATOR", "frame.tag"],
    ["bytes behind a tag alone", "\x01?\x00", "TRAILING_BYTES", "Nothing"],
    ["a text that is no UTF-8", "\x04TEXT\x02\x01\xff", "INVALID_UTF8", "Texts.text"],
    ["a text too long", "\x04TEXT\x02\x01abcdefg", "OUT_OF_RANGE", "Texts.text"],
    ["a text of the wrong letters", "\x04TEXT\x02\x01x", "INVALID_VALUE", "Texts.text"],
    ["too few bytes", "\x04TAIL\x00", "OUT_OF_RANGE", "Tails.end"],
    ["too many bytes", "\x04TAIL\x0012345", "OUT_OF_RANGE", "Tails.end"],
    ["half a number", "\x07NUMBERS\x01\x00\x01", "TRUNCATED", "Numbers.numbers[1]"],
    ["too few numbers", "\x07NUMBERS", "OUT_OF_RANGE", "Numbers.numbers"],
    ["too many numbers", "\x07NUMBERS12345678", "OUT_OF_RANGE", "Numbers.numbers"],
    ["half a point", "\x06POINTS\x01\x00\x01a\x02", "TRUNCATED", "Points.points[1].x"],
    ["an unknown tag inside", "\x05BATCH\x02\x01!", "UNKNOWN_DISCRIMINATOR", "Batch.messages[0].tag"],
    [
      "half a number inside",
      "\x05BATCH\x02\x01?\x09\x07NUMBERS\x01",
      "TRUNCATED",
      "Batch.messages[1].Numbers.numbers[0]",
    ],
  ];
  test.each(unreadable)("%s is refused", (_what, text, code, path) => {
    expect(() => decode(`w\x02${text}`)).toThrow(refusal(code, path));
  });

  const unwritable: readonly [string, object, string, string][] = [
    ["a text too long", { ...texts, text: "éééé" }, "OUT_OF_RANGE", "Texts.text"],
    ["no text", { ...texts, text: 1 }, "INVALID_VALUE", "Texts.text"],
    ["too few bytes", { ...tails, end: new Uint8Array() }, "OUT_OF_RANGE", "Tails.end"],
    ["too many bytes", { type: "Lenient", end: new Uint8Array(3) }, "OUT_OF_RANGE", "Lenient.end"],
    ["no bytes", { ...tails, end: "bytes" }, "INVALID_VALUE", "Tails.end"],
    ["too many numbers", { ...numbers, numbers: [1, 2, 3, 4] }, "OUT_OF_RANGE", "Numbers.numbers"],
    ["no number", { ...numbers, numbers: [1, "2"] }, "INVALID_VALUE", "Numbers.numbers[1]"],
    ["no list", { type: "Points", points: "ab" }, "INVALID_VALUE", "Points.points"],
    ["a tag for a name", { type: "POINTS", points }, "INVALID_VALUE", "message.type"],
  ];
  test.each(unwritable)("%s cannot be written", (_what, message, code, path) => {
    expect(() => frame(message)).toThrow(refusal(code, path));
  });

  test("a constraint for encoders only is none for decoders", () => {
    // That of the type is for both: at most four bytes.
    expect(decode(`w\x02\x2a${longTag}abc`)).toMatchObject({ message: { end: Uint8Array.of(97, 98, 99) } });
    expect(() => decode(`w\x02\x2a${longTag}abcde`)).toThrow(refusal("OUT_OF_RANGE", "Lenient.end"));
  });
});

test("the same schema gives the same bytes", () => {
  const text = readFileSync(join(root, "schema/messages.yaml"), "utf8");
  expect(generated("messages.yaml", text)).toEqual(generated("messages.yaml", text));
});

test("two hundred messages are generated", () => {
  const messages = Array.from({ length: 200 }, (_, index) => {
    const name = `M${String.fromCharCode(65 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}`;
    return `    ${name}: { tag: ${index + 1}, doc: "A message.", fields: { id: Id, text: Text } }`;
  });
  const [types, codec] = generated(
    "many.yaml",
    `protocol: many
doc: Many messages.
versions: { 1: { status: draft, packing: byte, doc: "One." } }
frame: { tag: u8 }
types:
  Id: { type: u32, example: 1, doc: "A number." }
  Text: { type: string<u8>, example: a, doc: "A text." }
messages:
  client:
${messages.join("\n")}
`,
  );
  expect(types?.text.match(/^export interface M/gm)).toHaveLength(200);
  expect(codec?.text.match(/^function writeM/gm)).toHaveLength(200);
});
