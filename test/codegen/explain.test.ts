import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { type Explanation, explainFrame } from "../../codegen/explain/explain-frame.ts";
import { bytesOfContent, bytesOfHex } from "../../codegen/explain/frame-input.ts";
import { renderExplanation } from "../../codegen/explain/render-explanation.ts";
import { generate } from "../../codegen/generate.ts";
import { loadSchema } from "../../codegen/load.ts";
import { type Family, type Protocol, resolveProtocol } from "../../codegen/protocol.ts";
import { WireError } from "../../runtime/wire/index.ts";
import { seededRandom } from "../seeded-random.ts";
import { RandomFrames } from "./random-frame.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(import.meta.dirname, "emit/tmp-"));
afterAll(() => rmSync(folder, { recursive: true }));

const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);
const FRAMES = 2_000;

const schemas = [
  "schema/messages.yaml",
  "schema/log.yaml",
  "schema/client-session.yaml",
  "schema/zmtp-greeting.yaml",
  "schema/zmtp-command.yaml",
  "schema/zmtp-curve.yaml",
  "schema/zmtp-curve-box.yaml",
  "examples/key-value/kv.yaml",
  "test/codegen/emit/every-type.yaml",
  "test/codegen/emit/text-tags.yaml",
  "test/codegen/emit/versions.yaml",
];

function protocolOf(file: string): Protocol {
  const loaded = loadSchema(readFileSync(join(root, file), "utf8"), file);
  if (!loaded.ok) throw new Error(`${file} is no schema`);
  return resolveProtocol(loaded.document);
}

type Decode = (frame: Uint8Array) => unknown;

/** The generated decoders of a schema, by family. */
async function decodersOf(file: string): Promise<ReadonlyMap<string, Decode>> {
  const loaded = loadSchema(readFileSync(join(root, file), "utf8"), file);
  if (!loaded.ok) throw new Error(`${file} is no schema`);
  const wireImport = "../../../../../runtime/wire/index.ts";
  const target = mkdtempSync(join(folder, "schema-"));
  const options = { emit: ["typescript"], wireImport, importExtension: ".ts", sourceName: basename(file) } as const;
  for (const { name, text } of generate(loaded.document, options)) writeFileSync(join(target, name), text);
  const codec: Readonly<Record<string, unknown>> = await import(join(target, "codec.ts"));
  return new Map(
    resolveProtocol(loaded.document).families.map(({ name, typeName }) => {
      const decode = codec[`decode${typeName}`];
      if (typeof decode !== "function") throw new Error(`${file} has no decoder for ${name}`);
      return [name, (frame: Uint8Array) => Reflect.apply(decode, undefined, [frame])] as const;
    }),
  );
}

/** What a decoder says of a frame: nothing, or the error that it throws. */
function problemOf(decode: Decode, frame: Uint8Array): object | undefined {
  try {
    decode(frame);
    return undefined;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    const { code, path, offset, message } = error;
    return { code, path, offset, message };
  }
}

function explainedProblem({ problem }: Explanation): object | undefined {
  if (problem === undefined) return undefined;
  const { code, path, offset, message } = problem;
  return { code, path, offset, message };
}

/** Parts follow each other without gaps, and reach the end where nothing is wrong. */
function expectWhole({ parts, problem }: Explanation, frame: Uint8Array): void {
  let bit = 0;
  for (const part of parts) {
    expect(part.bit).toBe(bit);
    bit += part.bitCount;
  }
  if (problem === undefined) expect(bit).toBe(frame.length * 8);
  else expect(bit).toBeLessThanOrEqual(frame.length * 8);
}

describe.each(schemas)("%s", (file) => {
  test(`frames mean what the decoder says (HAWSER_SEED=${seed})`, { timeout: 120_000 }, async () => {
    const protocol = protocolOf(file);
    const decoders = await decodersOf(file);
    const frames = new RandomFrames(seededRandom(seed), protocol);
    let refused = 0;
    for (const family of protocol.families) {
      const decode = decoders.get(family.name);
      if (decode === undefined) throw new Error(`there is no decoder for ${family.name}`);
      for (let count = 0; count < FRAMES; count++) {
        const frame = frames.frame(family);
        const explanation = explainFrame(frame, protocol, family);
        const problem = problemOf(decode, frame);
        if (problem !== undefined) refused++;
        if (JSON.stringify(explainedProblem(explanation)) !== JSON.stringify(problem)) {
          // The frame first: it is what one needs to look into the difference.
          const subject = { family: family.name, hex: Buffer.from(frame).toString("hex") };
          expect({ ...subject, problem: explainedProblem(explanation) }).toEqual({ ...subject, problem });
        }
        if (count % 20 === 0) {
          expectWhole(explanation, frame);
          expect(renderExplanation(explanation, frame, protocol)).not.toMatch(/[^\P{C}\n]/u);
        }
      }
    }
    const total = protocol.families.length * FRAMES;
    expect(refused).toBeGreaterThan(total / 10);
    expect(refused).toBeLessThan((total * 19) / 20);
  });
});

describe("conformance vectors", () => {
  const files = {
    "protocol-1": "schema/messages.yaml",
    "protocol-2": "schema/messages.yaml",
    "key-value": "examples/key-value/kv.yaml",
  };

  test.each(Object.entries(files))("%s", (name, file) => {
    const protocol = protocolOf(file);
    for (const { family, hex } of vectors(`${name}.json`)) {
      const frame = Buffer.from(hex, "hex");
      const explanation = explainFrame(frame, protocol, familyNamed(protocol, family));
      expect(explainedProblem(explanation)).toBeUndefined();
      expectWhole(explanation, frame);
      for (let end = 0; end < frame.length; end++) {
        const cut = explainFrame(frame.subarray(0, end), protocol, familyNamed(protocol, family));
        expectWhole(cut, frame.subarray(0, end));
      }
    }
    for (const { id, family, hex, code, path, offset } of vectors(`${name}-refused.json`)) {
      const { problem } = explainFrame(Buffer.from(hex, "hex"), protocol, familyNamed(protocol, family));
      // Version 2 is one that later schemas have; the vectors are those of a peer that has version 1 alone.
      if (id === "version.2" && protocol.versions.some(({ number }) => number === 2)) continue;
      expect({ id, code: problem?.code, path: problem?.path, offset: problem?.offset }).toEqual({
        id,
        code,
        path,
        offset,
      });
    }
  });
});

describe("tables", () => {
  const table = (file: string, family: string, hex: string): string => {
    const protocol = protocolOf(file);
    const frame = bytesOfHex(hex) ?? new Uint8Array(0);
    return `\n${renderExplanation(explainFrame(frame, protocol, familyNamed(protocol, family)), frame, protocol)}\n`;
  };

  test("of a message in bits", () => {
    const hex = "73686f70 01 01 00000007 02 01 80013434c0";
    expect(table("test/codegen/emit/versions.yaml", "client", hex)).toMatchInlineSnapshot(`
      "
      shop, family client: Order in version 1, 17 bytes

        offset  bytes        path             value
             0  73 68 6f 70  frame.signature  "shop"                Two versions of one protocol, with everything that may differ between them.
             4  01           frame.version    1                     Flags are bits.
             5  01           frame.tag        1 Order               Orders things.
             6  00 00 00 07  Order.id         7                     Names an order.
            10  02           Order.state      2 Sent                On its way.
            11  01           Order.payment    1 Cash                On delivery.
            12  1.......     Order.note       present               A word to the shop.
          12.1  00 02        Order.note       length 2              A text.
          14.1  68 69        Order.note       "hi"
          16.1  .1......     Order.express    true                  Whether it is urgent.
          16.2  ..000000     Order            filled up with zeros

      Behind a point: the bit of the byte, from the left. Bytes that begin there are shown put together.
      "
    `);
  });

  test("of messages in a message", () => {
    const hex = "73686f70 02 03 0002 00000005 0200000001 00000005 0200000002";
    expect(table("test/codegen/emit/versions.yaml", "client", hex)).toMatchInlineSnapshot(`
      "
      shop, family client: Batch in version 2, 26 bytes

        offset  bytes        path                      value
             0  73 68 6f 70  frame.signature           "shop"     Two versions of one protocol, with everything that may differ between them.
             4  02           frame.version             2          Flags are bytes.
             5  03           frame.tag                 3 Batch    Several messages in one.
             6  00 02        Batch.items               2 entries  In this order.
             8  00 00 00 05  Batch.items[0]            length 5
            12  02           Batch.items[0].tag        2 Cancel   Takes an order back.
            13  00 00 00 01  Batch.items[0].Cancel.id  1          Names an order.
            17  00 00 00 05  Batch.items[1]            length 5
            21  02           Batch.items[1].tag        2 Cancel
            22  00 00 00 02  Batch.items[1].Cancel.id  2
      "
    `);
  });

  test("of a value that is refused behind others", () => {
    const hex = "73686f70 02 01 00000007 09 01 00 00";
    expect(table("test/codegen/emit/versions.yaml", "client", hex)).toMatchInlineSnapshot(`
      "
      shop, family client: Order in version 2, 14 bytes

        offset  bytes        path             value
             0  73 68 6f 70  frame.signature  "shop"    Two versions of one protocol, with everything that may differ between them.
             4  02           frame.version    2         Flags are bytes.
             5  01           frame.tag        1 Order   Orders things.
             6  00 00 00 07  Order.id         7         Names an order.
      >     10  09           Order.state      9         Where an order stands.
            11  01 00 00                      not read

      Order.state is 9, which is no State (byte 10, ERR_WIRE_UNKNOWN_DISCRIMINATOR)
      "
    `);
  });

  test("of a frame that ends early, with what can be read", () => {
    expect(table("schema/log.yaml", "store", "01 01 0000000000000003")).toMatchInlineSnapshot(`
      "
      hawserlog, family store: StoredEntry in version 1, 10 bytes

        offset  bytes                    path              value
             0  01                       frame.version     1               The first format.
             1  01                       frame.tag         1 StoredEntry   A log entry as a store keeps it, under its index.
             2  00 00 00 00 00 00 00 03  StoredEntry.term  3               Numbers the leaderships, rising.
      >     10                                             the frame ends

      StoredEntry.checksum needs 4 bytes, 0 are left (byte 10, ERR_WIRE_TRUNCATED)
      "
    `);
    expect(table("schema/log.yaml", "store", "01 01 0000000000000003 deadbeef 00000002 41")).toMatchInlineSnapshot(`
      "
      hawserlog, family store: StoredEntry in version 1, 19 bytes

        offset  bytes                    path                  value
             0  01                       frame.version         1              The first format.
             1  01                       frame.tag             1 StoredEntry  A log entry as a store keeps it, under its index.
             2  00 00 00 00 00 00 00 03  StoredEntry.term      3              Numbers the leaderships, rising.
            10  de ad be ef              StoredEntry.checksum  3735928559     Of the index and the term, each as eight big-endian bytes, and the payload.
      >     14  00 00 00 02              StoredEntry.payload   length 2       Belongs to the application.
            18  41                                             not read

      StoredEntry.payload needs 6 bytes, 5 are left (byte 14, ERR_WIRE_TRUNCATED)
      "
    `);
  });

  test("of a long value, and of bytes behind the message", () => {
    const hex = `7a72616674 01 06 0000000000000001 00000064 ${"41".repeat(100)} 0102`;
    expect(table("schema/messages.yaml", "server", hex)).toMatchInlineSnapshot(`
      "
      zraft, family server: ClientResponse in version 1, 121 bytes

        offset  bytes                    path                      value
             0  7a 72 61 66 74           frame.signature           "zraft"                                      Client-server protocol of a Raft-replicated service.
             5  01                       frame.version             1                                            As spoken by zio-raft 0.x.
             6  06                       frame.tag                 6 ClientResponse                             The result of a command.
             7  00 00 00 00 00 00 00 01  ClientResponse.requestId  1                                            Numbers the requests of one session and direction, each one more than the last.
            15  00 00 00 64              ClientResponse.result     length 100                                   Belongs to the application; the protocol does not look inside.
            19  41 41 41 41 41 41 41 41  ClientResponse.result     "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA…"
            27  41 41 41 41 41 41 41 41
            35  41 41 41 41 41 41 41 41
            43  41 41 41 41 41 41 41 41
            51  41 41 41 41 41 41 41 41
            59  41 41 41 41 41 41 41 41
            67  41 41 41 41 41 41 41 41
            75  41 41 41 41 41 41 41 41
                … 36 bytes more
           119  01 02                    ClientResponse            ignored                                      Behind the last field.
      "
    `);
  });

  test("of so many values that nobody reads them all", () => {
    const property = "01 61 00000000";
    const ready = `05 5245414459 ${property.repeat(40_000)} 00 00000000`;
    const lines = table("schema/zmtp-command.yaml", "command", ready).trimEnd().split("\n");
    expect(lines.length).toBeLessThan(10_020);
    expect(lines.slice(-4)).toEqual([
      expect.stringMatching(/^> +\d+ +and so on$/),
      expect.stringMatching(/^ +240007 {2}00 00 00 00 +not read$/),
      "",
      "Ready.properties[40000].name has a length of 0 bytes, the smallest is 1 (byte 240006, ERR_WIRE_OUT_OF_RANGE)",
    ]);
  });

  test("of nothing", () => {
    expect(table("schema/messages.yaml", "client", "")).toMatchInlineSnapshot(`
      "
      zraft, family client: no message, 0 bytes

        offset  bytes  path  value
      >      0               the frame ends

      frame.signature needs 5 bytes, 0 are left (byte 0, ERR_WIRE_TRUNCATED)
      "
    `);
  });
});

describe("what a frame is given as", () => {
  const ping = Uint8Array.of(0x0a, 0xff);

  test.each(["0aff", "0A FF", "0x0a, 0xff", "0a:ff", " 0a\nff\n"])("%j is hexadecimal", (text) => {
    expect(bytesOfHex(text)).toEqual(ping);
    expect(bytesOfContent(Buffer.from(text))).toEqual(ping);
  });

  test.each(["", "0af", "zz", "0a ff?", "0x"])("%j is not", (text) => {
    expect(bytesOfHex(text)).toBeUndefined();
    expect(Buffer.from(bytesOfContent(Buffer.from(text))).toString()).toBe(text);
  });

  test("a file of other bytes is the frame itself", () => {
    const frame = Uint8Array.of(0x7a, 0x00, 0x80);
    expect(bytesOfContent(frame)).toEqual(frame);
  });
});

interface Vector {
  readonly id: string;
  readonly family: string;
  readonly hex: string;
  readonly code?: string;
  readonly path?: string;
  readonly offset?: number;
}

function vectors(name: string): readonly Vector[] {
  return JSON.parse(readFileSync(join(root, "test/conformance/vectors", name), "utf8"));
}

function familyNamed(protocol: Protocol, name: string): Family {
  const family = protocol.families.find((candidate) => candidate.name === name);
  if (family === undefined) throw new Error(`${protocol.name} has no family ${name}`);
  return family;
}
