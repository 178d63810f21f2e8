import { afterAll, describe, expect, test } from "vitest";
import { Chance } from "../fuzz/chance.ts";
import { checkRegister as checkSwaps, type RegisterOperation } from "../simulator/linearizability.ts";
import { isLinearizable } from "./brute-force.ts";
import { checkHistory, checkRegister, explanation } from "./checker.ts";
import type { Operation } from "./history.ts";
import { GoMissingError, Porcupine } from "./porcupine.ts";
import { type Defect, defects, type HistoryShape, randomHistory } from "./random-history.ts";

/** Both checkers get the same histories. Without Go the second one is skipped; where everything is tested it must be there. */
const porcupine = await Porcupine.build().catch((error) => {
  if (!(error instanceof GoMissingError) || process.env["CI"] === "true") throw error;
  console.warn(`Porcupine is left out: ${error.message}`);
  return undefined;
});
afterAll(() => porcupine?.[Symbol.asyncDispose]());

const good: Readonly<Record<string, readonly Operation[]>> = {
  "nothing at all": [],
  "one after the other": [write(1, 1, 2), read(1, 3, 4), cas(1, 2, true, 5, 6), cas(1, 3, false, 7, 8), read(2, 9, 10)],
  "a read beside a write sees either": [write(1, 1, 9), read(0, 2, 3), read(1, 4, 5)],
  "a return and a call at the same instant are concurrent": [write(1, 1, 2), read(0, 2, 3)],
  "a write without an end took effect": [write(1, 1, null), read(0, 2, 3), read(1, 4, 5)],
  "a write without an end did not": [write(1, 1, null), read(0, 2, 3), read(0, 4, 5)],
  "a write without an end takes effect late": [write(1, 1, null), write(2, 2, 3), read(2, 4, 5), read(1, 6, 7)],
  "a cas without an end took effect": [cas(0, 1, null, 1, null), read(0, 2, 3), read(1, 4, 5)],
  "a cas without an end found something else": [write(5, 1, 2), cas(0, 1, null, 3, null), read(5, 4, 5)],
  "a cas that failed beside a write": [write(1, 1, 9), cas(0, 2, false, 2, 8)],
  "writes without an end in the way of a cas": [write(1, 1, null), write(2, 1, null), cas(0, 3, false, 4, 5)],
  "a value that comes back": [write(1, 1, 2), write(2, 3, 4), write(1, 5, 6), read(1, 7, 8)],
};

const bad: Readonly<Record<string, readonly Operation[]>> = {
  "a stale read": [write(1, 1, 2), write(2, 3, 4), read(1, 5, 6)],
  "a lost write": [write(1, 1, 2), read(0, 3, 4)],
  "two reads in the wrong order": [write(1, 1, 9), read(1, 2, 3), read(0, 4, 5)],
  "a value that nobody wrote": [write(1, 1, 2), read(7, 3, 4)],
  "a write that took effect twice": [write(1, 1, 2), read(1, 3, 4), write(2, 5, 6), read(2, 7, 8), read(1, 9, 10)],
  "one without an end that took effect twice": [
    write(1, 1, null),
    read(1, 2, 3),
    write(2, 4, 5),
    read(2, 6, 7),
    read(1, 8, 9),
  ],
  "two cas of one value": [cas(0, 1, true, 1, 5), cas(0, 2, true, 2, 6)],
  "a cas that said no and did it": [cas(0, 1, false, 1, 2), read(1, 3, 4)],
  "a cas that said yes and did not": [cas(0, 1, true, 1, 2), read(0, 3, 4)],
  "a read before the write began": [read(1, 1, 2), write(1, 3, 4)],
};

describe.each([
  ["ours", async (operations: readonly Operation[]) => checkHistory(operations).verdict],
  ...(porcupine === undefined ? [] : [["Porcupine", porcupinesVerdict] as const]),
] as const)("%s", (_, verdictOf) => {
  test.each(Object.entries(good))("good: %s", async (_, operations) => {
    expect(await verdictOf(operations)).toBe("linearizable");
  });
  test.each(Object.entries(bad))("bad: %s", async (_, operations) => {
    expect(await verdictOf(operations)).toBe("not linearizable");
  });
  test("an operation that was not applied, and a read without an answer, say nothing", async () => {
    const failed = { ...write(9, 3, 4), failure: { outcome: "not-applied", code: "ERR_TIMEOUT" } } as const;
    const unanswered = { ...read(0, 3, null), out: null };
    expect(await verdictOf([write(1, 1, 2), failed, unanswered, read(1, 5, 6)])).toBe("linearizable");
  });
  test("keys are registers of their own", async () => {
    const other = { ...write(2, 3, 4), key: "other" };
    expect(await verdictOf([write(1, 1, 2), other, read(1, 5, 6)])).toBe("linearizable");
    expect(await verdictOf([write(1, 1, 2), { ...read(1, 3, 4), key: "other" }])).toBe("not linearizable");
  });
});

async function porcupinesVerdict(operations: readonly Operation[]): Promise<string | undefined> {
  const [found] = (await porcupine?.check([operations])) ?? [];
  return found?.verdict;
}

const small: HistoryShape = { operations: 6, overlap: 2, oneInLost: 8, values: 3 };
const large: HistoryShape = { operations: 120, overlap: 3, oneInLost: 40, values: 1_000 };

test("4,000 small random histories, good and bad: both checkers say what trying every order says", async () => {
  const histories = randomHistories(4_000, small);
  const theirs = await porcupine?.check(histories.map(({ operations }) => operations));
  let wrongOnes = 0;
  for (const [at, { operations, defect }] of histories.entries()) {
    const expected = isLinearizable(operations) ? "linearizable" : "not linearizable";
    if (expected === "not linearizable") wrongOnes += 1;
    const told = `seed ${at}, ${defect}: ${JSON.stringify(operations)}`;
    expect(checkHistory(operations).verdict, told).toBe(expected);
    if (theirs !== undefined) expect(theirs[at]?.verdict, told).toBe(expected);
    if (defect === "none") expect(expected, told).toBe("linearizable");
  }
  expect(wrongOnes).toBeGreaterThan(400);
});

test("600 large random histories: both checkers agree, and find every kind of defect", async () => {
  const histories = randomHistories(600, large);
  const theirs = await porcupine?.check(histories.map(({ operations }) => operations));
  const found = new Map<Defect, number>();
  for (const [at, { operations, defect }] of histories.entries()) {
    const { verdict } = checkHistory(operations);
    if (theirs !== undefined) expect(theirs[at]?.verdict, `seed ${at}, ${defect}`).toBe(verdict);
    if (verdict === "not linearizable") found.set(defect, (found.get(defect) ?? 0) + 1);
    expect(verdict).not.toBe("undecided");
  }
  expect(found.get("none")).toBeUndefined();
  for (const defect of defects) if (defect !== "none") expect(found.get(defect), defect).toBeGreaterThan(5);
});

test("long times without answers leave many open operations, and the checker is not lost in them", () => {
  const open = Array.from({ length: 200 }, (_, at) => write(100 + at, 10 + at, null));
  const failing = [write(1, 1, 2), ...open, cas(1, 2, false, 300, 301), read(1, 400, 401)];
  expect(checkRegister([...open, ...failing.slice(-2)])).toBe("not linearizable");
  expect(checkRegister([write(1, 1, 2), ...open, read(1, 400, 401)])).toBe("linearizable");
});

test("a checker that gives up says so", () => {
  const open = Array.from({ length: 20 }, (_, at) => write(at + 1, 10 + at, null));
  const seen = Array.from({ length: 20 }, (_, at) => cas(at + 1, 900, false, 100, 200));
  expect(checkRegister([...open, ...seen, read(999, 300, 301)], 1_000)).toBe("undecided");
});

test("an explanation is a violation by itself, without what does not matter", () => {
  const stale = [write(1, 1, 2), read(1, 3, 4), write(2, 5, 6), read(2, 7, 8), write(3, 9, 10), read(1, 11, 12)];
  expect(explanation(stale)).toEqual([write(1, 1, 2), write(2, 5, 6), read(1, 11, 12)]);
  const lengths: number[] = [];
  for (const { operations } of randomHistories(300, large)) {
    if (checkRegister(operations) !== "not linearizable") continue;
    const shortest = explanation(operations);
    expect(checkRegister(shortest)).toBe("not linearizable");
    lengths.push(shortest.length);
  }
  expect(lengths.toSorted((one, other) => one - other)[lengths.length >> 1]).toBeLessThan(20);
});

test("what the simulator's checker says of its own kind of histories, this one says too", () => {
  for (let seed = 1; seed <= 300; seed++) {
    const swaps = randomSwaps(new Chance(seed));
    expect(checkRegister(swaps.map(asOperation)), `seed ${seed}`).toBe(checkSwaps(swaps));
  }
});

function randomHistories(
  count: number,
  shape: HistoryShape,
): readonly { readonly operations: readonly Operation[]; readonly defect: Defect }[] {
  return Array.from({ length: count }, (_, seed) => {
    const defect = defects[seed % defects.length] ?? "none";
    return { defect, operations: randomHistory(new Chance(seed), defect, shape) };
  });
}

/** Swaps and reads of which every third history is spoilt by one operation that saw something else. */
function randomSwaps(chance: Chance): readonly RegisterOperation[] {
  let value = 0;
  const spoilt = chance.oneIn(3) ? chance.below(40) : -1;
  return Array.from({ length: 40 }, (_, at): RegisterOperation => {
    const type = chance.oneIn(2) ? "swap" : "read";
    const seen = at === spoilt ? chance.below(40) : value;
    if (type === "swap") value = at + 1;
    const times = { calledAt: at * 10 - chance.below(30), returnedAt: at * 10 + chance.below(30) };
    return { type, written: type === "swap" ? at + 1 : 0, seen, ...times };
  });
}

function asOperation({ type, written, seen = 0, calledAt, returnedAt }: RegisterOperation): Operation {
  const swap = cas(seen, written, true, calledAt, returnedAt);
  return type === "swap" ? swap : read(seen, calledAt, returnedAt);
}

function write(value: number, invoke: number, end: number | null): Operation {
  return { process: 0, f: "write", key: "r", in: value, out: null, invoke, return: end };
}

function read(seen: number, invoke: number, end: number | null): Operation {
  return { process: 0, f: "read", key: "r", in: null, out: seen, invoke, return: end };
}

function cas(expected: number, written: number, isDone: boolean | null, invoke: number, end: number | null): Operation {
  return { process: 0, f: "cas", key: "r", in: [expected, written], out: isDone, invoke, return: end };
}
