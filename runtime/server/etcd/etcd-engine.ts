import { randomUUID } from "node:crypto";
import { InvalidArgumentError } from "../../protocol/errors.ts";
import { limits } from "../../protocol/limits.ts";
import { Alarm } from "../../shell/alarm.ts";
import {
  type Application,
  type ConsensusEngine,
  type Entry,
  type Leadership,
  type LogPosition,
  NotLeaderError,
  UnavailableError,
} from "../consensus.ts";
import { checkSnapshot, payloadProblem } from "../engine-arguments.ts";
import { EntryDelivery } from "../entry-delivery.ts";
import type { ClusterSnapshot } from "../stored-records.ts";
import { EtcdClient } from "./etcd-client.ts";
import { EtcdRequestError } from "./etcd-failure.ts";
import type { EtcdWatch } from "./etcd-watch.ts";
import { HistoryCompaction } from "./history-compaction.ts";
import { Member } from "./member.ts";
import type { MemberEffect, MemberEvent } from "./member-events.ts";
import type { CheckedEtcdEngineOptions } from "./options.ts";
import { PatientRequests } from "./patient-requests.ts";
import { PendingAnswers } from "./pending-answers.ts";
import { readSnapshot } from "./snapshot-reader.ts";
import { collectChunks, SnapshotWriter } from "./snapshot-writer.ts";
import { StorageUpkeep } from "./storage-upkeep.ts";
import { checkStore } from "./store-check.ts";
import { StoreKeys } from "./store-keys.ts";
import { StoreTransactions } from "./store-transactions.ts";
import { unavailable } from "./unavailable.ts";

/**
 * One member of a cluster whose log is in etcd: the shell around `Member`, which decides everything. Here are connections,
 * one timer, promises, and the application.
 *
 * - States: new → starting → running → stopped or failed. Nothing leads back.
 * - Events that come while effects are performed wait until all of these are.
 * - Trouble before `start` has resolved makes `start` reject, and nothing else; later trouble is told by `onFatal`.
 * - `stop` waits until the application has taken every entry that it was to be given, so `onEntry` must not wait for `stop`.
 */
export class EtcdEngine implements ConsensusEngine {
  readonly #options: CheckedEtcdEngineOptions;
  readonly #client: EtcdClient;
  readonly #transactions: StoreTransactions;
  readonly #requests: PatientRequests;
  readonly #snapshotWriter: SnapshotWriter;
  readonly #storageUpkeep: StorageUpkeep;
  readonly #ending: AbortController = new AbortController();
  readonly #alarm: Alarm = new Alarm(() => this.#step({ type: "deadline" }));
  readonly #delivery: EntryDelivery = new EntryDelivery(
    (entry) => this.#apply(entry),
    (error) => this.#step({ type: "broken", error: errorOf(error) }),
  );
  readonly #proposals: PendingAnswers<LogPosition> = new PendingAnswers();
  readonly #barriers: PendingAnswers<{ readonly index: number }> = new PendingAnswers();
  readonly #watches: Map<number, EtcdWatch> = new Map();
  readonly #events: MemberEvent[] = [];
  #state: "new" | "starting" | "running" | "stopped" | "failed" = "new";
  #member: Member | undefined;
  #application: Application | undefined;
  #leadership: Leadership = { role: "follower" };
  #started: { resolve(): void; reject(error: Error): void } | undefined;
  #stopped: (() => void) | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #isStepping = false;
  #lastIndex = 0;
  #snapshotIndex = 0;
  #isSavingSnapshot = false;

  constructor(options: CheckedEtcdEngineOptions) {
    this.#options = options;
    this.#client = new EtcdClient(options.client);
    this.#transactions = new StoreTransactions(new StoreKeys(options.prefix));
    this.#requests = new PatientRequests(this.#client, this.#ending.signal);
    const { storageQuotaBytes, onReport } = options;
    const client = this.#client;
    const compaction = new HistoryCompaction(client, onReport);
    this.#snapshotWriter = new SnapshotWriter(this.#requests, this.#transactions, compaction);
    const isLeading = () => this.#leadership.role === "leader";
    this.#storageUpkeep = new StorageUpkeep({ client, compaction, storageQuotaBytes, onReport, isLeading });
  }

  get leadership(): Leadership {
    return this.#leadership;
  }

  get committedIndex(): number {
    return this.#lastIndex;
  }

  start(application: Application): Promise<void> {
    if (this.#state !== "new") {
      return Promise.reject(new InvalidArgumentError("start was called before; make a new engine to start again"));
    }
    this.#state = "starting";
    this.#application = application;
    this.#starting = this.#load();
    return this.#starting;
  }

  propose(payload: Uint8Array): Promise<LogPosition> {
    const problem = payloadProblem(payload);
    if (problem !== undefined) return Promise.reject(problem);
    const refusal = this.#refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    return this.#proposals.add((proposalId) => this.#step({ type: "propose", proposalId, payload }));
  }

  readBarrier(): Promise<{ readonly index: number }> {
    const refusal = this.#refusal();
    if (refusal !== undefined) return Promise.reject(refusal);
    return this.#barriers.add((barrierId) => this.#step({ type: "readBarrier", barrierId }));
  }

  async saveSnapshot(index: number, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    this.#assertLeading();
    checkSnapshot(index, {
      isSaving: this.#isSavingSnapshot,
      snapshotIndex: this.#snapshotIndex,
      deliveredIndex: this.#delivery.deliveredIndex,
    });
    this.#isSavingSnapshot = true;
    try {
      await this.#writeSnapshot(index, await collectChunks(chunks, () => this.#assertLeading()));
    } catch (error) {
      if (!this.#isAlive()) throw this.#refusal() ?? error;
      throw error instanceof EtcdRequestError ? unavailable(error.failure) : error;
    } finally {
      this.#isSavingSnapshot = false;
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#shutDown();
    return this.#stopping;
  }

  async #load(): Promise<void> {
    try {
      const { barrier } = await checkStore({
        client: this.#client,
        prefix: this.#options.prefix,
        timeoutMs: limits.etcdStartTimeoutMs,
        signal: this.#ending.signal,
      });
      const { memberId, prefix, electionTimeoutMs } = this.#options;
      this.#member = new Member({
        memberId,
        prefix,
        electionTimeoutMs,
        barrier,
        newStoreId: randomUUID,
        random: Math.random,
      });
      await new Promise<void>((resolve, reject) => {
        this.#started = { resolve, reject };
        this.#step({ type: "start" });
      });
    } catch (error) {
      this.#state = "failed";
      this.#release(error);
      throw error;
    }
  }

  async #shutDown(): Promise<void> {
    this.#ending.abort();
    if (this.#state === "new") this.#state = "stopped";
    if (this.#member !== undefined && this.#isAlive()) {
      const stopped = new Promise<void>((resolve) => {
        this.#stopped = resolve;
      });
      this.#step({ type: "stop" });
      await stopped;
    }
    await this.#starting?.catch(ignoreHandledElsewhere);
    await this.#delivery.reached(this.#lastIndex).catch(ignoreHandledElsewhere);
    this.#release(new UnavailableError("the engine was stopped"));
  }

  #release(reason: unknown): void {
    this.#ending.abort();
    this.#alarm.clear();
    this.#storageUpkeep.stop();
    this.#delivery.end(reason);
    for (const watch of this.#watches.values()) watch.cancel();
    this.#watches.clear();
    this.#client.close();
  }

  // ---------------------------------------------------------------- events in

  #step(event: MemberEvent): void {
    const member = this.#member;
    if (member === undefined || !this.#isAlive()) return;
    this.#events.push(event);
    if (this.#isStepping) return;
    this.#isStepping = true;
    try {
      for (let next = this.#events.shift(); next !== undefined && this.#isAlive(); next = this.#events.shift()) {
        for (const effect of member.step(next, performance.now())) this.#perform(effect);
      }
    } finally {
      this.#isStepping = false;
    }
    if (this.#isAlive()) this.#alarm.set(member.nextDeadline);
  }

  #apply(entry: Entry): void | Promise<void> {
    const applied = this.#application?.onEntry(entry);
    if (applied !== undefined) return applied.then(() => this.#step({ type: "applied", index: entry.index }));
    this.#step({ type: "applied", index: entry.index });
  }

  // ---------------------------------------------------------------- effects out

  #perform(effect: MemberEffect): void {
    switch (effect.type) {
      case "call":
        this.#call(effect);
        return;
      case "watch":
        this.#watch(effect.watchId, effect.fromRevision);
        return;
      case "unwatch":
        this.#watches.get(effect.watchId)?.cancel();
        this.#watches.delete(effect.watchId);
        return;
      case "askProgress":
        this.#watches.get(effect.watchId)?.askProgress();
        return;
      case "rotate":
        this.#client.rotate(effect.of);
        return;
      case "deliver":
        this.#lastIndex = effect.entries.at(-1)?.index ?? this.#lastIndex;
        this.#delivery.push(effect.entries);
        return;
      case "restore":
        void this.#restore(effect.snapshot);
        return;
      case "leadership":
        this.#leadership = effect.leadership;
        this.#application?.onLeadership(effect.leadership);
        return;
      case "settle": {
        const { proposalId, outcome } = effect;
        if (outcome.type === "committed") this.#proposals.resolve(proposalId, outcome.position);
        else this.#proposals.reject(proposalId, outcome.error);
        return;
      }
      case "settleBarrier": {
        const { barrierId, outcome } = effect;
        if (outcome.type === "reached") this.#barriers.resolve(barrierId, { index: outcome.index });
        else this.#barriers.reject(barrierId, outcome.error);
        return;
      }
      case "started":
      case "fatal":
      case "stopped":
        this.#changeState(effect);
        return;
    }
  }

  #call({ callId, transaction, timeoutMs }: MemberEffect & { readonly type: "call" }): void {
    this.#client.transact(transaction, timeoutMs).then(
      (result) => this.#step({ type: "answered", callId, result }),
      (error: unknown) => {
        if (error instanceof EtcdRequestError) this.#step({ type: "failed", callId, failure: error.failure });
        else this.#step({ type: "broken", error: errorOf(error) });
      },
    );
  }

  #watch(watchId: number, fromRevision: number): void {
    const { watchedFrom: key, watchedEnd: rangeEnd } = this.#transactions.keys;
    const watch = this.#client.watch(
      { key, rangeEnd, fromRevision },
      {
        events: (events) => this.#step({ type: "watched", watchId, events }),
        progress: () => this.#step({ type: "progress", watchId }),
        ended: (failure) => {
          this.#watches.delete(watchId);
          this.#step({ type: "watchEnded", watchId, failure });
        },
      },
    );
    this.#watches.set(watchId, watch);
  }

  async #restore(snapshot: ClusterSnapshot): Promise<void> {
    try {
      const storeId = this.#member?.storeId ?? "";
      const read = await readSnapshot(this.#requests, this.#transactions, storeId, snapshot);
      if (!this.#isAlive()) return;
      if (read.type === "gone") {
        this.#step({ type: "restoreFailed" });
        return;
      }
      await this.#application?.onSnapshot(read.snapshot);
      this.#snapshotIndex = snapshot.index;
      this.#lastIndex = snapshot.index;
      this.#delivery.restored(snapshot.index);
      this.#step({ type: "restored" });
    } catch (error) {
      this.#step({ type: "broken", error: errorOf(error) });
    }
  }

  #changeState(effect: MemberEffect & { readonly type: "started" | "fatal" | "stopped" }): void {
    const wasStarting = this.#state === "starting";
    switch (effect.type) {
      case "started":
        this.#state = "running";
        this.#storageUpkeep.start();
        this.#started?.resolve();
        return;
      case "fatal":
        this.#state = "failed";
        this.#release(new UnavailableError(effect.error.message, { cause: effect.error }));
        this.#stopped?.();
        if (wasStarting) this.#started?.reject(effect.error);
        else this.#application?.onFatal(effect.error);
        return;
      case "stopped":
        this.#state = "stopped";
        if (wasStarting) this.#started?.reject(new UnavailableError("the engine was stopped before it had started"));
        this.#stopped?.();
        return;
    }
  }

  // ---------------------------------------------------------------- snapshots

  async #writeSnapshot(index: number, chunks: readonly Uint8Array[]): Promise<void> {
    this.#assertLeading();
    const authority = this.#member?.authority;
    if (authority === undefined) throw new NotLeaderError();
    const written = await this.#snapshotWriter.write(authority, index, chunks);
    this.#snapshotIndex = Math.max(this.#snapshotIndex, index);
    await this.#snapshotWriter.removeReplaced(written).catch((error: unknown) => {
      // A leader that was deposed meanwhile leaves this to the next snapshot of its successor.
      if (error instanceof NotLeaderError || !this.#isAlive()) return;
      this.#options.onReport({ type: "cleanupFailed", error: errorOf(error) });
    });
  }

  // ---------------------------------------------------------------- refusals

  #isAlive(): boolean {
    return this.#state === "starting" || this.#state === "running";
  }

  #assertLeading(): void {
    const refusal = this.#refusal();
    if (refusal !== undefined) throw refusal;
    if (this.#leadership.role !== "leader") throw new NotLeaderError(this.#leadership.leader);
  }

  /** Why the member need not be asked. */
  #refusal(): Error | undefined {
    if (this.#state === "stopped") return new UnavailableError("the engine was stopped");
    if (this.#state === "failed") return new UnavailableError("the engine has failed; onFatal or start said why");
    if (this.#stopping !== undefined) return new UnavailableError("the engine is stopping");
    return this.#member === undefined ? new NotLeaderError() : undefined;
  }
}

function errorOf(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

/** For an error that its own caller is told: whoever waits for the same thing only wants to know that it is over. */
function ignoreHandledElsewhere(): void {}
