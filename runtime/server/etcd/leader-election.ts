import { limits } from "../../protocol/limits.ts";
import type { TransactionResult } from "./etcd-api.ts";
import type { KnowledgeMark, KnownStore } from "./known-store.ts";
import type { Leading } from "./log-appender.ts";
import type { MemberOutput } from "./member-output.ts";
import { type ClaimGrounds, type StoreTransactions, type StoreView, viewOf } from "./store-transactions.ts";

/** What an election needs of its member. */
export interface LeaderElectionOptions {
  readonly output: MemberOutput;
  readonly known: KnownStore;
  readonly transactions: StoreTransactions;
  readonly memberId: string;
  readonly electionTimeoutMs: number;
  readonly random: () => number;
  /** Takes in a view of the store; throws if it is another one. */
  readonly viewed: (view: StoreView, mark: KnowledgeMark) => void;
  /** Whether this member sees what happens, and everything that it has seen is applied and settled. */
  readonly mayCampaign: () => boolean;
  /** The watch has not shown what etcd knows. */
  readonly watchIsBehind: () => void;
  /** This member leads from now on. */
  readonly elected: () => void;
  /** This member cannot tell any more whether it leads. */
  readonly unconfirmed: () => void;
}

/**
 * Decides when this member claims the leadership, and while it leads, shows that it lives.
 *
 * A claim is a write to the leader's key on condition that the key, the heartbeat and the head of the log are still
 * those that this member has seen. So a member whose watch is behind cannot depose a leader that lives, and whoever
 * wins has already applied everything that the earlier terms have left. Attempts at one claim carry the same number, by
 * which a lost answer is recognised.
 *
 * Nothing that is promised depends on time here: a leader that steps down late, or a claim that comes early, is kept
 * apart by the term, which every write compares.
 */
export class LeaderElection {
  readonly #options: LeaderElectionOptions;
  readonly #output: MemberOutput;
  readonly #known: KnownStore;
  #role: Role = { type: "following" };
  /** Drawn anew for each wait, so that members do not claim at the same time for ever. */
  #lot: number;
  /** After a claim that came to nothing: the next one comes later. */
  #notBeforeMs = 0;

  constructor(options: LeaderElectionOptions) {
    this.#options = options;
    this.#output = options.output;
    this.#known = options.known;
    this.#lot = options.random();
  }

  /** The term that this member leads in. */
  get leading(): Leading | undefined {
    return this.#role.type === "leading" ? this.#role : undefined;
  }

  get isClaiming(): boolean {
    return this.#role.type === "claiming";
  }

  get nextDeadline(): number | undefined {
    const role = this.#role;
    switch (role.type) {
      case "following":
        return this.#options.mayCampaign() ? this.#electionAtMs : undefined;
      case "claiming":
        return role.retryAtMs;
      default:
        return Math.min(this.#unconfirmedAtMs(role), role.isBeating ? Number.POSITIVE_INFINITY : role.beatAtMs);
    }
  }

  /** Does what is due. */
  tick(): void {
    const { now } = this.#output;
    const role = this.#role;
    switch (role.type) {
      case "following":
        if (this.#options.mayCampaign() && now >= this.#electionAtMs) this.#campaign();
        return;
      case "claiming":
        if (role.retryAtMs !== undefined && now >= role.retryAtMs) this.#claim(role);
        return;
      case "leading":
        if (now >= this.#unconfirmedAtMs(role)) this.#options.unconfirmed();
        else if (!role.isBeating && now >= role.beatAtMs) this.#beat(role);
    }
  }

  /** Somebody else has claimed the leadership, or nobody has it. */
  leaderChanged(): void {
    this.#lot = this.#options.random();
    if (this.#role.type === "claiming" && this.#role.retryAtMs !== undefined) this.follow();
  }

  /** Leads no more, and claims nothing for now. */
  follow(): void {
    this.#role = { type: "following" };
    this.#lot = this.#options.random();
  }

  /** A transaction that depends on the term, sent at this time, was successful. */
  confirmed(sentAtMs: number, isWrite: boolean): void {
    const role = this.#role;
    if (role.type !== "leading") return;
    role.confirmedAtMs = Math.max(role.confirmedAtMs, sentAtMs);
    if (isWrite) role.beatAtMs = Math.max(role.beatAtMs, sentAtMs + this.#beatIntervalMs);
  }

  get #beatIntervalMs(): number {
    return this.#options.electionTimeoutMs / BEATS_PER_TIMEOUT;
  }

  /** When this member claims, if nothing is heard of a leader until then. */
  get #electionAtMs(): number {
    const { electionTimeoutMs, memberId } = this.#options;
    const { leader, hasHeardLeader } = this.#known;
    // One that resigned, or that was an earlier process of this member, is not worth waiting for. One that lives is,
    // whatever its name: two processes with one name, which is a mistake, must not depose each other for ever.
    const isVacant = leader?.memberId === undefined || (leader.memberId === memberId && !hasHeardLeader);
    const waitMs = isVacant ? (this.#lot * electionTimeoutMs) / 10 : electionTimeoutMs * (1 + this.#lot / 2);
    return Math.max(this.#known.signAtMs + waitMs, this.#notBeforeMs);
  }

  /**
   * Twice the time after which others claim: a leader that etcd does not hear should not keep clients from the next.
   */
  #unconfirmedAtMs(role: LeadingRole): number {
    return role.confirmedAtMs + 2 * this.#options.electionTimeoutMs;
  }

  #campaign(): void {
    const { term, heartbeatRevision, committedIndex, storeId = "" } = this.#known;
    const claiming: ClaimingRole = {
      type: "claiming",
      claim: Math.floor(this.#options.random() * Number.MAX_SAFE_INTEGER),
      grounds: { storeId, term, heartbeatRevision, head: committedIndex },
      sinceMs: this.#output.now,
      retryAtMs: undefined,
    };
    this.#role = claiming;
    this.#claim(claiming);
  }

  #claim(role: ClaimingRole): void {
    role.retryAtMs = undefined;
    const { transactions, memberId, electionTimeoutMs } = this.#options;
    const { now } = this.#output;
    const { mark } = this.#known;
    this.#output.call(transactions.claim(role.grounds, { memberId, claim: role.claim }), (reply) => {
      if (this.#role !== role) return;
      if (reply.type === "answered") {
        if (reply.result.succeeded) this.#won(role, reply.result.revision, now);
        else this.#compared(role, reply.result, { mark, sentAtMs: now });
        return;
      }
      const isLate = this.#output.now - role.sinceMs >= electionTimeoutMs;
      if (reply.failure.reason === "unavailable" && !isLate) {
        role.retryAtMs = this.#output.now + limits.etcdRetryPauseMs;
        return;
      }
      this.follow();
      this.#notBeforeMs = this.#output.now + this.#lot * electionTimeoutMs;
    });
  }

  /** A comparison did not hold: an earlier attempt may have won, or something has happened. */
  #compared(role: ClaimingRole, result: TransactionResult, { mark, sentAtMs }: Sent): void {
    const view = viewOf(result);
    const { heartbeatRevision, committedIndex } = this.#known;
    const isBehind = view.heartbeatRevision > heartbeatRevision || (view.head ?? 0) > committedIndex;
    const { leader } = view;
    this.#options.viewed(view, mark);
    if (this.#role !== role) return;
    if (leader !== undefined && leader.claim === role.claim && leader.memberId === this.#options.memberId) {
      this.#won(role, leader.term, sentAtMs);
      return;
    }
    this.follow();
    if (isBehind) this.#options.watchIsBehind();
  }

  #won(role: ClaimingRole, term: number, sentAtMs: number): void {
    const { known, transactions, memberId } = this.#options;
    const { storeId } = role.grounds;
    if (known.term > term) {
      this.follow();
      return;
    }
    known.sawLeader({ memberId, claim: role.claim, term }, this.#output.now);
    this.#role = {
      type: "leading",
      storeId,
      term,
      guard: transactions.guard(storeId, term),
      confirmedAtMs: sentAtMs,
      beatAtMs: sentAtMs + this.#beatIntervalMs,
      isBeating: false,
    };
    this.#options.elected();
  }

  #beat(role: LeadingRole): void {
    role.isBeating = true;
    const { now } = this.#output;
    const { mark } = this.#known;
    this.#output.call(this.#options.transactions.heartbeat(role.guard), (reply) => {
      if (this.#role !== role) return;
      role.isBeating = false;
      if (reply.type === "answered") {
        if (reply.result.succeeded) this.confirmed(now, true);
        else this.#options.viewed(viewOf(reply.result), mark);
      } else if (reply.failure.reason === "noSpace") {
        // A store that takes no writes takes no claims either: nobody else could lead.
        this.confirmed(now, true);
      } else {
        role.beatAtMs = this.#output.now + limits.etcdRetryPauseMs;
      }
    });
  }
}

interface ClaimingRole {
  readonly type: "claiming";
  /** Tells this claim from all others of this member. */
  readonly claim: number;
  readonly grounds: ClaimGrounds;
  readonly sinceMs: number;
  /** When the next attempt is due; `undefined` while one is on its way. */
  retryAtMs: number | undefined;
}

interface LeadingRole extends Leading {
  readonly type: "leading";
  /** When the last transaction was sent that showed that the term lasts. */
  confirmedAtMs: number;
  /** When the next heartbeat is due, unless something else is written before. */
  beatAtMs: number;
  isBeating: boolean;
}

/** What was known, and when, as a claim was sent. */
interface Sent {
  readonly mark: KnowledgeMark;
  readonly sentAtMs: number;
}

type Role = { readonly type: "following" } | ClaimingRole | LeadingRole;

/** Heartbeats that may be lost before others claim. */
const BEATS_PER_TIMEOUT = 5;
