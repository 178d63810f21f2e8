import { describe, expect, test } from "vitest";
import { growth, HEAP_BYTES_PER_HOUR_MAX, type MemorySample, slope } from "./growth.ts";
import { Ledger } from "./ledger.ts";
import { plan } from "./schedule.ts";
import { SessionBook } from "./session-book.ts";

/** What `npm run soak` judges by. The run itself takes minutes to hours, and is no test. */
const HOUR_MS = 3_600_000;

describe("slope", () => {
  test("of a straight line", () => {
    expect(
      slope([
        [0, 10],
        [HOUR_MS / 2, 15],
        [HOUR_MS, 20],
      ]),
    ).toEqual({ perHour: 10, errorPerHour: 0 });
  });

  test("of figures that scatter, with its error", () => {
    const points = Array.from(
      { length: 240 },
      (_, index) => [index * 15_000, 100 + (index % 2 === 0 ? 5 : -5)] as const,
    );
    const { perHour, errorPerHour } = slope(points);
    expect(Math.abs(perHour)).toBeLessThan(2 * errorPerHour);
    expect(errorPerHour).toBeGreaterThan(0);
  });

  test("of too little is none", () => {
    expect(
      slope([
        [0, 1],
        [1, 5],
      ]),
    ).toEqual({ perHour: 0, errorPerHour: 0 });
    expect(
      slope([
        [1, 1],
        [1, 2],
        [1, 3],
      ]),
    ).toEqual({ perHour: 0, errorPerHour: 0 });
  });
});

describe("growth", () => {
  const samples = (bytesPerHour: number, durationMs: number): readonly MemorySample[] =>
    Array.from({ length: durationMs / 15_000 }, (_, index) => {
      const atMs = index * 15_000;
      // A warm-up that no judgement may see.
      const warmUp = atMs < durationMs / 3 ? atMs * 1_000 : 0;
      const bytes = 1e8 + warmUp + (bytesPerHour * atMs) / HOUR_MS + (index % 3) * 1e5;
      return { atMs, heapBytes: bytes, residentBytes: bytes };
    });

  test("a leak grows, and a flat figure does not", () => {
    expect(growth(samples(2 * HEAP_BYTES_PER_HOUR_MAX, HOUR_MS), "heapBytes", HOUR_MS).verdict).toBe("grows");
    expect(growth(samples(0, HOUR_MS), "heapBytes", HOUR_MS).verdict).toBe("flat");
    expect(growth(samples(2 * HEAP_BYTES_PER_HOUR_MAX, HOUR_MS), "residentBytes", HOUR_MS).verdict).toBe("flat");
  });

  test("what bursts hold while they are under way does not count", () => {
    const bursts = samples(0, HOUR_MS).map((sample, index) => {
      const heapBytes = sample.heapBytes + (index % 4 === 0 ? 0 : index * 1e6);
      return { ...sample, heapBytes };
    });
    const { perHour, verdict } = growth(bursts, "heapBytes", HOUR_MS);
    expect(Math.abs(perHour)).toBeLessThan(1e6);
    expect(verdict).toBe("flat");
  });

  test("a short run says nothing", () => {
    expect(growth(samples(1e9, HOUR_MS / 6), "heapBytes", HOUR_MS / 6).verdict).toBe("too short to say");
    expect(growth([], "heapBytes", HOUR_MS).verdict).toBe("too short to say");
  });
});

describe("schedule", () => {
  test("is the same for the same seed", () => {
    expect(plan(7, HOUR_MS)).toEqual(plan(7, HOUR_MS));
    expect(plan(7, HOUR_MS)).not.toEqual(plan(8, HOUR_MS));
  });

  test.each([1, 3, 60])("%i minutes: in order, and the server has its last two thirds in peace", (minutes) => {
    const durationMs = minutes * 60_000;
    const planned = plan(1, durationMs);
    expect(planned.map(({ atMs }) => atMs)).toEqual(planned.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
    const ends = planned.filter(({ event }) => event.endsWith("the server"));
    expect(ends.length).toBeGreaterThan(0);
    expect(ends.every(({ atMs }) => atMs < durationMs / 4)).toBe(true);
    expect(planned.every(({ atMs }) => atMs < durationMs)).toBe(true);
  });

  test("an hour has everything", () => {
    expect(new Set(plan(1, HOUR_MS).map(({ event }) => event)).size).toBe(7);
  });
});

describe("ledger", () => {
  test("counts what was answered", () => {
    const ledger = new Ledger();
    const [first, second] = [ledger.ask(), ledger.ask()];
    expect(ledger.answered(second, { serial: 2, count: 1 })).toBeUndefined();
    expect(ledger.answered(first, { serial: 1, count: 2 })).toBeUndefined();
    expect(ledger.settle({ count: 2, sum: 3 })).toBeUndefined();
  });

  test("notices a command that was lost, and one that was applied twice", () => {
    const lost = new Ledger();
    lost.answered(lost.ask(), { serial: 1, count: 1 });
    expect(lost.settle({ count: 0, sum: 0 })).toContain("lost");
    const twice = new Ledger();
    twice.answered(twice.ask(), { serial: 1, count: 1 });
    expect(twice.settle({ count: 2, sum: 2 })).toContain("twice");
  });

  test("notices answers that are not the command's", () => {
    const ledger = new Ledger();
    const [first, second, third] = [ledger.ask(), ledger.ask(), ledger.ask()];
    expect(ledger.answered(first, { serial: 2, count: 1 })).toContain("the answer to command 2");
    expect(ledger.answered(second, { serial: 2, count: 1 })).toContain("so is another one");
    expect(ledger.answered(third, { serial: 3, count: 4 })).toContain("only 3 were sent");
    const late = ledger.ask();
    expect(ledger.answered(late, { serial: 4, count: 3 })).toContain("before it was sent");
  });

  test("what may have been applied may be there, and what was not may not", () => {
    const ledger = new Ledger();
    ledger.failed(ledger.ask(), "unknown");
    ledger.failed(ledger.ask(), "unknown");
    ledger.failed(ledger.ask(), "not-applied");
    expect(ledger.settle({ count: 1, sum: 2 })).toBeUndefined();
    ledger.failed(ledger.ask(), "unknown");
    expect(ledger.settle({ count: 2, sum: 5 })).toContain("sum 3");
    ledger.failed(ledger.ask(), "not-applied");
    expect(ledger.settle({ count: 3, sum: 10 })).toContain("twice");
  });

  test("reads are held against what was answered before", () => {
    const ledger = new Ledger();
    ledger.answered(ledger.ask(), { serial: 1, count: 1 });
    ledger.ask();
    expect(ledger.read(1, 1)).toBeUndefined();
    expect(ledger.read(2, 1)).toBeUndefined();
    expect(ledger.read(0, 1)).toContain("before the question");
    expect(ledger.read(3, 1)).toContain("only 2");
  });
});

describe("session book", () => {
  const book = (): SessionBook => {
    const made = new SessionBook(30_000);
    made.served(0);
    return made;
  };

  test("a session whose client is there has to be in the server", () => {
    const one = book();
    one.said("s", "lives", 10_000, 0);
    expect(one.held([], 1_000)).toEqual([]);
    expect(one.held(["s"], 60_000)).toEqual([]);
    expect(one.held([], 60_000)).toHaveLength(1);
    expect(one.said("s", "expired", 10_000, 60_000)).toContain("although");
  });

  test("one whose client has left has to go, after its lease and not before", () => {
    const one = book();
    one.said("s", "lives", 10_000, 0);
    one.said("s", "leaves", 10_000, 50_000);
    expect(one.held(["s"], 65_000)).toEqual([]);
    expect(one.held(["s"], 71_000)).toHaveLength(1);
    one.served(70_000);
    expect(one.held(["s"], 85_000)).toEqual([]);
    expect(one.said("s", "expired", 10_000, 85_000)).toBeUndefined();
    const two = book();
    two.said("s", "leaves", 10_000, 50_000);
    expect(two.said("s", "expired", 10_000, 52_000)).toContain("2000 ms after");
  });

  test("one that was closed has to go at once, and one that nobody knows after the longest lease", () => {
    const one = book();
    one.said("s", "closed", 10_000, 20_000);
    expect(one.held(["s"], 29_000)).toEqual([]);
    expect(one.held(["s"], 31_000)).toHaveLength(1);
    const two = book();
    expect(two.held(["stranger"], 0)).toEqual([]);
    expect(two.held(["stranger"], 39_000)).toEqual([]);
    expect(two.held(["stranger"], 41_000)).toHaveLength(1);
  });

  test("one whose client was frozen may have ended", () => {
    const one = book();
    one.said("s", "lives", 10_000, 0);
    one.said("s", "leaves", 10_000, 1_000);
    one.said("s", "returns", 10_000, 30_000);
    expect(one.held([], 60_000)).toEqual([]);
    expect(one.said("s", "expired", 10_000, 60_000)).toBeUndefined();
    const two = book();
    two.said("s", "returns", 10_000, 30_000);
    two.said("s", "leaves", 10_000, 31_000);
    expect(two.said("s", "expired", 10_000, 32_000)).toBeUndefined();
  });
});
