import { encodeLogMessage } from "../../generated/log/codec.ts";
import type { LogRecord } from "../../generated/log/messages.ts";
import type { ProposalFailure } from "../../runtime/protocol/server-events.ts";
import type { MemberProcess } from "./member-process.ts";
import type { World } from "./world.ts";

/** One committed item of the simulated log. */
export interface CommittedEntry {
  readonly index: number;
  readonly bytes: Uint8Array;
}

/** What a leader has asked the log to take. */
export interface Proposal {
  readonly member: MemberProcess;
  readonly incarnation: number;
  /** The leadership in which it was proposed. */
  readonly term: number;
  readonly proposedAt: number;
  readonly records: readonly LogRecord[];
  /** `limbo`: its proposer was told that it may or may not be in the log, and it may yet get there. */
  state: "open" | "limbo" | "settled";
}

/**
 * A replicated log without its protocol: one list that all members share, and an oracle that says who leads. It keeps the
 * rules of `runtime/server/consensus.ts` and takes every liberty that they leave: proposals fail, or fail and are committed
 * later; a new leadership takes over some of what the one before left open; a deposed leader is told late.
 */
export class Consensus {
  readonly log: CommittedEntry[] = [];
  term = 0;
  /** Who really leads; undefined until the next election. */
  leader: MemberProcess | undefined;
  readonly #world: World;
  #open: Proposal[] = [];
  #electionDue = false;

  constructor(world: World) {
    this.#world = world;
  }

  get committedIndex(): number {
    return this.log.length;
  }

  /** Whether a member that believes to lead in this term really does. */
  isLed(member: MemberProcess, term: number): boolean {
    return this.leader === member && this.term === term;
  }

  propose(proposal: Proposal): void {
    const { chance, profile } = this.#world;
    if (proposal.term < this.term) {
      // A deposed leader's: its quorum refuses it.
      proposal.state = "settled";
      const failure = this.#failureOfLost();
      this.#world.after(chance.around(profile.commitMs * 4), () => proposal.member.proposalSettled(proposal, failure));
      return;
    }
    this.#open.push(proposal);
    this.#decideLater(proposal);
  }

  /** A member is gone. Another leads after a while. */
  crashed(member: MemberProcess): void {
    if (this.leader !== member) return;
    this.leader = undefined;
    this.electSoon();
  }

  electSoon(): void {
    if (this.#electionDue) return;
    this.#electionDue = true;
    this.#world.after(50 + this.#world.chance.around(400), () => {
      this.#electionDue = false;
      if (this.leader === undefined) this.elect({ isFormerToldLate: false });
    });
  }

  /** Gives the leadership to another member, or to any when none has it. */
  elect({ isFormerToldLate }: { readonly isFormerToldLate: boolean }): boolean {
    const { members, chance } = this.#world;
    const able = members.filter(({ isUp }) => isUp);
    const next = chance.pick(able.filter((member) => member !== this.leader));
    if (next === undefined || able.length * 2 <= members.length) {
      if (this.leader === undefined) this.electSoon();
      return false;
    }
    const former = this.leader;
    this.term += 1;
    this.leader = next;
    for (const member of members) if (member !== next) member.fence();
    for (const proposal of this.#open.splice(0)) this.#inherit(proposal);
    const { term, committedIndex } = this;
    this.#world.note(() => `${next.memberId} is elected in term ${term}, from entry ${committedIndex} on`);
    next.elected(term, committedIndex);
    for (const member of members) {
      if (member === next) continue;
      const delayMs = member === former && isFormerToldLate ? chance.between(500, 20_000) : chance.around(50);
      this.#world.after(delayMs, () => member.follow(term, chance.happens(0.9) ? next.memberId : undefined));
    }
    return true;
  }

  /** The faults are over: what was in doubt is decided, and everybody is told who leads. */
  settleAll(): void {
    for (const proposal of [...this.#open]) this.#settleLimbo(proposal);
    const { term, leader } = this;
    for (const member of leader === undefined ? [] : this.#world.members) {
      if (member !== leader)
        this.#world.after(this.#world.chance.around(50), () => member.follow(term, leader?.memberId));
    }
  }

  #decideLater(proposal: Proposal): void {
    const { chance, profile } = this.#world;
    this.#world.after(chance.around(profile.commitMs), () => this.#decide(proposal));
  }

  #decide(proposal: Proposal): void {
    const { member, incarnation } = proposal;
    if (proposal.state !== "open" || this.leader !== member || member.incarnation !== incarnation) return;
    // What was proposed before it is settled first.
    if (this.#open[0] !== proposal || !this.#hasQuorum()) {
      this.#world.after(5, () => this.#decide(proposal));
      return;
    }
    const { chance, profile, isCalm } = this.#world;
    if (!isCalm && chance.happens(profile.unavailable)) {
      this.#world.count("proposal unavailable");
      this.#settle(proposal);
      member.proposalSettled(proposal, { type: "unavailable" });
    } else if (!isCalm && chance.happens(profile.ambiguous)) {
      proposal.state = "limbo";
      member.proposalSettled(proposal, { type: "ambiguous" });
      this.#world.after(chance.around(chance.oneOf(5, 2_000)), () => this.#settleLimbo(proposal));
    } else {
      this.#commit(proposal);
      member.proposalSettled(proposal, undefined);
    }
  }

  #settleLimbo(proposal: Proposal): void {
    if (proposal.state !== "limbo") return;
    const isCommitted = this.leader === proposal.member && this.#world.chance.happens(0.5);
    this.#world.count(isCommitted ? "ambiguous, committed" : "ambiguous, lost");
    if (isCommitted) this.#commit(proposal);
    else this.#settle(proposal);
  }

  /** A new leadership finds a proposal of the former one in enough logs, or not. */
  #inherit(proposal: Proposal): void {
    const { member, state } = proposal;
    const { chance } = this.#world;
    const isCommitted = chance.happens(0.5);
    this.#world.count(isCommitted ? "ambiguous, committed" : "ambiguous, lost");
    if (isCommitted) this.#commit(proposal);
    else proposal.state = "settled";
    if (state === "limbo") return;
    const failure = isCommitted ? ({ type: "ambiguous" } as const) : this.#failureOfLost();
    this.#world.after(chance.around(chance.oneOf(5, 1_000)), () => member.proposalSettled(proposal, failure));
  }

  #failureOfLost(): ProposalFailure {
    const { chance, members } = this.#world;
    const leader = chance.pick([undefined, ...members.map(({ memberId }) => memberId)]);
    return chance.oneOf<ProposalFailure>({ type: "ambiguous" }, { type: "unavailable" }, { type: "notLeader", leader });
  }

  #commit(proposal: Proposal): void {
    this.#settle(proposal);
    const { proposedAt, records, member } = proposal;
    const index = this.log.length + 1;
    this.log.push({ index, bytes: encodeLogMessage({ type: "LogEntry", proposedAt, records: [...records] }, 1) });
    this.#world.committed(index, proposal);
    for (const each of this.#world.members) {
      const delayMs = each === member ? 0 : this.#world.chance.around(this.#world.profile.followerDelayMs);
      each.after(delayMs, () => each.learn(index));
    }
  }

  #settle(proposal: Proposal): void {
    proposal.state = "settled";
    const at = this.#open.indexOf(proposal);
    if (at >= 0) this.#open.splice(at, 1);
  }

  #hasQuorum(): boolean {
    const { members } = this.#world;
    return members.filter(({ isUp }) => isUp).length * 2 > members.length;
  }
}
