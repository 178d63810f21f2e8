import type { Chance } from "../fuzz/chance.ts";
import type { Operation } from "./history.ts";

/** What is wrong with a register: it is a real one, but for one operation. */
export type Defect =
  | "none"
  | "stale read"
  | "lost write"
  | "double apply"
  | "cas that lied"
  | "cas that did the opposite";

export const defects: readonly Defect[] = [
  "none",
  "stale read",
  "lost write",
  "double apply",
  "cas that lied",
  "cas that did the opposite",
];

/** How histories are made. */
export interface HistoryShape {
  readonly operations: number;
  /** About how many operations overlap. */
  readonly overlap: number;
  /** One in so many has no answer. */
  readonly oneInLost: number;
  /** How many values there are; so many as operations or more where every one is written once. */
  readonly values: number;
}

/**
 * What callers see of one register on which every operation takes effect at one moment, and what they see when one of the
 * operations has a defect. A defect does not always show.
 */
export function randomHistory(chance: Chance, defect: Defect, shape: HistoryShape): readonly Operation[] {
  const register = new Register();
  const flawed = defect === "none" ? -1 : chance.below(shape.operations);
  const operations: Operation[] = [];
  for (let at = 0; at < shape.operations; at++) {
    const moment = 1_000 * (at + 1);
    const reach = 500 * shape.overlap;
    const f = chance.pick(["read", "write", "cas"] as const);
    const written = shape.values >= shape.operations ? at + 1 : 1 + chance.below(shape.values);
    const expected = chance.oneIn(2) ? register.value : chance.below(shape.values + 1);
    const asked = f === "read" ? null : f === "write" ? written : ([expected, written] as const);
    const out = register.perform(f, asked, at === flawed ? defect : "none");
    const isLost = chance.oneIn(shape.oneInLost);
    operations.push({
      process: at,
      f,
      key: "r",
      in: asked,
      out: isLost ? null : out,
      invoke: moment - chance.below(reach + 1),
      return: isLost ? null : moment + chance.below(reach + 1),
    });
    if (defect === "double apply" && at === flawed + 1) register.repeat();
  }
  return operations;
}

class Register {
  value = 0;
  #before = 0;
  #lastWritten: number | undefined;

  perform(f: Operation["f"], asked: Operation["in"], defect: Defect): Operation["out"] {
    if (f === "read") return defect === "stale read" ? this.#before : this.value;
    if (typeof asked === "number") {
      this.#lastWritten = asked;
      if (defect !== "lost write") this.#write(asked);
      return null;
    }
    const [expected = 0, written = 0] = asked ?? [];
    const matches = this.value === expected;
    const isDone = defect === "cas that did the opposite" ? !matches : matches;
    if (isDone) this.#write(written);
    return defect === "cas that lied" ? !isDone : isDone;
  }

  /** The last blind write comes once more, late. */
  repeat(): void {
    if (this.#lastWritten !== undefined) this.#write(this.#lastWritten);
  }

  #write(value: number): void {
    this.#before = this.value;
    this.value = value;
  }
}
