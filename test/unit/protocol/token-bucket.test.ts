import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { TokenBucket } from "../../../runtime/protocol/token-bucket.ts";

const allowances = fc.record({
  perSecond: fc.double({ min: 0.1, max: 1e6, noNaN: true }),
  burst: fc.double({ min: 0.1, max: 1e6, noNaN: true }),
});
/** How much is wanted, and how long after the one before. */
const wishes = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 0, max: 5_000 })), {
  maxLength: 100,
});

describe("a bucket", () => {
  test("gives in no stretch of time more than the burst, what comes meanwhile, and what was taken last", () => {
    fc.assert(
      fc.property(allowances, wishes, (allowance, wanted) => {
        const bucket = new TokenBucket(allowance, 0);
        const taken: { readonly at: number; readonly count: number }[] = [];
        let now = 0;
        for (const [count, pauseMs] of wanted) {
          now += pauseMs;
          if (bucket.waitMs(now) > 0) continue;
          bucket.take(count);
          taken.push({ at: now, count });
        }
        for (const [first, { at: from }] of taken.entries()) {
          let sum = 0;
          for (const { at, count } of taken.slice(first)) {
            sum += count;
            const most = allowance.burst + ((at - from) / 1_000) * allowance.perSecond + count;
            expect(sum).toBeLessThanOrEqual(most * (1 + 1e-9));
          }
        }
      }),
    );
  });

  test("has something for who waits as long as it says, and not a moment before", () => {
    fc.assert(
      fc.property(allowances, fc.integer({ min: 1, max: 1e6 }), (allowance, count) => {
        const bucket = new TokenBucket(allowance, 0);
        bucket.take(count);
        const waitMs = bucket.waitMs(0);
        if (waitMs > 1) expect(bucket.waitMs(waitMs - 1.5)).toBeGreaterThan(0);
        expect(bucket.waitMs(waitMs)).toBe(0);
      }),
    );
  });

  test("never holds more than it can", () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 5 }, 0);
    expect(bucket.isFull(1e9)).toBe(true);
    bucket.take(5);
    expect(bucket.waitMs(1e9)).toBe(1);
    expect(bucket.isFull(1e9 + 499)).toBe(false);
    expect(bucket.isFull(1e9 + 500)).toBe(true);
  });

  test("keeps what was taken when its allowance changes", () => {
    const bucket = new TokenBucket({ perSecond: 10, burst: 10 }, 0);
    bucket.take(8);
    bucket.change({ perSecond: 1, burst: 3 }, 0);
    expect(bucket.waitMs(0)).toBe(5_001);
    bucket.change({ perSecond: 1, burst: 100 }, 0);
    expect(bucket.waitMs(0)).toBe(0);
    bucket.take(92);
    expect(bucket.waitMs(0)).toBe(1);
  });
});
