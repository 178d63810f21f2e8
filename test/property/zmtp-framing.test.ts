import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { FrameReader, flag, frameOf } from "../../runtime/transport/zmtp/framing.ts";
import { collectGarbage } from "../collect-garbage.ts";

interface Frame {
  readonly flags: number;
  readonly body: Uint8Array;
}

const bodyBytesMax = 70_000;

/** Lengths around those at which something changes: the short header, the limits of commands and messages. */
const length = fc.oneof(
  { weight: 6, arbitrary: fc.nat(40) },
  { weight: 3, arbitrary: fc.integer({ min: 250, max: 260 }) },
  { weight: 1, arbitrary: fc.constantFrom(8_191, 8_192, 65_535, 65_536, bodyBytesMax - 1, bodyBytesMax) },
);
const frame: fc.Arbitrary<Frame> = fc
  .tuple(fc.constantFrom(0, flag.more, flag.command, flag.command | flag.more), length, fc.nat(255))
  .map(([flags, bytes, seed]) => {
    const isCommand = (flags & flag.command) !== 0;
    return { flags, body: patterned(isCommand ? Math.min(bytes, limits.commandBytesMax) : bytes, seed) };
  });
/** Fewer long frames one byte at a time: a run has to stay short. */
const shortFrame = frame.filter(({ body }) => body.byteLength < 300);

describe("whatever frames come, however they are cut", () => {
  test("the same frames come out", () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 30 }), (frames, cuts) => {
        const stream = streamOf(frames);
        const places = cuts.map((cut) => cut % (stream.byteLength + 1)).sort((a, b) => a - b);
        const pieces = [...places, stream.byteLength].map((end, index) => stream.subarray(places[index - 1] ?? 0, end));
        expect(read(pieces)).toEqual(described(frames));
      }),
      { numRuns: 500 },
    );
  });

  test("one byte at a time", () => {
    fc.assert(
      fc.property(fc.array(shortFrame, { maxLength: 6 }), (frames) => {
        expect(read(singleBytes(streamOf(frames)))).toEqual(described(frames));
      }),
      { numRuns: 200 },
    );
  });

  test("although what came before was not looked at yet", () => {
    fc.assert(
      fc.property(
        fc.array(shortFrame, { maxLength: 12 }),
        fc.array(fc.tuple(fc.nat(600), fc.nat(3))),
        (frames, steps) => {
          const reader = new FrameReader(bodyBytesMax);
          const found: string[] = [];
          let rest = streamOf(frames);
          for (const [bytes, reads] of steps) {
            reader.push(rest.subarray(0, bytes));
            rest = rest.subarray(bytes);
            for (let count = 0; count < reads; count++) found.push(...readOne(reader));
          }
          reader.push(rest);
          found.push(...readAll(reader));
          expect(found).toEqual(described(frames));
        },
      ),
      { numRuns: 500 },
    );
  });

  test("a long header for a short body is as good as a short one", () => {
    for (const body of [patterned(0, 1), patterned(1, 2), patterned(255, 3)]) {
      for (const flags of [0, flag.command]) {
        const stream = Buffer.concat([longHeader(flags, BigInt(body.byteLength)), body, frameOf(0, patterned(3, 4))]);
        const expected = described([
          { flags, body },
          { flags: 0, body: patterned(3, 4) },
        ]);
        expect(read([stream])).toEqual(expected);
        expect(read(singleBytes(stream))).toEqual(expected);
      }
    }
  });
});

describe("what is refused", () => {
  /** A header, as soon as it is there: no byte of the body has come. */
  const refused: Readonly<Record<string, { readonly header: Buffer; readonly limit?: number; readonly says: RegExp }>> =
    {
      "a message over the limit": {
        header: longHeader(0, BigInt(bodyBytesMax + 1)),
        says: /70001 bytes, at most 70000 /,
      },
      "a short message over a shorter limit": {
        header: Buffer.from([0, 101]),
        limit: 100,
        says: /101 bytes, at most 100 /,
      },
      "8 GiB": { header: longHeader(0, 2n ** 33n), says: /8589934592 bytes/ },
      "2^63 bytes": { header: longHeader(0, 2n ** 63n), says: /922337203685477\d{4} bytes/ },
      "2^64 - 1 bytes": { header: longHeader(0, 2n ** 64n - 1n), says: /at most 70000 / },
      "a command over its own limit": {
        header: longHeader(flag.command, BigInt(limits.commandBytesMax + 1)),
        says: /8193 bytes, at most 8192 /,
      },
      "the flag 8": { header: Buffer.from([8]), says: /unknown flags 8$/ },
      "the flag 0x80": { header: Buffer.from([0x84]), says: /unknown flags 132$/ },
      "all flags": { header: Buffer.from([0xff]), says: /unknown flags 255$/ },
    };

  test.each(Object.entries(refused))("%s, at the header", (_name, { header, limit, says }) => {
    expect(() => read([header], limit)).toThrow(says);
    expect(() => read(singleBytes(header), limit)).toThrow(says);
    expect(() => read([frameOf(0, patterned(5, 5)), header], limit)).toThrow(says);
    // The body makes no difference either, where it comes with its header.
    expect(() => read([Buffer.concat([header, Buffer.alloc(300)])], limit)).toThrow(says);
  });

  test("the byte before the limit is not", () => {
    for (const limit of [0, 1, 100, 254, 255, 256, 1_000]) {
      expect(read([frameOf(0, patterned(limit, 1))], limit)).toHaveLength(1);
      expect(() => read([frameOf(0, patterned(limit + 1, 1))], limit)).toThrow(`at most ${limit} `);
      expect(() => read(singleBytes(frameOf(0, patterned(limit + 1, 1))), limit)).toThrow(`at most ${limit} `);
    }
  });
});

describe("memory", () => {
  test("of a frame that never ends is four times what came of it", () => {
    const allocate = vi.spyOn(Buffer, "allocUnsafeSlow");
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 60 }), (lengths) => {
        const reader = new FrameReader(2 ** 30);
        reader.push(longHeader(0, 2n ** 29n));
        expect(reader.next()).toBeUndefined();
        let bytes = 9;
        for (const each of lengths) {
          allocate.mockClear();
          reader.push(Buffer.alloc(each));
          expect(reader.next()).toBeUndefined();
          bytes += each;
          for (const [reserved] of allocate.mock.calls) expect(reserved).toBeLessThanOrEqual(Math.max(64, 4 * bytes));
        }
      }),
      { numRuns: 100 },
    );
    allocate.mockRestore();
  });

  test("of what was read is let go", async () => {
    const whole = new FrameReader(bodyBytesMax);
    const partial = new FrameReader(bodyBytesMax);
    const pieces = [
      pieceOf(whole, frameOf(0, patterned(60_000, 1))),
      pieceOf(partial, frameOf(0, patterned(60_000, 1)).subarray(0, 50_000)),
    ];
    // Weak references hold on until the turn is over.
    await new Promise((resolve) => setImmediate(resolve));
    collectGarbage();
    expect(pieces.map((piece) => piece.deref()?.byteLength)).toEqual([undefined, undefined]);
    expect([whole.next(), partial.next()]).toEqual([undefined, undefined]);
  });
});

/** Gives the reader a piece in memory of its own, lets it read everything, and returns that memory. */
function pieceOf(reader: FrameReader, bytes: Uint8Array): WeakRef<ArrayBuffer> {
  const memory = new Uint8Array(bytes).buffer;
  reader.push(Buffer.from(memory));
  readAll(reader);
  return new WeakRef(memory);
}

/** What comes out of the pieces, each with its flags. */
function read(pieces: readonly Buffer[], limit: number = bodyBytesMax): readonly string[] {
  const reader = new FrameReader(limit);
  return pieces.flatMap((piece) => {
    reader.push(piece);
    return readAll(reader);
  });
}

function readAll(reader: FrameReader): readonly string[] {
  const found: string[] = [];
  for (;;) {
    const one = readOne(reader);
    if (one.length === 0) return found;
    found.push(...one);
  }
}

function readOne(reader: FrameReader): readonly string[] {
  const body = reader.next();
  return body === undefined ? [] : described([{ flags: reader.flags, body }]);
}

function described(frames: readonly Frame[]): readonly string[] {
  return frames.map(({ flags, body }) => `${flags} ${body.byteLength} ${Buffer.from(body).toString("latin1")}`);
}

function streamOf(frames: readonly Frame[]): Buffer {
  return Buffer.concat(frames.map(({ flags, body }) => frameOf(flags, body)));
}

function singleBytes(stream: Buffer): readonly Buffer[] {
  return Array.from({ length: stream.byteLength }, (_, index) => stream.subarray(index, index + 1));
}

/** By hand: the writer under test never makes a long header for a short body. */
function longHeader(flags: number, bytes: bigint): Buffer {
  const header = Buffer.alloc(9);
  header[0] = flags | flag.long;
  header.writeBigUInt64BE(bytes, 1);
  return header;
}

function patterned(bytes: number, seed: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, index) => (index * 31 + seed) & 0xff);
}
