import type { Chance } from "./chance.ts";

/** The inputs of a target that are worth changing. */
export class Corpus {
  readonly #entries: { readonly input: Uint8Array; chosen: number }[] = [];

  get size(): number {
    return this.#entries.length;
  }

  get inputs(): readonly Uint8Array[] {
    return this.#entries.map(({ input }) => input);
  }

  add(input: Uint8Array): void {
    this.#entries.push({ input, chosen: 0 });
  }

  /** Of two entries the one that was chosen less often, so that new ones get their turn. */
  choose(chance: Chance): Uint8Array {
    const one = chance.pick(this.#entries);
    const other = chance.pick(this.#entries);
    const chosen = other.chosen < one.chosen ? other : one;
    chosen.chosen += 1;
    return chosen.input;
  }

  any(chance: Chance): Uint8Array {
    return chance.pick(this.#entries).input;
  }
}
