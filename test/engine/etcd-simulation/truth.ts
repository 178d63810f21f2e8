import type { Entry, Leadership } from "../../../runtime/server/consensus.ts";
import type { KeyValue } from "../../../runtime/server/etcd/etcd-api.ts";
import type { BarrierOutcome, ProposalOutcome } from "../../../runtime/server/etcd/member-events.ts";
import type { StoreKeys } from "../../../runtime/server/etcd/store-keys.ts";
import { decodeEntry } from "../../../runtime/server/stored-records.ts";

/** A rule of `ConsensusEngine` that was broken in a simulated world. */
export class Violation extends Error {
  override readonly name = "Violation";
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(`${rule}: ${message}`);
    this.rule = rule;
  }
}

/** Throws unless something holds. `problem` is made only then: most checks pass. */
export function check(holds: boolean, rule: string, problem: () => string): asserts holds {
  if (!holds) throw new Violation(rule, problem());
}

/** What was proposed, and what its proposer was told. */
interface ProposalRecord {
  readonly payload: string;
  /** Whether nothing else has the same payload. */
  readonly isUnique: boolean;
  outcome: ProposalOutcome | undefined;
}

/** What was known of the world when a barrier was asked for. */
interface BarrierRecord {
  readonly committedIndex: number;
  readonly wasDeposed: boolean;
  isSettled: boolean;
}

/**
 * What has really happened in the log of one store, seen where it happens: in the store. Everything that members tell
 * anybody is held against it.
 */
export class Truth {
  readonly #keys: StoreKeys;
  /** By index, from 1. Entries that were deleted after a snapshot stay here. */
  readonly #log: Entry[] = [];
  #leaderTerm = 0;
  /** Of unique payloads: where they are. */
  readonly #indexOf = new Map<string, number>();
  readonly #proposals = new Map<string, ProposalRecord>();
  readonly #proposalOf = new Map<string, ProposalRecord>();
  readonly #resolvedIndexes = new Set<number>();
  readonly #barriers = new Map<string, BarrierRecord>();
  readonly #leaders = new Map<number, string>();
  /** How often what was told. */
  readonly counts: Record<"committed" | "refused" | "ambiguous" | "reached" | "terms", number> = {
    committed: 0,
    refused: 0,
    ambiguous: 0,
    reached: 0,
    terms: 0,
  };

  constructor(keys: StoreKeys) {
    this.#keys = keys;
  }

  get lastIndex(): number {
    return this.#log.length;
  }

  get leaderTerm(): number {
    return this.#leaderTerm;
  }

  /** The payloads of the entries up to one. */
  payloadsTo(index: number): readonly string[] {
    return this.#log.slice(0, index).map(({ payload }) => text(payload));
  }

  /** A put has taken effect. */
  put({ key, value, modRevision }: KeyValue): void {
    if (key === this.#keys.leader) {
      this.#leaderTerm = modRevision;
      return;
    }
    const index = this.#keys.indexOf(key);
    if (index === undefined) return;
    check(index === this.#log.length + 1, "1 order", () => `entry ${index} was written after ${this.#log.length}`);
    const entry = decodeEntry(value, index);
    const { term } = entry;
    check(term === this.#leaderTerm, "4 fence", () => `entry ${index} has term ${term} in term ${this.#leaderTerm}`);
    this.#log.push(entry);
    const payload = text(entry.payload);
    const proposal = this.#proposalOf.get(payload);
    if (proposal?.isUnique !== true) return;
    check(
      !this.#indexOf.has(payload),
      "3 once",
      () => `${payload} is entry ${this.#indexOf.get(payload)} and ${index}`,
    );
    this.#indexOf.set(payload, index);
    this.#holdAgainst(proposal);
  }

  proposed(id: string, payload: string, isUnique: boolean): void {
    const record: ProposalRecord = { payload, isUnique, outcome: undefined };
    this.#proposals.set(id, record);
    if (isUnique) this.#proposalOf.set(payload, record);
  }

  settled(id: string, outcome: ProposalOutcome): void {
    const proposal = this.#proposals.get(id);
    check(proposal !== undefined, "2 honest", () => `${id} was settled and never proposed`);
    check(proposal.outcome === undefined, "2 honest", () => `${id} was settled twice`);
    proposal.outcome = outcome;
    if (outcome.type === "committed") {
      const { index, term } = outcome.position;
      this.counts.committed += 1;
      const entry = this.#log[index - 1];
      const isThere = entry !== undefined && entry.term === term && text(entry.payload) === proposal.payload;
      check(isThere, "1 committed", () => `${proposal.payload} is not entry ${index} of term ${term}`);
      check(!this.#resolvedIndexes.has(index), "1 committed", () => `entry ${index} was resolved twice`);
      this.#resolvedIndexes.add(index);
    } else if (outcome.error.name === "AmbiguousCommitError") {
      this.counts.ambiguous += 1;
    } else {
      this.counts.refused += 1;
    }
    this.#holdAgainst(proposal);
  }

  /** A member that leads, as it believes, is asked for a barrier. */
  barrierAsked(id: string, leadership: Leadership): void {
    const wasDeposed = leadership.role !== "leader" || leadership.term !== this.#leaderTerm;
    this.#barriers.set(id, { committedIndex: this.lastIndex, wasDeposed, isSettled: false });
  }

  barrierSettled(id: string, outcome: BarrierOutcome, appliedIndex: number): void {
    const barrier = this.#barriers.get(id);
    check(barrier?.isSettled === false, "7 barrier", () => `${id} was settled twice`);
    barrier.isSettled = true;
    if (outcome.type === "rejected") return;
    this.counts.reached += 1;
    check(!barrier.wasDeposed, "7 barrier", () => `${id} was reached on a member that was deposed before`);
    check(
      outcome.index >= barrier.committedIndex && outcome.index <= appliedIndex,
      "7 barrier",
      () => `${id} was reached at ${outcome.index}, ${barrier.committedIndex} was committed, ${appliedIndex} applied`,
    );
  }

  /** A member has announced that it leads, having applied entries up to `appliedIndex`. */
  announced(memberId: string, term: number, appliedIndex: number): void {
    const other = this.#leaders.get(term);
    check(other === undefined, "4 fence", () => `${memberId} leads in term ${term}, as did ${other}`);
    this.#leaders.set(term, memberId);
    this.counts.terms += 1;
    const missing = this.#log.find((entry) => entry.index > appliedIndex && entry.term < term);
    check(
      missing === undefined,
      "5 complete",
      () => `${memberId} leads in term ${term} and has not applied entry ${missing?.index} of term ${missing?.term}`,
    );
  }

  /** A member's application was given an entry. */
  applied(memberId: string, entry: Entry, appliedIndex: number, leadership: Leadership): void {
    const { index, term } = entry;
    check(index === appliedIndex + 1, "1 order", () => `${memberId} was given entry ${index} after ${appliedIndex}`);
    const real = this.#log[index - 1];
    const isReal = real !== undefined && real.term === term && text(real.payload) === text(entry.payload);
    check(isReal, "1 committed", () => `${memberId} was given an entry ${index} that is not in the log`);
    check(
      leadership.role !== "leader" || leadership.term >= term,
      "8 follows first",
      () => `${memberId} was given entry ${index} of term ${term} while it led in an earlier one`,
    );
  }

  /** A process is gone: nobody will be told what became of its proposals. */
  get openProposals(): readonly string[] {
    return [...this.#proposals].filter(([, { outcome }]) => outcome === undefined).map(([id]) => id);
  }

  get openBarriers(): readonly string[] {
    return [...this.#barriers].filter(([, { isSettled }]) => !isSettled).map(([id]) => id);
  }

  #holdAgainst({ payload, isUnique, outcome }: ProposalRecord): void {
    const index = this.#indexOf.get(payload);
    if (!isUnique || outcome?.type !== "rejected" || index === undefined) return;
    const { error } = outcome;
    if (error.name === "AmbiguousCommitError") {
      check(index === error.index, "2 honest", () => `${payload} may be entry ${error.index}, and is entry ${index}`);
    } else {
      check(false, "2 honest", () => `${payload} was refused (${error.name}: ${error.message}) and is entry ${index}`);
    }
  }
}

export function text(payload: Uint8Array): string {
  return Buffer.from(payload).toString();
}
