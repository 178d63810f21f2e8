import { describe, expect, test } from "vitest";
import { BitReader, BitWriter, readU16, setU16 } from "../../../runtime/wire/index.ts";

/** "node-1" after one set bit, from the description of the wire format. */
const present = Buffer.from("80033737b232969880", "hex");

test("what follows a bit is shifted by one", () => {
  const bits = new BitReader(present, 0, present.length);
  expect(bits.bit("X.s")).toBe(true);
  const length = bits.scalar(2, readU16, "X.s");
  expect(length).toBe(6);
  expect(bits.string(length, "X.s", 0)).toBe("node-1");
  expect(() => bits.requireEnd("X")).not.toThrow();
});

test("writing gives the same bytes, whatever the memory held before", () => {
  const target = new Uint8Array(10).fill(0xff);
  const bits = new BitWriter(target, 0);
  bits.bit(true);
  const start = bits.nextWhole;
  setU16(target, start, 6);
  target.set(Buffer.from("node-1"), start + 2);
  bits.join(start + 8);
  expect(Buffer.from(target.subarray(0, bits.end()))).toEqual(present);
});

test("eight bits are a byte, and what follows them is whole", () => {
  const target = new Uint8Array(4).fill(0xff);
  const bits = new BitWriter(target, 0);
  for (const bit of [true, false, true, true, false, false, true, false]) bits.bit(bit);
  expect(bits.nextWhole).toBe(1);
  target[bits.nextWhole] = 0x41;
  bits.join(2);
  expect([...target.subarray(0, bits.end())]).toEqual([0b10110010, 0x41]);
});

describe("refusals", () => {
  test.each([1, 2, 3, 8])("the first %i bytes are not all", (size) => {
    const bits = new BitReader(present, 0, size);
    bits.bit("X.s");
    expect(() => bits.string(bits.scalar(2, readU16, "X.s"), "X.s", 0)).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_TRUNCATED", path: "X.s", offset: 0 }),
    );
  });

  test("the rest of the last byte is zero, and nothing follows it", () => {
    const expected = { code: "ERR_WIRE_TRAILING_BYTES", path: "X" };
    const padded = new BitReader(Uint8Array.of(0x01), 0, 1);
    padded.bit("X.s");
    expect(() => padded.requireEnd("X")).toThrow(expect.objectContaining({ ...expected, offset: 0 }));
    const longer = new BitReader(Uint8Array.of(0x00, 0x00), 0, 2);
    longer.bit("X.s");
    expect(() => longer.requireEnd("X")).toThrow(expect.objectContaining({ ...expected, offset: 1 }));
  });
});
