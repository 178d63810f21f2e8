import { lookedForBy, type Operation, registersOf, writtenBy } from "./history.ts";

/** What a checker found. `undecided`: it gave up. */
export type Verdict = "linearizable" | "not linearizable" | "undecided";

/** What became of a history. */
export interface HistoryVerdict {
  readonly verdict: Verdict;
  readonly keys: number;
  /** The keys whose operations no order explains, and those that were given up. */
  readonly notLinearizable: readonly string[];
  readonly undecided: readonly string[];
}

/** Checks every register of a history by itself: a history is linearizable if and only if that of each register is. */
export function checkHistory(history: Iterable<Operation>, statesMax?: number): HistoryVerdict {
  const registers = registersOf(history);
  const found = [...registers].map(([key, operations]) => ({ key, verdict: checkRegister(operations, statesMax) }));
  const keysWith = (wanted: Verdict) => found.filter(({ verdict }) => verdict === wanted).map(({ key }) => key);
  const [notLinearizable, undecided] = [keysWith("not linearizable"), keysWith("undecided")];
  const verdict = notLinearizable.length > 0 ? "not linearizable" : undecided.length > 0 ? "undecided" : "linearizable";
  return { verdict, keys: registers.size, notLinearizable, undecided };
}

/**
 * Whether some order of the operations on one register, in which each takes effect between its call and its return,
 * explains what all of them saw. Operations as `registersOf` gives them.
 *
 * Theory of operation: calls and returns stand in a list in the order of time. The operation of a call that stands before
 * every return may come next: it is tried, taken out of the list, and the search goes on from the list's beginning. At a
 * return nothing before it could be taken, so the last one taken is put back, and the next one is tried in its place. A
 * state (which operations were taken, the value after them) that was met before is not entered again. An operation without
 * a return may be taken at any time, and need not be.
 *
 * Writes of which nobody knows the end, and whose value nobody looks for, are all alike but for the time of their call, so
 * they are taken in the order of their calls. Otherwise a time without answers would leave more of them than can be
 * tried in every combination.
 *
 * The checker of the simulator (`test/simulator/linearizability.ts`) is another one: every operation there tells what it
 * replaced, and no value comes twice, which leaves it next to nothing to try. Here writes are blind, swaps fail, and
 * recorded histories of others have values that come back.
 *
 * Source: Wing & Gong, "Testing and verifying concurrent objects", 1993; Lowe, "Testing for linearizability", 2017.
 */
export function checkRegister(operations: readonly Operation[], statesMax: number = STATES_MAX): Verdict {
  return new Search(operations).run(statesMax);
}

/**
 * The fewest operations of a register that no order explains, from one that is not linearizable. Only operations without
 * which everything that remains would be easier to explain are left out, so what is left is a violation by itself.
 */
export function explanation(operations: readonly Operation[]): readonly Operation[] {
  const isWrong = (some: readonly Operation[]) => checkRegister(some) === "not linearizable";
  let left = shortestPrefix(operations, isWrong);
  for (let size = Number.POSITIVE_INFINITY; left.length < size; ) {
    size = left.length;
    for (const operation of left) {
      const without = left.filter((other) => other !== operation);
      if (isOnlyInTheWay(operation, without) && isWrong(without)) left = without;
    }
  }
  return left.toSorted((one, other) => one.invoke - other.invoke);
}

class Search {
  readonly #steps: readonly Step[];
  /** The list: for each entry the next and the one before. Entry 0 is the beginning, 2n + 1 the call of step n, 2n + 2 its return. */
  readonly #next: Int32Array;
  readonly #before: Int32Array;
  readonly #taken: Uint32Array;
  readonly #seen = new Set<string>();
  #unreturned = 0;

  constructor(operations: readonly Operation[]) {
    const called = operations.toSorted((one, other) => one.invoke - other.invoke);
    this.#steps = stepsOf(called);
    this.#next = new Int32Array(2 * called.length + 1).fill(NONE);
    this.#before = new Int32Array(2 * called.length + 1).fill(NONE);
    this.#taken = new Uint32Array(Math.ceil(called.length / 32));
    const entries = called.flatMap((operation, at) => {
      const call = { entry: 2 * at + 1, time: operation.invoke };
      if (operation.return === null) return [call];
      this.#unreturned += 1;
      return [call, { entry: 2 * at + 2, time: operation.return }];
    });
    // Calls and returns of one instant: the operations were concurrent, so calls come first.
    entries.sort((one, other) => one.time - other.time || (other.entry % 2) - (one.entry % 2));
    let last = 0;
    for (const { entry } of entries) {
      this.#link(last, entry);
      last = entry;
    }
  }

  run(statesMax: number): Verdict {
    const path: { readonly entry: number; readonly value: number }[] = [];
    let value = 0;
    let entry = this.#following(0);
    while (this.#unreturned > 0) {
      if (entry !== NONE && entry % 2 === 1) {
        const after = this.#after(entry, value);
        if (after !== undefined && this.#isNew(entry, after)) {
          if (this.#seen.size > statesMax) return "undecided";
          path.push({ entry, value });
          this.#take(entry);
          value = after;
          entry = this.#following(0);
        } else {
          entry = this.#following(entry);
        }
        continue;
      }
      const last = path.pop();
      if (last === undefined) return "not linearizable";
      this.#putBack(last.entry);
      value = last.value;
      entry = this.#following(last.entry);
    }
    return "linearizable";
  }

  /** The value after the operation of a call, or nothing where it cannot come next. */
  #after(entry: number, value: number): number | undefined {
    const step = this.#steps[(entry - 1) / 2];
    if (step === undefined || (step.afterStep !== undefined && !this.#isTaken(step.afterStep))) return undefined;
    return step.run(value);
  }

  /** Whether the state after a step was not met before. It is then. */
  #isNew(entry: number, value: number): boolean {
    this.#toggle((entry - 1) / 2);
    const state = `${value}:${this.#taken.join()}`;
    this.#toggle((entry - 1) / 2);
    if (this.#seen.has(state)) return false;
    this.#seen.add(state);
    return true;
  }

  #take(entry: number): void {
    this.#toggle((entry - 1) / 2);
    this.#unlink(entry);
    if (!this.#steps[(entry - 1) / 2]?.hasReturned) return;
    this.#unlink(entry + 1);
    this.#unreturned -= 1;
  }

  #putBack(entry: number): void {
    this.#toggle((entry - 1) / 2);
    if (this.#steps[(entry - 1) / 2]?.hasReturned) {
      this.#relink(entry + 1);
      this.#unreturned += 1;
    }
    this.#relink(entry);
  }

  #isTaken(step: number): boolean {
    return (((this.#taken[step >>> 5] ?? 0) >>> (step & 31)) & 1) === 1;
  }

  #toggle(step: number): void {
    this.#taken[step >>> 5] = (this.#taken[step >>> 5] ?? 0) ^ (1 << (step & 31));
  }

  #following(entry: number): number {
    return this.#next[entry] ?? NONE;
  }

  #link(entry: number, next: number): void {
    this.#next[entry] = next;
    if (next !== NONE) this.#before[next] = entry;
  }

  #unlink(entry: number): void {
    this.#link(this.#before[entry] ?? NONE, this.#following(entry));
  }

  /** The entry still knows its neighbours, which are what they were: entries come back in the reverse order. */
  #relink(entry: number): void {
    this.#link(this.#before[entry] ?? NONE, entry);
    this.#link(entry, this.#following(entry));
  }
}

/** An operation as the search sees it. */
interface Step {
  /** The value after it, or nothing where the value before does not allow it or it would change nothing. */
  readonly run: (value: number) => number | undefined;
  readonly hasReturned: boolean;
  /** The step that has to be taken before. */
  readonly afterStep: number | undefined;
}

function stepsOf(operations: readonly Operation[]): readonly Step[] {
  const lookedFor = new Set(operations.map(lookedForBy));
  let lastAlike: number | undefined;
  return operations.map((operation, at) => {
    const written = writtenBy(operation) ?? 0;
    const hasReturned = operation.return !== null;
    const value = lookedFor.has(written) || hasReturned ? written : UNSEEN;
    const isAlike = operation.f === "write" && value === UNSEEN;
    const step = { run: effectOf(operation, value), hasReturned, afterStep: isAlike ? lastAlike : undefined };
    if (isAlike) lastAlike = at;
    return step;
  });
}

function effectOf({ f, in: input, out }: Operation, written: number): Step["run"] {
  if (f === "write") return () => written;
  if (f === "read") return (value) => (value === out ? value : undefined);
  const expected = typeof input === "object" ? input?.[0] : undefined;
  if (out === false) return (value) => (value === expected ? undefined : value);
  return (value) => (value === expected ? written : undefined);
}

/** The operations up to the first return at which no order explains them; calls without a return before it stay open. */
function shortestPrefix(
  operations: readonly Operation[],
  isWrong: (some: readonly Operation[]) => boolean,
): readonly Operation[] {
  const returns = operations.flatMap((operation) => operation.return ?? []).toSorted((one, other) => one - other);
  const until = (time: number) =>
    operations
      .filter(({ invoke }) => invoke <= time)
      .map((operation) => ((operation.return ?? time) > time ? { ...operation, out: null, return: null } : operation))
      .filter(({ f, out }) => f !== "read" || out !== null);
  let [right, wrong] = [-1, returns.length - 1];
  while (wrong - right > 1) {
    const middle = (right + wrong) >>> 1;
    if (isWrong(until(returns[middle] ?? 0))) wrong = middle;
    else right = middle;
  }
  return until(returns[wrong] ?? Number.POSITIVE_INFINITY);
}

/** Whether an order of the others cannot need this operation. */
function isOnlyInTheWay(operation: Operation, others: readonly Operation[]): boolean {
  if (operation.f === "read" || operation.out === false) return true;
  const written = writtenBy(operation);
  return others.every((other) => lookedForBy(other) !== written && other.out !== false);
}

const NONE = -1;
/** Stands for all values that nobody looks for. */
const UNSEEN = -1;
/** A run has hundreds of operations for each register, and few of them at a time: a thousand states are many. */
const STATES_MAX = 1_000_000;
