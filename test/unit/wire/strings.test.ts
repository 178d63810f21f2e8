import { describe, expect, test } from "vitest";
import * as wire from "../../../runtime/wire/index.ts";

/** On both sides of the lengths at which the runtime changes its way of reading and writing. */
const texts = [
  "",
  "a",
  "a".repeat(24),
  "a".repeat(25),
  "é",
  `${"a".repeat(23)}é`,
  "\u{feff}after a byte order mark",
  "日本語",
  "😀".repeat(20),
  `${"x".repeat(4095)}é`,
  "😀é日x".repeat(1500),
];

describe("strings", () => {
  test.each(texts.map((text) => [text.length, text]))("of %i characters are UTF-8", (_, text) => {
    const target = new Uint8Array(wire.stringSizeMax(text) + 2);
    const end = wire.writeString(wire.targetOf(target), 2, text, "X.s", 0);
    expect(Buffer.from(target.subarray(2, end))).toEqual(Buffer.from(text, "utf8"));
    expect(wire.readString(target, 2, end, "X.s", 0)).toBe(text);
  });

  test.each([["\ud800"], ["\udc00 first"], [`${"a".repeat(40)}\ud83d`], ["\ude00\ud83d"]])(
    "%j has a lone surrogate",
    (text) => {
      const target = new Uint8Array(wire.stringSizeMax(text));
      expect(() => wire.writeString(wire.targetOf(target), 0, text, "X.s", 9)).toThrow(
        expect.objectContaining({ code: "ERR_WIRE_INVALID_VALUE", path: "X.s", offset: 9 }),
      );
    },
  );

  test.each([
    ["a byte that never occurs", [0xff]],
    ["a sequence that ends early", [0x61, 0xe2, 0x82]],
    ["an overlong form", [0xc0, 0x80]],
    ["a surrogate", [0xed, 0xa0, 0x80]],
    ["beyond the last character", [0xf4, 0x90, 0x80, 0x80]],
    ["a continuation without a beginning", [...Array<number>(30).fill(0x61), 0x80]],
  ])("%s is not UTF-8", (_, bytes) => {
    expect(() => wire.readString(Uint8Array.from(bytes), 0, bytes.length, "X.s", 5)).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_INVALID_UTF8", path: "X.s", offset: 5 }),
    );
  });
});

describe("bytes", () => {
  test("are a plain view on the frame, also of a Buffer and of a part", () => {
    const frame = Buffer.from("..payload..").subarray(2);
    const payload = wire.readBytes(frame, 0, 7);
    expect(payload.constructor).toBe(Uint8Array);
    expect(Buffer.from(payload).toString()).toBe("payload");
    frame[0] = 0x50;
    expect(payload[0]).toBe(0x50);
  });

  test("of a fixed number have that number", () => {
    const target = new Uint8Array(4);
    expect(() => wire.writeFixedBytes(wire.targetOf(target), 0, new Uint8Array(3), 4, "X.b", 1)).toThrow(
      "X.b is bytes (3), expected a Uint8Array of 4 bytes",
    );
  });

  test("are told from other views", () => {
    expect(wire.isBytes(Buffer.alloc(1))).toBe(true);
    expect(wire.isBytes(new Uint16Array(1))).toBe(false);
    expect(wire.isBytes({ [Symbol.toStringTag]: "Uint8Array", length: 1 })).toBe(false);
  });
});
