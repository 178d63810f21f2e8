import { expect, test } from "vitest";
import { Backoff } from "../../../runtime/protocol/backoff.ts";

const options = { minMs: 100, maxMs: 30_000, repeats: 1 };

test("delays double up to the longest", () => {
  const backoff = new Backoff({ ...options, random: () => 0.5 });
  const delays = Array.from({ length: 11 }, () => backoff.next());
  expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000]);
});

test("so many in a row are alike, and the shortest does not count", () => {
  const backoff = new Backoff({ minMs: 100, maxMs: 500, repeats: 3, random: () => 0.5 });
  const delays = Array.from({ length: 11 }, () => [backoff.shortest(), backoff.next()]);
  expect(delays.map(([shortest]) => shortest)).toEqual(delays.map(() => 100));
  expect(delays.map(([, next]) => next)).toEqual([100, 100, 100, 200, 200, 200, 400, 400, 400, 500, 500]);
});

test("jitter moves a delay by a quarter at most", () => {
  expect(new Backoff({ ...options, random: () => 0 }).next()).toBe(75);
  expect(new Backoff({ ...options, random: () => 1 }).next()).toBe(125);
  expect(new Backoff({ ...options, random: () => 1 }).shortest()).toBe(125);
});

test("a success starts again, and thousands of failures do not overflow", () => {
  const backoff = new Backoff({ ...options, random: () => 0.5 });
  for (let attempt = 0; attempt < 5_000; attempt++) backoff.next();
  expect(backoff.next()).toBe(30_000);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});
