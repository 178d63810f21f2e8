import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Alarm } from "../../runtime/shell/alarm.ts";

let rings: number[];
let alarm: Alarm;

beforeEach(() => {
  vi.useFakeTimers();
  rings = [];
  alarm = new Alarm(() => rings.push(performance.now()));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("it rings once, not before the time it was set to", () => {
  const at = performance.now() + 40;
  alarm.set(at);
  vi.advanceTimersByTime(1_000);
  expect(rings).toHaveLength(1);
  expect(rings[0]).toBeGreaterThanOrEqual(at);
});

test("a later time changes nothing, and an earlier one moves it", () => {
  const startedAt = performance.now();
  alarm.set(startedAt + 40);
  alarm.set(startedAt + 400);
  alarm.set(undefined);
  alarm.set(startedAt + 20);
  vi.advanceTimersByTime(30);
  expect(rings).toHaveLength(1);
  vi.advanceTimersByTime(1_000);
  expect(rings).toHaveLength(1);
});

test("the same time again and again takes one timer", () => {
  const set = vi.spyOn(globalThis, "setTimeout");
  for (let round = 1; round <= 5; round++) {
    alarm.set(performance.now() + 40);
    vi.advanceTimersByTime(50);
    expect(rings).toHaveLength(round);
  }
  expect(set).toHaveBeenCalledTimes(1);
});

test("once cleared it is silent, until it is set again", () => {
  alarm.set(performance.now() + 40);
  alarm.clear();
  vi.advanceTimersByTime(1_000);
  expect(rings).toEqual([]);
  alarm.set(performance.now() + 40);
  vi.advanceTimersByTime(1_000);
  expect(rings).toHaveLength(1);
});
