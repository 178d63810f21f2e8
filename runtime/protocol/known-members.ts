import type { Member } from "../../generated/protocol/messages.ts";
import { limits } from "./limits.ts";

/**
 * The members of the cluster that a client can ask: first those that it was configured with, which it never forgets, then
 * those that the cluster has told it about, which the next word of the cluster replaces.
 */
export class KnownMembers {
  readonly #configured: readonly Member[];
  readonly #isAddress: (address: string) => boolean;
  #learned: readonly Member[] = [];
  #index = 0;

  /** `isAddress` says whether the transport takes an address: what a server says is not taken on trust. */
  constructor(configured: readonly Member[], isAddress: (address: string) => boolean) {
    this.#configured = configured;
    this.#isAddress = isAddress;
  }

  /** Every member, in the order in which they are tried. */
  get all(): readonly Member[] {
    return [...this.#configured, ...this.#learned];
  }

  /** The one to ask now. */
  get current(): Member {
    const { all } = this;
    const member = all[this.#index % all.length];
    if (member === undefined) throw new Error("a client needs at least one member");
    return member;
  }

  /** Goes on to the next one. */
  advance(): void {
    this.#index += 1;
  }

  /** Makes one of `all` the one to ask; what is none of them, the first. */
  choose(member: Member): void {
    const index = this.all.findIndex((each) => isSame(each, member));
    this.#index = Math.max(0, index);
  }

  /** Takes the cluster's word for who its members are, an empty one for none; false when it changes nothing. */
  learn(members: readonly Member[]): boolean {
    if (members.length === 0) return false;
    const learned = members
      .slice(0, limits.membersMax)
      .filter((member) => !this.#configured.some((known) => isSame(known, member)) && this.#isAddress(member.address));
    const before = this.#learned;
    if (learned.length === before.length && learned.every((member, at) => isSame(member, before[at]))) return false;
    const { current } = this;
    this.#learned = learned;
    this.choose(current);
    return true;
  }
}

function isSame(member: Member, other: Member | undefined): boolean {
  return member.memberId === other?.memberId && member.address === other.address;
}
