import type { ClientIdentity } from "./client-identity.ts";
import { limits } from "./limits.ts";
import { type Admission, type Allowances, allowancesOf, type RateName, type Rates } from "./rates.ts";
import type { ConnectionId } from "./server-events.ts";
import { TokenBucket } from "./token-bucket.ts";

/** Somebody asks for more than they may. */
export interface Excess {
  readonly rate: RateName;
  /** Whether the client is over its own limit, or all clients together are over theirs. */
  readonly scope: "client" | "total";
  /** When there will be room. */
  readonly retryAfterMs: number;
}

/** What is to be done, by what it counts for. */
export type Charge = Readonly<Partial<Record<RateName, number>>>;

/**
 * Who is behind each connection, and how much of what they may ask for they have asked for.
 *
 * A client is a key, or an address where there is no key: an account is shared by all of its connections, and outlives them
 * until its buckets are full again, so that nobody gets full ones by connecting anew. Of IPv6 the first 64 bits count: whoever
 * has one address there has all of them.
 *
 * A charge is taken from every bucket that it concerns, the client's and the total, or from none: what one client is refused
 * does not count against the others.
 */
export class ClientAccounts {
  readonly #perClient: Allowances;
  readonly #total: Buckets;
  readonly #connections = new Map<ConnectionId, Guest>();
  readonly #accounts = new Map<string, Account>();
  /** Accounts without a connection, those first that have been for longest. */
  readonly #idle = new Map<string, Account>();
  #limitsFrames: boolean;

  constructor(admission: Admission | undefined) {
    this.#perClient = admission?.perClient ?? {};
    this.#total = bucketsOf(admission?.total ?? {}, 0);
    this.#limitsFrames = ratesFrames(this.#perClient) || ratesFrames(this.#total);
  }

  /** Whether frames count at all. Where they do not, they need not be looked at. */
  get limitsFrames(): boolean {
    return this.#limitsFrames;
  }

  /** How many accounts there are. */
  get size(): number {
    return this.#accounts.size;
  }

  /** A connection stands; not so one that is too many, which has to be dropped. */
  connected(connectionId: ConnectionId, client: ClientIdentity, now: number): Excess | undefined {
    this.lost(connectionId, now);
    const key = accountKey(client);
    const account = this.#accounts.get(key) ?? this.#open(key, now);
    const excess = this.#charge(account, { connectionsPerSecond: 1 }, now);
    if (excess !== undefined) {
      if (account.connections === 0) this.#rest(account, now);
      return excess;
    }
    account.connections += 1;
    this.#idle.delete(key);
    // Most clients of an account come from one address: they share what is known of them.
    if (account.guest === undefined || account.guest.client.address !== client.address) {
      account.guest = { client, account };
    }
    this.#connections.set(connectionId, account.guest);
    return undefined;
  }

  /** The connection is gone, or will be. */
  lost(connectionId: ConnectionId, now: number): void {
    const guest = this.#connections.get(connectionId);
    if (guest === undefined) return;
    this.#connections.delete(connectionId);
    guest.account.connections -= 1;
    if (guest.account.connections === 0) this.#rest(guest.account, now);
  }

  /** Who is behind a connection. */
  clientOf(connectionId: ConnectionId): ClientIdentity {
    return this.#connections.get(connectionId)?.client ?? NOBODY;
  }

  /** Takes what the client of a connection wants to do into account; it may not do what is too much. */
  charge(connectionId: ConnectionId, charge: Charge, now: number): Excess | undefined {
    return this.#charge(this.#connections.get(connectionId)?.account, charge, now);
  }

  /** Takes into account what is done in any case, and may lead into debt. */
  spend(connectionId: ConnectionId, charge: Charge): void {
    const own = this.#connections.get(connectionId)?.account.buckets ?? NO_BUCKETS;
    take(own, charge);
    take(this.#total, charge);
  }

  /** The client of a connection has limits of its own from now on. */
  limit(connectionId: ConnectionId, rates: Rates, now: number): void {
    const account = this.#connections.get(connectionId)?.account;
    if (account === undefined) return;
    const allowances = allowancesOf(rates, this.#perClient);
    this.#limitsFrames ||= ratesFrames(allowances);
    account.buckets = changed(account.buckets, allowances, now);
  }

  #charge(account: Account | undefined, charge: Charge, now: number): Excess | undefined {
    const own = account?.buckets ?? NO_BUCKETS;
    const excess = exceeded(own, charge, "client", now) ?? exceeded(this.#total, charge, "total", now);
    if (excess !== undefined) return excess;
    take(own, charge);
    take(this.#total, charge);
    return undefined;
  }

  #open(key: string, now: number): Account {
    const account = { key, buckets: bucketsOf(this.#perClient, now), connections: 0, guest: undefined };
    this.#accounts.set(key, account);
    return account;
  }

  /** An account without a connection is kept as long as it says more than a new one would, and there is room for it. */
  #rest(account: Account, now: number): void {
    this.#idle.delete(account.key);
    this.#idle.set(account.key, account);
    for (const [key, { buckets }] of this.#idle) {
      if (this.#idle.size <= limits.idleAccountsMax && !isFull(buckets, now)) return;
      this.#idle.delete(key);
      this.#accounts.delete(key);
    }
  }
}

interface Account {
  readonly key: string;
  buckets: Buckets;
  connections: number;
  /** Who was behind its newest connection. */
  guest: Guest | undefined;
}

/** Who is behind a connection. */
interface Guest {
  readonly client: ClientIdentity;
  readonly account: Account;
}

type Buckets = Readonly<Partial<Record<RateName, TokenBucket>>>;

function bucketsOf(allowances: Allowances, now: number): Buckets {
  return changed(NO_BUCKETS, allowances, now);
}

/** Buckets for other allowances: those that there are keep what was taken from them. */
function changed(buckets: Buckets, allowances: Allowances, now: number): Buckets {
  const next: { [Name in RateName]?: TokenBucket } = {};
  for (const [name, allowance] of Object.entries(allowances) as [RateName, Allowances[RateName]][]) {
    if (allowance === undefined) continue;
    const bucket = buckets[name] ?? new TokenBucket(allowance, now);
    bucket.change(allowance, now);
    next[name] = bucket;
  }
  return next;
}

/** The rate that there is to wait for longest. */
function exceeded(buckets: Buckets, charge: Charge, scope: Excess["scope"], now: number): Excess | undefined {
  let excess: Excess | undefined;
  for (const name in charge) {
    const rate = name as RateName;
    const waitMs = buckets[rate]?.waitMs(now) ?? 0;
    if (waitMs === 0 || charge[rate] === 0 || waitMs <= (excess?.retryAfterMs ?? 0)) continue;
    excess = { rate, scope, retryAfterMs: Math.min(waitMs, limits.retryAfterMaxMs) };
  }
  return excess;
}

function take(buckets: Buckets, charge: Charge): void {
  for (const name in charge) buckets[name as RateName]?.take(charge[name as RateName] ?? 0);
}

function isFull(buckets: Buckets, now: number): boolean {
  return Object.values(buckets).every((bucket) => bucket.isFull(now));
}

function ratesFrames({ requestsPerSecond, bytesPerSecond }: Allowances | Buckets): boolean {
  return requestsPerSecond !== undefined || bytesPerSecond !== undefined;
}

/** What an account goes by. Neither a key nor an address looks like the other: only one has a space in it. */
function accountKey({ publicKey, address = "" }: ClientIdentity): string {
  if (publicKey !== undefined) return `key ${publicKey}`;
  // An IPv4 address that came over IPv6, ::ffff:192.0.2.7, is the same client.
  if (!address.includes(":") || address.includes(".")) return address.slice(address.lastIndexOf(":") + 1);
  const [head = "", tail] = (address.split("%")[0] ?? "").split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = Array<string>(Math.max(0, 8 - before.length - after.length)).fill("0");
  return [...before, ...zeros, ...after].slice(0, 4).join(":");
}

const NO_BUCKETS: Buckets = {};
/** Nothing is known of whoever is behind it. */
const NOBODY: ClientIdentity = { address: undefined, publicKey: undefined };
