import { limits } from "../protocol/limits.ts";
import type { Entry } from "./consensus.ts";

/**
 * Hands committed entries to the application: in order, one at a time, waiting for the promise of each.
 *
 * Entries that come while the application is busy wait here. An application whose `onEntry` returns nothing is called
 * in bursts of `limits.applyBurstMs` with a turn of the event loop between them, so that a long queue delays no timer.
 *
 * Errors: what `apply` throws is given to `failed` once, and nothing is delivered after it. Every pending `reached` is
 * rejected with it.
 */
export class EntryDelivery {
  readonly #apply: (entry: Entry) => void | Promise<void>;
  readonly #failed: (error: unknown) => void;
  #waiting: Entry[] = [];
  readonly #watchers: { readonly index: number; resolve(): void; reject(error: unknown): void }[] = [];
  #appliedIndex = 0;
  #deliveredIndex = 0;
  #running = false;
  #ended: { readonly error: unknown } | undefined;

  constructor(apply: (entry: Entry) => void | Promise<void>, failed: (error: unknown) => void) {
    this.#apply = apply;
    this.#failed = failed;
  }

  /** The last entry that the application has taken, or that its snapshot contains. */
  get appliedIndex(): number {
    return this.#appliedIndex;
  }

  /** The last entry that the application was given; it may be at work on it, or storing a snapshot of what came of it. */
  get deliveredIndex(): number {
    return this.#deliveredIndex;
  }

  /** Says that the application has state as of entry `index`. Only while nothing waits. */
  restored(index: number): void {
    this.#appliedIndex = index;
    this.#deliveredIndex = index;
  }

  /** Queues entries. Their delivery begins in a later turn of the microtask queue, never inside this call. */
  push(entries: Iterable<Entry>): void {
    if (this.#ended !== undefined) return;
    for (const entry of entries) this.#waiting.push(entry);
    if (this.#running || this.#waiting.length === 0) return;
    this.#running = true;
    queueMicrotask(() => void this.#run());
  }

  /** Resolves once entry `index` was applied. Callers ask for the last committed entry, so `index` never falls. */
  reached(index: number): Promise<void> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended.error);
    if (index <= this.#appliedIndex) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#watchers.push({ index, resolve, reject });
    });
  }

  /** Delivers nothing more, and rejects what waits in `reached` with `error`. */
  end(error: unknown): void {
    if (this.#ended !== undefined) return;
    this.#ended = { error };
    this.#waiting = [];
    for (const watcher of this.#watchers.splice(0)) watcher.reject(error);
  }

  async #run(): Promise<void> {
    try {
      let burstBegan = performance.now();
      while (this.#waiting.length > 0) {
        // Taken as a whole: to take a long queue apart from its front costs time that is quadratic in its length.
        const taken = this.#waiting;
        this.#waiting = [];
        for (const entry of taken) {
          this.#deliveredIndex = entry.index;
          const applied = this.#apply(entry);
          if (applied !== undefined) await applied;
          if (this.#ended !== undefined) return;
          this.#appliedIndex = entry.index;
          this.#notify();
          if (performance.now() - burstBegan < limits.applyBurstMs) continue;
          await nextTurn();
          if (this.#ended !== undefined) return;
          burstBegan = performance.now();
        }
      }
    } catch (error) {
      if (this.#ended !== undefined) return;
      this.end(error);
      this.#failed(error);
    } finally {
      this.#running = false;
    }
  }

  /** The committed index only grows, so the watcher that came first wants the lowest index. */
  #notify(): void {
    while (this.#watchers[0] !== undefined && this.#watchers[0].index <= this.#appliedIndex) {
      this.#watchers.shift()?.resolve();
    }
  }
}

/** Lets timers and sockets have their turn. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
