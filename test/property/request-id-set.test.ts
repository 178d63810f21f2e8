import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { RequestIdSet } from "../../runtime/protocol/request-id-set.ts";

const step = fc.record({
  isAdded: fc.boolean(),
  from: fc.oneof(fc.integer({ min: -3, max: 30 }), fc.constantFrom(2 ** 31 - 2, 2 ** 32, Number.MAX_SAFE_INTEGER - 20)),
  count: fc.integer({ min: 1, max: 4 }),
});

test("holds what a set would", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const ids = new RequestIdSet();
      const model = new Set<number>();
      for (const { isAdded, from, count } of steps) {
        for (let id = from; id < from + count; id++) {
          if (isAdded) ids.add(id);
          else ids.delete(id);
          if (isAdded) model.add(id);
          else model.delete(id);
        }
        expect(ids.size).toBe(model.size);
        for (let id = from - 5; id < from + 8; id++) expect(ids.has(id)).toBe(model.has(id));
      }
      for (let id = -4; id < 36; id++) expect(ids.has(id)).toBe(model.has(id));
    }),
    { numRuns: 500 },
  );
});

test("as many as a session may have on its way, with a gap after each, added and taken away from above", () => {
  const ids = new RequestIdSet();
  for (let left = limits.sessionProposalsMax; left > 0; left--) ids.add(left * 3);
  let found = 0;
  for (let id = 0; id <= 3 * limits.sessionProposalsMax; id++) if (ids.has(id)) found += 1;
  expect([found, ids.size]).toEqual([limits.sessionProposalsMax, limits.sessionProposalsMax]);
  for (let left = limits.sessionProposalsMax; left > 0; left--) ids.delete(left * 3);
  expect(ids.size).toBe(0);
});
