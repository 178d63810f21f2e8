/** One operation on a register as its caller saw it. Instants are positions in the order of the world's events. */
export interface RegisterOperation {
  readonly type: "swap" | "read";
  /** Of a swap: what it wrote, unlike what any other swap of the history wrote, and not 0. */
  readonly written: number;
  /** What a read saw, or what was there before a swap; `undefined` where nobody knows. 0 is the register's beginning. */
  readonly seen: number | undefined;
  readonly calledAt: number;
  /** `Infinity` for one whose end nobody saw: it may take effect at any later time, or never. */
  readonly returnedAt: number;
}

/** What the checker found. `undecided`: it gave up after `statesMax` states. */
export type Verdict = "linearizable" | "not linearizable" | "undecided";

/**
 * Whether some order of the operations, in which each takes effect between its call and its return, explains what all of
 * them saw.
 *
 * Theory of operation: depth first over the operations that may come next, that is, were called before any remaining one
 * returned, with a memory of the states (set of operations done, value) that led nowhere. Every swap writes a value of its
 * own, so that a value never comes back: a read that fits is taken at once, nothing leaves a value that somebody has yet to
 * read, and a swap that saw the value is the one that leaves it. Only swaps of which nobody knows what they saw are tried in
 * turn. Operations without an end of which nobody saw the effect are left out: an order with such a swap stays one without
 * it, for whoever came after it did not see it.
 * Source: Wing & Gong, "Testing and verifying concurrent objects", 1993; Lowe, "Testing for linearizability", 2017.
 */
export function checkRegister(history: readonly RegisterOperation[], statesMax = 100_000): Verdict {
  const seen = new Set<number>();
  for (const operation of history) if (operation.seen !== undefined) seen.add(operation.seen);
  const operations = history
    .filter(({ type, written, returnedAt }) => returnedAt !== Infinity || (type === "swap" && seen.has(written)))
    .sort((one, other) => one.calledAt - other.calledAt);
  return new Search(operations, statesMax).run();
}

class Search {
  readonly #operations: readonly RegisterOperation[];
  readonly #isDone: Uint8Array;
  readonly #deadEnds = new Set<string>();
  readonly #statesMax: number;
  /** How many reads of each value are to come. */
  readonly #readsLeft = new Map<number, number>();
  /** The swap that saw each value. */
  readonly #successors = new Map<number, number>();
  #remaining = 0;
  #first = 0;

  constructor(operations: readonly RegisterOperation[], statesMax: number) {
    this.#operations = operations;
    this.#isDone = new Uint8Array(operations.length);
    this.#statesMax = statesMax;
    for (const [at, { type, seen, returnedAt }] of operations.entries()) {
      if (returnedAt !== Infinity) this.#remaining += 1;
      if (seen === undefined) continue;
      if (type === "read") this.#readsLeft.set(seen, (this.#readsLeft.get(seen) ?? 0) + 1);
      else this.#successors.set(seen, at);
    }
  }

  run(): Verdict {
    if (this.#from(0)) return "linearizable";
    return this.#deadEnds.size < this.#statesMax ? "not linearizable" : "undecided";
  }

  /** Whether the remaining operations can be explained from a value on. Leaves everything as it was when they cannot. */
  #from(value: number): boolean {
    const firstBefore = this.#first;
    const done: number[] = [];
    let current = value;
    for (;;) {
      if (this.#remaining === 0) return true;
      const candidates = this.#candidates(current);
      const [only] = candidates;
      if (only === undefined || candidates.length > 1) {
        if (only !== undefined && this.#branch(candidates, current)) return true;
        for (const at of done.reverse()) this.#putBack(at);
        this.#first = firstBefore;
        return false;
      }
      current = this.#take(only, current);
      done.push(only);
    }
  }

  #branch(candidates: readonly number[], value: number): boolean {
    const key = `${value}:${this.#first}:${this.#isDone.subarray(this.#first).join("")}`;
    if (this.#deadEnds.has(key)) return false;
    for (const at of candidates) {
      const firstBefore = this.#first;
      if (this.#from(this.#take(at, value))) return true;
      this.#putBack(at);
      this.#first = firstBefore;
      if (this.#deadEnds.size >= this.#statesMax) return false;
    }
    this.#deadEnds.add(key);
    return false;
  }

  /** What may come next while the register has a value: one where that is certain. */
  #candidates(value: number): readonly number[] {
    while (this.#isDone[this.#first] === 1) this.#first += 1;
    const successor = this.#successors.get(value);
    const isReadLater = (this.#readsLeft.get(value) ?? 0) > 0;
    const swaps: number[] = [];
    let firstReturn = Number.POSITIVE_INFINITY;
    for (let at = this.#first; at < this.#operations.length; at++) {
      if (this.#isDone[at] === 1) continue;
      const operation = this.#operations[at];
      if (operation === undefined || operation.calledAt > firstReturn) break;
      firstReturn = Math.min(firstReturn, operation.returnedAt);
      if (operation.type === "read") {
        if (operation.seen === value) return [at];
      } else if (successor === undefined ? operation.seen === undefined : at === successor) {
        swaps.push(at);
      }
    }
    return isReadLater ? [] : swaps;
  }

  #take(at: number, value: number): number {
    this.#isDone[at] = 1;
    return this.#counted(at, -1) ?? value;
  }

  #putBack(at: number): void {
    this.#isDone[at] = 0;
    this.#counted(at, 1);
  }

  /** Counts an operation out or in, and returns what it writes. */
  #counted(at: number, by: number): number | undefined {
    const operation = this.#operations[at];
    if (operation === undefined) return undefined;
    const { type, seen, written, returnedAt } = operation;
    if (returnedAt !== Infinity) this.#remaining += by;
    if (type === "swap") return written;
    if (seen !== undefined) this.#readsLeft.set(seen, (this.#readsLeft.get(seen) ?? 0) + by);
    return undefined;
  }
}
