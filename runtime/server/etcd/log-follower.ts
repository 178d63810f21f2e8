import { limits } from "../../protocol/limits.ts";
import { EngineError, type Entry } from "../consensus.ts";
import type { ClusterSnapshot } from "../stored-records.ts";
import type { KeyValue, RequestFailure, Transaction, TransactionResult } from "./etcd-api.ts";
import type { KnowledgeMark, KnownStore } from "./known-store.ts";
import { LogWatch } from "./log-watch.ts";
import type { MemberOutput } from "./member-output.ts";
import { entryOf, pageOf, type StoreTransactions, type StoreView, viewOf } from "./store-transactions.ts";

/** What a follower of the log needs of its member. */
export interface LogFollowerOptions {
  readonly output: MemberOutput;
  readonly known: KnownStore;
  readonly transactions: StoreTransactions;
  /** Gives an identity for a store that has to be made. */
  readonly newStoreId: () => string;
  /** Takes in a view of the store; throws if it is another one. */
  readonly viewed: (view: StoreView, mark: KnowledgeMark) => void;
  /** An entry is about to be given out. */
  readonly committed: (entry: Entry) => void;
  /** The watch has shown a write to the leader's key. */
  readonly leaderWritten: (keyValue: KeyValue) => void;
}

/**
 * Keeps the application at the end of the log, on every member and at all times: opens the store, loads what is in it,
 * and watches from then on.
 *
 * A load reads the head, pages of entries up to it, and the snapshot first where those entries are gone. It begins anew
 * when a watch has ended, entries are missing, or the application is so far behind that what it has not taken would fill
 * the memory. Pages come only as fast as the application takes them.
 *
 * Entries have one way to the application, `give`, whoever brings them: a page, the watch, or the leader's own append.
 * What was given before is dropped by its index.
 */
export class LogFollower {
  readonly #options: LogFollowerOptions;
  readonly #output: MemberOutput;
  readonly #known: KnownStore;
  readonly #watch: LogWatch;
  #state: State = { type: "new" };
  #hasStarted = false;
  /** How long the log was at the start. */
  #startIndex: number | undefined;
  /** Bytes of each entry that was given out and is not applied, by index; and of all. */
  readonly #waiting = new Map<number, number>();
  #waitingBytes = 0;
  #pageEntries = FIRST_PAGE_ENTRIES;

  constructor(options: LogFollowerOptions) {
    this.#options = options;
    this.#output = options.output;
    this.#known = options.known;
    this.#watch = new LogWatch({
      ...options,
      written: (keyValues) => this.#written(keyValues),
      gone: () => this.#pause(() => this.#look()),
    });
  }

  /** Whether everything that was stored at the start was applied, and a watch was in place. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** Whether what happens in the store is seen here, soon. */
  get isLive(): boolean {
    return this.#state.type === "watching" && this.#watch.isVerified;
  }

  /** Bytes that the application has been given and not taken. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  get nextDeadline(): number | undefined {
    if (this.#state.type === "watching") return this.#watch.nextDeadline;
    return this.#state.type === "pausing" ? this.#state.untilMs : undefined;
  }

  start(): void {
    this.#open();
  }

  stop(): void {
    this.#watch.end();
    this.#state = { type: "over" };
  }

  /** Gives out what of these is new, unless entries before them are missing: false then. */
  give(entries: readonly Entry[]): boolean {
    const fresh: Entry[] = [];
    for (const entry of entries) {
      if (entry.index <= this.#known.committedIndex) continue;
      if (entry.index > this.#known.committedIndex + 1) break;
      this.#options.committed(entry);
      this.#known.committedIndex = entry.index;
      const byteLength = heldBytesOf(entry.payload);
      this.#waiting.set(entry.index, byteLength);
      this.#waitingBytes += byteLength;
      fresh.push(entry);
    }
    if (fresh.length > 0) this.#output.push({ type: "deliver", entries: fresh });
    return (entries.at(-1)?.index ?? 0) <= this.#known.committedIndex;
  }

  /** The application has taken entry `index`. */
  applied(index: number): void {
    for (let taken = this.#known.appliedIndex + 1; taken <= index; taken++) {
      this.#waitingBytes -= this.#waiting.get(taken) ?? 0;
      this.#waiting.delete(taken);
    }
    this.#known.appliedIndex = Math.max(this.#known.appliedIndex, index);
  }

  /** The application has the state of the snapshot. */
  restored(): void {
    if (this.#state.type !== "restoring" || !this.#state.isAsked) return;
    const { snapshot, goal } = this.#state;
    this.#known.committedIndex = snapshot.index;
    this.#known.appliedIndex = snapshot.index;
    this.#state = { type: "loading", goal, isAsking: false };
  }

  restoreFailed(): void {
    if (this.#state.type === "restoring") this.#pause(() => this.#look());
  }

  watched(watchId: number, events: readonly KeyValue[]): void {
    this.#watch.watched(watchId, events);
  }

  progress(watchId: number): void {
    this.#watch.progress(watchId);
  }

  watchEnded(watchId: number, failure: RequestFailure): void {
    this.#watch.ended(watchId, failure);
  }

  /** Something has happened that the watch has not shown in time: another endpoint may be nearer to the truth. */
  distrustWatch(): void {
    if (this.#state.type === "watching") this.#watch.replace();
  }

  /** Does what is due. */
  tick(): void {
    const state = this.#state;
    switch (state.type) {
      case "pausing":
        if (this.#output.now >= state.untilMs) state.then();
        return;
      case "loading":
        if (!state.isAsking && this.#waitingBytes <= limits.proposalBytesMax / 2) this.#load(state.goal);
        return;
      case "restoring":
        this.#restore(state);
        return;
      case "watching":
        this.#watch.tick();
        if (this.#waitingBytes + this.#watch.heldBytes > limits.proposalBytesMax) this.#reload();
        else this.#sayStarted();
        return;
      default:
    }
  }

  #open(): void {
    const { transactions } = this.#options;
    const storeId = this.#options.newStoreId();
    const { mark } = this.#known;
    this.#ask(
      transactions.create(storeId),
      () => this.#open(),
      (result) => {
        if (!result.succeeded) {
          this.#located(result, mark);
          return;
        }
        this.#known.storeId = storeId;
        this.#state = { type: "loading", goal: { index: 0, revision: result.revision }, isAsking: false };
      },
    );
  }

  /** Asks for the present state of the store, and loads up to it. */
  #look(): void {
    const { mark } = this.#known;
    const look = this.#options.transactions.look(this.#known.storeId ?? "");
    this.#ask(
      look,
      () => this.#look(),
      (result) => this.#located(result, mark),
    );
  }

  #reload(): void {
    this.#watch.end();
    this.#look();
  }

  #located(result: TransactionResult, mark: KnowledgeMark): void {
    const view = viewOf(result);
    this.#known.storeId ??= view.storeId;
    this.#options.viewed(view, mark);
    const goal: Goal = { index: view.head ?? 0, revision: result.revision };
    // At the start a snapshot is the short way, even where the entries before it are not all gone yet.
    if (this.#known.committedIndex === 0 && view.snapshot !== undefined) {
      this.#state = { type: "restoring", snapshot: view.snapshot, goal, isAsked: false };
    } else {
      this.#state = { type: "loading", goal, isAsking: false };
    }
  }

  /** Reads the next page on the way to the goal; at the goal, watches from its revision on. */
  #load(goal: Goal): void {
    if (this.#known.committedIndex >= goal.index) {
      this.#startIndex ??= goal.index;
      this.#state = { type: "watching" };
      this.#watch.begin(goal.revision);
      return;
    }
    const { storeId = "", committedIndex } = this.#known;
    const page = this.#options.transactions.page(storeId, committedIndex + 1, this.#pageEntries);
    const again = () => {
      this.#pageEntries = Math.max(1, Math.floor(this.#pageEntries / 2));
      this.#load(goal);
    };
    this.#ask(page, again, (result) => this.#paged(result, committedIndex + 1, goal));
    this.#state = { type: "loading", goal, isAsking: true };
  }

  #paged(result: TransactionResult, from: number, goal: Goal): void {
    if (!result.succeeded) {
      // Another store, or an answer from before the time of this one: the look is never stale, and decides.
      this.#look();
      return;
    }
    const { snapshot, head = 0 } = viewOf(result);
    const keyValues = pageOf(result);
    const entries = keyValues.flatMap((keyValue) => this.#entriesOf(keyValue));
    const [first] = entries;
    if (first?.index === from) {
      const bytes = keyValues.reduce((sum, { value }) => sum + value.length, 0);
      const fitting = Math.floor((limits.etcdPageBytes * keyValues.length) / Math.max(1, bytes));
      this.#pageEntries = Math.max(1, Math.min(fitting, 2 * this.#pageEntries, limits.etcdPageEntriesMax));
      this.give(entries);
      this.#state = { type: "loading", goal, isAsking: false };
    } else if (this.#known.committedIndex >= from) {
      // This member leads, and has appended meanwhile.
      this.#state = { type: "loading", goal, isAsking: false };
    } else if (snapshot !== undefined && snapshot.index >= from) {
      this.#state = { type: "restoring", snapshot, goal, isAsked: false };
    } else if (head < from) {
      // The answer is of a time before the look: another member of etcd may be further.
      this.#output.push({ type: "rotate", of: "calls" });
      this.#pause(() => this.#load(goal));
    } else {
      const problem = `entry ${from} is missing in etcd, whose log ends with entry ${head}`;
      throw new EngineError("ERR_STORE_CORRUPT", `${problem}; restore it from a backup`);
    }
  }

  #restore(state: State & { readonly type: "restoring" }): void {
    if (state.isAsked || this.#known.appliedIndex < this.#known.committedIndex) return;
    this.#state = { ...state, isAsked: true };
    this.#output.push({ type: "restore", snapshot: state.snapshot });
  }

  /** What the watch shows. */
  #written(keyValues: readonly KeyValue[]): void {
    const { keys } = this.#options.transactions;
    const { now } = this.#output;
    let entries: Entry[] = [];
    for (const keyValue of keyValues) {
      if (keyValue.key === keys.heartbeat) {
        if (this.#known.sawHeartbeat(keyValue.modRevision, now)) this.#known.heardLeader(now);
      } else if (keyValue.key === keys.leader) {
        if (!this.give(entries)) {
          this.#reload();
          return;
        }
        entries = [];
        this.#options.leaderWritten(keyValue);
      } else {
        entries.push(...this.#entriesOf(keyValue));
      }
    }
    if (entries.length > 0) this.#known.heardLeader(now);
    if (!this.give(entries)) this.#reload();
  }

  /** The entry that was written, unless it was given out already: a leader sees all of its own again. */
  #entriesOf(keyValue: KeyValue): readonly Entry[] {
    const index = this.#options.transactions.keys.indexOf(keyValue.key);
    return index === undefined || index <= this.#known.committedIndex ? [] : [entryOf(keyValue, index)];
  }

  #sayStarted(): void {
    if (this.#hasStarted || !this.#watch.isVerified || this.#known.appliedIndex < (this.#startIndex ?? 0)) return;
    this.#hasStarted = true;
    this.#output.push({ type: "started" });
  }

  /** Sends a transaction; when the call fails, pauses before `again`. */
  #ask(transaction: Transaction, again: () => void, then: (result: TransactionResult) => void): void {
    this.#state = { type: "asking" };
    this.#output.call(transaction, (reply) => {
      if (this.#state.type === "over") return;
      if (reply.type === "failed") this.#pause(again);
      else then(reply.result);
    });
  }

  #pause(then: () => void): void {
    this.#state = { type: "pausing", untilMs: this.#output.now + limits.etcdRetryPauseMs, then };
  }
}

/** Where a load ends, and the watch after it begins. */
interface Goal {
  readonly index: number;
  readonly revision: number;
}

type State =
  | { readonly type: "new" | "asking" | "watching" | "over" }
  | { readonly type: "pausing"; readonly untilMs: number; readonly then: () => void }
  | { readonly type: "loading"; readonly goal: Goal; readonly isAsking: boolean }
  /** `isAsked`: the application has been given the snapshot. Before that it must have taken what came before. */
  | { readonly type: "restoring"; readonly snapshot: ClusterSnapshot; readonly goal: Goal; readonly isAsked: boolean };

/** What an entry costs while it waits: also empty ones must meet a limit at some number. */
export function heldBytesOf(payload: Uint8Array): number {
  return payload.length + 64;
}

/** Few enough to be taken if each has the greatest length; later pages are as long as the entries allow. */
const FIRST_PAGE_ENTRIES = 4;
