import type { ClusterChanged, Member, MemberId } from "../../generated/protocol/messages.ts";
import { Backoff } from "./backoff.ts";
import { CircuitBreaker, type CircuitState } from "./circuit-breaker.ts";
import type { ClientOutput } from "./client-output.ts";
import { KnownMembers } from "./known-members.ts";
import { limits } from "./limits.ts";

/** What a client finds its way with. */
export interface ClientRouteOptions {
  /** Where the members of the cluster listen, in the order in which they are tried. */
  readonly members: readonly Member[];
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** Whether the transport takes an address. */
  readonly isAddress: (address: string) => boolean;
}

/**
 * Which member a client asks, and after which delay.
 *
 * Members take turns, and a hint of who leads is followed at once, unless that member failed a moment ago: those who follow
 * a dead leader do not know it yet. One that did not answer several times in a row is passed over for a while: each attempt
 * at a dead member costs time in which another could answer. Where all of them are passed over, the one that has been for
 * longest is asked, so that a circuit breaker never makes a cluster unreachable.
 *
 * Delays have two reasons. While members answer that none of them leads, they are electing: that takes a second or two, and
 * delays stay well below that. While members give no answer, all of them are tried quickly, one after the other, and the
 * pause after each such round grows: whichever comes back is found by the end of it.
 */
export class ClientRoute {
  readonly #output: ClientOutput;
  readonly #members: KnownMembers;
  /** Between attempts at members that answer, and have no leader to offer. */
  readonly #elections: Backoff;
  /** Between rounds of attempts at members that do not answer. */
  readonly #rounds: Backoff;
  /** Of members that were asked, by name and address. */
  readonly #breakers = new Map<string, CircuitBreaker>();
  #leaderId: MemberId | undefined;
  #redirects = 0;
  /** When the member that is asked was asked; `undefined` once it has answered. */
  #askedAt: number | undefined;
  /** Whether that came to nothing. */
  #hasFailed = false;
  /** Attempts that came to nothing since the last round. */
  #failuresInRound = 0;

  constructor({ members, isAddress, random }: ClientRouteOptions, output: ClientOutput) {
    this.#output = output;
    this.#members = new KnownMembers(members, isAddress);
    const minMs = limits.backoffMinMs;
    this.#elections = new Backoff({ minMs, maxMs: limits.electionBackoffMaxMs, repeats: ELECTION_REPEATS, random });
    this.#rounds = new Backoff({ minMs, maxMs: limits.backoffMaxMs, repeats: 1, random });
  }

  /** How many members there are, by the states of their circuit breakers. */
  get circuits(): Readonly<Record<CircuitState, number>> {
    const counts = { closed: 0, open: 0, "half-open": 0 };
    for (const member of this.#members.all) counts[this.#breakers.get(keyOf(member))?.state ?? "closed"] += 1;
    return counts;
  }

  /** The member to ask now. */
  take(now: number): Member {
    const { all } = this.#members;
    for (let passed = 0; passed < all.length && !this.#allows(this.#members.current, now); passed++) {
      this.#members.advance();
    }
    if (!this.#allows(this.#members.current, now)) this.#members.choose(this.#longestOpen(all));
    const member = this.#members.current;
    if (this.#breaker(member).attempt()) this.#report(member);
    this.#askedAt = now;
    this.#hasFailed = false;
    return member;
  }

  /** The member that was asked has answered, whatever it said. */
  answered(): void {
    const member = this.#members.current;
    if (this.#breakers.get(keyOf(member))?.succeed() === true) this.#report(member);
    this.#askedAt = undefined;
  }

  /** It gave no answer, or its connection died. */
  failed(now: number): void {
    const member = this.#members.current;
    const tookMs = now - (this.#askedAt ?? now);
    if (this.#breaker(member).fail(now, tookMs)) this.#report(member);
    this.#failuresInRound += 1;
    this.#hasFailed = true;
  }

  /** The session has its connection, and the cluster says who belongs to it and who leads. */
  connected(members: readonly Member[], leaderId: MemberId | undefined): void {
    this.#redirects = 0;
    this.#leaderId = leaderId;
    this.learn(members);
  }

  /**
   * The connection has brought more than the answer to its handshake. Only then do delays begin anew: a member that takes
   * sessions and drops them at once would be asked every `limits.backoffMinMs` otherwise.
   */
  served(): void {
    this.#elections.reset();
    this.#rounds.reset();
    this.#failuresInRound = 0;
  }

  /** The cluster says so again. The connection goes on: whoever leads, the member at its other end serves the session. */
  clusterChanged({ members, leaderId }: ClusterChanged): void {
    this.learn(members);
    if (leaderId === this.#leaderId) return;
    this.#leaderId = leaderId;
    this.#output.report({ type: "leaderChanged", leader: leaderId });
  }

  /** The next attempt goes to the next member. */
  advance(): void {
    this.#members.advance();
  }

  /** Makes the leader the one to ask at once; the problem where that is not to be. */
  redirect(leaderId: MemberId | undefined, now: number): string | undefined {
    this.#output.report({ type: "leaderChanged", leader: leaderId });
    this.#output.tally.redirects += 1;
    this.#redirects += 1;
    if (leaderId === undefined) return "the member does not lead and knows no leader";
    if (this.#redirects > limits.redirectsMax) return "the members send each other's clients round in a circle";
    const leaders = this.#members.all.filter(({ memberId }) => memberId === leaderId);
    const leader = leaders.find((member) => this.#breakers.get(keyOf(member))?.isTrusted(now) ?? true);
    if (leader !== undefined) {
      this.#members.choose(leader);
      return undefined;
    }
    if (leaders.length === 0) return `${leaderId} leads, but its address is not among the members`;
    return `${leaderId} is said to lead, but gave no answer a moment ago`;
  }

  /** How long to wait before the next attempt, and not less than the server wants. */
  delayMs(retryAfterMs: number): number {
    this.#redirects = 0;
    return Math.max(this.#ownDelayMs(), Math.min(retryAfterMs, limits.backoffMaxMs));
  }

  #ownDelayMs(): number {
    if (!this.#hasFailed) {
      this.#failuresInRound = 0;
      this.#rounds.reset();
      return this.#elections.next();
    }
    if (this.#failuresInRound < this.#members.all.length) return this.#rounds.shortest();
    this.#failuresInRound = 0;
    return this.#rounds.next();
  }

  /** Takes the cluster's word for who its members are. */
  learn(members: readonly Member[]): void {
    if (!this.#members.learn(members)) return;
    const { all } = this.#members;
    const keys = new Set(all.map(keyOf));
    for (const key of this.#breakers.keys()) if (!keys.has(key)) this.#breakers.delete(key);
    this.#output.report({ type: "members", members: all });
  }

  #allows(member: Member, now: number): boolean {
    return this.#breakers.get(keyOf(member))?.allows(now) ?? true;
  }

  #breaker(member: Member): CircuitBreaker {
    const key = keyOf(member);
    const breaker = this.#breakers.get(key) ?? new CircuitBreaker();
    this.#breakers.set(key, breaker);
    return breaker;
  }

  #longestOpen(members: readonly Member[]): Member {
    return members.reduce((longest, member) =>
      this.#breaker(member).openUntil < this.#breaker(longest).openUntil ? member : longest,
    );
  }

  #report(member: Member): void {
    this.#output.report({ type: "circuit", ...member, state: this.#breaker(member).state });
  }
}

function keyOf({ memberId, address }: Member): string {
  return JSON.stringify([memberId, address]);
}

/** An election takes a second or two: nine attempts fall into the first two seconds, and few into the minute of a long one. */
const ELECTION_REPEATS = 3;
