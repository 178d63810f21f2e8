/**
 * What is due next, by key: a binary min-heap in which moving a deadline to later costs nothing.
 *
 * Most deadlines here move again and again to later (a lease at each sign of life), or are taken away and given anew (a
 * redelivery at each acknowledgement), and are rarely met. So a key's entry stays where it is in the heap until it comes to
 * the top, and only then sinks to its true place, or goes. `next` may therefore be earlier than the earliest deadline, never
 * later: an early wake-up finds nothing due and asks again. The slot of a key outlives its deadline too, because a `Map` in
 * which one key is deleted and set again and again gets slow: it looks at every deleted one on its way.
 *
 * Units: instants are monotonic milliseconds.
 */
export class Deadlines<Key> {
  readonly #slots = new Map<Key, Slot<Key>>();
  /** Slots with the instant at which each must be looked at; at most one valid entry for each, and stale ones. */
  readonly #heap: Entry<Key>[] = [];
  #size = 0;

  /** How many keys have a deadline. */
  get size(): number {
    return this.#size;
  }

  /** When to look next; `undefined` while nothing has a deadline. */
  get next(): number | undefined {
    this.#dropStale();
    return this.#heap[0]?.at;
  }

  /** The key with the earliest deadline; `undefined` while nothing has one. */
  get first(): Key | undefined {
    for (;;) {
      this.#dropStale();
      const top = this.#heap[0];
      if (top === undefined || top.slot.at === top.at) return top?.slot.key;
      this.#pop();
      if (top.slot.at !== undefined) this.#push(top.slot, top.slot.at);
    }
  }

  /** Gives `key` the deadline `at`, in place of the one it may have. */
  set(key: Key, at: number): void {
    let slot = this.#slots.get(key);
    if (slot === undefined) {
      slot = { key, at: undefined, entry: undefined };
      this.#slots.set(key, slot);
    }
    if (slot.at === undefined) this.#size += 1;
    slot.at = at;
    if (slot.entry === undefined || slot.entry.at > at) this.#push(slot, at);
  }

  /** Takes the deadline of `key` away. */
  delete(key: Key): void {
    const slot = this.#slots.get(key);
    if (slot !== undefined) this.#disarm(slot);
  }

  /** Takes every deadline away. */
  clear(): void {
    this.#slots.clear();
    this.#heap.length = 0;
    this.#size = 0;
  }

  /** Takes away and returns one key whose deadline is at or before `now`; `undefined` when there is none. */
  takeDue(now: number): Key | undefined {
    for (;;) {
      this.#dropStale();
      const top = this.#heap[0];
      if (top === undefined || top.at > now) return undefined;
      this.#pop();
      const { slot } = top;
      slot.entry = undefined;
      if (slot.at === undefined) continue;
      if (slot.at > now) {
        this.#push(slot, slot.at);
        continue;
      }
      this.#disarm(slot);
      return slot.key;
    }
  }

  #disarm(slot: Slot<Key>): void {
    if (slot.at === undefined) return;
    slot.at = undefined;
    this.#size -= 1;
    if (this.#slots.size <= 2 * this.#size + IDLE_MIN) return;
    for (const { key, at } of this.#slots.values()) if (at === undefined) this.#slots.delete(key);
    this.#compact();
  }

  /** Lets go of stale entries when they are the greater part: what is in order is a heap. */
  #compact(): void {
    const valid: Entry<Key>[] = [];
    for (const slot of this.#slots.values()) {
      if (slot.at === undefined) slot.entry = undefined;
      else if (slot.entry !== undefined) valid.push(slot.entry);
    }
    this.#heap.length = 0;
    for (const entry of valid.sort((one, other) => one.at - other.at)) this.#heap.push(entry);
  }

  /** Entries whose slot has an earlier one, or no deadline, lie in the heap until they come to the top. */
  #dropStale(): void {
    for (let top = this.#heap[0]; top !== undefined; top = this.#heap[0]) {
      const { slot } = top;
      if (slot.entry === top && slot.at !== undefined) return;
      if (slot.entry === top) slot.entry = undefined;
      this.#pop();
    }
  }

  #push(slot: Slot<Key>, at: number): void {
    const heap = this.#heap;
    const entry = { at, slot };
    slot.entry = entry;
    if (heap.length > 2 * this.#slots.size + IDLE_MIN) {
      this.#compact();
      return;
    }
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

interface Slot<Key> {
  readonly key: Key;
  /** Its deadline. */
  at: number | undefined;
  /** Its valid entry in the heap: not later than the deadline. */
  entry: Entry<Key> | undefined;
}

interface Entry<Key> {
  readonly at: number;
  readonly slot: Slot<Key>;
}

/** Slots without a deadline, and stale entries, that are kept besides as many as there are of the others. */
const IDLE_MIN = 64;
