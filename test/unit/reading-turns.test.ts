import { expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { ReadingTurns } from "../../runtime/transport/zmtp/reading-turns.ts";

const one = {};
const other = {};

test("where others have read within the last second the turn is short, and ends with the piece", () => {
  const turns = new ReadingTurns();
  turns.begin(other, 0);
  expect(turns.begin(one, 500)).toBe(limits.receiveBurstMs);
  expect(turns.mayReadOn(500)).toBe(false);
  expect(turns.begin(one, 1_499)).toBe(limits.receiveBurstMs);
});

test("a connection that was the only one for a second has longer, and some pieces in a row", () => {
  const turns = new ReadingTurns();
  turns.begin(one, 0);
  expect(turns.begin(one, 1_000)).toBe(limits.loneReceiveBurstMs);
  expect([1, 2, 3, 4, 5].map(() => turns.mayReadOn(1_000))).toEqual([true, true, true, false, true]);
});

test("one that comes back shortens the turn of the one that was alone", () => {
  const turns = new ReadingTurns();
  turns.begin(one, 0);
  expect(turns.begin(one, 2_000)).toBe(limits.loneReceiveBurstMs);
  expect(turns.begin(other, 2_001)).toBe(limits.receiveBurstMs);
  expect(turns.begin(one, 2_002)).toBe(limits.receiveBurstMs);
  expect(turns.mayReadOn(2_002)).toBe(false);
});
