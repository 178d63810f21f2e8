/** What happens at an instant of the simulated world. */
interface Scheduled {
  readonly atMs: number;
  /** Breaks ties: what was scheduled first happens first, so that a seed gives one run and no other. */
  readonly order: number;
  readonly run: () => void;
}

/** The future of a simulated world: a binary min-heap by instant, and by order of scheduling within one. */
export class EventQueue {
  readonly #heap: Scheduled[] = [];
  #lastOrder = 0;

  /** When the next event is due, in simulated milliseconds; `undefined` while there is none. */
  get nextAtMs(): number | undefined {
    return this.#heap[0]?.atMs;
  }

  push(atMs: number, run: () => void): void {
    this.#lastOrder += 1;
    const added = { atMs, order: this.#lastOrder, run };
    const heap = this.#heap;
    let index = heap.length;
    heap.push(added);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (parent === undefined || isBefore(parent, added)) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = added;
  }

  /** Takes the next event away. */
  pop(): { readonly atMs: number; readonly run: () => void } | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      if (child === undefined) break;
      const right = heap[childIndex + 1];
      if (right !== undefined && isBefore(right, child)) {
        childIndex += 1;
        child = right;
      }
      if (isBefore(last, child)) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
    return top;
  }
}

function isBefore(one: Scheduled, other: Scheduled): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}
