import type { LogRecord } from "../../generated/log/messages.ts";
import {
  decodeClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  encodeServerMessage,
  type ProtocolVersion,
} from "../../generated/protocol/codec.ts";
import type { ClientEffect, ClientEvent } from "../../runtime/protocol/client-events.ts";
import { ClientSession } from "../../runtime/protocol/client-session.ts";
import type { RequestError, SessionError } from "../../runtime/protocol/errors.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { ServerEndpoint } from "../../runtime/protocol/server-endpoint.ts";
import type { ProposalFailure, ServerEffect, ServerEvent } from "../../runtime/protocol/server-events.ts";
import { SessionTable } from "../../runtime/protocol/session-table.ts";
import { Notebook } from "../transcript/notebook.ts";

/** What became of one call of the application. */
export type Settled =
  | { readonly type: "resolved"; readonly result: string }
  | { readonly type: "rejected"; readonly error: RequestError | SessionError };

/** A frame on its way. */
interface Flight {
  readonly frame: Uint8Array;
  readonly version: ProtocolVersion;
}

/** One connection, whose frames arrive in order or never. */
class Link {
  readonly id: number;
  readonly client: SimulatedClient;
  readonly member: Member;
  readonly toServer: Flight[] = [];
  readonly toClient: Flight[] = [];
  /** The versions in which the server has answered here. */
  readonly answeredIn: Set<ProtocolVersion> = new Set();
  isOpen = true;

  constructor(id: number, client: SimulatedClient, member: Member) {
    this.id = id;
    this.client = client;
    this.member = member;
  }
}

/** A member of the cluster: the protocol of a server, without its shell. */
class Member {
  readonly memberId: string;
  readonly versionMax: ProtocolVersion;
  readonly notebook: Notebook = new Notebook();
  readonly table: SessionTable = new SessionTable(this.notebook);
  readonly endpoint: ServerEndpoint;
  readonly proposals: LogRecord[] = [];
  reads: number[] = [];

  constructor(memberId: string, versionMax: ProtocolVersion, newSessionId: () => string) {
    this.memberId = memberId;
    this.versionMax = versionMax;
    this.endpoint = new ServerEndpoint({
      table: this.table,
      memberId,
      members: ["m1", "m2", "m3"].map((name) => ({ memberId: name, address: `tcp://${name}` })),
      protocolVersionMax: versionMax,
      sessionTimeoutMs: limits.sessionTimeoutMs,
      sessionTimeoutMinMs: limits.sessionTimeoutMinMs,
      sessionTimeoutMaxMs: limits.sessionTimeoutMaxMs,
      resendAfterMs: limits.resendAfterMs,
      newSessionId,
    });
  }
}

/** A client: its protocol, without its shell. */
class SimulatedClient {
  readonly versionMax: ProtocolVersion;
  readonly session: ClientSession;
  readonly settled: Map<number, Settled> = new Map();
  readonly commands: Map<number, string> = new Map();
  link: Link | undefined;

  constructor(versionMax: ProtocolVersion, random: () => number, newNonce: () => bigint) {
    this.versionMax = versionMax;
    this.session = new ClientSession({
      members: [
        { memberId: "m1", address: "tcp://m1" },
        { memberId: "m2", address: "tcp://m2" },
      ],
      capabilities: { a: "1" },
      protocolVersionMax: versionMax,
      sessionTimeoutMs: undefined,
      keepAliveIntervalMs: undefined,
      connectionTimeoutMs: limits.connectionTimeoutMs,
      resendAfterMs: limits.resendAfterMs,
      epochOffsetMs: 0,
      random,
      newNonce,
      isAddress: () => true,
    });
  }
}

/**
 * Clients and members of several versions with one log between them, and a network that loses connections: everything
 * that the protocol's cores say goes through the codec, and every frame is held against what its receiver understands.
 */
export class ClusterSimulation {
  readonly members: readonly Member[];
  readonly clients: readonly SimulatedClient[];
  readonly #random: () => number;
  readonly #links: Link[] = [];
  #leader: Member | undefined;
  #term = 0;
  #index = 0;
  #now = 0;
  #lastCallId = 0;
  #lastId = 0;

  constructor(
    random: () => number,
    memberVersions: readonly ProtocolVersion[],
    clientVersions: readonly ProtocolVersion[],
  ) {
    this.#random = random;
    const newNonce = (): bigint => BigInt(this.#nextId());
    this.members = memberVersions.map(
      (versionMax, at) => new Member(`m${at + 1}`, versionMax, () => `s${this.#nextId()}`),
    );
    this.clients = clientVersions.map((versionMax) => new SimulatedClient(versionMax, random, newNonce));
    for (const client of this.clients) this.#clientStep(client, { type: "connect" });
  }

  /** Something happens. Calls are made, and faults come, only where wanted. */
  step({ withCalls, withFaults }: { readonly withCalls: boolean; readonly withFaults: boolean }): void {
    const dice = this.#random();
    if (dice < 0.55) this.#deliver();
    else if (dice < 0.7) this.#commit();
    else if (dice < 0.78) this.#advance(1 + Math.floor(this.#random() * 2_000));
    else if (dice < 0.86) this.#read();
    else if (withCalls && dice < 0.95) this.#call();
    else if (withFaults && dice < 0.97) this.#lose(this.#pick(this.#links));
    else if (withFaults && dice < 0.985) this.#fail();
    else if (this.#leader === undefined || withFaults) this.#elect();
  }

  /** Whether every call has come to its end. */
  get isSettled(): boolean {
    return this.clients.every(({ commands, settled }) => commands.size === settled.size);
  }

  // ---------------------------------------------------------------- what happens

  #call(): void {
    const client = this.#pick(this.clients);
    if (client === undefined || client.session.state === "over") return;
    this.#lastCallId += 1;
    const callId = this.#lastCallId;
    const text = this.#random() < 0.1 ? `nonsense ${callId}` : `add ${callId}`;
    client.commands.set(callId, text);
    const timeoutAt = this.#now + 1_000 + Math.floor(this.#random() * 200_000);
    this.#clientStep(client, { type: "submit", callId, payload: Buffer.from(text), timeoutAt });
  }

  #deliver(): void {
    const link = this.#pick(this.#links.filter(({ toServer, toClient }) => toServer.length + toClient.length > 0));
    if (link === undefined) return;
    const isUp = link.toClient.length === 0 || (link.toServer.length > 0 && this.#random() < 0.5);
    const flight = isUp ? link.toServer.shift() : link.toClient.shift();
    if (flight === undefined) return;
    if (isUp) {
      const { version, message } = decodeClientMessage(flight.frame);
      this.#memberStep(link.member, { type: "received", connectionId: link.id, version, message });
    } else {
      link.answeredIn.add(flight.version);
      const { version, message } = decodeServerMessage(flight.frame);
      if (link.client.link === link) this.#clientStep(link.client, { type: "received", version, message });
    }
  }

  #commit(): void {
    const leader = this.#leader;
    if (leader === undefined || leader.proposals.length === 0) return;
    const records = leader.proposals.splice(0, 1 + Math.floor(this.#random() * leader.proposals.length));
    this.#index += 1;
    for (const member of this.members) {
      const effects = member.table.applyEntry({ index: this.#index, proposedAt: this.#now, records });
      this.#memberStep(member, { type: "applied", effects });
    }
  }

  #fail(): void {
    const leader = this.#leader;
    const record = leader?.proposals.pop();
    if (leader === undefined || record === undefined) return;
    const failure = this.#pick<ProposalFailure>([{ type: "unavailable" }, { type: "ambiguous" }]);
    if (failure !== undefined) this.#memberStep(leader, { type: "proposalFailed", record, failure });
  }

  #read(): void {
    const leader = this.#leader;
    if (leader === undefined) return;
    for (const readId of leader.reads.splice(0)) this.#memberStep(leader, { type: "readReady", readId });
  }

  /** What the former leader has proposed is lost with its leadership. */
  #elect(): void {
    const next = this.#pick(this.members);
    if (next === undefined || next === this.#leader) return;
    this.#term += 1;
    const former = this.#leader;
    this.#leader = next;
    for (const record of former?.proposals.splice(0) ?? []) {
      if (former === undefined) continue;
      const failure: ProposalFailure = { type: "notLeader", leader: next.memberId };
      this.#memberStep(former, { type: "proposalFailed", record, failure });
    }
    for (const member of this.members) {
      const leadership =
        member === next
          ? ({ role: "leader", term: this.#term } as const)
          : ({ role: "follower", leader: next.memberId } as const);
      this.#memberStep(member, { type: "leadership", leadership });
    }
  }

  #advance(durationMs: number): void {
    this.#now += durationMs;
    for (const client of this.clients) {
      while ((client.session.nextDeadline ?? Number.POSITIVE_INFINITY) <= this.#now) {
        this.#clientStep(client, { type: "deadline" });
      }
    }
    for (const member of this.members) this.#memberStep(member, { type: "deadline" });
  }

  #lose(link: Link | undefined): void {
    if (link === undefined || !link.isOpen) return;
    link.isOpen = false;
    this.#links.splice(this.#links.indexOf(link), 1);
    this.#memberStep(link.member, { type: "connectionLost", connectionId: link.id });
    if (link.client.link !== link) return;
    link.client.link = undefined;
    this.#clientStep(link.client, { type: "connectionLost", reason: "lost" });
  }

  // ---------------------------------------------------------------- what the cores want

  #clientStep(client: SimulatedClient, event: ClientEvent): void {
    for (const effect of client.session.step(event, this.#now)) this.#clientEffect(client, effect);
  }

  #clientEffect(client: SimulatedClient, effect: ClientEffect): void {
    switch (effect.type) {
      case "dial": {
        const member = this.members.find(({ memberId }) => effect.member.address === `tcp://${memberId}`);
        if (member === undefined) throw new Error(`${effect.member.address} is nobody's`);
        client.link = new Link(this.#nextId(), client, member);
        this.#links.push(client.link);
        return;
      }
      case "hangUp": {
        const { link } = client;
        client.link = undefined;
        if (link !== undefined) this.#lose(link);
        return;
      }
      case "send": {
        const { link } = client;
        if (link === undefined) return;
        const { version } = effect;
        if (version > 1 && !link.answeredIn.has(version)) {
          throw new Error(`a client sent version ${version} to ${link.member.memberId}, which had not answered in it`);
        }
        expectKnown(version, link.member.versionMax, link.member.memberId);
        link.toServer.push({ version, frame: encodeClientMessage(effect.message, version) });
        return;
      }
      case "resolve":
        settle(client, effect.callId, { type: "resolved", result: Buffer.from(effect.result).toString() });
        return;
      case "reject":
        settle(client, effect.callId, { type: "rejected", error: effect.error });
        return;
      case "deliver":
      case "report":
        return;
    }
  }

  #memberStep(member: Member, event: ServerEvent): void {
    for (const effect of member.endpoint.step(event, this.#now)) this.#memberEffect(member, effect);
  }

  #memberEffect(member: Member, effect: ServerEffect): void {
    switch (effect.type) {
      case "send": {
        const link = this.#links.find(({ id }) => id === effect.connectionId);
        if (link === undefined) return;
        expectKnown(effect.version, link.client.versionMax, "a client");
        link.toClient.push({ version: effect.version, frame: encodeServerMessage(effect.message, effect.version) });
        return;
      }
      case "propose":
        member.proposals.push(effect.record);
        return;
      case "read":
        member.reads.push(effect.readId);
        return;
      case "drop":
        this.#lose(this.#links.find(({ id }) => id === effect.connectionId));
        return;
      case "report":
        if (effect.report.type === "protocolViolation" && !/without a session/.test(effect.report.problem)) {
          throw new Error(`${member.memberId} reports: ${effect.report.problem}`);
        }
        return;
    }
  }

  #pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.#random() * items.length)];
  }

  #nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }
}

function settle(client: SimulatedClient, callId: number, settled: Settled): void {
  if (client.settled.has(callId)) throw new Error(`call ${callId} came to an end twice`);
  client.settled.set(callId, settled);
}

function expectKnown(version: ProtocolVersion, versionMax: ProtocolVersion, whose: string): void {
  if (version > versionMax)
    throw new Error(`a frame of version ${version} went to ${whose}, which speaks ${versionMax}`);
}
