import type { Outcome } from "hawser/client";

/** One command that was sent, and what was known as it was. */
export interface Asked {
  readonly serial: number;
  /** The highest count that any answer had brought. */
  readonly floor: number;
}

/** What a session's tally is, by the server's word. */
export interface TallyState {
  readonly count: number;
  readonly sum: number;
}

/**
 * What a client knows of the tally of its session: how often it was counted for certain, and what else may have been. Each
 * answer is held against it, and the tally itself when nothing is on its way.
 */
export class Ledger {
  #lastSerial: number;
  #base: TallyState;
  #certain: { count: number; sum: number } = { count: 0, sum: 0 };
  /** Serials of commands of which nobody knows whether they were applied. */
  #possible: number[] = [];
  #pending = 0;
  #highest: number;
  #seen = new Set<number>();

  /** `base`: what the tally was as the ledger began. `firstSerial`: above those of every ledger before of the session. */
  constructor(base: TallyState = { count: 0, sum: 0 }, firstSerial: number = 1) {
    this.#base = base;
    this.#highest = base.count;
    this.#lastSerial = firstSerial - 1;
  }

  /** Commands without an answer. */
  get pending(): number {
    return this.#pending;
  }

  /** The highest count that any answer brought. */
  get highest(): number {
    return this.#highest;
  }

  get lastSerial(): number {
    return this.#lastSerial;
  }

  ask(): Asked {
    this.#lastSerial += 1;
    this.#pending += 1;
    return { serial: this.#lastSerial, floor: this.#highest };
  }

  /** An answer. Says what is wrong with it. */
  answered({ serial, floor }: Asked, answer: { readonly serial: number; readonly count: number }): string | undefined {
    this.#counted(serial);
    const { count } = answer;
    const isSeen = this.#seen.has(count);
    const most = this.#base.count + this.#certain.count + this.#possible.length + this.#pending;
    this.#seen.add(count);
    this.#highest = Math.max(this.#highest, count);
    if (answer.serial !== serial) return `command ${serial} was given the answer to command ${answer.serial}`;
    if (isSeen) return `command ${serial} is number ${count}, and so is another one`;
    if (count <= floor) return `command ${serial} is number ${count}, and ${floor} were counted before it was sent`;
    if (count > most) return `command ${serial} is number ${count}, and only ${most} were sent`;
    return undefined;
  }

  failed({ serial }: Asked, outcome: Outcome): void {
    if (outcome === "applied") {
      this.#counted(serial);
      return;
    }
    this.#pending -= 1;
    if (outcome === "unknown") this.#possible.push(serial);
  }

  /** What is wrong with a count that was read; `floor`: the highest one as the question was asked. */
  read(count: number, floor: number): string | undefined {
    const most = this.#base.count + this.#certain.count + this.#possible.length + this.#pending;
    if (count < floor) return `${count} commands are counted, and ${floor} were before the question was asked`;
    return count > most ? `${count} commands are counted, and only ${most} were sent` : undefined;
  }

  /**
   * Holds the tally against what is known, when nothing is on its way and a later command was answered: what is not in it
   * never will be. The ledger goes on from it.
   */
  settle(tally: TallyState): string | undefined {
    const problem = this.#difference(tally);
    this.#base = { count: tally.count, sum: tally.sum };
    this.#highest = tally.count;
    this.#certain = { count: 0, sum: 0 };
    this.#possible = [];
    this.#seen = new Set();
    return problem;
  }

  #difference({ count, sum }: TallyState): string | undefined {
    if (this.#pending > 0) return `the ledger was settled with ${this.#pending} commands on their way`;
    const certain = this.#base.count + this.#certain.count;
    const more = count - certain;
    if (more < 0) return `${count} commands are counted, and ${certain} were answered: ${-more} are lost`;
    if (more > this.#possible.length) {
      return `${count} commands are counted, and at most ${certain + this.#possible.length} can be: some were applied twice`;
    }
    const rest = sum - this.#base.sum - this.#certain.sum;
    const sorted = this.#possible.toSorted((a, b) => a - b);
    const least = total(sorted.slice(0, more));
    const most = total(sorted.slice(sorted.length - more));
    if (rest >= least && rest <= most) return undefined;
    return `the serials of ${more} commands without an answer have the sum ${rest}, which must be from ${least} to ${most}`;
  }

  #counted(serial: number): void {
    this.#pending -= 1;
    this.#certain.count += 1;
    this.#certain.sum += serial;
  }
}

function total(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
