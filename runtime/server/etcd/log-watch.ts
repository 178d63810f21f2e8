import { limits } from "../../protocol/limits.ts";
import type { KeyValue, RequestFailure } from "./etcd-api.ts";
import type { KnowledgeMark, KnownStore } from "./known-store.ts";
import type { MemberOutput } from "./member-output.ts";
import { type StoreTransactions, type StoreView, viewOf } from "./store-transactions.ts";

/** What a watch needs of its member. */
export interface LogWatchOptions {
  readonly output: MemberOutput;
  readonly known: KnownStore;
  readonly transactions: StoreTransactions;
  /** Takes in a view of the store; throws if it is another one. */
  readonly viewed: (view: StoreView, mark: KnowledgeMark) => void;
  /** Keys were written, in this order. Some may be shown again. */
  readonly written: (keyValues: readonly KeyValue[]) => void;
  /** The stream has ended or fell silent: what has happened since must be loaded. */
  readonly gone: () => void;
}

/**
 * Sees what is written to the store: one stream at a time, given up when it ends or falls silent.
 *
 * - No stream goes on where another has ended. To show much that lies in the past costs etcd more than to be read in pages,
 *   so much that others have to wait; and a stream can end between two events of one transaction. So what was missed is
 *   loaded, and the next stream, on the next endpoint, begins where the load ended.
 * - What a new stream shows is held until a look at the store, taken after etcd has put the watch in place, has found
 *   the identity unchanged: revisions of an etcd that was emptied and filled again fit just as well.
 */
export class LogWatch {
  readonly #options: LogWatchOptions;
  readonly #output: MemberOutput;
  #state: "off" | "opening" | "verifying" | "verified" = "off";
  #watchId = 0;
  #heardAtMs = 0;
  #askedAtMs = 0;
  /** When to look again, where no look is on its way. */
  #resumeAtMs: number | undefined;
  #held: KeyValue[] = [];
  #heldBytes = 0;

  constructor(options: LogWatchOptions) {
    this.#options = options;
    this.#output = options.output;
  }

  /** Whether the stream is there, and shows this store. */
  get isVerified(): boolean {
    return this.#state === "verified";
  }

  /** Bytes of what was shown and waits for the look. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  get nextDeadline(): number | undefined {
    switch (this.#state) {
      case "off":
        return undefined;
      case "opening":
        return this.#silentAtMs;
      default:
        return Math.min(this.#silentAtMs, this.#askAtMs, this.#resumeAtMs ?? Number.POSITIVE_INFINITY);
    }
  }

  begin(fromRevision: number): void {
    this.#forget();
    this.#watchId += 1;
    this.#state = "opening";
    this.#heardAtMs = this.#output.now;
    this.#output.push({ type: "watch", watchId: this.#watchId, fromRevision });
  }

  end(): void {
    if (this.#state !== "off") this.#output.push({ type: "unwatch", watchId: this.#watchId });
    this.#forget();
    this.#state = "off";
  }

  /** Gives the stream up: another endpoint may be nearer to the truth. */
  replace(): void {
    if (this.#state === "off") return;
    this.end();
    this.#output.push({ type: "rotate", of: "watches" });
    this.#options.gone();
  }

  watched(watchId: number, events: readonly KeyValue[]): void {
    if (!this.#heard(watchId)) return;
    if (this.#state === "verified") {
      this.#pass(events);
      return;
    }
    for (const event of events) {
      this.#held.push(event);
      this.#heldBytes += event.value.length;
    }
  }

  progress(watchId: number): void {
    this.#heard(watchId);
  }

  ended(watchId: number, failure: RequestFailure): void {
    if (watchId !== this.#watchId || this.#state === "off") return;
    this.#forget();
    this.#state = "off";
    if (failure.reason !== "compacted") this.#output.push({ type: "rotate", of: "watches" });
    this.#options.gone();
  }

  /** Does what is due. */
  tick(): void {
    const { now } = this.#output;
    if (this.#state === "off") return;
    if (now >= this.#silentAtMs) {
      this.replace();
      return;
    }
    if (this.#state !== "opening" && now >= this.#askAtMs) {
      this.#askedAtMs = now;
      this.#output.push({ type: "askProgress", watchId: this.#watchId });
    }
    if (this.#state === "verifying" && this.#resumeAtMs !== undefined && now >= this.#resumeAtMs) this.#verify();
  }

  get #silentAtMs(): number {
    return this.#heardAtMs + limits.etcdWatchSilenceMaxMs;
  }

  get #askAtMs(): number {
    return Math.max(this.#heardAtMs, this.#askedAtMs) + limits.etcdProgressIntervalMs;
  }

  #forget(): void {
    this.#held = [];
    this.#heldBytes = 0;
    this.#resumeAtMs = undefined;
  }

  /** Whether this is the present stream. Its first word says that it is in place. */
  #heard(watchId: number): boolean {
    if (watchId !== this.#watchId || this.#state === "off") return false;
    this.#heardAtMs = this.#output.now;
    if (this.#state === "opening") {
      this.#state = "verifying";
      this.#verify();
    }
    return true;
  }

  #verify(): void {
    const { known, transactions, viewed } = this.#options;
    const { mark } = known;
    const watchId = this.#watchId;
    this.#resumeAtMs = undefined;
    this.#output.call(transactions.look(known.storeId ?? ""), (reply) => {
      if (watchId !== this.#watchId || this.#state !== "verifying") return;
      if (reply.type === "failed") {
        this.#resumeAtMs = this.#output.now + limits.etcdRetryPauseMs;
        return;
      }
      viewed(viewOf(reply.result), mark);
      this.#state = "verified";
      const held = this.#held;
      this.#forget();
      this.#pass(held);
    });
  }

  #pass(events: readonly KeyValue[]): void {
    if (events.length > 0) this.#options.written(events);
  }
}
