import { describe, expect, test } from "vitest";
import * as wire from "../../../runtime/wire/index.ts";

/** What a DataView, which shares no code with the runtime, makes of the same eight bytes. */
const view = new DataView(Uint8Array.of(0x80, 0x01, 0x7f, 0xff, 0xfe, 0x02, 0x03, 0xf0).buffer);
const bytes = new Uint8Array(view.buffer);

describe("integers of every width and byte order", () => {
  test.each([
    ["u8", wire.readU8(bytes, 0), view.getUint8(0)],
    ["i8", wire.readI8(bytes, 0), view.getInt8(0)],
    ["u16", wire.readU16(bytes, 0), view.getUint16(0)],
    ["i16", wire.readI16(bytes, 0), view.getInt16(0)],
    ["u32", wire.readU32(bytes, 0), view.getUint32(0)],
    ["i32", wire.readI32(bytes, 0), view.getInt32(0)],
    ["u64", wire.readU64(bytes, 0), view.getBigUint64(0)],
    ["i64", wire.readI64(bytes, 0), view.getBigInt64(0)],
    ["u16, little-endian", wire.readU16Le(bytes, 0), view.getUint16(0, true)],
    ["i16, little-endian", wire.readI16Le(bytes, 6), view.getInt16(6, true)],
    ["u32, little-endian", wire.readU32Le(bytes, 0), view.getUint32(0, true)],
    ["i32, little-endian", wire.readI32Le(bytes, 4), view.getInt32(4, true)],
    ["u64, little-endian", wire.readU64Le(bytes, 0), view.getBigUint64(0, true)],
    ["i64, little-endian", wire.readI64Le(bytes, 0), view.getBigInt64(0, true)],
    ["f32", wire.readF32(bytes, 0), view.getFloat32(0)],
    ["f64", wire.readF64(bytes, 0), view.getFloat64(0)],
    ["f32, little-endian", wire.readF32Le(bytes, 0), view.getFloat32(0, true)],
    ["f64, little-endian", wire.readF64Le(bytes, 0), view.getFloat64(0, true)],
  ])("%s", (_, read, expected) => expect(read).toBe(expected));
});

describe("64-bit integers as numbers", () => {
  test.each([0, 1, -1, 2 ** 32, -(2 ** 32) - 1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])(
    "%s is written as the bigint is",
    (value) => {
      const target = new Uint8Array(8);
      wire.writeI53(wire.targetOf(target), 0, value, "X.n");
      expect(new DataView(target.buffer).getBigInt64(0)).toBe(BigInt(value));
      expect(wire.readI53(target, 0, "X.n")).toBe(value);
      wire.writeI53Le(wire.targetOf(target), 0, value, "X.n");
      expect(new DataView(target.buffer).getBigInt64(0, true)).toBe(BigInt(value));
      expect(wire.readI53Le(target, 0, "X.n")).toBe(value);
    },
  );

  test.each([2n ** 53n, -(2n ** 53n), 2n ** 63n - 1n, -(2n ** 63n)])("%s on the wire is refused", (value) => {
    const target = new DataView(new ArrayBuffer(8));
    target.setBigInt64(0, value);
    expect(() => wire.readI53(new Uint8Array(target.buffer), 0, "X.n")).toThrow(
      expect.objectContaining({ code: "ERR_WIRE_OUT_OF_RANGE", path: "X.n", offset: 0 }),
    );
  });
});

describe("values that do not fit", () => {
  const target = new Uint8Array(8);
  test.each([
    ["u8", () => wire.writeU8(wire.targetOf(target), 0, 256, "X.n"), "X.n is 256, the largest is 255"],
    ["u16", () => wire.writeU16(wire.targetOf(target), 0, -1, "X.n"), "X.n is -1, the smallest is 0"],
    [
      "u32",
      () => wire.writeU32(wire.targetOf(target), 0, 2 ** 32, "X.n"),
      "X.n is 4294967296, the largest is 4294967295",
    ],
    ["i8", () => wire.writeI8(wire.targetOf(target), 0, -129, "X.n"), "X.n is -129, the smallest is -128"],
    ["i16", () => wire.writeI16(wire.targetOf(target), 0, 32768, "X.n"), "X.n is 32768, the largest is 32767"],
    [
      "i32",
      () => wire.writeI32(wire.targetOf(target), 0, 2 ** 31, "X.n"),
      "X.n is 2147483648, the largest is 2147483647",
    ],
    ["u53", () => wire.writeU53(wire.targetOf(target), 0, -1, "X.n"), "X.n is -1, the smallest is 0"],
    ["u64", () => wire.writeU64(wire.targetOf(target), 0, -1n, "X.n"), "X.n is -1, the smallest is 0"],
    [
      "i64",
      () => wire.writeI64(wire.targetOf(target), 0, 2n ** 63n, "X.n"),
      `X.n is ${2n ** 63n}, the largest is ${2n ** 63n - 1n}`,
    ],
  ])("%s", (_, write, message) => {
    expect(write).toThrow(expect.objectContaining({ code: "ERR_WIRE_OUT_OF_RANGE", path: "X.n", offset: 0, message }));
  });

  // What JavaScript would convert, or refuse with an error of its own, is a WireError like everything else.
  const wrong: unknown[] = [undefined, null, "1", 1.5, Number.NaN, 1n, Symbol("n"), {}];
  test.each(wrong.map((value) => [value]))("%s is no integer", (value) => {
    const expected = expect.objectContaining({ code: "ERR_WIRE_INVALID_VALUE", path: "X.n" });
    for (const write of [wire.writeU8, wire.writeI16, wire.writeU32, wire.writeI32, wire.writeI53, wire.writeU53]) {
      expect(() => write(wire.targetOf(target), 0, value as number, "X.n")).toThrow(expected);
    }
  });

  test("a number is no bigint", () => {
    expect(() => wire.writeI64(wire.targetOf(target), 0, 1 as unknown as bigint, "X.n")).toThrow(
      "X.n is 1, expected a bigint",
    );
  });
});

describe("bools and UUIDs", () => {
  test("a flag is 0 or 1", () => {
    expect(wire.readBool(Uint8Array.of(1), 0, "X.b")).toBe(true);
    expect(() => wire.readBool(Uint8Array.of(2), 0, "X.b")).toThrow("X.b is 2, a flag is 0 or 1");
  });

  test("a UUID is its sixteen bytes in the order of the text", () => {
    const target = new Uint8Array(16);
    wire.writeUuid(wire.targetOf(target), 0, "00112233-4455-6677-8899-AABBCCDDEEFF", "X.id");
    expect(Buffer.from(target).toString("hex")).toBe("00112233445566778899aabbccddeeff");
    expect(wire.readUuid(target, 0)).toBe("00112233-4455-6677-8899-aabbccddeeff");
    expect(() => wire.writeUuid(wire.targetOf(target), 0, "no", "X.id")).toThrow('X.id is "no", expected a UUID');
  });
});
