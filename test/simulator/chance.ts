import { seededRandom } from "../seeded-random.ts";

/** Everything that is left to chance in a simulated world: the same for the same seed. */
export class Chance {
  /** The next number from 0 up to 1. */
  readonly next: () => number;

  constructor(seed: number) {
    this.next = seededRandom(seed);
  }

  /** Whether something of this probability happens. Impossible things cost no number. */
  happens(probability: number): boolean {
    return probability > 0 && this.next() < probability;
  }

  /** A whole number from 0 up to `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** A number from `min` up to `max`. */
  between(min: number, max: number): number {
    return min + this.next() * (max - min);
  }

  /** A duration that is mostly short and sometimes long: exponential. */
  around(meanMs: number): number {
    return -meanMs * Math.log(1 - this.next());
  }

  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** One of the items, of which there must be some. */
  oneOf<Item>(...items: readonly [Item, ...Item[]]): Item {
    return items[this.below(items.length)] ?? items[0];
  }
}
