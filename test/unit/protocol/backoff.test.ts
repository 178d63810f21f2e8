import { expect, test } from "vitest";
import { Backoff } from "../../../runtime/protocol/backoff.ts";

const options = { minMs: 100, maxMs: 30_000 };

test("delays double up to the longest", () => {
  const backoff = new Backoff({ ...options, random: () => 0.5 });
  const delays = Array.from({ length: 11 }, () => backoff.next());
  expect(delays).toEqual([100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000]);
});

test("jitter moves a delay by a quarter at most", () => {
  expect(new Backoff({ ...options, random: () => 0 }).next()).toBe(75);
  expect(new Backoff({ ...options, random: () => 1 }).next()).toBe(125);
});

test("a success starts again, and thousands of failures do not overflow", () => {
  const backoff = new Backoff({ ...options, random: () => 0.5 });
  for (let attempt = 0; attempt < 5_000; attempt++) backoff.next();
  expect(backoff.next()).toBe(30_000);
  backoff.reset();
  expect(backoff.next()).toBe(100);
});
