import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeZ85, encodeZ85 } from "../../../runtime/security/z85.ts";

test("the example of RFC 32", () => {
  const bytes = Buffer.from("864fd26fb559f75b", "hex");
  expect(encodeZ85(bytes)).toBe("HelloWorld");
  expect(decodeZ85("HelloWorld")).toEqual(new Uint8Array(bytes));
});

test("every row of bytes has one text, and every text one row of bytes", () => {
  const words = fc.array(fc.nat(0xffff_ffff), { maxLength: 10 });
  fc.assert(
    fc.property(words, (values) => {
      const bytes = new Uint8Array(4 * values.length);
      values.forEach((value, index) => {
        new DataView(bytes.buffer).setUint32(4 * index, value);
      });
      const text = encodeZ85(bytes);
      expect(text).toMatch(/^[0-9a-zA-Z.\-:+=^!/*?&<>()[\]{}@%$#]*$/);
      expect(text).toHaveLength((bytes.length * 5) / 4);
      expect(decodeZ85(text)).toEqual(bytes);
    }),
  );
  fc.assert(
    fc.property(fc.string({ maxLength: 20, unit: fc.constantFrom(..."0aZ#$ \"'é") }), (text) => {
      const bytes = decodeZ85(text);
      if (bytes !== undefined) expect(encodeZ85(bytes)).toBe(text);
    }),
    { numRuns: 2_000 },
  );
});

test.each([["####0"], ["%nSc1"], ["#####"]])("%s is above 32 bits, and no second way to write something", (text) => {
  expect(decodeZ85("%nSc0")).toEqual(new Uint8Array([255, 255, 255, 255]));
  expect(decodeZ85(text)).toBeUndefined();
});

test("bytes that do not fill the last number are refused", () => {
  expect(() => encodeZ85(new Uint8Array(31))).toThrow("31 bytes cannot be written in Z85");
});
