import { expect, test } from "vitest";
import { gapsAfter, median } from "./gaps.ts";
import { describeOperation, type Operation, registersOf, toLine } from "./history.ts";
import { checkJournal, checkRollingRestarts } from "./verdict.ts";

test("a line of a history is read as it was written", () => {
  const operation = write(1, 5, 10, 20);
  expect(JSON.parse(toLine(operation))).toEqual(operation);
  expect(toLine(operation).endsWith("}\n")).toBe(true);
});

test("operations by register, without those that did nothing", () => {
  const registers = registersOf([write(1, 5, 10, 20), failed(write(1, 6, 30, 40), "not-applied"), unanswered(1, 50)]);
  expect([...registers]).toEqual([["r", [write(1, 5, 10, 20)]]]);
});

test("what is printed of an operation says what it saw and when", () => {
  const cas: Operation = {
    process: 3,
    f: "cas",
    key: "k7",
    in: [12, 15],
    out: true,
    invoke: 1_204_000,
    return: 1_209_000,
  };
  expect(describeOperation(cas)).toBe("process 3: cas k7 12 → 15 was true, 1.204000 s to 1.209000 s");
  expect(describeOperation(unanswered(3, 1))).toBe("process 3: read r, 0.000001 s to no answer");
});

test("the journal: lost, doubled, denied and unknown commands are found", () => {
  const history = [
    write(1, 1, 10, 20),
    write(1, 2, 30, 40),
    failed(write(2, 3, 10, 20), "not-applied"),
    failed({ ...write(2, 4, 10, 20), return: null }, "unknown"),
    failed(write(2, 5, 10, 20), "applied"),
  ];
  expect(checkJournal(history, [1, 2, 5])).toEqual([]);
  expect(checkJournal(history, [1, 2, 4, 5])).toEqual([]);
  expect(promises(history, [2, 5])).toEqual(["no answered command is lost"]);
  expect(promises(history, [1, 2])).toEqual(["no answered command is lost"]);
  expect(promises(history, [1, 2, 1, 5])).toEqual(["no command is applied twice"]);
  expect(promises(history, [1, 2, 3, 5])).toEqual(["no command is applied that was said not to be"]);
  expect(promises(history, [1, 2, 5, 9])).toEqual(["no command is applied that nobody sent"]);
});

test("a call that fails in a rolling restart is found, one before it is not", () => {
  const strikes = [{ kind: "rolling restart of all servers", what: "", at: 100, healedAt: 200, isAlone: true }];
  const early = failed({ ...write(1, 1, 90, 95), return: null }, "unknown");
  const inside = failed({ ...write(1, 2, 150, 95), return: null }, "unknown");
  expect(checkRollingRestarts([early, write(1, 3, 150, 160)], strikes)).toEqual([]);
  expect(checkRollingRestarts([early, inside], strikes)).toHaveLength(1);
});

test("gaps: from the fault to the end of the longest silence that begins soon after it", () => {
  const answers = [900, 1_000, 1_010, 1_020, 2_500, 2_510, 9_000];
  const history = answers.map((ms, at) => write((1 + (at % 2)) * 1_000_000, at, ms * 1_000 - 5, ms * 1_000));
  const [gap] = gapsAfter([1_005_000], history);
  expect(gap?.serviceMs).toBe(1_495);
  expect(gap?.clientMs).toEqual([1_495, 1_505]);
});

test("gaps: calls that failed are no answers, and without a silence there is no gap to speak of", () => {
  const steady = Array.from({ length: 400 }, (_, at) => write(1, at, at * 10_000, at * 10_000 + 10));
  expect(gapsAfter([500_000], steady)[0]?.serviceMs).toBeLessThan(600);
  const refused = steady.map((one) =>
    one.invoke > 500_000 && one.invoke < 1_500_000 ? failed(one, "not-applied") : one,
  );
  expect(gapsAfter([500_000], refused)[0]?.serviceMs).toBeCloseTo(1_000, 0);
});

test("gaps: a client that was silent before the fault says nothing about it", () => {
  const times = [100, 200, 300, 400, 2_000, 4_000];
  const others = times.map((ms) => write(1_000_000, ms, ms * 1_000 - 5, ms * 1_000));
  const away = [100, 4_000].map((ms) => write(2_000_000, ms, ms * 1_000 - 5, ms * 1_000));
  const [gap] = gapsAfter([1_350_000], [...others, ...away]);
  expect(gap).toEqual({ serviceMs: 650, clientMs: [650] });
});

test("the median of an even count is the higher one of two", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(3);
});

function promises(history: readonly Operation[], journal: readonly number[]): readonly string[] {
  return checkJournal(history, journal).map(({ promise }) => promise);
}

function write(process: number, value: number, invoke: number, end: number): Operation {
  return { process, f: "write", key: "r", in: value, out: null, invoke, return: end };
}

function unanswered(process: number, invoke: number): Operation {
  return { process, f: "read", key: "r", in: null, out: null, invoke, return: null };
}

function failed(operation: Operation, outcome: "not-applied" | "applied" | "unknown"): Operation {
  return { ...operation, failure: { outcome, code: "ERR_TIMEOUT" } };
}
