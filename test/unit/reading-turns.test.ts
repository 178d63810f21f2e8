import { expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { ReadingTurns } from "../../runtime/transport/zmtp/reading-turns.ts";

const one = {};
const other = {};

test("the only connection has a long turn, and some pieces in a row", () => {
  const turns = new ReadingTurns();
  expect(turns.begin(one, 0)).toBe(limits.loneReceiveBurstMs);
  const readOn = Array.from({ length: 32 }, () => turns.mayReadOn(1));
  expect(
    readOn.map((mayReadOn, index) => (mayReadOn ? undefined : index)).filter((index) => index !== undefined),
  ).toEqual([15, 31]);
});

test("where others have read lately the turn is short, and ends with the piece", () => {
  const turns = new ReadingTurns();
  turns.begin(other, 0);
  expect(turns.begin(one, 500)).toBe(limits.receiveBurstMs);
  expect(turns.mayReadOn(500)).toBe(false);
  expect(turns.begin(one, 10_499)).toBe(limits.receiveBurstMs);
  expect(turns.begin(one, 10_500)).toBe(limits.loneReceiveBurstMs);
});

test("one that comes back shortens the turn of the one that was alone", () => {
  const turns = new ReadingTurns();
  turns.begin(one, 0);
  expect(turns.begin(one, 20_000)).toBe(limits.loneReceiveBurstMs);
  expect(turns.begin(other, 20_001)).toBe(limits.receiveBurstMs);
  expect(turns.begin(one, 20_002)).toBe(limits.receiveBurstMs);
  expect(turns.mayReadOn(20_002)).toBe(false);
});
