import { setTimeout as delay } from "node:timers/promises";
import type { ConnectOptions } from "hawser/client";
import { KeyValueClient } from "../key-value/key-value-client.ts";

/** What the client saw. */
export interface ClientFigures {
  readonly answered: number;
  readonly inFlight: number;
  readonly failed: number;
  /** The longest time without an answer, the one that goes on included. */
  readonly longestGapMs: number;
  /** Commands of which the cluster told twice. */
  readonly appliedTwice: number;
  /** Commands that were answered, of which the cluster has not told yet. */
  readonly notSeenApplied: number;
}

/** What the client tells of while it works. */
export interface SteadyClientOptions {
  readonly members: Readonly<Record<string, string>>;
  /** Its keys, where the servers ask for them. */
  readonly curve?: ConnectOptions["curve"];
  note(event: string): void;
}

/**
 * A client that never stops working: it sets keys to 1, 2, 3, …, and watches all of them. The store notifies the session of
 * every command that it applies, so one that is lost is a number that never comes, and one applied twice comes twice.
 */
export class SteadyClient {
  readonly #store: KeyValueClient;
  readonly #note: (event: string) => void;
  readonly #gap: GapWatch = new GapWatch();
  readonly #gaps: Set<GapWatch> = new Set([this.#gap]);
  readonly #applied = new NumbersSeen();
  readonly #answeredUnseen = new Set<number>();
  readonly #workers: Promise<void>[];
  #watching: Promise<void> = Promise.resolve();
  #lastNumber = 0;
  #answered = 0;
  #inFlight = 0;
  #failed = 0;
  #appliedTwice = 0;
  #isStopping = false;

  private constructor(store: KeyValueClient, note: (event: string) => void) {
    this.#store = store;
    this.#note = note;
    this.#watching = this.#watch();
    this.#workers = Array.from({ length: IN_FLIGHT }, () => this.#work());
  }

  /** Resolves when it has a session and works. */
  static async start({ members, curve, note }: SteadyClientOptions): Promise<SteadyClient> {
    // Signs of life twice a second: a server that stands still keeps its connections, and only its silence tells.
    const patience = { keepAliveIntervalMs: 500, connectionTimeoutMs: 1_000 };
    const store = await KeyValueClient.connect({ members, curve, ...patience });
    for (const key of KEYS) await store.watch(key);
    return new SteadyClient(store, note);
  }

  get figures(): ClientFigures {
    return {
      answered: this.#answered,
      inFlight: this.#inFlight,
      failed: this.#failed,
      longestGapMs: this.#gap.longestMs,
      appliedTwice: this.#appliedTwice,
      notSeenApplied: this.#answeredUnseen.size,
    };
  }

  /** From now on: gives the longest time without an answer since. */
  measureGap(): () => number {
    const gap = new GapWatch();
    this.#gaps.add(gap);
    return () => gap.longestMs;
  }

  /** Sends nothing more, and resolves when everything was answered and the cluster has told of all of it. */
  async finish(): Promise<void> {
    this.#isStopping = true;
    await Promise.all(this.#workers);
    // Told in order: when this one comes, so has everything before it.
    await this.#store.set(KEYS[0] ?? "", END);
    await this.#watching;
  }

  /** Ends the session, or gives that up after two seconds. */
  async close(): Promise<void> {
    this.#isStopping = true;
    await this.#store.session.close();
  }

  async #work(): Promise<void> {
    while (!this.#isStopping) {
      this.#lastNumber += 1;
      const number = this.#lastNumber;
      this.#inFlight += 1;
      try {
        await this.#store.set(KEYS[number % KEYS.length] ?? "", String(number));
        this.#hasAnswer(number);
        await delay(PAUSE_MS);
      } catch (error) {
        if (this.#isStopping) return;
        this.#hasFailed(error);
        await delay(PAUSE_AFTER_FAILURE_MS);
      } finally {
        this.#inFlight -= 1;
      }
    }
  }

  #hasAnswer(number: number): void {
    this.#answered += 1;
    if (!this.#applied.has(number)) this.#answeredUnseen.add(number);
    for (const gap of this.#gaps) {
      const gapMs = gap.answered();
      if (gap === this.#gap && gapMs >= GAP_NOTED_MS) this.#note(`the client waited ${(gapMs / 1_000).toFixed(2)} s`);
    }
  }

  #hasFailed(error: unknown): void {
    this.#failed += 1;
    if (this.#failed === 1) this.#note(`a command failed: ${error instanceof Error ? error.message : error}`);
  }

  async #watch(): Promise<void> {
    for await (const { value } of this.#store.changes()) {
      if (value === END) return;
      const number = Number(value);
      if (!this.#applied.add(number)) {
        this.#appliedTwice += 1;
        this.#note(`command ${number} was applied twice`);
      }
      this.#answeredUnseen.delete(number);
    }
  }
}

/** How long there was no answer. */
class GapWatch {
  #lastAnswerAt = performance.now();
  #longestMs = 0;

  get longestMs(): number {
    return Math.max(this.#longestMs, performance.now() - this.#lastAnswerAt);
  }

  /** Gives the time since the answer before. */
  answered(): number {
    const now = performance.now();
    const gapMs = now - this.#lastAnswerAt;
    this.#lastAnswerAt = now;
    this.#longestMs = Math.max(this.#longestMs, gapMs);
    return gapMs;
  }
}

/** Which numbers came, most of which come nearly in order: those below the first that did not need no memory. */
class NumbersSeen {
  readonly #above = new Set<number>();
  #next = 1;

  has(number: number): boolean {
    return number < this.#next || this.#above.has(number);
  }

  /** False when it came before. */
  add(number: number): boolean {
    if (this.has(number)) return false;
    this.#above.add(number);
    while (this.#above.delete(this.#next)) this.#next += 1;
    return true;
  }
}

const KEYS: readonly string[] = Array.from({ length: 16 }, (_, at) => `counter-${at + 1}`);
/** The last value: every notification of an earlier command comes before it. */
const END = "end";

const IN_FLIGHT = 20;
/** Between an answer and the next command of the same worker: seven processes share a machine here. */
const PAUSE_MS = 20;
const PAUSE_AFTER_FAILURE_MS = 500;
const GAP_NOTED_MS = 500;
