import { expect, test } from "vitest";
import { KeepAlives } from "../../../runtime/protocol/keep-alives.ts";

function begin(): KeepAlives {
  return new KeepAlives({ intervalMs: 1_000, timeoutMs: 300, epochOffsetMs: 5_000 }, 0);
}

test("one goes out each interval, and something must come back in time", () => {
  const signs = begin();
  expect(signs.nextDeadline).toBe(1_000);
  expect(signs.take(999)).toBeUndefined();
  expect(signs.take(1_000)).toBe(6_000);
  expect(signs.nextDeadline).toBe(1_300);
  expect(signs.isSilent(1_299)).toBe(false);
  expect(signs.isSilent(1_300)).toBe(true);
  signs.heard();
  expect(signs.isSilent(1_300)).toBe(false);
  expect(signs.nextDeadline).toBe(2_000);
});

test("the way there and back is that of the last one, once", () => {
  const signs = begin();
  const first = signs.take(1_000) ?? 0;
  const second = signs.take(2_000) ?? 0;
  expect(signs.roundTripMs(first, 2_010)).toBeUndefined();
  expect(signs.roundTripMs(second, 2_040)).toBe(40);
  expect(signs.roundTripMs(second, 2_050)).toBeUndefined();
});
