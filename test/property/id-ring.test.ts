import fc from "fast-check";
import { expect, test } from "vitest";
import { IdRing } from "../../runtime/protocol/id-ring.ts";

interface Item {
  readonly requestId: number;
}

const windowIds = 500;
const heldMax = 100;

/** Where ids may begin: in a new session, in one that is gone on with, and where numbers change how they are stored. */
const starts = fc.oneof(
  fc.constantFrom(1, 10_001, 2 ** 31 - 50, 2 ** 32 - 50, 2 ** 53 - 5_000),
  fc.integer({ min: 1, max: 2 ** 53 - 5_000 }),
);

/** Adds the next id, leaves some out before it, or takes one out by its place among those that are held. */
const acts = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({ type: "add" as const, skip: 0 }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant("add" as const), skip: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant("delete" as const), place: fc.nat(heldMax) }) },
  ),
  { maxLength: 400 },
);

/** What a server may answer, whether it makes sense or not. */
const asked = fc.oneof(fc.maxSafeInteger(), fc.double(), fc.integer({ min: -1_000, max: 1_000 }));

test("does what a Map does for ids that lie within a window, and takes no more places than they span", () => {
  fc.assert(
    fc.property(starts, acts, fc.array(asked, { maxLength: 20 }), (start, list, strangers) => {
      const ring = new IdRing<Item>();
      const model = new Map<number, Item>();
      let next = start;
      let spanMax = 16;
      for (const act of list) {
        const oldest = Math.min(...model.keys());
        if (act.type === "add") {
          next += act.skip;
          if (next - oldest >= windowIds || model.size >= heldMax) continue;
          const item = { requestId: next };
          next += 1;
          ring.add(item);
          model.set(item.requestId, item);
          spanMax = Math.max(spanMax, 2 * (next - Math.min(...model.keys())));
        } else {
          const item = [...model.values()][act.place % Math.max(1, model.size)];
          if (item === undefined) continue;
          expect(ring.delete(item)).toBe(true);
          expect(ring.delete(item)).toBe(false);
          model.delete(item.requestId);
          expect(ring.get(item.requestId)).toBeUndefined();
        }
        expect(ring.size).toBe(model.size);
      }
      for (const [id, item] of model) expect([ring.get(id), ring.isTaken(id)]).toEqual([item, true]);
      for (let id = next - windowIds; id < next + windowIds; id++) expect(ring.get(id)).toBe(model.get(id));
      for (const id of strangers) {
        expect(ring.get(id)).toBe(model.get(id));
        expect(ring.delete({ requestId: id })).toBe(false);
      }
      expect(new Set(ring.values())).toEqual(new Set(model.values()));
      expect(ring.span).toBeLessThanOrEqual(spanMax);
    }),
  );
});

test("holds nothing of what has left", () => {
  const ring = new IdRing<Item>();
  const items = Array.from({ length: 1_000 }, (_, index) => ({ requestId: 7 + index }));
  for (const item of items) ring.add(item);
  for (const item of items.toReversed()) ring.delete(item);
  expect([ring.size, ring.values(), ring.span]).toEqual([0, [], 1_024]);
});

test.each([Number.NaN, 5.5, -5, 5 + 2 ** 32, Number.POSITIVE_INFINITY])("has nothing for %s, though it has 5", (id) => {
  const ring = new IdRing<Item>();
  const item = { requestId: 5 };
  ring.add(item);
  expect([ring.get(5), ring.get(id)]).toEqual([item, undefined]);
});
