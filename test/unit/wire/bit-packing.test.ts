import { describe, expect, test } from "vitest";
import * as wire from "../../../runtime/wire/index.ts";

/** "node-1" after one set bit, from the description of the wire format. */
const present = Buffer.from("80033737b232969880", "hex");

test("what follows a bit is shifted by one", () => {
  const end = present.length;
  expect(wire.readBit(present, 0, 0, end, "X.s")).toBe(true);
  const length = wire.readU16(wire.unpack(present, 0, 1, 2, end, "X.s"), 0);
  expect(length).toBe(6);
  expect(wire.readPackedU16(present, 0, 1, end, "X.s")).toBe(6);
  expect(wire.readPackedString(present, 2, 1, length, end, "X.s", 0)).toBe("node-1");
  expect(() => wire.requirePackedEnd(present, 8, 1, end, "X")).not.toThrow();
});

test("writing gives the same bytes, whatever the memory held before", () => {
  const bytes = new Uint8Array(10).fill(0xff);
  const target = wire.targetOf(bytes);
  wire.setBit(target, 0, 0, true);
  wire.setU16(target, 1, 6);
  bytes.set(Buffer.from("node-1"), 3);
  expect(wire.pack(target, 0, 1, 9)).toBe(8);
  expect(Buffer.from(bytes.subarray(0, 9))).toEqual(present);
});

test("eight bits are a byte", () => {
  const bytes = new Uint8Array(2).fill(0xff);
  const target = wire.targetOf(bytes);
  const bits = [true, false, true, true, false, false, true, false];
  for (const [used, bit] of bits.entries()) wire.setBit(target, 0, used, bit);
  expect([...bytes]).toEqual([0b10110010, 0xff]);
  expect(bits.map((_, used) => wire.readBit(bytes, 0, used, 1, "X.b"))).toEqual(bits);
});

test("what follows eight bits is whole", () => {
  const bytes = Uint8Array.of(0b10110010, 0x41, 0x42);
  expect(wire.readPackedString(bytes, 1, 0, 2, 3, "X.s", 1)).toBe("AB");
  expect(wire.readPackedBytes(bytes, 1, 0, 2, 3, "X.b", 1).buffer).toBe(bytes.buffer);
  expect(wire.readPacked(bytes, 1, 0, 2, 3, "X.n", wire.readU16)).toBe(0x4142);
  expect(wire.readPackedU16(bytes, 1, 0, 3, "X.n")).toBe(0x4142);
  expect(() => wire.requirePackedEnd(bytes, 3, 0, 3, "X")).not.toThrow();
});

describe("refusals", () => {
  test.each([1, 2, 3, 8])("the first %i bytes are not all", (end) => {
    const read = () => {
      const length = wire.readU16(wire.unpack(present, 0, 1, 2, end, "X.s"), 0);
      return wire.readPackedString(present, 2, 1, length, end, "X.s", 0);
    };
    const error = expect.objectContaining({ code: "ERR_WIRE_TRUNCATED", path: "X.s", offset: 0 });
    expect(read).toThrow(error);
    if (end < 3) expect(() => wire.readPackedU16(present, 0, 1, end, "X.s")).toThrow(error);
  });

  test("there is no byte for the bit", () => {
    expect(() => wire.readBit(present, 9, 0, 9, "X.s")).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_TRUNCATED", path: "X.s", offset: 9 }),
    );
  });

  test("a number that is refused names its own place", () => {
    const bytes = new Uint8Array(12).fill(0x7f);
    expect(() => wire.readPacked(bytes, 3, 1, 8, 12, "X.n", wire.readI53)).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_OUT_OF_RANGE", path: "X.n", offset: 3 }),
    );
  });

  test("the rest of the last byte is zero, and nothing follows it", () => {
    const expected = { code: "ERR_WIRE_TRAILING_BYTES", path: "X" };
    expect(() => wire.requirePackedEnd(Uint8Array.of(0x01), 0, 1, 1, "X")).toThrow(
      expect.objectContaining({ ...expected, offset: 0 }),
    );
    expect(() => wire.requirePackedEnd(Uint8Array.of(0x00, 0x00), 0, 1, 2, "X")).toThrow(
      expect.objectContaining({ ...expected, offset: 1 }),
    );
  });
});
