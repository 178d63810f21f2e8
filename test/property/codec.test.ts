import { describe, expect, test } from "vitest";
import * as log from "../../generated/log/codec.ts";
import { WireError } from "../../runtime/wire/index.ts";
import { seededRandom } from "../seeded-random.ts";
import { RandomMessages } from "./random-message.ts";
import { type Codec, codecs } from "./schema-codecs.ts";

/**
 * What a codec promises, over random messages of every family of every schema here, and over far more frames that are
 * no messages: `HAWSER_SEED=…` repeats a run.
 */
const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);

const ROUND_TRIPS = 2_000;
/** For each version of each family; there are twelve, so more than 250,000 in all. */
const BAD_FRAMES = 22_000;

test("there are as many bad frames as promised", () => {
  expect(codecs.length * BAD_FRAMES).toBeGreaterThanOrEqual(250_000);
});

describe.each(codecs)("$family.name $version.number", (codec) => {
  const { family, version, encode, encodeInto, byteLength, decode } = codec;
  test(`messages survive (HAWSER_SEED=${seed})`, () => {
    const messages = new RandomMessages(seededRandom(seed), version);
    for (let count = 0; count < ROUND_TRIPS; count++) {
      const message = messages.message(family);
      const frame = encode(message);
      expect(decode(frame)).toEqual(message);
      // A frame in the middle of other bytes is the same frame.
      const around = Buffer.concat([Buffer.alloc(3, 0xff), frame, Buffer.alloc(9, 0xff)]);
      expect(decode(around.subarray(3, 3 + frame.length))).toEqual(message);
    }
  });

  test(`bytes give a message or one WireError (HAWSER_SEED=${seed})`, { timeout: 60_000 }, () => {
    const random = seededRandom(seed ^ 0x5eed);
    const messages = new RandomMessages(random, version);
    let refused = 0;
    for (let count = 0; count < BAD_FRAMES; count++) {
      const frame = damaged(encode(messages.message(family)), messages);
      const outcome = attempt(decode, frame);
      if (outcome.error === undefined) expectStable(outcome.message, encode, decode);
      else {
        refused += 1;
        expectWireError(outcome.error, frame);
      }
    }
    expect(refused).toBeGreaterThan(BAD_FRAMES / 10);
  });

  test(`messages are written where the caller says, and nowhere else (HAWSER_SEED=${seed})`, () => {
    const messages = new RandomMessages(seededRandom(seed ^ 0x1470), version);
    for (let count = 0; count < 500; count++) {
      const message = messages.message(family);
      const frame = encode(message);
      expect(byteLength(message)).toBe(frame.length);
      // With room for the longest form, and with just enough.
      for (const room of [4 * frame.length + 64, frame.length]) {
        const target = new Uint8Array(7 + room).fill(0xee);
        const end = encodeInto(message, target, 7);
        expect(Buffer.compare(target.subarray(7, end), frame)).toBe(0);
        expect(target.subarray(0, 7)).toEqual(new Uint8Array(7).fill(0xee));
      }
      const tooShort = new Uint8Array(7 + frame.length - 1);
      expect(() => encodeInto(message, tooShort, 7)).toThrow(
        `frame has ${frame.length} bytes, the target has room for ${frame.length - 1}`,
      );
    }
  });

  test("a frame that ends early is refused", () => {
    const messages = new RandomMessages(seededRandom(seed + 1), version);
    for (let count = 0; count < 300; count++) {
      const frame = encode(messages.message(family));
      const end = messages.integer(0, frame.length - 1);
      expectWireError(attempt(decode, frame.subarray(0, end)).error, frame.subarray(0, end));
    }
  });
});

test("a count or length that the frame cannot hold costs no memory", () => {
  const frame = Buffer.from("01010000000000000001ffffffff00", "hex"); // A log entry of 4,294,967,295 records.
  const before = process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed;
  for (let count = 0; count < 1_000; count++) {
    expect(attempt(log.decodeLogMessage, frame).error).toMatchObject({
      code: "ERR_WIRE_TRUNCATED",
      path: "LogEntry.records",
    });
  }
  expect(process.memoryUsage().arrayBuffers + process.memoryUsage().heapUsed - before).toBeLessThan(64 * 1024 * 1024);
});

/** A frame that is cut, or has bytes changed, taken out, put in or put at its end, or is nothing but noise. */
function damaged(frame: Uint8Array, messages: RandomMessages): Uint8Array {
  const at = messages.integer(0, frame.length - 1);
  switch (messages.integer(0, 5)) {
    case 0:
      return frame.subarray(0, at);
    case 1:
      return Buffer.concat([frame.subarray(0, at), messages.bytes(messages.integer(1, 4)), frame.subarray(at)]);
    case 2:
      return Buffer.concat([
        frame.subarray(0, at),
        frame.subarray(Math.min(frame.length, at + messages.integer(1, 4))),
      ]);
    case 3:
      return Buffer.concat([frame.subarray(0, Math.min(at, 7)), messages.bytes(messages.integer(0, 40))]);
    default: {
      const copy = frame.slice();
      for (let count = messages.integer(1, 3); count > 0; count--) {
        copy[messages.integer(0, frame.length - 1)] = messages.pick([0, 1, 0x7f, 0x80, 0xff, messages.integer(0, 255)]);
      }
      return copy;
    }
  }
}

function attempt(decode: (frame: Uint8Array) => unknown, frame: Uint8Array): { message?: unknown; error?: unknown } {
  try {
    return { message: decode(frame) };
  } catch (error) {
    return { error };
  }
}

function expectWireError(error: unknown, frame: Uint8Array): void {
  if (
    error instanceof WireError &&
    error.code.startsWith("ERR_WIRE_") &&
    error.path !== "" &&
    error.offset >= 0 &&
    error.offset <= frame.length
  ) {
    return;
  }
  throw new Error(`frame ${Buffer.from(frame).toString("hex")} gave ${String(error)}`, { cause: error });
}

/** What was decoded either encodes to the same again, or breaks a rule that holds for encoders only. */
function expectStable(message: unknown, encode: Codec["encode"], decode: Codec["decode"]): void {
  let frame: Uint8Array;
  try {
    frame = encode(message);
  } catch (error) {
    expect(error).toMatchObject({ name: "WireError", code: "ERR_WIRE_OUT_OF_RANGE" });
    return;
  }
  expect(decode(frame)).toEqual(message);
}
