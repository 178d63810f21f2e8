import type { Limits } from "../../../runtime/protocol/limits.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import type { KeyValue } from "../../../runtime/server/etcd/etcd-api.ts";
import { StoreTransactions } from "../../../runtime/server/etcd/store-transactions.ts";
import { decodeIdentity, encodeEntry } from "../../../runtime/server/stored-records.ts";
import { Chance } from "../../simulator/chance.ts";
import { EventQueue } from "../../simulator/event-queue.ts";
import { type Link, ModelCluster, type Roughness } from "./model-cluster.ts";
import { keys, type ServerWorld, SimulatedServer } from "./simulated-server.ts";
import { check, Truth, type Violation } from "./truth.ts";

/** What became of a world. */
export interface WorldResult {
  readonly seed: number;
  readonly violation: Violation | Error | undefined;
  readonly counts: Readonly<Record<string, number>>;
}

/**
 * Runs three members against a model of etcd, while processes pause, crash, stop and come back, members of etcd die or
 * lose the others, and the network delays, loses and cuts; then lets everything heal, and wants the cluster to work.
 * The same for the same seed.
 */
export function runWorld(seed: number, trace?: (line: string) => void): WorldResult {
  const normal = { ...limits };
  const world = new World(seed, trace);
  let violation: Error | undefined;
  try {
    Object.assign(limits, world.limits);
    world.run();
  } catch (error) {
    violation = error instanceof Error ? error : new Error(String(error));
  } finally {
    Object.assign(limits, normal);
  }
  return { seed, violation, counts: world.counts };
}

class World implements ServerWorld {
  readonly queue: EventQueue = new EventQueue();
  readonly chance: Chance;
  readonly cluster: ModelCluster;
  readonly settings: ServerWorld["settings"];
  readonly limits: Partial<Limits>;
  readonly trace: ((line: string) => void) | undefined;
  readonly #truths = new Map<string, Truth>();
  readonly #serverOf = new Map<number, SimulatedServer>();
  readonly #links: readonly (readonly Link[])[];
  readonly #faults: readonly Fault[];
  /** After each call of a client: that the leader saves a snapshot. */
  readonly #snapshotting: number;
  #storeId = "";
  #nowMs = 0;
  #processes = 0;
  #isQuiet = false;
  readonly #faultCounts: Record<string, number> = {};

  constructor(seed: number, trace: ((line: string) => void) | undefined) {
    this.chance = new Chance(seed);
    this.trace = trace;
    const { chance } = this;
    this.settings = {
      electionTimeoutMs: chance.oneOf(400, 1_000),
      barrier: chance.oneOf("write", "read"),
      applyMs: chance.oneOf(0, 0.5, 5, 30),
    };
    this.limits = {
      etcdAppendEntriesMax: chance.oneOf(2, 4, 64),
      etcdPageEntriesMax: chance.oneOf(2, 16, 1_024),
      proposalBytesMax: chance.oneOf(1_000, 5_000, limits.proposalBytesMax),
    };
    this.cluster = new ModelCluster(this, roughnessOf(chance), (keyValue) => this.#put(keyValue));
    this.#links = [0, 1, 2].map(() => [0, 1, 2].map(() => ({ isBlackholed: false, losesAnswers: false })));
    const variety = chance.oneOf(0.2, 0.6);
    this.#faults = faults.filter(({ rarity = 1 }) => chance.happens(variety / rarity));
    this.#snapshotting = chance.oneOf(0.01, 0.1);
  }

  readonly nowMs = (): number => this.#nowMs;

  get counts(): Readonly<Record<string, number>> {
    const told = [...this.#truths.values()].map(({ counts }) => counts);
    const sums: Record<string, number> = { ...this.#faultCounts };
    for (const counts of told) {
      for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
    }
    return sums;
  }

  readonly truthOf = (storeId: string): Truth => {
    const truth = this.#truths.get(storeId) ?? new Truth(keys);
    this.#truths.set(storeId, truth);
    return truth;
  };

  run(): void {
    for (const member of [0, 1, 2]) this.#after(this.chance.between(0, 500), () => this.#start(member));
    this.#operate();
    this.#disturb();
    this.#runUntil(this.chance.between(4_000, 12_000));
    this.#heal();
    this.#runUntil(this.#nowMs + HEALING_MS);
    const { lastIndex } = this.truthOf(this.#storeId);
    this.#leader?.propose();
    this.#runUntil(this.#nowMs + 1_500);
    check(
      this.truthOf(this.#storeId).lastIndex > lastIndex,
      "liveness",
      () => "nothing was committed after the faults",
    );
    this.#isQuiet = true;
    const endMs = this.#nowMs + QUIET_MAX_MS;
    do this.#runUntil(this.#nowMs + QUIET_MS);
    while (this.#nowMs < endMs && !this.#hasApplied);
    this.#checkEnd();
  }

  get #servers(): readonly SimulatedServer[] {
    return [...this.#serverOf.values()];
  }

  /** Whether every application, however slow, has taken the whole log. */
  get #hasApplied(): boolean {
    const { lastIndex } = this.truthOf(this.#storeId);
    return this.#servers.every(({ appliedIndex }) => appliedIndex === lastIndex);
  }

  get #leader(): SimulatedServer | undefined {
    return this.#servers.find(({ leadership, isAlive }) => isAlive && leadership.role === "leader");
  }

  #runUntil(untilMs: number): void {
    for (let nextMs = this.queue.nextAtMs; nextMs !== undefined && nextMs <= untilMs; nextMs = this.queue.nextAtMs) {
      const next = this.queue.pop();
      this.#nowMs = Math.max(this.#nowMs, next?.atMs ?? 0);
      next?.run();
    }
    this.#nowMs = untilMs;
  }

  /** Clients: mostly at the leader, sometimes at others; in bursts. */
  #operate(): void {
    if (this.#isQuiet) return;
    const { chance } = this;
    const leader = this.#leader;
    const server = chance.happens(0.2) ? chance.pick(this.#servers) : leader;
    const count = chance.happens(0.1) ? 1 + chance.below(12) : 1;
    for (let call = 0; call < count; call++) {
      if (chance.happens(0.6)) server?.propose();
      else server?.readBarrier();
    }
    if (chance.happens(this.#snapshotting)) leader?.saveSnapshot();
    this.#after(chance.around(this.#isHealing ? 100 : 15), () => this.#operate());
  }

  #disturb(): void {
    const fault = this.chance.pick(this.#faults);
    if (this.#isQuiet || fault === undefined) return;
    this.#count(fault.name);
    this.trace?.(`${this.#nowMs.toFixed(1)} ${fault.name}`);
    fault.strike(this.#target());
    this.#after(this.chance.around(400), () => {
      if (!this.#isHealing) this.#disturb();
    });
  }

  #isHealing = false;

  #target(): FaultTarget {
    const { chance, cluster } = this;
    const member = chance.below(3);
    const leading = this.#servers.find(({ leadership }) => leadership.role === "leader");
    return {
      chance,
      cluster,
      server: (chance.happens(0.5) ? leading : undefined) ?? this.#serverOf.get(member),
      endpoint: cluster.endpoints[chance.below(3)] ?? { isDown: false, isIsolated: false, shownPuts: 0 },
      link: this.#links[member]?.[chance.below(3)] ?? { isBlackholed: false, losesAnswers: false },
      after: (delayMs, run) => this.#after(delayMs, run),
      replaceStore: () => this.#replaceStore(),
    };
  }

  #heal(): void {
    this.#isHealing = true;
    this.trace?.(`${this.#nowMs.toFixed(1)} everything heals`);
    this.cluster.roughness = { delayMs: 1, straggling: 0, loss: 0, lateness: 0, breaking: 0 };
    this.cluster.store.isFull = false;
    for (const link of this.#links.flat()) {
      link.isBlackholed = false;
      link.losesAnswers = false;
    }
    this.cluster.heal();
    for (const server of this.#servers) server.resume();
  }

  /** Starts a process for a member, and another one some time after it has ended. */
  #start(member: number): void {
    this.#processes += 1;
    const memberId = `m${member}`;
    const server = new SimulatedServer(this, memberId, `${memberId}.${this.#processes}`, this.#links[member] ?? []);
    this.#serverOf.set(member, server);
    const restart = (): void => {
      if (server.isAlive) this.#after(200, restart);
      else this.#after(this.#isHealing ? 50 : this.chance.around(500), () => this.#start(member));
    };
    restart();
  }

  #put(keyValue: KeyValue): void {
    if (keyValue.key === keys.store) this.#storeId = decodeIdentity(keyValue.value);
    this.truthOf(this.#storeId).put(keyValue);
  }

  /** Somebody empties etcd. What is there next may be longer, and of later revisions, than what was there. */
  #replaceStore(): void {
    const { chance, cluster } = this;
    const { revision } = cluster.store;
    const { lastIndex } = this.truthOf(this.#storeId);
    this.#storeId = "";
    const store = cluster.newStore((keyValue) => this.#put(keyValue));
    if (chance.happens(0.7)) {
      const storeId = `99999999-0000-4000-8000-${Math.floor(chance.next() * 1e12)
        .toString()
        .padStart(12, "0")}`;
      store.transact(transactions.create(storeId));
      store.skipTo(revision + chance.below(3) - 1);
      const grounds = { storeId, term: 0, heartbeatRevision: 0, head: 0 };
      const term = store.transact(transactions.claim(grounds, { memberId: "stranger", claim: 1 }));
      if (term === "noSpace") return;
      for (let index = 1; index <= lastIndex + 2; index++) {
        const entry = { index, term: term.revision, payload: Buffer.from(`strange ${index}`) };
        store.transact(
          transactions.append(transactions.guard(storeId, term.revision), index - 1, [encodeEntry(entry)]),
        );
      }
    }
    cluster.replaceStore(store);
  }

  /** A member has ended by itself: only for one reason. */
  readonly failed = (memberId: string, storeId: string | undefined, error: Error): void => {
    const isReplaced = storeId !== this.#storeId && "code" in error && error.code === "ERR_STORE_REPLACED";
    check(isReplaced, "no failure", () => `${memberId} has failed: ${error.stack}`);
  };

  #checkEnd(): void {
    const truth = this.truthOf(this.#storeId);
    const running = this.#servers.filter(({ isAlive }) => isAlive);
    check(running.length === 3, "liveness", () => `${running.length} members run at the end`);
    const leaders = running.filter(({ leadership }) => leadership.role === "leader");
    check(leaders.length === 1, "liveness", () => `${leaders.length} members lead at the end`);
    for (const { memberId, storeId, appliedIndex, hasStarted } of running) {
      check(storeId === this.#storeId && hasStarted, "liveness", () => `${memberId} has no part in the store`);
      const { lastIndex } = truth;
      check(appliedIndex === lastIndex, "liveness", () => `${memberId} has applied ${appliedIndex} of ${lastIndex}`);
    }
    const isOpen = (id: string) => running.some(({ processId }) => id.startsWith(`${processId}#`));
    const open = [...truth.openProposals, ...truth.openBarriers].find(isOpen);
    check(open === undefined, "liveness", () => `${open} is not settled at the end`);
  }

  #count(name: string): void {
    this.#faultCounts[name] = (this.#faultCounts[name] ?? 0) + 1;
  }

  #after(delayMs: number, run: () => void): void {
    this.queue.push(this.#nowMs + delayMs, run);
  }
}

/** What a fault strikes. */
interface FaultTarget {
  readonly chance: Chance;
  readonly cluster: ModelCluster;
  readonly server: SimulatedServer | undefined;
  readonly endpoint: ModelCluster["endpoints"][number];
  readonly link: Link;
  readonly after: (delayMs: number, run: () => void) => void;
  readonly replaceStore: () => void;
}

interface Fault {
  readonly name: string;
  /** How many times less worlds have it than others. */
  readonly rarity?: number;
  readonly strike: (target: FaultTarget) => void;
}

const faults: readonly Fault[] = [
  {
    name: "pause",
    strike: ({ server, chance, after }) => {
      server?.pause();
      after(chance.around(chance.oneOf(100, 1_500, 4_000)), () => server?.resume());
    },
  },
  { name: "crash", strike: ({ server }) => server?.crash() },
  { name: "stop", strike: ({ server }) => server?.stop() },
  {
    name: "etcd member dies",
    strike: ({ endpoint, cluster, chance, after }) => {
      cluster.kill(endpoint);
      after(chance.around(800), () => {
        endpoint.isDown = false;
        cluster.show(endpoint);
      });
    },
  },
  {
    name: "etcd member is isolated",
    strike: ({ endpoint, cluster, chance, after }) => {
      cluster.isolate(endpoint);
      after(chance.around(chance.oneOf(1_000, 5_000)), () => {
        endpoint.isIsolated = false;
        cluster.show(endpoint);
      });
    },
  },
  {
    name: "blackhole",
    strike: ({ link, chance, after }) => {
      link.isBlackholed = true;
      after(chance.around(1_500), () => {
        link.isBlackholed = false;
      });
    },
  },
  {
    name: "answers are lost",
    strike: ({ link, chance, after }) => {
      link.losesAnswers = true;
      after(chance.around(1_500), () => {
        link.losesAnswers = false;
      });
    },
  },
  { name: "cut", strike: ({ link, cluster }) => cluster.cut(link) },
  {
    name: "no space",
    rarity: 3,
    strike: ({ cluster, chance, after }) => {
      cluster.store.isFull = true;
      after(chance.around(1_000), () => {
        cluster.store.isFull = false;
      });
    },
  },
  { name: "another store", rarity: 6, strike: ({ replaceStore }) => replaceStore() },
];

function roughnessOf(chance: Chance): Roughness {
  return {
    delayMs: chance.oneOf(0.5, 2, 10),
    straggling: chance.oneOf(0, 0.01, 0.05),
    loss: chance.oneOf(0, 0.01, 0.05),
    lateness: chance.oneOf(0, 0.01, 0.05),
    breaking: chance.oneOf(0, 0.02, 0.1),
  };
}

const transactions = new StoreTransactions(keys);
/** Longer than an append can be in doubt, and than any pause of a fault that goes on. */
const HEALING_MS = 9_000;
const QUIET_MS = 2_500;
/** A slow application takes some tens of entries in a second. */
const QUIET_MAX_MS = 30_000;
