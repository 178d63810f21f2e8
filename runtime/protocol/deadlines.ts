/**
 * What is due next, by key: a binary min-heap in which moving a deadline to later costs nothing.
 *
 * Most deadlines here move again and again to later (a lease at each sign of life) and are rarely met. So a key's entry
 * stays where it is in the heap until it comes to the top, and only then sinks to its true place. `next` may therefore
 * be earlier than the earliest deadline, never later: an early wake-up finds nothing due and asks again.
 *
 * Units: instants are monotonic milliseconds.
 */
export class Deadlines<Key> {
  /** The true deadline of each key. */
  readonly #deadlines = new Map<Key, number>();
  /** Keys with the instant at which each must be looked at; at most one valid entry for each key, and stale ones. */
  readonly #heap: Entry<Key>[] = [];
  /** The valid heap entry of each key. */
  readonly #entries = new Map<Key, Entry<Key>>();

  /** How many keys have a deadline. */
  get size(): number {
    return this.#deadlines.size;
  }

  /** When to look next; `undefined` while nothing has a deadline. */
  get next(): number | undefined {
    this.#dropStale();
    return this.#heap[0]?.at;
  }

  /** Gives `key` the deadline `at`, in place of the one it may have. */
  set(key: Key, at: number): void {
    this.#deadlines.set(key, at);
    const entry = this.#entries.get(key);
    if (entry !== undefined && entry.at <= at) return;
    this.#push({ at, key });
  }

  /** Takes the deadline of `key` away. */
  delete(key: Key): void {
    this.#deadlines.delete(key);
    this.#entries.delete(key);
  }

  /** Takes every deadline away. */
  clear(): void {
    this.#deadlines.clear();
    this.#entries.clear();
    this.#heap.length = 0;
  }

  /** Takes away and returns one key whose deadline is at or before `now`; `undefined` when there is none. */
  takeDue(now: number): Key | undefined {
    for (;;) {
      this.#dropStale();
      const top = this.#heap[0];
      if (top === undefined || top.at > now) return undefined;
      this.#pop();
      this.#entries.delete(top.key);
      const at = this.#deadlines.get(top.key);
      if (at === undefined) continue;
      if (at > now) {
        this.#push({ at, key: top.key });
        continue;
      }
      this.#deadlines.delete(top.key);
      return top.key;
    }
  }

  /** Entries whose key was deleted, or given an earlier entry, lie in the heap until they come to the top. */
  #dropStale(): void {
    for (let top = this.#heap[0]; top !== undefined && this.#entries.get(top.key) !== top; top = this.#heap[0]) {
      this.#pop();
    }
  }

  #push(entry: Entry<Key>): void {
    const heap = this.#heap;
    this.#entries.set(entry.key, entry);
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || parent.at <= entry.at) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = entry;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && right.at < child.at) {
        childIndex += 1;
        child = right;
      }
      if (child.at >= last.at) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}

interface Entry<Key> {
  readonly at: number;
  readonly key: Key;
}
