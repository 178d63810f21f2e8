import type { Entry, Leadership } from "../../../runtime/server/consensus.ts";
import type { Transaction, TransactionResult } from "../../../runtime/server/etcd/etcd-api.ts";
import { Member } from "../../../runtime/server/etcd/member.ts";
import type { MemberEffect, MemberEvent } from "../../../runtime/server/etcd/member-events.ts";
import { StoreKeys } from "../../../runtime/server/etcd/store-keys.ts";
import { StoreTransactions, viewOf } from "../../../runtime/server/etcd/store-transactions.ts";
import { type ClusterSnapshot, decodeChunk } from "../../../runtime/server/stored-records.ts";
import type { Chance } from "../../simulator/chance.ts";
import type { EventQueue } from "../../simulator/event-queue.ts";
import type { Link, ModelCluster, ModelStream } from "./model-cluster.ts";
import { check, type Truth, text } from "./truth.ts";

/** What a simulated server needs of its world. */
export interface ServerWorld {
  readonly queue: EventQueue;
  readonly chance: Chance;
  readonly nowMs: () => number;
  readonly cluster: ModelCluster;
  /** What has happened in the store of this identity. */
  readonly truthOf: (storeId: string) => Truth;
  /** A member has ended by itself. */
  readonly failed: (memberId: string, storeId: string | undefined, error: Error) => void;
  readonly trace: ((line: string) => void) | undefined;
  readonly settings: ServerSettings;
}

export interface ServerSettings {
  readonly electionTimeoutMs: number;
  readonly barrier: "write" | "read";
  /** Mean of the time that the application takes for an entry. */
  readonly applyMs: number;
}

/** One process: a real member, the application, and a shell as thin as can be. */
export class SimulatedServer {
  readonly memberId: string;
  readonly links: readonly Link[];
  readonly #world: ServerWorld;
  readonly processId: string;
  readonly #member: Member;
  readonly #clockOffsetMs: number;
  #state: "running" | "paused" | "crashed" | "stopped" | "failed" = "running";
  /** What has come while the process was paused. */
  #missed: (() => void)[] = [];
  #callEndpoint: number;
  #watchEndpoint: number;
  readonly #streams = new Map<number, ModelStream>();
  #waiting: Entry[] = [];
  #isApplying = false;
  /** The state of the application: every payload that it has applied. */
  #payloads: string[] = [];
  #isRestoring = false;
  #isSavingSnapshot = false;
  #leadership: Leadership = { role: "follower" };
  #hasStarted = false;
  #proposals = 0;
  #timerMs: number | undefined;

  constructor(world: ServerWorld, memberId: string, processId: string, links: readonly Link[]) {
    this.#world = world;
    this.memberId = memberId;
    this.processId = processId;
    this.links = links;
    const { chance, settings } = world;
    this.#clockOffsetMs = chance.between(0, 1e6);
    this.#callEndpoint = chance.below(3);
    this.#watchEndpoint = chance.below(3);
    this.#member = new Member({
      memberId,
      prefix: PREFIX,
      electionTimeoutMs: settings.electionTimeoutMs,
      barrier: settings.barrier,
      newStoreId: () =>
        `00000000-0000-4000-8000-${Math.floor(chance.next() * 1e12)
          .toString()
          .padStart(12, "0")}`,
      random: chance.next,
    });
    this.#step({ type: "start" });
  }

  get state(): "running" | "paused" | "crashed" | "stopped" | "failed" {
    return this.#state;
  }

  get isAlive(): boolean {
    return this.#state === "running" || this.#state === "paused";
  }

  get leadership(): Leadership {
    return this.#leadership;
  }

  get appliedIndex(): number {
    return this.#payloads.length;
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  get storeId(): string | undefined {
    return this.#member.storeId;
  }

  /** Proposes something: often a payload that there is only once, sometimes one that there may be many of. */
  propose(): void {
    this.#proposals += 1;
    const id = `${this.processId}#${this.#proposals}`;
    const isUnique = this.#world.chance.happens(0.8);
    const payload = isUnique ? id : "same";
    const { storeId } = this;
    if (storeId === undefined || this.#state !== "running") return;
    this.#world.truthOf(storeId).proposed(id, payload, isUnique);
    this.#step({ type: "propose", proposalId: this.#proposals, payload: Buffer.from(payload) });
  }

  readBarrier(): void {
    this.#proposals += 1;
    const { storeId } = this;
    if (storeId === undefined || this.#state !== "running") return;
    this.#world.truthOf(storeId).barrierAsked(`${this.processId}#${this.#proposals}`, this.#leadership);
    this.#step({ type: "readBarrier", barrierId: this.#proposals });
  }

  pause(): void {
    if (this.#state !== "running") return;
    this.#state = "paused";
    if (!this.#world.chance.happens(0.5)) return;
    // Nobody reads what comes: etcd, or a network between, closes the connection of the watch.
    for (const stream of this.#streams.values()) {
      stream.end({ outcome: "unknown", reason: "unavailable", message: "the connection was closed" });
    }
  }

  resume(): void {
    if (this.#state !== "paused") return;
    this.#state = "running";
    const { chance } = this.#world;
    // What a client wants may be read before what etcd has said meanwhile.
    if (chance.happens(0.5)) this.readBarrier();
    for (const run of this.#missed.splice(0)) this.#whenRunning(run);
    this.#step({ type: "deadline" });
  }

  crash(): void {
    if (!this.isAlive) return;
    this.#trace("crashes");
    this.#state = "crashed";
    for (const stream of this.#streams.values()) stream.cancel();
  }

  stop(): void {
    if (this.#state === "running") this.#step({ type: "stop" });
  }

  /** Saves a snapshot of what is applied, as a leader does, then truncates: one request after the other. */
  saveSnapshot(): void {
    const authority = this.#member.authority;
    const index = this.appliedIndex;
    if (this.#isSavingSnapshot || authority === undefined || this.#state !== "running" || index === 0) return;
    this.#isSavingSnapshot = true;
    const { guard, term } = authority;
    const payloads = [...this.#payloads];
    const done = () => {
      this.#isSavingSnapshot = false;
    };
    this.#patiently(transactions.beginSnapshot(guard), done, ({ results, revision: number }) => {
      const range = results.at(-1);
      const former = range?.type === "range" ? (range.keyValues[0]?.modRevision ?? 0) : 0;
      const half = Math.floor(index / 2);
      const chunks = [payloads.slice(0, half), payloads.slice(half)].map((part) => Buffer.from(JSON.stringify(part)));
      const steps = [
        ...chunks.map((chunk, position) => transactions.putChunk(guard, number, position, chunk)),
        transactions.putSnapshot(guard, former, { index, term, number, chunkCount: chunks.length }),
        transactions.forgetChunks(guard, number),
        transactions.forgetEntries(guard, 1, index),
      ];
      const next = (position: number): void => {
        const step = steps[position];
        if (step === undefined) {
          this.#world.cluster.store.compact(former);
          done();
          return;
        }
        this.#patiently(step, done, () => next(position + 1), number);
      };
      next(0);
    });
  }

  /** Repeats a transaction until it is answered; ends if it fails. */
  #patiently(
    transaction: Transaction,
    end: () => void,
    then: (result: TransactionResult) => void,
    snapshotNumber?: number,
  ): void {
    this.#call(transaction, 1_000, (reply) => {
      if (reply.type === "failed") {
        if (this.#leadership.role === "leader") this.#patiently(transaction, end, then, snapshotNumber);
        else end();
        return;
      }
      const { result } = reply;
      if (result.succeeded || viewOf(result).snapshot?.number === snapshotNumber) then(result);
      else end();
    });
  }

  #step(event: MemberEvent): void {
    if (this.#state !== "running") return;
    const nowMs = this.#world.nowMs() + this.#clockOffsetMs;
    for (const effect of this.#member.step(event, nowMs)) this.#perform(effect);
    const deadlineMs = this.#member.nextDeadline;
    if (deadlineMs === undefined || !this.isAlive || this.#timerMs === deadlineMs) return;
    this.#timerMs = deadlineMs;
    this.#world.queue.push(Math.max(deadlineMs, nowMs) - this.#clockOffsetMs + ROUNDING_MS, () => {
      if (this.#timerMs !== deadlineMs) return;
      this.#timerMs = undefined;
      this.#step({ type: "deadline" });
    });
  }

  #perform(effect: MemberEffect): void {
    switch (effect.type) {
      case "call":
        this.#call(effect.transaction, effect.timeoutMs, (reply) => this.#step({ ...reply, callId: effect.callId }));
        return;
      case "watch":
        this.#watch(effect.watchId, effect.fromRevision);
        return;
      case "unwatch":
        this.#streams.get(effect.watchId)?.cancel();
        this.#streams.delete(effect.watchId);
        return;
      case "askProgress":
        this.#streams.get(effect.watchId)?.askProgress();
        return;
      case "rotate":
        if (effect.of === "calls") this.#callEndpoint = (this.#callEndpoint + 1) % 3;
        else this.#watchEndpoint = (this.#watchEndpoint + 1) % 3;
        return;
      case "deliver":
        this.#deliver(effect.entries);
        return;
      case "restore":
        this.#restore(effect.snapshot);
        return;
      case "leadership":
        this.#announced(effect.leadership);
        return;
      case "started":
        check(!this.#hasStarted, "shell", () => "it started twice");
        this.#hasStarted = true;
        return;
      case "settle":
        this.#truth.settled(`${this.processId}#${effect.proposalId}`, effect.outcome);
        return;
      case "settleBarrier":
        this.#truth.barrierSettled(`${this.processId}#${effect.barrierId}`, effect.outcome, this.appliedIndex);
        return;
      case "fatal":
        this.#trace(`fails: ${effect.error.message}`);
        this.#over("failed");
        this.#world.failed(this.memberId, this.storeId, effect.error);
        return;
      case "stopped":
        this.#over("stopped");
    }
  }

  get #truth(): Truth {
    return this.#world.truthOf(this.storeId ?? "");
  }

  #over(state: "failed" | "stopped"): void {
    this.#trace(state);
    this.#state = state;
    const open = [...this.#truth.openProposals, ...this.#truth.openBarriers];
    const own = open.find((id) => id.startsWith(`${this.processId}#`));
    check(own === undefined, "2 honest", () => `${own} was never settled, and its member has ${state}`);
    check(this.#leadership.role === "follower", "8 follows first", () => `${this.memberId} has ${state} as a leader`);
    for (const stream of this.#streams.values()) stream.cancel();
  }

  #announced(leadership: Leadership): void {
    this.#trace(leadership.role === "leader" ? `leads in term ${leadership.term}` : `follows ${leadership.leader}`);
    this.#leadership = leadership;
    if (leadership.role === "leader") this.#truth.announced(this.memberId, leadership.term, this.appliedIndex);
  }

  #call(
    transaction: Transaction,
    timeoutMs: number,
    reply: (reply: Parameters<Parameters<ModelCluster["call"]>[4]>[0]) => void,
  ): void {
    const { cluster } = this.#world;
    const endpoint = cluster.endpoints[this.#callEndpoint];
    const link = this.links[this.#callEndpoint];
    if (endpoint === undefined || link === undefined) return;
    cluster.call(endpoint, link, transaction, timeoutMs, (end) => this.#whenRunning(() => reply(end)));
  }

  #watch(watchId: number, fromRevision: number): void {
    const { cluster } = this.#world;
    const endpoint = cluster.endpoints[this.#watchEndpoint];
    const link = this.links[this.#watchEndpoint];
    if (endpoint === undefined || link === undefined) return;
    const range = { from: keys.watchedFrom, end: keys.watchedEnd };
    const ifWatched = (run: () => void) => {
      this.#whenRunning(() => {
        if (this.#streams.get(watchId) === stream) run();
      });
    };
    const stream = cluster.watch(endpoint, link, fromRevision, range, {
      progress: () => ifWatched(() => this.#step({ type: "progress", watchId })),
      events: (events) => ifWatched(() => this.#step({ type: "watched", watchId, events })),
      ended: (failure) =>
        ifWatched(() => {
          this.#streams.delete(watchId);
          this.#step({ type: "watchEnded", watchId, failure });
        }),
    });
    this.#streams.set(watchId, stream);
  }

  #deliver(entries: readonly Entry[]): void {
    check(!this.#isRestoring, "shell", () => "entries came while a snapshot was restored");
    this.#waiting.push(...entries);
    if (!this.#isApplying) this.#applyNext();
  }

  #applyNext(): void {
    const entry = this.#waiting.shift();
    this.#isApplying = entry !== undefined;
    if (entry === undefined) return;
    const { chance, settings } = this.#world;
    this.#after(chance.around(settings.applyMs), () => {
      this.#truth.applied(this.memberId, entry, this.appliedIndex, this.#leadership);
      this.#payloads.push(text(entry.payload));
      this.#isApplying = this.#waiting.length > 0;
      this.#step({ type: "applied", index: entry.index });
      if (this.#state === "running" && this.#isApplying) this.#applyNext();
    });
  }

  /** Reads the chunks as the shell does, and takes them as the state. */
  #restore(snapshot: ClusterSnapshot): void {
    check(!this.#isApplying && this.#waiting.length === 0, "shell", () => "a snapshot came before entries were taken");
    this.#isRestoring = true;
    const parts: string[] = [];
    const read = (position: number): void => {
      if (position === snapshot.chunkCount) {
        this.#isRestoring = false;
        this.#payloads = parts;
        const real = this.#truth.payloadsTo(snapshot.index);
        check(
          parts.length === real.length && parts.every((payload, index) => payload === real[index]),
          "1 order",
          () => `the snapshot of entry ${snapshot.index} is not the state after it`,
        );
        this.#trace(`has the snapshot of entry ${snapshot.index}`);
        this.#step({ type: "restored" });
        return;
      }
      this.#call(transactions.readChunk(this.storeId ?? "", snapshot.number, position), 1_000, (reply) => {
        const range = reply.type === "answered" && reply.result.succeeded ? reply.result.results[0] : undefined;
        const chunk = range?.type === "range" ? range.keyValues[0] : undefined;
        if (chunk === undefined) {
          this.#isRestoring = false;
          this.#step({ type: "restoreFailed" });
          return;
        }
        parts.push(...(JSON.parse(text(decodeChunk(chunk.value, snapshot.number, position))) as string[]));
        read(position + 1);
      });
    };
    read(0);
  }

  #after(delayMs: number, run: () => void): void {
    this.#world.queue.push(this.#world.nowMs() + delayMs, () => this.#whenRunning(run));
  }

  #whenRunning(run: () => void): void {
    if (this.#state === "paused") this.#missed.push(run);
    else if (this.#state === "running") run();
  }

  #trace(line: string): void {
    this.#world.trace?.(`${this.#world.nowMs().toFixed(1)} ${this.processId} ${line}`);
  }
}

export const PREFIX = "hawser/";
export const keys: StoreKeys = new StoreKeys(PREFIX);
const transactions = new StoreTransactions(keys);
const ROUNDING_MS = 0.001;
