import type { Member } from "../../generated/protocol/messages.ts";
import { type Limits, limits } from "../../runtime/protocol/limits.ts";
import { Chance } from "./chance.ts";
import { Checks } from "./checks.ts";
import { ClientProcess } from "./client-process.ts";
import { SkewedClock } from "./clock.ts";
import { Consensus, type Proposal } from "./consensus.ts";
import { EventQueue } from "./event-queue.ts";
import { scheduleFaults } from "./faults.ts";
import { MemberProcess } from "./member-process.ts";
import { type ConnectionEnd, Link } from "./network.ts";
import { drawProfile, type Profile } from "./profile.ts";
import { Truth } from "./truth.ts";
import { check, Violation } from "./violation.ts";

/** What became of one world. */
export interface WorldResult {
  readonly seed: number;
  /** Calls that were made. */
  readonly operations: number;
  /** Steps of the real cores. */
  readonly steps: number;
  /** Server requests that were delivered. */
  readonly serverRequests: number;
  readonly simulatedMs: number;
  /** How often each fault, and each thing worth knowing, happened. */
  readonly counts: ReadonlyMap<string, number>;
  readonly violation: Error | undefined;
}

/** Runs the world of a seed to its end. `trace` is given every event as a line; it changes nothing. */
export function runWorld(seed: number, trace?: (line: string) => void): WorldResult {
  const world = new World(seed, trace);
  const restoreLimits = lowerLimits(world.profile.limits);
  const { stackTraceLimit } = Error;
  // Rejections are errors, and their stacks take longer than everything else. A trace shows where things happen.
  if (trace === undefined) Error.stackTraceLimit = 0;
  let violation: Error | undefined;
  try {
    world.run();
  } catch (error) {
    // What a core throws is a violation as well: it must not throw for anything that happens to it.
    violation = error instanceof Error ? error : new Violation("no fault of ours", String(error));
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    restoreLimits();
  }
  const { operations, steps, serverRequests, counts } = world;
  return { seed, operations, steps, serverRequests, counts, violation, simulatedMs: world.nowMs };
}

/**
 * A cluster with its clients, in a time of its own. Everything that is not certain comes from the seed, so that a world can
 * be had again. For a while calls are made and faults happen; then everything is mended, and must come to rest.
 */
export class World {
  readonly chance: Chance;
  readonly profile: Profile;
  readonly addresses: readonly Member[];
  readonly members: MemberProcess[] = [];
  readonly clients: ClientProcess[] = [];
  readonly consensus: Consensus;
  readonly checks: Checks = new Checks(this);
  readonly truth: Truth = new Truth((sessionId) => this.acknowledged(sessionId));
  readonly counts: Map<string, number> = new Map();
  nowMs = 0;
  operations = 0;
  steps = 0;
  serverRequests = 0;
  /** Whether the faults are over. */
  isCalm = false;
  /** The order of the moment in which they ended. */
  calmSince: number = Number.POSITIVE_INFINITY;
  readonly #queue = new EventQueue();
  readonly #trace: ((line: string) => void) | undefined;
  readonly #acknowledged = new Map<string, number>();
  readonly #partitions = new Map<string, number>();
  readonly #links = new Set<Link>();
  #lastId = 0;
  #lastOrder = 0;

  constructor(seed: number, trace?: (line: string) => void) {
    this.chance = new Chance(seed);
    this.profile = drawProfile(this.chance, new Chance(seed ^ ACCESS));
    this.#trace = trace;
    this.consensus = new Consensus(this);
    this.addresses = this.profile.memberVersions.map((_, at) => ({
      memberId: `m${at + 1}`,
      address: `tcp://m${at + 1}`,
    }));
  }

  run(): void {
    const { profile } = this;
    this.note(() => JSON.stringify({ ...profile, faultEveryMs: [...profile.faultEveryMs] }));
    for (const [at, version] of profile.memberVersions.entries()) {
      this.members.push(new MemberProcess(this, `m${at + 1}`, version, this.#newClock()));
    }
    for (const [at, version] of profile.clientVersions.entries()) {
      const address = `10.0.0.${1 + (at % 3)}`;
      const publicKey = profile.access?.hasKeys === true ? `key-${1 + (at % 4)}` : undefined;
      this.clients.push(new ClientProcess(this, `c${at + 1}`, version, { address, publicKey }, this.#newClock()));
    }
    this.consensus.electSoon();
    scheduleFaults(this);
    this.#runUntil(
      () => this.nowMs >= profile.durationMs || this.operations >= OPERATIONS_MAX,
      Number.POSITIVE_INFINITY,
    );
    this.#calm();
    this.#runUntil(() => this.clients.every(({ isSettled }) => isSettled), this.nowMs + QUIESCENCE_MS);
    // Sessions whose clients are gone for good end with their leases.
    const leaseMs = Math.max(profile.serverSessionTimeoutMs, profile.askedSessionTimeoutMs ?? 0);
    const restAtMs = this.nowMs + leaseMs * 1.3 + 3_000;
    this.#runUntil(() => this.nowMs >= restAtMs, Number.POSITIVE_INFINITY);
    const isAtRest = () =>
      this.members.every(({ isSettled }) => isSettled) &&
      this.clients.every((client) => client.isSettled && client.hasTakenAll);
    this.#runUntil(isAtRest, this.nowMs + QUIESCENCE_MS);
    this.checks.atRest();
    this.count("command twice in the log", this.truth.repeats);
  }

  // ---------------------------------------------------------------- time

  at(atMs: number, run: () => void): void {
    this.#queue.push(Math.max(atMs, this.nowMs), run);
  }

  after(delayMs: number, run: () => void): void {
    this.#queue.push(this.nowMs + delayMs, run);
  }

  #runUntil(isOver: () => boolean, untilMs: number): void {
    while (!isOver()) {
      const next = this.#queue.pop();
      check(next !== undefined && next.atMs <= untilMs, "quiescence", () => this.#unrest());
      this.nowMs = next.atMs;
      next.run();
      check(this.steps < STEPS_MAX, "quiescence", () => `there is no end to it: ${this.#unrest()}`);
    }
  }

  #unrest(): string {
    const clients = this.clients
      .filter(({ isSettled }) => !isSettled)
      .map(({ name, open }) => `${name} (${open.size} calls)`);
    const members = this.members.filter(({ isSettled }) => !isSettled).map(({ memberId }) => memberId);
    return `the faults are over, and these do not come to rest: ${[...clients, ...members].join(", ")}`;
  }

  /** The faults are over: what is broken is mended, and everything that was begun must come to its end. */
  #calm(): void {
    this.note(() => "the faults are over");
    this.isCalm = true;
    this.calmSince = this.newOrder();
    this.#partitions.clear();
    for (const link of this.#links) link.heal();
    for (const process of [...this.members, ...this.clients]) {
      process.pausedUntilMs = 0;
      if (!process.isUp) this.after(this.chance.around(10), () => this.revive(process));
    }
    this.consensus.settleAll();
    for (const client of this.clients) client.finish();
  }

  // ---------------------------------------------------------------- what happens in it

  revive(process: MemberProcess | ClientProcess): void {
    if (!process.isUp) process.restart();
  }

  dial(client: ConnectionEnd, address: string): Link | undefined {
    const member = this.members.find(({ memberId }) => address === `tcp://${memberId}`);
    check(member !== undefined, "no fault of ours", () => `${client.name} dials ${address}, where nobody is`);
    const link = new Link(this, this.newId(), client, member);
    for (const old of this.#links) if (!old.isOpenAtClient && !old.isOpenAtServer) this.#links.delete(old);
    this.#links.add(link);
    if (!member.isUp) link.cut();
    const untilMs = this.#partitions.get(`${client.name} ${member.memberId}`) ?? 0;
    if (untilMs > this.nowMs) link.stall(untilMs);
    return link;
  }

  /** Client and member do not reach each other for a while. What is sent meanwhile is lost, or comes late. */
  partition(client: ClientProcess, member: MemberProcess, durationMs: number): boolean {
    const untilMs = this.nowMs + durationMs;
    this.#partitions.set(`${client.name} ${member.memberId}`, untilMs);
    for (const link of this.#links) {
      if (link.client === client && link.member === member && !link.isSilent) link.stall(untilMs);
    }
    return true;
  }

  /** An entry is in the log, for ever. */
  committed(index: number, { member, term, proposedAt, records }: Proposal): void {
    this.note(
      () => `entry ${index} of ${member.memberId}, term ${term}: ${records.map(({ type }) => type).join(", ")}`,
    );
    const expired = this.truth.committed(index, proposedAt, records);
    for (const record of records) {
      if (record.type !== "ExpireSession" || !expired.includes(record.sessionId)) continue;
      member.leases.ended(record, term);
      this.count("session expired");
    }
  }

  /** The newest server request of a session that its application has acknowledged. */
  acknowledged(sessionId: string): number {
    return this.#acknowledged.get(sessionId) ?? 0;
  }

  acknowledge(sessionId: string, requestId: number): void {
    this.#acknowledged.set(sessionId, Math.max(this.acknowledged(sessionId), requestId));
  }

  /** A number that was not given before in this world. */
  newId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** A position in the order of everything that callers see. */
  newOrder(): number {
    this.#lastOrder += 1;
    return this.#lastOrder;
  }

  count(what: string, times = 1): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + times);
  }

  note(text: () => string): void {
    this.#trace?.(`${this.nowMs.toFixed(3).padStart(11)}  ${text()}`);
  }

  #newClock(): SkewedClock {
    const { chance, profile } = this;
    return new SkewedClock(chance.between(0, 1_000_000), 1 + chance.between(-profile.clockSkew, profile.clockSkew));
  }
}

/** Lowers bounds for a short world, and returns what puts them back. */
function lowerLimits(lowered: Partial<Limits>): () => void {
  const before = { ...limits };
  Object.assign(limits, lowered);
  return () => Object.assign(limits, before);
}

/** Tells the chance of who may do what from that of everything else. */
const ACCESS = 0x5afe;
/** Histories stay short enough to be checked in no time: many short worlds find more than a long one. */
const OPERATIONS_MAX = 400;
/** After the last fault: longer than every backoff, lease and silence. */
const QUIESCENCE_MS = 400_000;
const STEPS_MAX = 400_000;
