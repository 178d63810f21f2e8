import { seededRandom } from "../seeded-random.ts";

/** Decisions that are made at random, the same ones for the same seed. */
export class Chance {
  readonly #random: () => number;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** A whole number from 0 to `limit` - 1; 0 where there is none. */
  below(limit: number): number {
    return Math.floor(this.#random() * limit);
  }

  /** A whole number, both ends included. */
  between(min: number, max: number): number {
    return min + this.below(max - min + 1);
  }

  oneIn(count: number): boolean {
    return this.below(count) === 0;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error("there is nothing to pick from");
    return item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}

/** A seed of its own for each name, so that what one target does is the same whichever others run beside it. */
export function seedFor(seed: number, name: string): number {
  let hash = seed;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x0100_0193);
  return hash;
}
