import { InvalidArgumentError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import {
  AmbiguousCommitError,
  type Application,
  type ConsensusEngine,
  EngineError,
  type Entry,
  type Leadership,
  type LogPosition,
  NotLeaderError,
  UnavailableError,
} from "./consensus.ts";
import { checkSnapshot, payloadProblem } from "./engine-arguments.ts";
import { EntryDelivery, nextTurn } from "./entry-delivery.ts";
import { type LogStore, StoreWriteError } from "./log-store.ts";

/**
 * The engine of a cluster of one member, over any `LogStore`. Its only member always leads: a term is one run of the
 * process.
 *
 * - States: new → starting → leading → stopped or failed. Nothing leads back.
 * - Group commit: one `append` is in flight; all proposals that arrive meanwhile go into the next one.
 * - An entry is durable before its proposal resolves, and its proposal has resolved before `onEntry` sees it. The
 *   handlers of that promise may run before or after `onEntry`: clients are answered from `onEntry` alone.
 * - Trouble before `start` has resolved makes `start` reject, and nothing else; later trouble is told by `onFatal`.
 * - `stop` waits until the application has taken every committed entry, so `onEntry` must not wait for `stop`.
 */
export class SingleMemberEngine implements ConsensusEngine {
  readonly #store: LogStore;
  readonly #queue: Proposal[] = [];
  readonly #delivery: EntryDelivery = new EntryDelivery(
    (entry) => this.#apply(entry),
    (error) => this.#fail(error),
  );
  #state: "new" | "starting" | "leading" | "stopped" | "failed" = "new";
  #application: Application | undefined;
  #leadership: Leadership = { role: "follower" };
  #term = 0;
  #lastIndex = 0;
  #snapshotIndex = 0;
  /** Bytes between `propose`, or reading from the store, and the end of `onEntry`. */
  #heldBytes = 0;
  #committing: Promise<void> | undefined;
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #isSavingSnapshot = false;

  constructor(store: LogStore) {
    this.#store = store;
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
    this.#starting = this.#load(application);
    return this.#starting;
  }

  propose(payload: Uint8Array): Promise<LogPosition> {
    const refusal = this.#refusalOf(payload);
    if (refusal !== undefined) return Promise.reject(refusal);
    this.#heldBytes += heldBytesOf(payload);
    return new Promise((resolve, reject) => {
      this.#queue.push({ payload, resolve, reject });
      this.#committing ??= this.#commitQueue();
    });
  }

  async readBarrier(): Promise<{ readonly index: number }> {
    this.#assertLeading();
    try {
      this.#store.confirmClaim();
    } catch (error) {
      this.#fail(error);
      throw unavailable(error);
    }
    await this.#delivery.reached(this.#lastIndex);
    return { index: this.#delivery.appliedIndex };
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
      await this.#store.saveSnapshot(index, this.#whileLeading(chunks));
      this.#snapshotIndex = index;
    } catch (error) {
      if (error instanceof StoreWriteError && error.isFinal) this.#fail(error);
      throw error instanceof StoreWriteError ? unavailable(error) : error;
    } finally {
      this.#isSavingSnapshot = false;
    }
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#shutDown();
    return this.#stopping;
  }

  async #load(application: Application): Promise<void> {
    try {
      const stored = await this.#store.open();
      if (stored.snapshot !== undefined) {
        this.#assertStarting();
        await application.onSnapshot(stored.snapshot);
        this.#snapshotIndex = stored.snapshot.index;
        this.#delivery.restored(stored.snapshot.index);
      }
      await this.#replay(stored.lastIndex);
      this.#lastIndex = await this.#store.claim(stored.term + 1);
      await this.#replay(this.#lastIndex);
      this.#assertStarting();
      this.#term = stored.term + 1;
      this.#state = "leading";
      this.#announce({ role: "leader", term: this.#term });
    } catch (error) {
      this.#state = "failed";
      this.#leadership = { role: "follower" };
      this.#delivery.end(error);
      await this.#store.close();
      throw error;
    }
  }

  /** Reads entries only as fast as the application takes them, so that a long log is never in memory as a whole. */
  async #replay(lastIndex: number): Promise<void> {
    while (this.#delivery.appliedIndex < lastIndex) {
      this.#assertStarting();
      const batch: Entry[] = [];
      let bytes = 0;
      for (let index = this.#delivery.appliedIndex + 1; index <= lastIndex && bytes < limits.batchBytesMax; index++) {
        const entry = this.#store.entry(index);
        const entryBytes = heldBytesOf(entry.payload);
        bytes += entryBytes;
        this.#heldBytes += entryBytes;
        batch.push(entry);
      }
      const reached = this.#delivery.reached(this.#delivery.appliedIndex + batch.length);
      this.#delivery.push(batch);
      await reached;
      await nextTurn();
    }
  }

  async #commitQueue(): Promise<void> {
    // A turn of the microtask queue lets everything that is proposed in one go share the first transaction.
    await undefined;
    while (this.#queue.length > 0 && this.#state !== "failed") {
      const batch = takeBatch(this.#queue);
      const entries = batch.map(
        ({ payload }, position): Entry => ({ index: this.#lastIndex + 1 + position, term: this.#term, payload }),
      );
      try {
        await this.#store.append(entries);
        this.#lastIndex += entries.length;
        batch.forEach(({ resolve }, position) => {
          resolve({ index: this.#lastIndex - entries.length + 1 + position, term: this.#term });
        });
        this.#delivery.push(entries);
      } catch (error) {
        this.#rejectBatch(batch, error);
      }
    }
    this.#committing = undefined;
  }

  #rejectBatch(batch: readonly Proposal[], error: unknown): void {
    const isAmbiguous = !(error instanceof StoreWriteError) || error.outcome === "unknown";
    batch.forEach(({ payload, reject }, position) => {
      this.#release(payload);
      reject(
        isAmbiguous ? new AmbiguousCommitError(this.#lastIndex + 1 + position, { cause: error }) : unavailable(error),
      );
    });
    if (isAmbiguous || error.isFinal) this.#fail(error);
  }

  #apply(entry: Entry): void | Promise<void> {
    const applied = this.#application?.onEntry(entry);
    if (applied !== undefined) return applied.then(() => this.#release(entry.payload));
    this.#release(entry.payload);
  }

  #release(payload: Uint8Array): void {
    this.#heldBytes -= heldBytesOf(payload);
  }

  /** The chunks, for as long as the engine leads: a stop must not wait for a state machine that gives them slowly. */
  async *#whileLeading(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      this.#assertLeading();
      yield chunk;
    }
  }

  #refusalOf(payload: Uint8Array): Error | undefined {
    const problem = payloadProblem(payload);
    if (problem !== undefined) return problem;
    const refusal = this.#refusal();
    if (refusal !== undefined) return refusal;
    if (this.#heldBytes + heldBytesOf(payload) > limits.proposalBytesMax) {
      const waiting = `${this.#heldBytes} bytes wait to be written or applied`;
      return new UnavailableError(
        `${waiting}, the limit is ${limits.proposalBytesMax} (proposalBytesMax); propose less at a time`,
      );
    }
    return undefined;
  }

  #refusal(): Error | undefined {
    switch (this.#state) {
      case "leading":
        return this.#stopping === undefined ? undefined : new UnavailableError("the engine is stopping");
      case "new":
      case "starting":
        return new NotLeaderError();
      case "stopped":
        return new UnavailableError("the engine was stopped");
      case "failed":
        return new UnavailableError("the engine has failed; onFatal or start said why");
    }
  }

  #assertLeading(): void {
    const refusal = this.#refusal();
    if (refusal !== undefined) throw refusal;
  }

  #assertStarting(): void {
    if (this.#stopping !== undefined) throw new UnavailableError("the engine was stopped before it had started");
  }

  #announce(leadership: Leadership): void {
    this.#leadership = leadership;
    this.#application?.onLeadership(leadership);
  }

  /** Ends the engine for good, once. Trouble during `start` is not for here: `#load` lets `start` reject with it. */
  #fail(error: unknown): void {
    if (this.#state !== "leading") return;
    this.#state = "failed";
    this.#delivery.end(unavailable(error));
    for (const { payload, reject } of this.#queue.splice(0)) {
      this.#release(payload);
      reject(unavailable(error));
    }
    void this.#store.close();
    try {
      this.#announce({ role: "follower" });
    } finally {
      this.#application?.onFatal(fatalErrorOf(error));
    }
  }

  async #shutDown(): Promise<void> {
    if (this.#state === "new") this.#state = "stopped";
    await this.#starting?.catch(ignoreHandledElsewhere);
    await this.#committing;
    await this.#delivery.reached(this.#lastIndex).catch(ignoreHandledElsewhere);
    try {
      if (this.#state === "leading") {
        this.#state = "stopped";
        this.#delivery.end(new UnavailableError("the engine was stopped"));
        this.#announce({ role: "follower" });
      }
    } finally {
      await this.#store.close();
    }
  }
}

/** A payload that waits to be committed. */
interface Proposal {
  readonly payload: Uint8Array;
  resolve(position: LogPosition): void;
  reject(error: Error): void;
}

/** Takes the oldest proposals, at least one, and no more than fit into one transaction. */
function takeBatch(queue: Proposal[]): Proposal[] {
  let bytes = 0;
  const end = queue.findIndex(({ payload }, position) => {
    bytes += heldBytesOf(payload);
    return position > 0 && bytes > limits.transactionBytesMax;
  });
  return queue.splice(0, end === -1 ? queue.length : end);
}

/** What a payload costs while it waits: also empty ones must meet the limit at some number. */
function heldBytesOf(payload: Uint8Array): number {
  return payload.length + 64;
}

function unavailable(cause: unknown): UnavailableError {
  return new UnavailableError(cause instanceof Error ? cause.message : String(cause), { cause });
}

/** An error of the application is passed on as it is; one of the store says which of its codes it is. */
function fatalErrorOf(error: unknown): Error {
  if (error instanceof StoreWriteError) return new EngineError("ERR_STORE_FAILED", error.message, { cause: error });
  return error instanceof Error ? error : new Error(String(error), { cause: error });
}

/** For an error that its own caller is told: whoever waits for the same thing only wants to know that it is over. */
function ignoreHandledElsewhere(): void {}
