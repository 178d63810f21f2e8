import { limits } from "../../protocol/limits.ts";
import { type Entry, type Leadership, NotLeaderError, UnavailableError } from "../consensus.ts";
import type { KeyValue } from "./etcd-api.ts";
import { type KnowledgeMark, KnownStore } from "./known-store.ts";
import { LeaderElection } from "./leader-election.ts";
import { type Leading, LogAppender } from "./log-appender.ts";
import { heldBytesOf, LogFollower } from "./log-follower.ts";
import type { MemberEffect, MemberEvent, MemberOptions } from "./member-events.ts";
import { MemberOutput } from "./member-output.ts";
import { ReadBarriers } from "./read-barriers.ts";
import { StoreKeys } from "./store-keys.ts";
import { leaderOf, StoreTransactions, type StoreView } from "./store-transactions.ts";

/**
 * One member of a cluster whose log is in etcd: everything that is decided, and nothing that is done. No clock, no
 * chance but the one it is given, no I/O: `step` takes what happened and says what to do.
 *
 * Theory of operation. etcd orders everything: a transaction of the leader compares the identity of the store, the
 * leader's claim and the length of the log, and adds entries if they are what the leader believes. The revision of a
 * claim is its term. So the log has one writer at a time, whatever clocks, networks and processes do, and a writer that
 * was deposed is refused by the comparison. Every member follows the log (`LogFollower`) and stands for election
 * (`LeaderElection`); the one that leads appends (`LogAppender`) and answers read barriers (`ReadBarriers`).
 *
 * Invariants: (1) entries are delivered in order, once, whatever brings them; (2) what is delivered was committed; (3)
 * a member leads only in a term that etcd has given to it, after it has applied everything before that term; (4) it
 * follows before it is given an entry of a later term; (5) every proposal and barrier is settled once.
 */
export class Member {
  readonly #options: MemberOptions;
  readonly #output: MemberOutput;
  readonly #known: KnownStore = new KnownStore();
  readonly #transactions: StoreTransactions;
  readonly #follower: LogFollower;
  readonly #election: LeaderElection;
  readonly #barriers: ReadBarriers;
  readonly #appender: LogAppender;
  #leadership: Leadership = { role: "follower" };
  #state: "new" | "running" | "stopping" | "resigning" | "stopped" | "failed" = "new";

  constructor(options: MemberOptions) {
    this.#options = options;
    this.#transactions = new StoreTransactions(new StoreKeys(options.prefix));
    this.#output = new MemberOutput(Math.min(limits.etcdAttemptTimeoutMs, options.electionTimeoutMs / 2));
    const viewed = (view: StoreView, mark: KnowledgeMark) => this.#viewed(view, mark);
    const confirmed = (sentAtMs: number, isWrite: boolean) => this.#election.confirmed(sentAtMs, isWrite);
    const parts = { output: this.#output, known: this.#known, transactions: this.#transactions, viewed, confirmed };
    this.#follower = new LogFollower({
      ...parts,
      newStoreId: options.newStoreId,
      committed: (entry) => this.#committed(entry),
      leaderWritten: (keyValue) => this.#leaderWritten(keyValue),
    });
    this.#election = new LeaderElection({
      ...parts,
      memberId: options.memberId,
      electionTimeoutMs: options.electionTimeoutMs,
      random: options.random,
      mayCampaign: () => this.#mayCampaign(),
      watchIsBehind: () => this.#follower.distrustWatch(),
      elected: () => this.#announce(),
      unconfirmed: () => this.#stepDown(),
    });
    this.#barriers = new ReadBarriers({ ...parts, kind: options.barrier });
    this.#appender = new LogAppender({
      ...parts,
      barriers: this.#barriers,
      leaderHint: () => this.#leaderHint,
      isLeading: (term) => this.#election.leading?.term === term,
      appended: (entries) => this.#follower.give(entries),
      gaveUp: () => this.#stepDown(),
    });
  }

  /** What was announced last. */
  get leadership(): Leadership {
    return this.#leadership;
  }

  /** The identity of the store, once it is known. */
  get storeId(): string | undefined {
    return this.#known.storeId;
  }

  /** The term that this member leads in, for other writes that must depend on it: those of a snapshot. */
  get authority(): Leading | undefined {
    return this.#election.leading;
  }

  /** When `deadline` is due next, in monotonic milliseconds; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    if (this.#isOver) return undefined;
    return earliest(
      earliest(this.#follower.nextDeadline, this.#election.nextDeadline),
      earliest(this.#appender.nextDeadline, this.#barriers.nextDeadline),
    );
  }

  /** Feeds one event and returns what to do about it, in order. `nowMs`: monotonic milliseconds. */
  step(event: MemberEvent, nowMs: number): readonly MemberEffect[] {
    this.#output.now = nowMs;
    try {
      this.#handle(event);
      this.#tick();
    } catch (error) {
      this.#fail(error instanceof Error ? error : new Error(String(error), { cause: error }));
    }
    return this.#output.take();
  }

  #handle(event: MemberEvent): void {
    if (event.type === "propose") {
      this.#propose(event.proposalId, event.payload);
    } else if (event.type === "readBarrier") {
      this.#readBarrier(event.barrierId);
    } else if (!this.#isOver) {
      this.#handleWhileRunning(event);
    }
  }

  #handleWhileRunning(event: Exclude<MemberEvent, { readonly type: "propose" | "readBarrier" }>): void {
    switch (event.type) {
      case "start":
        this.#state = "running";
        this.#follower.start();
        return;
      case "answered":
      case "failed":
        this.#output.replied(event);
        return;
      case "watched":
        this.#follower.watched(event.watchId, event.events);
        return;
      case "progress":
        this.#follower.progress(event.watchId);
        return;
      case "watchEnded":
        this.#follower.watchEnded(event.watchId, event.failure);
        return;
      case "applied":
        this.#follower.applied(event.index);
        this.#barriers.applied();
        return;
      case "restored":
        this.#follower.restored();
        this.#appender.skipped(this.#known.committedIndex);
        this.#barriers.applied();
        return;
      case "restoreFailed":
        this.#follower.restoreFailed();
        return;
      case "broken":
        this.#fail(event.error);
        return;
      case "deadline":
        return;
      case "stop":
        if (this.#state === "new") this.#stopped();
        else if (this.#state === "running") this.#state = "stopping";
    }
  }

  #tick(): void {
    if (this.#isOver || this.#state === "new") return;
    this.#follower.tick();
    this.#election.tick();
    this.#appender.tick(this.#election.leading);
    this.#barriers.tick(this.#election.leading, this.#appender.hasNext);
    if (this.#state === "stopping") this.#wind();
  }

  #propose(proposalId: number, payload: Uint8Array): void {
    const error = this.#refusal() ?? this.#overflow(payload);
    if (error === undefined) this.#appender.propose(proposalId, payload);
    else this.#output.push({ type: "settle", proposalId, outcome: { type: "rejected", error } });
  }

  #readBarrier(barrierId: number): void {
    const error = this.#refusal();
    if (error === undefined) this.#barriers.add(barrierId);
    else this.#barriers.refuse([barrierId], error);
  }

  #refusal(): NotLeaderError | UnavailableError | undefined {
    switch (this.#state) {
      case "stopping":
      case "resigning":
        return new UnavailableError("the engine is stopping");
      case "stopped":
        return new UnavailableError("the engine was stopped");
      case "failed":
        return new UnavailableError("the engine has failed; onFatal or start said why");
      default:
        return this.#election.leading === undefined ? new NotLeaderError(this.#leaderHint) : undefined;
    }
  }

  #overflow(payload: Uint8Array): UnavailableError | undefined {
    const heldBytes = this.#appender.heldBytes + this.#follower.waitingBytes;
    if (heldBytes + heldBytesOf(payload) <= limits.proposalBytesMax) return undefined;
    const waiting = `${heldBytes} bytes wait to be written or applied`;
    return new UnavailableError(
      `${waiting}, the limit is ${limits.proposalBytesMax} (proposalBytesMax); propose less at a time`,
    );
  }

  /** Takes in what etcd said of the store. Throws when it is not the store that it was. */
  #viewed(view: StoreView, mark: KnowledgeMark): void {
    this.#known.check(view, mark);
    const { leader, head = 0 } = view;
    if (leader !== undefined && this.#known.sawLeader(leader, this.#output.now)) this.#leaderChanged();
    this.#known.sawHeartbeat(view.heartbeatRevision, this.#output.now);
    this.#appender.fenced(leader?.term ?? 0, head);
  }

  /** The watch has come to a write of the leader's key, and to every entry before it. */
  #leaderWritten(keyValue: KeyValue): void {
    const leader = leaderOf(keyValue);
    if (this.#known.sawLeader(leader, this.#output.now)) this.#leaderChanged();
    this.#appender.fenced(leader.term, this.#known.committedIndex);
  }

  #leaderChanged(): void {
    const { leading } = this.#election;
    if (leading !== undefined && leading.term < this.#known.term) this.#stepDown();
    else this.#election.leaderChanged();
    this.#announce();
  }

  #committed(entry: Entry): void {
    const { leading } = this.#election;
    if (leading !== undefined && entry.term > leading.term) this.#stepDown();
    this.#appender.committed(entry);
  }

  #mayCampaign(): boolean {
    const { committedIndex, appliedIndex } = this.#known;
    const isUpToDate = this.#follower.isLive && appliedIndex === committedIndex;
    return this.#state === "running" && this.#follower.hasStarted && isUpToDate && !this.#appender.isAppending;
  }

  #stepDown(): void {
    this.#election.follow();
    this.#announce();
    this.#appender.deposed();
    this.#barriers.deposed(new NotLeaderError(this.#leaderHint));
  }

  get #leaderHint(): string | undefined {
    const leader = this.#known.leader?.memberId;
    return leader === this.#options.memberId ? undefined : leader;
  }

  #announce(): void {
    const { leading } = this.#election;
    const now: Leadership =
      leading === undefined || (this.#state !== "running" && this.#state !== "stopping")
        ? { role: "follower", leader: this.#leaderHint }
        : { role: "leader", term: leading.term };
    if (isSame(now, this.#leadership)) return;
    this.#leadership = now;
    this.#output.push({ type: "leadership", leadership: now });
  }

  /**
   * Ends when nothing is open any more: what was proposed is settled and applied, and others know that nobody leads.
   */
  #wind(): void {
    const { leading } = this.#election;
    if (leading === undefined) {
      if (!this.#election.isClaiming && !this.#appender.isAppending) this.#stopped();
      return;
    }
    const { committedIndex, appliedIndex } = this.#known;
    if (!this.#appender.isIdle || !this.#barriers.isIdle || appliedIndex < committedIndex) return;
    this.#state = "resigning";
    this.#announce();
    const claim = Math.floor(this.#options.random() * Number.MAX_SAFE_INTEGER);
    this.#output.call(this.#transactions.resign(leading.guard, claim), () => this.#stopped());
  }

  #stopped(): void {
    this.#end("stopped", new UnavailableError("the engine was stopped"));
    this.#output.push({ type: "stopped" });
  }

  #fail(error: Error): void {
    if (this.#isOver) return;
    this.#end("failed", new UnavailableError(error.message, { cause: error }));
    this.#output.push({ type: "fatal", error });
  }

  #end(state: "stopped" | "failed", error: UnavailableError): void {
    this.#state = state;
    this.#output.forgetCalls();
    this.#follower.stop();
    this.#election.follow();
    this.#appender.end(error);
    this.#barriers.end(error);
    this.#announce();
  }

  get #isOver(): boolean {
    return this.#state === "stopped" || this.#state === "failed";
  }
}

function isSame(one: Leadership, other: Leadership): boolean {
  if (one.role === "leader") return other.role === "leader" && one.term === other.term;
  return other.role === "follower" && one.leader === other.leader;
}

function earliest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
