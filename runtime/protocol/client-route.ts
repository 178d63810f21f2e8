import type { ClusterChanged, Member, MemberId } from "../../generated/protocol/messages.ts";
import { Backoff } from "./backoff.ts";
import { CircuitBreaker } from "./circuit-breaker.ts";
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
 * Members take turns, and a hint of who leads is followed at once. One that did not answer several times in a row is passed
 * over for a while, hints or not: each attempt at a dead member costs seconds in which another could answer. Where all of
 * them are passed over, the one that has been for longest is asked, at the pace of the backoff: a circuit breaker never
 * makes a cluster unreachable for longer than the backoff would.
 */
export class ClientRoute {
  readonly #output: ClientOutput;
  readonly #members: KnownMembers;
  readonly #backoff: Backoff;
  /** Of members that were asked, by name and address. */
  readonly #breakers = new Map<string, CircuitBreaker>();
  #leaderId: MemberId | undefined;
  #redirects = 0;

  constructor({ members, isAddress, random }: ClientRouteOptions, output: ClientOutput) {
    this.#output = output;
    this.#members = new KnownMembers(members, isAddress);
    this.#backoff = new Backoff({ minMs: limits.backoffMinMs, maxMs: limits.backoffMaxMs, random });
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
    return member;
  }

  /** The member that was asked has answered, whatever it said. */
  answered(): void {
    const member = this.#members.current;
    if (this.#breakers.get(keyOf(member))?.succeed() === true) this.#report(member);
  }

  /** It gave no answer, or its connection died. */
  failed(now: number): void {
    const member = this.#members.current;
    if (this.#breaker(member).fail(now)) this.#report(member);
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
    this.#backoff.reset();
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
    this.#redirects += 1;
    if (leaderId === undefined) return "the member does not lead and knows no leader";
    if (this.#redirects > limits.redirectsMax) return "the members send each other's clients round in a circle";
    const leaders = this.#members.all.filter(({ memberId }) => memberId === leaderId);
    const leader = leaders.find((member) => this.#allows(member, now));
    if (leader !== undefined) {
      this.#members.choose(leader);
      return undefined;
    }
    if (leaders.length === 0) return `${leaderId} leads, but its address is not among the members`;
    return `${leaderId} leads, but has not answered ${limits.circuitFailuresMax} times in a row`;
  }

  /** How long to wait before the next attempt: what the backoff says, and what the server wants. */
  delayMs(retryAfterMs: number): number {
    this.#redirects = 0;
    return Math.max(this.#backoff.next(), Math.min(retryAfterMs, limits.backoffMaxMs));
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
