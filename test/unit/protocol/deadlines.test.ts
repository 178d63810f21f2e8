import fc from "fast-check";
import { expect, test } from "vitest";
import { Deadlines } from "../../../runtime/protocol/deadlines.ts";

test("keys come out in the order of their deadlines, and only when they are due", () => {
  const deadlines = new Deadlines<string>();
  deadlines.set("late", 30);
  deadlines.set("early", 10);
  deadlines.set("middle", 20);
  expect(deadlines.takeDue(9)).toBeUndefined();
  expect(deadlines.takeDue(25)).toBe("early");
  expect(deadlines.takeDue(25)).toBe("middle");
  expect(deadlines.takeDue(25)).toBeUndefined();
  expect(deadlines.next).toBe(30);
});

test("a deadline that moved to later is not met early, one that moved to earlier not late", () => {
  const deadlines = new Deadlines<string>();
  deadlines.set("a", 10);
  deadlines.set("a", 40);
  deadlines.set("b", 40);
  deadlines.set("b", 20);
  expect(deadlines.takeDue(15)).toBeUndefined();
  expect(deadlines.takeDue(20)).toBe("b");
  expect(deadlines.takeDue(39)).toBeUndefined();
  expect(deadlines.takeDue(40)).toBe("a");
  expect(deadlines.size).toBe(0);
});

test("agrees with a plain map, whatever is done to it", () => {
  const operation = fc.oneof(
    fc.record({ kind: fc.constant("set" as const), key: fc.nat(9), at: fc.nat(100) }),
    fc.record({ kind: fc.constant("delete" as const), key: fc.nat(9) }),
    fc.record({ kind: fc.constant("advance" as const), by: fc.nat(20) }),
  );
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 60 }), (operations) => {
      const deadlines = new Deadlines<number>();
      const twin = new Map<number, number>();
      let now = 0;
      for (const step of operations) {
        if (step.kind === "set") {
          deadlines.set(step.key, step.at);
          twin.set(step.key, step.at);
        } else if (step.kind === "delete") {
          deadlines.delete(step.key);
          twin.delete(step.key);
        } else {
          now += step.by;
          const due = [...twin].filter(([, at]) => at <= now).map(([key]) => key);
          const taken: number[] = [];
          for (let key = deadlines.takeDue(now); key !== undefined; key = deadlines.takeDue(now)) taken.push(key);
          expect(taken.toSorted()).toEqual(due.toSorted());
          for (const key of due) twin.delete(key);
        }
        expect(deadlines.size).toBe(twin.size);
        const earliest = Math.min(...twin.values());
        const first = deadlines.first;
        expect(first === undefined ? Infinity : twin.get(first)).toBe(earliest);
        if (twin.size === 0) expect(deadlines.takeDue(now)).toBeUndefined();
        else expect(deadlines.next).toBeLessThanOrEqual(earliest);
      }
    }),
    { numRuns: 500 },
  );
});

test("one key of many can be taken away and given anew without end", () => {
  const deadlines = new Deadlines<number>();
  const count = 50_000;
  for (let key = 0; key < count; key++) deadlines.set(key, 1_000_000 + key);
  for (let times = 0; times < 300_000; times++) {
    deadlines.delete(5);
    deadlines.set(5, times);
  }
  expect(deadlines.first).toBe(5);
  expect(deadlines.size).toBe(count);
  for (let key = 0; key < count; key++) deadlines.delete(key);
  expect(deadlines.next).toBeUndefined();
  expect(deadlines.size).toBe(0);
});
