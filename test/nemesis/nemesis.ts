import { setTimeout as delay } from "node:timers/promises";
import { Chance } from "../fuzz/chance.ts";
import type { Arena } from "./arena.ts";
import { type Fault, type FaultContext, faults, ROLLING_RESTART } from "./faults.ts";

/** One fault of a run, in microseconds of the history's clock. */
export interface Strike {
  readonly kind: string;
  readonly what: string;
  readonly at: number;
  /** When it was put right. */
  readonly healedAt: number;
  /** Whether nothing else was broken meanwhile: only then is what followed its doing. */
  readonly isAlone: boolean;
}

/** Breaks an arena in one way after another, in an order that a seed gives, and lets it recover in between. */
export class Nemesis {
  readonly strikes: Strike[] = [];
  readonly #arena: Arena;
  readonly #chance: Chance;
  readonly #interrupted: AbortSignal;
  readonly #struck: (kind: string) => void;
  /** The faults of this round that are still to come. */
  #bag: Fault[] = [];

  /** `struck` is told of each fault as it begins. */
  constructor(arena: Arena, seed: number, interrupted: AbortSignal, struck: (kind: string) => void) {
    this.#struck = struck;
    this.#arena = arena;
    this.#chance = new Chance(seed);
    this.#interrupted = interrupted;
  }

  /** Goes on until the time is up. Rejects when the service does not come back after a fault. */
  async run(seconds: number): Promise<void> {
    const end = performance.now() + seconds * 1_000;
    while (performance.now() < end && !this.#interrupted.aborted) {
      const first = this.#next();
      const second =
        first.kind !== ROLLING_RESTART && this.#chance.oneIn(ONE_IN_TWO_AT_ONCE) ? this.#next() : undefined;
      if (second === undefined || second.kind === ROLLING_RESTART) {
        await this.#strike(first, true);
        if (second !== undefined) this.#bag.push(second);
      } else {
        await Promise.all([this.#strike(first, false), this.#strike(second, false)]);
      }
      await this.recovered();
      // Longer than late answers may come, so that the gap after a fault is not that of the next one.
      await this.#last(600, 1_200);
    }
  }

  /** Resolves when every process is back and clients are answered; what is asked from now on, too. */
  async recovered(): Promise<void> {
    const arena = this.#arena;
    const { record, etcd } = arena;
    const from = record.now();
    for (const end = performance.now() + RECOVERY_TIMEOUT_MS; ; await delay(POLL_MS)) {
      const [isWhole, answered] = [await etcd.isWhole(), record.lastAnsweredCall > from];
      if (isWhole && answered && arena.leader !== undefined) return;
      if (performance.now() < end) continue;
      const what = `etcd is ${isWhole ? "" : "not "}whole, ${arena.leader?.name ?? "nobody"} leads, clients are ${answered ? "" : "not "}answered`;
      throw new Error(`${RECOVERY_TIMEOUT_MS / 1_000} s after the last fault was put right ${what}`);
    }
  }

  async #strike(fault: Fault, isAlone: boolean): Promise<void> {
    const { record } = this.#arena;
    const isPatient = fault.kind === ROLLING_RESTART;
    this.#struck(fault.kind);
    if (isPatient) {
      this.#arena.setPatience(true);
      await delay(LONGEST_IMPATIENCE_MS);
    }
    let at = record.now();
    let what = "";
    await fault.run(
      this.#context((struck) => {
        what = struck;
        at = record.now();
        record.note(`${fault.kind}: ${what}`);
      }),
    );
    // What was asked during the fault must be answered too, so calls are given up again only when that is so.
    if (isPatient) await this.recovered();
    this.strikes.push({ kind: fault.kind, what, at, healedAt: record.now(), isAlone });
    record.note(`${fault.kind}: put right`);
    if (isPatient) this.#arena.setPatience(false);
  }

  #context(strikes: FaultContext["strikes"]): FaultContext {
    const arena = this.#arena;
    return {
      arena,
      chance: this.#chance,
      leader: () => found("server leads", async () => arena.leader),
      etcdLeader: () => found("member of etcd leads", () => arena.etcd.leader()),
      last: (minMs, maxMs) => this.#last(minMs, maxMs),
      strikes,
    };
  }

  #next(): Fault {
    if (this.#bag.length === 0)
      this.#bag = faults.flatMap((fault) => Array.from({ length: fault.times ?? 1 }, () => fault));
    const [next] = this.#bag.splice(this.#chance.below(this.#bag.length), 1);
    if (next === undefined) throw new Error("there is no fault");
    return next;
  }

  async #last(minMs: number, maxMs: number): Promise<void> {
    await delay(this.#chance.between(minMs, maxMs), undefined, { signal: this.#interrupted }).catch(() => {});
  }
}

async function found<Item>(what: string, look: () => Promise<Item | undefined>): Promise<Item> {
  for (const end = performance.now() + RECOVERY_TIMEOUT_MS; performance.now() < end; await delay(POLL_MS)) {
    const item = await look();
    if (item !== undefined) return item;
  }
  throw new Error(`no ${what} after ${RECOVERY_TIMEOUT_MS / 1_000} s`);
}

/** One fault in so many brings another one with it. */
const ONE_IN_TWO_AT_ONCE = 5;
const RECOVERY_TIMEOUT_MS = 30_000;
const POLL_MS = 50;
/** After which no call is on its way that would be given up early. */
const LONGEST_IMPATIENCE_MS = 1_600;
