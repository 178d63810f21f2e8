import { expect, test } from "vitest";
import { Child } from "../engine/child-process.ts";

interface Held {
  readonly heapUsed: number;
  readonly external: number;
  readonly arrayBuffers: number;
  /** Everything that has a prototype: messages, lists, payloads, errors, functions. */
  readonly objects: number;
}

interface Figures {
  readonly decoded: number;
  readonly refused: number;
  readonly before: Held;
  readonly after: Held;
}

/** A byte for each frame, less than the smallest message takes: what the engine keeps of the code itself goes up and down. */
const HEAP_BYTES_MAX = 1_000_000;
/** The memory that results share is in use, now this piece, then the next. */
const SLAB_BYTES = 64 * 1024;

test("a million decoded and refused frames leave nothing behind", { timeout: 90_000 }, async () => {
  const child = new Child("../property/codec-heap.child.ts", []);
  const figures: Figures = JSON.parse(await child.said("{"));
  expect(await child.ended()).toEqual({ code: 0, signal: null });
  const { before, after } = figures;

  expect(figures.decoded + figures.refused).toBe(1_000_000);
  expect(Math.min(figures.decoded, figures.refused)).toBeGreaterThan(200_000);
  // But for the figures themselves there is not one object more.
  expect(after.objects - before.objects).toBeLessThan(10);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(HEAP_BYTES_MAX);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThanOrEqual(SLAB_BYTES);
  expect(after.external - before.external).toBeLessThanOrEqual(SLAB_BYTES);
});
