import { decodeLogMessage, decodeSnapshotMessage, encodeSnapshotMessage } from "../../generated/log/codec.ts";
import type { LogRecord } from "../../generated/log/messages.ts";
import { decodeClientMessage, encodeServerMessage, type ProtocolVersion } from "../../generated/protocol/codec.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { ServerEndpoint } from "../../runtime/protocol/server-endpoint.ts";
import type {
  ProposalFailure,
  Role,
  ServerEffect,
  ServerEvent,
  ServerReport,
} from "../../runtime/protocol/server-events.ts";
import { SessionTable } from "../../runtime/protocol/session-table.ts";
import { RateWatch } from "./access.ts";
import { Registers } from "./application.ts";
import type { SkewedClock } from "./clock.ts";
import type { Proposal } from "./consensus.ts";
import { decide } from "./decide.ts";
import { describe } from "./describe.ts";
import { Leases } from "./leases.ts";
import type { Link } from "./network.ts";
import { SimulatedProcess } from "./process.ts";
import { check } from "./violation.ts";
import type { World } from "./world.ts";

/** What a member keeps on its disk beside the log. */
export interface StoredSnapshot {
  readonly index: number;
  readonly sessions: Uint8Array;
  readonly application: Uint8Array;
}

/**
 * A member of the simulated cluster: the real session table and endpoint, with a shell like that of `runtime/server` around
 * them, which batches proposals, applies entries at its own pace, takes snapshots, and can die and come back.
 */
export class MemberProcess extends SimulatedProcess {
  readonly memberId: string;
  readonly versionMax: ProtocolVersion;
  readonly leases: Leases;
  /** Open connections, by id. */
  readonly links: Map<number, Link> = new Map();
  stored: StoredSnapshot | undefined;
  application!: Registers;
  table!: SessionTable;
  #endpoint!: ServerEndpoint;
  #rates: RateWatch | undefined;
  /** Whom it has refused for their rates in the step that it makes. */
  #limited: (ServerReport & { type: "rateLimited" })[] = [];
  #role: Role = { role: "follower" };
  /** The newest leadership that it has heard of. */
  #term = 0;
  #waiting: LogRecord[] = [];
  #inFlight: Proposal | undefined;
  #knownIndex = 0;
  /** A deposed leader learns nothing of the next leadership before it is told of it. */
  #fenceIndex = Number.POSITIVE_INFINITY;
  #isApplying = false;
  #elected: { readonly term: number; readonly index: number } | undefined;
  #barriers: { readonly readId: number; readonly index: number }[] = [];
  #lastProposedAt = 0;
  #lastConnectionId = 0;
  #wallClockOffsetMs = 1_700_000_000_000;

  constructor(world: World, memberId: string, versionMax: ProtocolVersion, clock: SkewedClock) {
    super(world, clock);
    this.memberId = memberId;
    this.versionMax = versionMax;
    this.leases = new Leases(this);
    this.#boot();
  }

  /** Whether it believes to lead. */
  get leadsInTerm(): number | undefined {
    return this.#role.role === "leader" ? this.#role.term : undefined;
  }

  /** Whether everything that was committed is applied here, and nothing is on its way. */
  get isSettled(): boolean {
    const isIdle = this.#waiting.length === 0 && this.#inFlight === undefined;
    return this.isUp && isIdle && this.table.appliedIndex === this.world.consensus.committedIndex;
  }

  // ---------------------------------------------------------------- the life of the process

  crash(): void {
    this.isUp = false;
    this.world.note(() => `${this.memberId} crashes`);
    const { chance } = this.world;
    for (const link of this.links.values()) {
      link.isOpenAtServer = false;
      if (chance.happens(0.5)) link.silence();
      else link.cut();
    }
    this.links.clear();
    this.world.consensus.crashed(this);
  }

  restart(): void {
    this.reborn();
    this.world.note(() => `${this.memberId} restarts from ${this.stored?.index ?? 0}`);
    this.#boot();
    this.world.after(this.world.chance.around(100), () => this.learn(this.world.consensus.committedIndex));
    if (this.world.consensus.leader === undefined) this.world.consensus.electSoon();
  }

  setWallClock(byMs: number): void {
    this.#wallClockOffsetMs += byMs;
  }

  /** A follower that is behind is given the snapshot of another member; false when that would change nothing. */
  install(snapshot: StoredSnapshot): boolean {
    const isBehind = snapshot.index > this.table.appliedIndex && snapshot.index <= this.#fenceIndex;
    if (!isBehind || this.#role.role === "leader" || this.#isApplying) return false;
    this.#load(snapshot);
    this.learn(snapshot.index);
    return true;
  }

  #boot(): void {
    this.application = new Registers();
    this.table = new SessionTable(this.application);
    const { profile, members } = this.world;
    this.#rates = profile.access === undefined ? undefined : new RateWatch(profile.access);
    this.#endpoint = new ServerEndpoint({
      table: this.table,
      memberId: this.memberId,
      members: this.world.addresses,
      protocolVersionMax: this.versionMax,
      sessionTimeoutMs: profile.serverSessionTimeoutMs,
      sessionTimeoutMinMs: limits.sessionTimeoutMinMs,
      sessionTimeoutMaxMs: limits.sessionTimeoutMaxMs,
      resendAfterMs: profile.resendAfterMs,
      admission: profile.access?.admission,
      authorizes: profile.access?.authorizes ?? false,
      unixMs: () => this.nowMs + this.#wallClockOffsetMs,
      newSessionId: () => `s${this.world.newId()}`,
    });
    this.#role = { role: "follower" };
    this.#waiting = [];
    this.#inFlight = undefined;
    this.#knownIndex = 0;
    this.#fenceIndex = Number.POSITIVE_INFINITY;
    this.#isApplying = false;
    this.#elected = undefined;
    this.#barriers = [];
    this.leases.clear();
    if (this.stored !== undefined) this.#load(this.stored);
    this.#term = members.length === 0 ? 0 : this.world.consensus.term;
  }

  // ---------------------------------------------------------------- connections

  received(link: Link, frame: Uint8Array): void {
    if (link.incarnation !== this.incarnation || !this.isUp) return;
    this.whenAwake(() => {
      if (!link.isOpenAtServer) return;
      if (!this.links.has(link.id)) this.#connected(link);
      if (!link.isOpenAtServer) return;
      const { version, message } = decodeClientMessage(frame);
      this.world.note(() => `${link.client.name} → ${this.memberId} v${version} ${describe(message)}`);
      if (message.type === "ContinueSession") link.asked = message;
      this.leases.heard(link, message);
      this.#limited = [];
      this.#step({ type: "received", connectionId: link.id, version, message, byteLength: frame.length });
      if (this.leadsInTerm === undefined) return;
      this.#rates?.received(link.client.identity, message, frame.length, this.#limited, this.nowMs);
    });
  }

  #connected(link: Link): void {
    this.links.set(link.id, link);
    this.#step({ type: "connected", connectionId: link.id, client: link.client.identity });
    if (link.isOpenAtServer) this.#rates?.connected(link.client.identity, this.nowMs);
  }

  lost(link: Link): void {
    if (link.incarnation !== this.incarnation || !this.isUp) return;
    this.whenAwake(() => {
      if (!this.links.delete(link.id)) return;
      this.leases.left(link);
      this.#step({ type: "connectionLost", connectionId: link.id });
    });
  }

  // ---------------------------------------------------------------- the log

  /** It was elected, and leads as soon as it has applied what was committed before. */
  elected(term: number, index: number): void {
    // It has heard of later terms: a leadership that it still believed in is over.
    if (this.#role.role === "leader") this.#lead({ role: "follower" });
    this.#term = term;
    this.#elected = { term, index };
    this.#fenceIndex = Number.POSITIVE_INFINITY;
    this.learn(index);
  }

  /** It is told that another member leads. */
  follow(term: number, leader: string | undefined): void {
    if (!this.isUp || term < this.#term || this.#elected?.term === term || this.leadsInTerm === term) return;
    this.#term = term;
    this.#elected = undefined;
    this.#fenceIndex = Number.POSITIVE_INFINITY;
    this.#lead({ role: "follower", leader });
    this.learn(this.#knownIndex);
  }

  /** Another member was elected: what is committed from now on comes here only with that news. */
  fence(): void {
    if (this.#role.role === "leader")
      this.#fenceIndex = Math.min(this.#fenceIndex, this.world.consensus.committedIndex);
    else this.#elected = undefined;
  }

  /** The entry at this index is committed, as far as this member knows, and all before it. */
  learn(index: number): void {
    this.#knownIndex = Math.max(this.#knownIndex, index);
    if (this.isUp) this.whenAwake(() => this.#applyNext());
  }

  /** What became of a proposal; no failure for one that is in the log. */
  proposalSettled(proposal: Proposal, failure: ProposalFailure | undefined): void {
    if (proposal.incarnation !== this.incarnation || !this.isUp) return;
    this.whenAwake(() => {
      if (this.#inFlight !== proposal) return;
      this.#inFlight = undefined;
      if (failure !== undefined && proposal.term === this.leadsInTerm) {
        this.world.note(() => `${this.memberId}: ${proposal.records.length} records failed: ${failure.type}`);
        for (const record of proposal.records) this.#step({ type: "proposalFailed", record, failure });
      }
      this.#proposeNext();
    });
  }

  #applyNext(): void {
    const { consensus, chance, profile, isCalm } = this.world;
    while (!this.#isApplying && this.table.appliedIndex < Math.min(this.#knownIndex, this.#fenceIndex)) {
      if (!isCalm && chance.happens(profile.applySlow)) {
        this.world.count("slow apply");
        this.#isApplying = true;
        this.after(chance.around(chance.oneOf(10, 500)), () => {
          this.#isApplying = false;
          this.#apply();
          this.#applyNext();
        });
        return;
      }
      this.#apply();
    }
    const elected = this.#elected;
    if (elected === undefined || this.table.appliedIndex < elected.index) return;
    this.#elected = undefined;
    if (consensus.term === elected.term) this.#lead({ role: "leader", term: elected.term });
  }

  #apply(): void {
    const entry = this.world.consensus.log[this.table.appliedIndex];
    if (entry === undefined) return;
    const { index } = entry;
    const { proposedAt, records } = decodeLogMessage(entry.bytes).message;
    const effects = this.table.applyEntry({ index, proposedAt, records });
    this.world.checks.applied(this, index);
    this.#step({ type: "applied", effects });
    if (index % this.world.profile.snapshotEntries === 0) this.#save();
    const ready = this.#barriers.filter((barrier) => barrier.index <= index);
    if (ready.length === 0) return;
    this.#barriers = this.#barriers.filter((barrier) => barrier.index > index);
    for (const { readId } of ready) this.#step({ type: "readReady", readId });
  }

  #lead(role: Role): void {
    this.#role = role;
    this.world.note(() => `${this.memberId} is told: ${JSON.stringify(role)}`);
    this.#barriers = [];
    // What waits was right in the leadership before. Like the shell's batcher, nobody is told of what fails of it later.
    this.#waiting = [];
    this.leases.begin();
    this.#step({ type: "leadership", leadership: role });
  }

  #save(): void {
    const records = [...this.table.snapshot()];
    const sessions = encodeSnapshotMessage({ type: "SnapshotChunk", records }, 1);
    this.stored = { index: this.table.appliedIndex, sessions, application: this.application.save() };
  }

  #load({ index, sessions, application }: StoredSnapshot): void {
    this.table.restore(index, decodeSnapshotMessage(sessions).message.records);
    this.application.load(application);
    this.#knownIndex = Math.max(this.#knownIndex, index);
    this.world.checks.loaded(this, index);
  }

  // ---------------------------------------------------------------- what the core wants

  protected get nextDeadline(): number | undefined {
    return this.#endpoint.nextDeadline;
  }

  protected wake(): void {
    this.#step({ type: "deadline" });
  }

  #step(event: ServerEvent): void {
    this.world.steps += 1;
    if (event.type === "received") this.#lastConnectionId = event.connectionId;
    for (const effect of this.#endpoint.step(event, this.nowMs)) this.#perform(effect);
    this.arm();
  }

  #perform(effect: ServerEffect): void {
    switch (effect.type) {
      case "send":
        this.#send(effect);
        return;
      case "propose":
        this.leases.proposed(effect.record);
        this.#waiting.push(effect.record);
        this.after(0, () => this.#proposeNext());
        return;
      case "read":
        this.#read(effect.readId);
        return;
      case "drop": {
        const link = this.links.get(effect.connectionId);
        this.links.delete(effect.connectionId);
        if (link === undefined) return;
        this.leases.left(link);
        link.closeFromServer();
        return;
      }
      case "authorize":
        this.#decide(effect);
        return;
      case "report":
        if (effect.report.type === "rateLimited") this.#limited.push(effect.report);
        this.world.checks.reported(this, effect.report);
        return;
    }
  }

  #send({ connectionId, version, message }: ServerEffect & { type: "send" }): void {
    const link = this.links.get(connectionId);
    if (link === undefined) return;
    check(version <= link.client.versionMax, "versions", () => {
      return `${this.memberId} sends version ${version} to ${link.client.name}, which speaks ${link.client.versionMax}`;
    });
    this.world.checks.said(this, link, message);
    link.answeredIn.add(version);
    this.leases.said(link, message);
    link.sendDown(encodeServerMessage(message, version));
  }

  #decide({ authorizationId, request }: ServerEffect & { type: "authorize" }): void {
    const link = this.links.get(this.#lastConnectionId);
    if (link === undefined) return;
    decide(this, link, request, (answer) => this.#step({ ...answer, authorizationId }));
  }

  /** One batch is under way at a time; what comes meanwhile goes together into the next one. */
  #proposeNext(): void {
    if (this.#inFlight !== undefined || this.#waiting.length === 0) return;
    const records = this.#waiting;
    this.#waiting = [];
    if (this.#role.role === "follower") {
      const failure = { type: "notLeader", leader: this.#role.leader } as const;
      for (const record of records) this.#step({ type: "proposalFailed", record, failure });
      return;
    }
    const { term } = this.#role;
    this.#lastProposedAt = Math.max(this.#lastProposedAt, Math.round(this.nowMs + this.#wallClockOffsetMs));
    const { incarnation } = this;
    const proposedAt = this.#lastProposedAt;
    this.#inFlight = { member: this, incarnation, term, proposedAt, records, state: "open" };
    this.world.consensus.propose(this.#inFlight);
  }

  /** A barrier asks a quorum whether this member still leads when it is asked, and waits for what was committed then. */
  #read(readId: number): void {
    const { consensus, chance, profile, isCalm } = this.world;
    const isGranted = this.#role.role === "leader" && consensus.isLed(this, this.#role.term);
    const index = consensus.committedIndex;
    const isFailed = !isCalm && chance.happens(profile.readFails);
    const isSlow = !isCalm && chance.happens(profile.readSlow);
    if (isFailed) this.world.count("read barrier failed");
    if (isSlow) this.world.count("read barrier slow");
    this.after(chance.around(isSlow ? 1_500 : profile.commitMs), () => {
      if (!isGranted || isFailed) this.#step({ type: "readFailed", readId });
      else if (this.table.appliedIndex >= index) this.#step({ type: "readReady", readId });
      else this.#barriers.push({ readId, index });
    });
  }
}
