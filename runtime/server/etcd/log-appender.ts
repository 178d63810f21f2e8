import { limits } from "../../protocol/limits.ts";
import { AmbiguousCommitError, EngineError, type Entry, NotLeaderError, UnavailableError } from "../consensus.ts";
import { encodeEntry } from "../stored-records.ts";
import type { Compare, RequestFailure, Transaction, TransactionResult } from "./etcd-api.ts";
import type { KnowledgeMark, KnownStore } from "./known-store.ts";
import { heldBytesOf } from "./log-follower.ts";
import type { ProposalOutcome } from "./member-events.ts";
import type { MemberOutput } from "./member-output.ts";
import type { ReadBarriers } from "./read-barriers.ts";
import { occupantOf, type StoreTransactions, type StoreView, viewOf } from "./store-transactions.ts";
import { unavailable } from "./unavailable.ts";

/** What appends need of their member. */
export interface LogAppenderOptions {
  readonly output: MemberOutput;
  readonly known: KnownStore;
  readonly transactions: StoreTransactions;
  readonly barriers: ReadBarriers;
  /** Who leads, for those who ask the wrong member. */
  readonly leaderHint: () => string | undefined;
  /** Takes in a view of the store; throws if it is another one. */
  readonly viewed: (view: StoreView, mark: KnowledgeMark) => void;
  /** A transaction that depends on the term, sent at this time, was successful. */
  readonly confirmed: (sentAtMs: number, isWrite: boolean) => void;
  /** These were appended. */
  readonly appended: (entries: readonly Entry[]) => void;
  readonly isLeading: (term: number) => boolean;
  /** Nobody knows what became of an append: this member must not append in this term again. */
  readonly gaveUp: () => void;
}

/**
 * Appends to the log while this member leads: one transaction at a time, and in it everything that was proposed during
 * the one before, within limits.
 *
 * An append is attempted until it is settled: every attempt has the same bytes and the same fence, so that at most one
 * has an effect. It is settled by the first of
 *
 * - a success, or a failure that shows these very bytes in their place: committed;
 * - a failure that shows something else there, or a later term and no such entry: never;
 * - the log as it is followed: its next entry is of this term, or of another, or a later term begins before it;
 * - a refusal, if no attempt before it might have had an effect: never;
 * - time. Then nobody knows; the member gives up the term, and the log tells everybody later.
 *
 * A failure that shows a later term and a log that goes on behind a place which is empty tells nothing: the entry that
 * was there is in a snapshot by now.
 */
export class LogAppender {
  readonly #options: LogAppenderOptions;
  readonly #output: MemberOutput;
  readonly #known: KnownStore;
  #queue: Proposal[] = [];
  #heldBytes = 0;
  #append: Append | undefined;
  /** The last entry of the last append that was committed. */
  #tailIndex = 0;

  constructor(options: LogAppenderOptions) {
    this.#options = options;
    this.#output = options.output;
    this.#known = options.known;
  }

  /** Bytes of what is proposed and not settled. */
  get heldBytes(): number {
    return this.#heldBytes;
  }

  /** Whether everything that was proposed is settled. */
  get isIdle(): boolean {
    return this.#append === undefined && this.#queue.length === 0;
  }

  /** Whether an append is on its way, in this term or one that is over. */
  get isAppending(): boolean {
    return this.#append !== undefined;
  }

  /** Whether another append will be sent, which a read barrier can join. */
  get hasNext(): boolean {
    return this.#queue.length > 0;
  }

  get nextDeadline(): number | undefined {
    return this.#append?.retryAtMs;
  }

  propose(proposalId: number, payload: Uint8Array): void {
    this.#queue.push({ proposalId, payload });
    this.#heldBytes += heldBytesOf(payload);
  }

  /** Sends what is due. `leading`: only while this member leads. */
  tick(leading: Leading | undefined): void {
    const append = this.#append;
    if (append === undefined) {
      // What was settled by the first of its entries is not all given out yet: the next append goes behind the last.
      const isUpToDate = this.#known.committedIndex >= this.#tailIndex;
      if (leading !== undefined && isUpToDate && this.#queue.length > 0) this.#begin(leading);
    } else if (append.retryAtMs !== undefined && this.#output.now >= append.retryAtMs) {
      append.retryAtMs = undefined;
      this.#attempt(append);
    }
  }

  /** This member does not lead any more: what was not sent is refused. What was sent is still to be settled. */
  deposed(): void {
    for (const proposal of this.#queue.splice(0)) this.#reject(proposal, this.#notLeader());
    const append = this.#append;
    if (append === undefined) return;
    this.#options.barriers.refuse(append.barrierIds.splice(0), this.#notLeader());
    if (!append.mayBeWritten && append.retryAtMs !== undefined) this.#refuse(this.#notLeader());
  }

  /** The log has gone on with this entry. */
  committed(entry: Entry): void {
    const append = this.#append;
    if (append === undefined || entry.index !== append.head + 1) return;
    if (entry.term === append.term) this.#commit(append);
    else this.#refuse(this.#notLeader());
  }

  /** The log has `head` entries at least, and a term has begun after which no earlier one adds any. */
  fenced(term: number, head: number): void {
    const append = this.#append;
    if (append !== undefined && term > append.term && head <= append.head) this.#refuse(this.#notLeader());
  }

  /** The application was given a snapshot in place of entries up to `index`: what they were is not known. */
  skipped(index: number): void {
    if (this.#append !== undefined && index > this.#append.head) this.#doubt("a snapshot has taken its place");
  }

  /** The member ends: nothing is sent any more. */
  end(error: UnavailableError): void {
    for (const proposal of this.#queue.splice(0)) this.#reject(proposal, error);
    if (this.#append === undefined) return;
    if (this.#append.mayBeWritten || this.#append.retryAtMs === undefined) this.#doubt(error.message);
    else this.#refuse(error);
  }

  #begin({ term, guard }: Leading): void {
    const head = this.#known.committedIndex;
    const proposals = takeBatch(this.#queue);
    const entries = proposals.map(({ payload }, position): Entry => ({ index: head + 1 + position, term, payload }));
    const records = entries.map(encodeEntry);
    this.#append = {
      term,
      head,
      proposals,
      entries,
      barrierIds: this.#options.barriers.take(),
      firstRecord: records[0] ?? new Uint8Array(),
      transaction: this.#options.transactions.append(guard, head, records),
      sinceMs: this.#output.now,
      mayBeWritten: false,
      retryAtMs: undefined,
    };
    this.#attempt(this.#append);
  }

  #attempt(append: Append): void {
    const sentAtMs = this.#output.now;
    const { mark } = this.#known;
    this.#output.call(append.transaction, (reply) => {
      if (this.#append !== append) return;
      if (reply.type === "failed") {
        this.#failed(append, reply.failure);
      } else if (reply.result.succeeded) {
        this.#options.confirmed(sentAtMs, true);
        this.#commit(append);
        this.#options.appended(append.entries);
      } else {
        this.#compared(append, reply.result, mark);
      }
    });
  }

  #failed(append: Append, failure: RequestFailure): void {
    if (failure.outcome === "unknown") append.mayBeWritten = true;
    const isOver = this.#output.now - append.sinceMs >= limits.etcdSettleTimeoutMs;
    if (append.mayBeWritten) {
      if (isOver) this.#doubt(failure.message);
      else append.retryAtMs = this.#output.now + limits.etcdRetryPauseMs;
    } else if (!this.#options.isLeading(append.term)) {
      this.#refuse(this.#notLeader());
    } else if (isOver || failure.reason !== "unavailable") {
      this.#refuse(unavailable(failure));
    } else {
      append.retryAtMs = this.#output.now + limits.etcdRetryPauseMs;
    }
  }

  /** A comparison did not hold: who leads, how long is the log, and what is in the place? */
  #compared(append: Append, result: TransactionResult, mark: KnowledgeMark): void {
    const view = viewOf(result);
    this.#options.viewed(view, mark);
    if (this.#append !== append) return;
    const occupant = occupantOf(result);
    if (occupant !== undefined && isEqual(occupant.value, append.firstRecord)) {
      this.#commit(append);
      this.#options.appended(append.entries);
    } else if (occupant !== undefined) {
      this.#refuse(this.#notLeader());
      this.#options.gaveUp();
    } else if (view.head !== append.head) {
      this.#doubt(`entry ${append.head + 1} is in a snapshot by now`);
    } else {
      throw new EngineError("ERR_STORE_FAILED", "etcd has refused a transaction although all of its conditions hold");
    }
  }

  #commit({ term, head, proposals, barrierIds }: Append): void {
    this.#append = undefined;
    this.#tailIndex = head + proposals.length;
    proposals.forEach((proposal, position) => {
      this.#settle(proposal, { type: "committed", position: { index: head + 1 + position, term } });
    });
    this.#options.barriers.confirmed(barrierIds, this.#tailIndex);
  }

  /** None of the append is in the log, nor will it be. */
  #refuse(error: NotLeaderError | UnavailableError): void {
    const append = this.#append;
    this.#append = undefined;
    for (const proposal of append?.proposals ?? []) this.#reject(proposal, error);
    this.#options.barriers.refuse(append?.barrierIds ?? [], error);
  }

  #doubt(message: string): void {
    const append = this.#append;
    if (append === undefined) return;
    this.#append = undefined;
    append.proposals.forEach((proposal, position) => {
      this.#reject(proposal, new AmbiguousCommitError(append.head + 1 + position, { cause: new Error(message) }));
    });
    this.#options.barriers.refuse(append.barrierIds, new UnavailableError(message));
    this.#options.gaveUp();
  }

  #reject(proposal: Proposal, error: NotLeaderError | UnavailableError | AmbiguousCommitError): void {
    this.#settle(proposal, { type: "rejected", error });
  }

  #settle({ proposalId, payload }: Proposal, outcome: ProposalOutcome): void {
    this.#heldBytes -= heldBytesOf(payload);
    this.#output.push({ type: "settle", proposalId, outcome });
  }

  #notLeader(): NotLeaderError {
    return new NotLeaderError(this.#options.leaderHint());
  }
}

/** A term of this member's, and what its writes depend on. */
export interface Leading {
  readonly storeId: string;
  readonly term: number;
  readonly guard: readonly Compare[];
}

interface Proposal {
  readonly proposalId: number;
  readonly payload: Uint8Array;
}

/** What was sent, and is not settled. */
interface Append {
  readonly term: number;
  /** The length of the log before it. */
  readonly head: number;
  readonly proposals: readonly Proposal[];
  readonly entries: readonly Entry[];
  /** Read barriers that were asked for before it was sent. */
  readonly barrierIds: number[];
  readonly firstRecord: Uint8Array;
  readonly transaction: Transaction;
  readonly sinceMs: number;
  /** Whether some attempt has ended without an answer. */
  mayBeWritten: boolean;
  /** When the next attempt is due; `undefined` while one is on its way. */
  retryAtMs: number | undefined;
}

/** Takes the oldest proposals, at least one, and no more than fit into one transaction. */
function takeBatch(queue: Proposal[]): readonly Proposal[] {
  let bytes = 0;
  let count = 0;
  for (const { payload } of queue) {
    bytes += heldBytesOf(payload);
    if (count === limits.etcdAppendEntriesMax || (count > 0 && bytes > limits.batchBytesMax)) break;
    count += 1;
  }
  return queue.splice(0, count);
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, position) => byte === other[position]);
}
