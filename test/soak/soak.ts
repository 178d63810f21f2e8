import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Chance } from "../fuzz/chance.ts";
import { freePort } from "../service/child-server.ts";
import { SoakClients } from "./clients.ts";
import type { MemorySample } from "./growth.ts";
import { sendGuest } from "./guest.ts";
import type { MemoryUse } from "./process-messages.ts";
import { type Event, plan } from "./schedule.ts";
import { type ServerSample, SoakServer } from "./server.ts";
import { SessionBook } from "./session-book.ts";
import type { Totals } from "./tallies.ts";

export interface SoakOptions {
  readonly durationMs: number;
  readonly seed: number;
  readonly engine: "lmdb" | "memory";
  /** Sessions of each process of clients at a time. */
  readonly slots: number;
  /** For the store and what processes write. */
  readonly directory: string;
  readonly interrupted: AbortSignal;
}

/** What was seen so far. */
export interface Seen {
  readonly counts: Readonly<Record<string, number>>;
  readonly events: Readonly<Record<string, number>>;
  readonly sessions: number;
  readonly openCalls: number;
  readonly oldestCall: { readonly kind: string; readonly ageMs: number };
  readonly slowestCallMs: number;
  readonly problems: readonly string[];
}

/** Of one process, over the whole run. */
export interface ProcessMemory {
  readonly name: string;
  readonly samples: readonly MemorySample[];
}

/** One run: a server, processes of clients, what is done to them, and what is checked meanwhile. */
export class Soak {
  readonly #options: SoakOptions;
  readonly #chance: Chance;
  readonly #book = new SessionBook(SESSION_TIMEOUT_MS_MAX);
  readonly #counts: Record<string, number> = {};
  readonly #events: Record<string, number> = {};
  readonly #reports: Record<string, number> = {};
  readonly #problems: string[] = [];
  readonly #memory = new Map<string, MemorySample[]>();
  readonly #lastCounts = new Map<string, OpenCalls>();
  readonly #startedAt = performance.now();
  readonly #server: SoakServer;
  readonly #clients: readonly SoakClients[];
  readonly #port: number;
  #serverReports: Readonly<Record<string, number>> = {};
  #serverTurns: Promise<void> = Promise.resolve();
  #slowestCallMs = 0;

  private constructor(options: SoakOptions, port: number) {
    this.#options = options;
    this.#port = port;
    this.#chance = new Chance(options.seed);
    const { engine, directory } = options;
    const address = `tcp://127.0.0.1:${port}`;
    const trouble = (text: string) => this.#trouble(text);
    this.#server = new SoakServer(
      {
        address,
        directory: engine === "lmdb" ? join(directory, "store") : undefined,
        sessionTimeoutMs: SESSION_TIMEOUT_MS,
        snapshotEntries: SNAPSHOT_ENTRIES,
      },
      join(directory, "server.log"),
      trouble,
    );
    this.#clients = CLIENTS.map((name, index) => {
      const settings = {
        address,
        seed: options.seed * 100 + index * 10_000,
        slots: options.slots,
        sessionTimeoutMs: SESSION_TIMEOUT_MS,
      };
      return new SoakClients(name, settings, join(directory, `clients-${name}.log`), {
        said: (sessionId, word, timeoutMs) => {
          const problem = this.#book.said(sessionId, word, timeoutMs, this.nowMs);
          this.#count(`session ${word}`);
          if (problem !== undefined) trouble(problem);
        },
        counted: ({ counts, slowestCallMs, openCalls, oldestCallMs, oldestCall }) => {
          for (const [what, times] of Object.entries(counts)) this.#count(what, times);
          this.#slowestCallMs = Math.max(this.#slowestCallMs, slowestCallMs);
          this.#lastCounts.set(name, { openCalls, kind: oldestCall, ageMs: oldestCallMs });
        },
        trouble,
      });
    });
  }

  static async prepare(options: SoakOptions): Promise<Soak> {
    return new Soak(options, await freePort());
  }

  /** Since the run was prepared. */
  get nowMs(): number {
    return performance.now() - this.#startedAt;
  }

  get seen(): Seen {
    const last = [...this.#lastCounts.values()];
    return {
      counts: this.#counts,
      events: this.#events,
      sessions: this.#book.here,
      openCalls: last.reduce((sum, { openCalls }) => sum + openCalls, 0),
      oldestCall: last.reduce((one, other) => (other.ageMs > one.ageMs ? other : one), { kind: "none", ageMs: 0 }),
      slowestCallMs: this.#slowestCallMs,
      problems: this.#problems,
    };
  }

  /** What the server has reported, in all its lives. */
  get reports(): Readonly<Record<string, number>> {
    const all = { ...this.#reports };
    for (const [type, times] of Object.entries(this.#serverReports)) all[type] = (all[type] ?? 0) + times;
    return all;
  }

  /** The server, and the processes of clients that live throughout. */
  get memory(): readonly ProcessMemory[] {
    return [...this.#memory].map(([name, samples]) => ({ name, samples }));
  }

  /** Goes on for its time, or until it is interrupted, and then looks whether everything comes to its end. */
  async run(): Promise<void> {
    await this.#server.start();
    this.#book.served(this.nowMs);
    for (const clients of this.#clients) clients.start();
    const sampling = this.#sampleAll();
    const underWay = new Set<Promise<void>>();
    for (const { atMs, event } of plan(this.#options.seed, this.#options.durationMs)) {
      await this.#until(atMs);
      if (this.#options.interrupted.aborted) break;
      const one = this.#befall(event).finally(() => underWay.delete(one));
      underWay.add(one);
    }
    await this.#until(this.#options.durationMs);
    await Promise.all(underWay);
    await sampling;
    await this.#end();
  }

  /** Ends every process at once. */
  async kill(): Promise<void> {
    await Promise.all([this.#server.end("SIGKILL"), ...this.#clients.map((clients) => clients.kill())]);
  }

  async #until(atMs: number): Promise<void> {
    const leftMs = atMs - this.nowMs;
    if (leftMs > 0) await delay(leftMs, undefined, { signal: this.#options.interrupted }).catch(() => {});
  }

  async #befall(event: Event): Promise<void> {
    if (event === "guest") sendGuest(this.#port, this.#chance);
    else if (event === "stop the server" || event === "kill the server") {
      // A store in memory ends with its server, and the sessions with it.
      if (this.#options.engine === "memory") return;
      await this.#restart(event === "stop the server" ? "SIGTERM" : "SIGKILL");
    } else {
      const isKill = event.startsWith("kill");
      const clients = this.#chance.pick(isKill ? this.#clients.slice(-1) : this.#clients);
      if (clients.isBusy) return;
      clients.isBusy = true;
      const isLong = event.endsWith("long");
      if (isKill) {
        await clients.kill();
        if (isLong) await delay(SESSION_TIMEOUT_MS_MAX + 1_000);
        clients.start();
      } else {
        const forMs = isLong ? SESSION_TIMEOUT_MS_MAX + 5_000 : this.#chance.between(500, 4_000);
        await clients.freeze(forMs, isLong);
      }
      clients.isBusy = false;
    }
    this.#events[event] = (this.#events[event] ?? 0) + 1;
  }

  /** One at a time: a server that starts is not asked for anything else. */
  #restart(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    this.#serverTurns = this.#serverTurns.then(async () => {
      await this.#server.end(signal);
      for (const [type, times] of Object.entries(this.#serverReports)) {
        this.#reports[type] = (this.#reports[type] ?? 0) + times;
      }
      this.#serverReports = {};
      await this.#server.start();
      this.#book.served(this.nowMs);
    });
    return this.#serverTurns;
  }

  async #sampleAll(): Promise<void> {
    for (let atMs = SAMPLE_EVERY_MS; atMs <= this.#options.durationMs; atMs += SAMPLE_EVERY_MS) {
      await this.#until(atMs);
      if (this.#options.interrupted.aborted) return;
      await this.#sampleServer();
      for (const clients of this.#clients) {
        // What is killed now and then has no memory that could be judged.
        if (clients.isBusy || clients === this.#clients.at(-1)) continue;
        const memory = await clients.sample();
        if (memory !== undefined) this.#remember(`clients ${clients.name}`, memory);
      }
    }
  }

  async #sampleServer(): Promise<ServerSample | undefined> {
    await this.#serverTurns;
    const sample = await this.#server.sample();
    if (sample === undefined) return undefined;
    this.#serverReports = sample.reports;
    this.#remember("server", sample.memory);
    for (const problem of this.#book.held(sample.sessionIds, this.nowMs)) this.#trouble(problem);
    const { offered, finished, open, sessions } = sample.totals;
    if (offered !== finished + open) {
      this.#trouble(`${offered} pieces of work were offered, ${finished} are done and ${open} are not`);
    }
    if (sessions !== sample.sessionIds.length) {
      this.#trouble(`the server has ${sample.sessionIds.length} sessions, and its state machine ${sessions}`);
    }
    return sample;
  }

  #remember(name: string, memory: MemoryUse): void {
    const samples = this.#memory.get(name) ?? [];
    samples.push({ atMs: this.nowMs, ...memory });
    this.#memory.set(name, samples);
  }

  /** Nothing is done any more: calls end, work is done, the state outlives the server, sessions go. */
  async #end(): Promise<void> {
    const idle = await Promise.all(this.#clients.map((clients) => clients.stop()));
    for (const [index, isIdle] of idle.entries()) {
      if (!isIdle) this.#trouble(`clients ${CLIENTS[index]} have not ended their calls`);
    }
    const before = await this.#totalsWhen(({ open }) => open === 0, WORK_MS, "pieces of work are not done");
    if (this.#options.engine === "lmdb") {
      await this.#restart("SIGKILL");
      const after = (await this.#sampleServer())?.totals;
      if (before !== undefined && (after?.added !== before.added || after.offered !== before.offered)) {
        this.#trouble(`before a restart the state was ${JSON.stringify(before)}, and then ${JSON.stringify(after)}`);
      }
    }
    await Promise.all(this.#clients.map((clients) => clients.close()));
    await this.#totalsWhen(({ sessions }) => sessions === 0, SESSION_TIMEOUT_MS_MAX + END_MS, "sessions are left");
    await this.#server.end("SIGTERM");
  }

  async #totalsWhen(
    isSo: (totals: Totals) => boolean,
    withinMs: number,
    otherwise: string,
  ): Promise<Totals | undefined> {
    for (const untilMs = this.nowMs + withinMs; ; await delay(END_LOOK_MS)) {
      const totals = (await this.#sampleServer())?.totals;
      if (totals !== undefined && isSo(totals)) return totals;
      if (this.nowMs < untilMs) continue;
      this.#trouble(`${otherwise} ${withinMs} ms after the last was asked for: ${JSON.stringify(totals)}`);
      return totals;
    }
  }

  #trouble(text: string): void {
    // What is wrong all the time is said often enough.
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(`${(this.nowMs / 1_000).toFixed(1)} s: ${text}`);
  }

  #count(what: string, times: number = 1): void {
    this.#counts[what] = (this.#counts[what] ?? 0) + times;
  }
}

/** Of one process of clients, by its last word. */
interface OpenCalls {
  readonly openCalls: number;
  readonly kind: string;
  readonly ageMs: number;
}

/** Processes of clients; the last is killed now and then. */
const CLIENTS = ["a", "b", "mortal"];
const SAMPLE_EVERY_MS = 15_000;
/** What the server grants who asks for nothing, and the most that clients ask for. */
const SESSION_TIMEOUT_MS = 15_000;
const SESSION_TIMEOUT_MS_MAX = 30_000;
/** Often: many restarts meet a snapshot, and what snapshots leave behind shows. */
const SNAPSHOT_ENTRIES = 500;
/** Work goes to another one when its session has expired. */
const WORK_MS = 60_000;
const END_MS = 15_000;
const END_LOOK_MS = 1_000;
const PROBLEMS_MAX = 100;
