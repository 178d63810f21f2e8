import { describe, expect, test } from "vitest";
import { isEqual, isRecord, reserve, setEntry, WireError, within } from "../../../runtime/wire/index.ts";

test("every key of a map is data", () => {
  const entries: Record<string, string> = {};
  for (const key of ["__proto__", "constructor", "a"]) setEntry(entries, key, key);
  expect(Object.entries(entries)).toEqual([
    ["__proto__", "__proto__"],
    ["constructor", "constructor"],
    ["a", "a"],
  ]);
  expect(Object.getPrototypeOf(entries)).toBe(Object.prototype);
});

test("a list, bytes and a Map are no record", () => {
  expect([{}, Object.create(null)].every(isRecord)).toBe(true);
  expect([[], new Uint8Array(), new Map(), null, "text", undefined].some(isRecord)).toBe(false);
});

test("values are equal part by part", () => {
  expect(isEqual({ a: [1, Uint8Array.of(2)] }, { a: [1, Uint8Array.of(2)] })).toBe(true);
  expect(isEqual({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  expect(isEqual(Uint8Array.of(1), [1])).toBe(false);
});

test("results share memory and never overlap; a large one has its own", () => {
  const results = Array.from({ length: 5_000 }, (_, index) => {
    const slab = reserve(40);
    slab.bytes.fill(index & 0xff, slab.used, slab.used + 30);
    return slab.take(slab.used + 30);
  });
  for (const [index, result] of results.entries()) {
    expect(result.length).toBe(30);
    expect(result.every((byte) => byte === (index & 0xff))).toBe(true);
  }
  expect(reserve(1_000_000).used).toBe(0);
});

describe("the path of a part", () => {
  test.each([
    [".sessionId", "LogEntry.records[3].sessionId"],
    ["[1]", "LogEntry.records[3][1]"],
    ["", "LogEntry.records[3]"],
    ["KeepAlive.timestamp", "LogEntry.records[3].KeepAlive.timestamp"],
  ])("%j", (part, whole) => {
    const error = within(new WireError("ERR_WIRE_INVALID_UTF8", part, 7, "is not valid UTF-8"), "LogEntry.records[3]");
    expect(error).toMatchObject({ path: whole, offset: 7, message: `${whole} is not valid UTF-8` });
  });

  test("other errors are left alone", () => {
    const error = new RangeError("not of the wire");
    expect(within(error, "X")).toBe(error);
  });
});
