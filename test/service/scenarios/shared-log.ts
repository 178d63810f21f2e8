import { type Application, type ConsensusEngine, type Entry, type Leadership, NotLeaderError } from "hawser/server";

/**
 * Consensus without machines: members of one process that share a log, of whom one leads. An entry is committed when it is
 * in the log; every member applies it in a later turn.
 */
export class SharedLog {
  readonly #entries: Entry[] = [];
  readonly #members = new Map<string, SharedLogEngine>();
  #term = 1;
  #leader: string;

  /** `leader`: who leads first. */
  constructor(leader: string) {
    this.#leader = leader;
  }

  get leader(): string {
    return this.#leader;
  }

  get length(): number {
    return this.#entries.length;
  }

  entry(index: number): Entry | undefined {
    return this.#entries[index - 1];
  }

  /** The engine of a member. */
  member(memberId: string): ConsensusEngine {
    const engine = new SharedLogEngine(this, memberId);
    this.#members.set(memberId, engine);
    return engine;
  }

  /** Makes another member the leader. Resolves when it serves. */
  async lead(memberId: string): Promise<void> {
    this.#leader = memberId;
    this.#term += 1;
    await Promise.all(Array.from(this.#members.values(), (member) => member.takeRole()));
  }

  append(payload: Uint8Array): { readonly index: number; readonly term: number } {
    const position = { index: this.#entries.length + 1, term: this.#term };
    this.#entries.push({ ...position, payload });
    for (const member of this.#members.values()) void member.apply();
    return position;
  }

  /** What a member is at present. */
  roleOf(memberId: string): Leadership {
    if (memberId === this.#leader) return { role: "leader", term: this.#term };
    return { role: "follower", leader: this.#leader };
  }
}

class SharedLogEngine implements ConsensusEngine {
  readonly #log: SharedLog;
  readonly #memberId: string;
  #leadership: Leadership = { role: "follower" };
  #application: Application | undefined;
  #appliedIndex = 0;
  #applying: Promise<void> | undefined;

  constructor(log: SharedLog, memberId: string) {
    this.#log = log;
    this.#memberId = memberId;
  }

  get leadership(): Leadership {
    return this.#leadership;
  }

  async start(application: Application): Promise<void> {
    this.#application = application;
    await this.takeRole();
  }

  async propose(payload: Uint8Array): Promise<{ readonly index: number; readonly term: number }> {
    if (this.#log.leader !== this.#memberId) throw new NotLeaderError(this.#log.leader);
    return this.#log.append(payload);
  }

  async readBarrier(): Promise<{ readonly index: number }> {
    if (this.#log.leader !== this.#memberId) throw new NotLeaderError(this.#log.leader);
    await this.apply();
    return { index: this.#appliedIndex };
  }

  async saveSnapshot(): Promise<void> {
    throw new Error("a log in memory needs no snapshots");
  }

  async stop(): Promise<void> {
    this.#application = undefined;
  }

  /** Announces what the member is now; a leader applies everything first. */
  async takeRole(): Promise<void> {
    const leadership = this.#log.roleOf(this.#memberId);
    if (leadership.role === "leader") await this.apply();
    this.#leadership = leadership;
    this.#application?.onLeadership(leadership);
  }

  /** Resolves when everything in the log was applied. */
  apply(): Promise<void> {
    this.#applying ??= this.#applyAll().finally(() => {
      this.#applying = undefined;
    });
    return this.#applying;
  }

  async #applyAll(): Promise<void> {
    await undefined;
    while (this.#application !== undefined && this.#appliedIndex < this.#log.length) {
      const entry = this.#log.entry(this.#appliedIndex + 1);
      if (entry === undefined) return;
      this.#appliedIndex += 1;
      await this.#application.onEntry(entry);
    }
  }
}
