import { limits } from "../../protocol/limits.ts";
import type { NotLeaderError, UnavailableError } from "../consensus.ts";
import type { RequestFailure, TransactionResult } from "./etcd-api.ts";
import type { KnowledgeMark, KnownStore } from "./known-store.ts";
import type { Leading } from "./log-appender.ts";
import type { MemberOutput } from "./member-output.ts";
import { barrierHeadOf, type StoreTransactions, type StoreView, viewOf } from "./store-transactions.ts";
import { unavailable } from "./unavailable.ts";

/** What read barriers need of their member. */
export interface ReadBarriersOptions {
  readonly output: MemberOutput;
  readonly known: KnownStore;
  readonly transactions: StoreTransactions;
  readonly kind: "write" | "read";
  /** Takes in a view of the store; throws if it is another one. */
  readonly viewed: (view: StoreView, mark: KnowledgeMark) => void;
  /** A transaction that depends on the term, sent at this time, was successful. */
  readonly confirmed: (sentAtMs: number, isWrite: boolean) => void;
}

/**
 * Answers read barriers while this member leads. A barrier asks etcd whether the term lasts and how long the log is,
 * and waits until the application has taken so much.
 *
 * One question is under way at a time. Whoever comes meanwhile waits for the next question, or for the next append,
 * which is a question too: to join one that was sent already would miss what was committed since by another leader.
 */
export class ReadBarriers {
  readonly #options: ReadBarriersOptions;
  readonly #output: MemberOutput;
  readonly #known: KnownStore;
  #waiting: Barrier[] = [];
  #asked: readonly Barrier[] | undefined;
  /** Answered, and waiting for the application, by the index they wait for. */
  #confirmed: { readonly barrierId: number; readonly index: number }[] = [];
  #retryAtMs: number | undefined;

  constructor(options: ReadBarriersOptions) {
    this.#options = options;
    this.#output = options.output;
    this.#known = options.known;
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#asked === undefined && this.#confirmed.length === 0;
  }

  get nextDeadline(): number | undefined {
    return this.#waiting.length > 0 ? this.#retryAtMs : undefined;
  }

  add(barrierId: number): void {
    this.#waiting.push({ barrierId, sinceMs: this.#output.now });
  }

  /** Gives those that wait to an append that is about to be sent. */
  take(): number[] {
    return this.#waiting.splice(0).map(({ barrierId }) => barrierId);
  }

  /** Asks, if somebody waits and no append will do it. `leading`: only while this member leads. */
  tick(leading: Leading | undefined, willAppend: boolean): void {
    if (this.#retryAtMs !== undefined && this.#output.now >= this.#retryAtMs) this.#retryAtMs = undefined;
    if (leading === undefined || willAppend || this.#retryAtMs !== undefined) return;
    if (this.#asked !== undefined || this.#waiting.length === 0) return;
    const asked = this.#waiting.splice(0);
    this.#asked = asked;
    const sentAtMs = this.#output.now;
    const { mark } = this.#known;
    const { transactions, kind } = this.#options;
    this.#output.call(transactions.barrier(leading.guard, kind), (reply) => {
      if (this.#asked !== asked) return;
      this.#asked = undefined;
      if (reply.type === "failed") this.#failed(asked, reply.failure);
      else this.#answered(asked, reply.result, { mark, sentAtMs });
    });
  }

  /** These hold at `index`. */
  confirmed(barrierIds: readonly number[], index: number): void {
    for (const barrierId of barrierIds) this.#confirmed.push({ barrierId, index });
    this.applied();
  }

  refuse(barrierIds: readonly number[], error: NotLeaderError | UnavailableError): void {
    for (const barrierId of barrierIds) {
      this.#output.push({ type: "settleBarrier", barrierId, outcome: { type: "rejected", error } });
    }
  }

  /** This member does not lead any more. What etcd has confirmed before still holds. */
  deposed(error: NotLeaderError | UnavailableError): void {
    const open = [...(this.#asked ?? []), ...this.#waiting.splice(0)];
    this.#asked = undefined;
    this.refuse(
      open.map(({ barrierId }) => barrierId),
      error,
    );
  }

  /** The member ends: the application takes nothing more. */
  end(error: UnavailableError): void {
    this.deposed(error);
    this.refuse(
      this.#confirmed.splice(0).map(({ barrierId }) => barrierId),
      error,
    );
  }

  /** The application has taken more. */
  applied(): void {
    const { appliedIndex } = this.#known;
    if (!this.#confirmed.some(({ index }) => index <= appliedIndex)) return;
    const reached = this.#confirmed.filter(({ index }) => index <= appliedIndex);
    this.#confirmed = this.#confirmed.filter(({ index }) => index > appliedIndex);
    for (const { barrierId } of reached) {
      this.#output.push({ type: "settleBarrier", barrierId, outcome: { type: "reached", index: appliedIndex } });
    }
  }

  #answered(asked: readonly Barrier[], result: TransactionResult, sent: Sent): void {
    if (!result.succeeded) {
      // Those who asked are waiting again, so that they are refused with the others if the term is over.
      this.#waiting.unshift(...asked);
      this.#options.viewed(viewOf(result), sent.mark);
      return;
    }
    const head = barrierHeadOf(result);
    if (head === undefined || head < sent.mark.committedIndex) {
      // An answer from the past, or another store: the next write tells them apart.
      const message = `a read of etcd ended with entry ${head ?? 0}, entry ${sent.mark.committedIndex} was seen before`;
      this.#failed(asked, { outcome: "refused", reason: "unavailable", message });
      return;
    }
    this.#options.confirmed(sent.sentAtMs, this.#options.kind === "write");
    this.confirmed(
      asked.map(({ barrierId }) => barrierId),
      head,
    );
  }

  #failed(asked: readonly Barrier[], failure: RequestFailure): void {
    const isPassing = failure.reason === "unavailable";
    const oldestMs = this.#output.now - limits.etcdSettleTimeoutMs;
    const isOver = ({ sinceMs }: Barrier) => !isPassing || sinceMs <= oldestMs;
    this.refuse(
      asked.filter(isOver).map(({ barrierId }) => barrierId),
      unavailable(failure),
    );
    this.#waiting.unshift(...asked.filter((barrier) => !isOver(barrier)));
    this.#retryAtMs = this.#output.now + limits.etcdRetryPauseMs;
  }
}

interface Barrier {
  readonly barrierId: number;
  readonly sinceMs: number;
}

/** What was known, and when, as a question was sent. */
interface Sent {
  readonly mark: KnowledgeMark;
  readonly sentAtMs: number;
}
