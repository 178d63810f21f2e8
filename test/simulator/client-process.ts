import { decodeServerMessage, encodeClientMessage, type ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { CreateSession, ServerRequest } from "../../generated/protocol/messages.ts";
import { Call } from "../../runtime/protocol/call.ts";
import type { ClientEffect, ClientEvent, ClientSessionOptions } from "../../runtime/protocol/client-events.ts";
import type { ClientIdentity } from "../../runtime/protocol/client-identity.ts";
import { ClientSession } from "../../runtime/protocol/client-session.ts";
import type { RequestError, SessionError } from "../../runtime/protocol/errors.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { WireError } from "../../runtime/wire/index.ts";
import { commandBytes, type RegisterCommand, readNumber } from "./application.ts";
import type { SkewedClock } from "./clock.ts";
import { describe } from "./describe.ts";
import type { ConnectionEnd, Link } from "./network.ts";
import { Patience } from "./patience.ts";
import { SimulatedProcess } from "./process.ts";
import { check } from "./violation.ts";
import type { World } from "./world.ts";

/** What another life of the process goes on with. */
type SavedSession = NonNullable<ClientSessionOptions["resumed"]>;

/** A call without an end. */
export interface OpenCall extends RegisterCommand {
  readonly calledAt: number;
  /** What the core was given for it. */
  readonly asked: Call;
}

/**
 * A client of the simulated cluster: the real session core with a small application that makes calls and takes server
 * requests. The process can die and come back, with the session that it kept or with a new one.
 */
export class ClientProcess extends SimulatedProcess implements ConnectionEnd {
  readonly name: string;
  readonly versionMax: ProtocolVersion;
  readonly identity: ClientIdentity;
  /** The handshake with which it asked for its newest session. */
  creation: CreateSession | undefined;
  readonly open: Map<number, OpenCall> = new Map();
  link: Link | undefined;
  /** What is still to be called before the world ends; undefined while calls are made at random. */
  #lastCalls: Pick<RegisterCommand, "verb" | "key">[] | undefined;
  #core!: ClientSession;
  readonly #savesSession: boolean;
  #saved: SavedSession | undefined;
  #isResumed = false;
  #isWatching = false;
  /** Server requests that were delivered and not taken, and taken and not acknowledged. */
  #untaken: number[] = [];
  #unacknowledged: number[] = [];
  #deliveredId: number | undefined;
  readonly #patience: Patience;

  constructor(world: World, name: string, versionMax: ProtocolVersion, identity: ClientIdentity, clock: SkewedClock) {
    super(world, clock);
    this.identity = identity;
    this.#patience = new Patience(name);
    this.name = name;
    this.versionMax = versionMax;
    this.#savesSession = world.chance.happens(0.4);
    this.#boot(undefined);
  }

  get sessionId(): string | undefined {
    return this.#core.sessionId;
  }

  /** Whether it has nothing left to do and no question left open. */
  get isSettled(): boolean {
    return this.isUp && this.#lastCalls?.length === 0 && this.open.size === 0;
  }

  /** Whether its session lives, and the log knows that its application has every server request. */
  get hasTakenAll(): boolean {
    const fate = this.world.truth.sessions.get(this.sessionId ?? "");
    if (fate === undefined || fate.endReason !== undefined) return false;
    return fate.acknowledgedId === fate.serverRequests.length;
  }

  // ---------------------------------------------------------------- the life of the process

  crash(): void {
    const { chance } = this.world;
    this.world.note(() => `${this.name} crashes`);
    this.isUp = false;
    for (const call of this.open.values()) this.world.checks.forgotten(call);
    this.open.clear();
    if (this.link !== undefined) {
      this.link.isOpenAtClient = false;
      if (chance.happens(0.5)) this.link.silence();
      else this.link.cut();
    }
    this.link = undefined;
  }

  restart(): void {
    this.reborn();
    this.#boot(this.#saved);
  }

  /** The application ends the session, and later begins another one. */
  close(): void {
    this.#saved = undefined;
    this.#step({ type: "close" });
  }

  /** The application gives the connection up for a while. */
  pauseConnection(): void {
    if (this.#core.state === "over" || this.#core.state === "closing") return;
    this.#step({ type: "disconnect" });
    this.after(this.world.chance.around(1_000), () => {
      this.#patience.begin();
      this.#step({ type: "connect" });
    });
  }

  abortOne(): void {
    const call = this.world.chance.pick([...this.open.values()]);
    if (call !== undefined) this.#step({ type: "abort", call: call.asked, cause: undefined });
  }

  /** The world is at peace: makes one call more of each kind, which must succeed. */
  finish(): void {
    const { keys } = this.world.profile;
    this.#lastCalls = Array.from({ length: keys }, (_, key) => ({ verb: "read", key }) as const);
    this.#lastCalls.unshift({ verb: "swap", key: 0 });
    this.#nextLastCall();
  }

  #boot(resumed: SavedSession | undefined): void {
    const { profile, chance } = this.world;
    const isOldAround = this.versionMax === 1 || profile.memberVersions.includes(1);
    this.world.note(() => `${this.name} starts${resumed === undefined ? "" : ` with ${resumed.sessionId}`}`);
    this.#core = new ClientSession({
      // Who speaks version 2 learns of the other members, but for one who asks for a session that nobody knows any more.
      members:
        isOldAround || this.#savesSession || chance.happens(0.5)
          ? this.world.addresses
          : this.world.addresses.slice(0, 1),
      capabilities: { a: "1" },
      protocolVersionMax: this.versionMax,
      sessionTimeoutMs: profile.askedSessionTimeoutMs,
      // Version 1 does not say how long a lease is.
      keepAliveIntervalMs: isOldAround ? profile.serverSessionTimeoutMs / 3 : undefined,
      connectionTimeoutMs: profile.connectionTimeoutMs,
      resendAfterMs: profile.resendAfterMs,
      epochOffsetMs: 0,
      random: chance.next,
      newNonce: () => BigInt(this.world.newId()),
      isAddress: () => true,
      resumed,
      savesSession: this.#savesSession,
    });
    this.#patience.begin();
    this.#isResumed = resumed !== undefined;
    this.#isWatching = resumed !== undefined;
    this.#untaken = [];
    this.#unacknowledged = [];
    this.#deliveredId = resumed === undefined ? 0 : undefined;
    this.after(chance.around(20), () => {
      this.#step({ type: "connect" });
      this.#act();
    });
  }

  // ---------------------------------------------------------------- the application

  /** Makes some calls, and again after a while. */
  #act(): void {
    const { chance, profile } = this.world;
    if (this.#lastCalls !== undefined) {
      this.#nextLastCall();
      return;
    }
    const burst = 1 + chance.below(profile.burstMax);
    for (let count = 0; count < burst; count++)
      this.#call(this.#drawCall(), chance.between(50, profile.requestTimeoutMaxMs));
    this.after(chance.around(profile.thinkMs), () => this.#act());
  }

  #drawCall(): Pick<RegisterCommand, "verb" | "key"> {
    const { chance, profile } = this.world;
    const key = chance.below(profile.keys);
    if (!this.#isWatching && chance.happens(0.3)) {
      this.#isWatching = true;
      return { verb: "watch", key };
    }
    if (chance.happens(profile.refusedShare)) return { verb: "refuse", key };
    return { verb: chance.happens(profile.readShare) ? "read" : "swap", key };
  }

  #nextLastCall(): void {
    const next = this.isUp && this.open.size === 0 ? this.#lastCalls?.[0] : undefined;
    if (next !== undefined) this.#call(next, LAST_CALL_TIMEOUT_MS);
  }

  #call({ verb, key }: Pick<RegisterCommand, "verb" | "key">, timeoutMs: number): void {
    const { state } = this.#core;
    if (state === "over" || state === "closing") return;
    const callId = this.world.newId();
    const command = { verb, key, number: callId };
    const calledAt = this.world.newOrder();
    this.world.operations += 1;
    this.world.note(() => `${this.name} calls ${verb} ${key}, number ${callId}`);
    const type = verb === "read" || (verb === "refuse" && this.world.chance.happens(0.3)) ? "query" : "submit";
    const asked = new Call(type, callId, commandBytes(command), timeoutMs);
    this.open.set(callId, { ...command, calledAt, asked });
    this.#step(asked);
    check(this.open.size <= limits.requestsInFlightMax, "bounded memory", () => {
      return `${this.name} has ${this.open.size} calls under way, the limit is ${limits.requestsInFlightMax}`;
    });
  }

  #resolved({ callId }: Call, result: Uint8Array): void {
    const call = this.#take(callId);
    this.world.note(() => `${this.name} has the result of ${callId}: ${readNumber(result)}`);
    this.world.checks.resolved(call, readNumber(result));
    if (this.#lastCalls === undefined) return;
    if (call.calledAt > this.world.calmSince) this.#lastCalls.shift();
    this.after(0, () => this.#nextLastCall());
  }

  #rejected({ callId }: Call, error: RequestError | SessionError): void {
    const call = this.#take(callId);
    this.world.note(() => `${this.name} has no result of ${callId}: ${error.code}, ${error.outcome}`);
    this.world.checks.rejected(call, error);
    if (this.#lastCalls === undefined) return;
    const isLast = call.calledAt > this.world.calmSince;
    check(!isLast || error.code !== "ERR_TIMEOUT", "quiescence", () => {
      return `${this.name} has no answer to ${call.verb} ${call.key}, number ${callId}, although nothing is wrong`;
    });
    if (isLast && error.code === "ERR_RESPONSE_EVICTED") this.#lastCalls.shift();
    this.after(1, () => this.#nextLastCall());
  }

  #take(callId: number): OpenCall {
    const call = this.open.get(callId);
    check(call !== undefined, "honest outcome", () => `call ${callId} of ${this.name} came to an end twice`);
    this.open.delete(callId);
    return call;
  }

  #delivered({ requestId, payload }: ServerRequest): void {
    const { sessionId } = this;
    const sent = this.world.truth.sessions.get(sessionId ?? "")?.serverRequests[requestId - 1];
    check(sent === readNumber(payload), "server requests", () => {
      return `${this.name} is given ${readNumber(payload)} as server request ${requestId}, the log says ${sent}`;
    });
    // A process that goes on with a session has those again that the one before did not acknowledge, and none that it did.
    const expected = this.#deliveredId ?? 0;
    const skipped = this.#isResumed ? Math.max(expected, this.world.acknowledged(sessionId ?? "")) : expected;
    const isNext = this.#deliveredId === undefined || requestId > expected ? requestId <= skipped + 1 : false;
    check(
      isNext,
      "server requests",
      () => `${this.name} is given server request ${requestId} after ${expected}, and has acknowledged ${skipped}`,
    );
    this.#deliveredId = requestId;
    this.#untaken.push(requestId);
    this.world.serverRequests += 1;
    check(this.#untaken.length <= limits.serverRequestsBufferedMax, "bounded memory", () => {
      return `${this.name} has ${this.#untaken.length} server requests waiting, the limit is ${limits.serverRequestsBufferedMax}`;
    });
    this.after(this.world.chance.around(this.world.profile.acknowledgesLate ? 30 : 2), () => this.#takeOne());
  }

  #takeOne(): void {
    const requestId = this.#untaken.shift();
    if (requestId === undefined) return;
    this.#step({ type: "taken" });
    this.#unacknowledged.push(requestId);
    const isLate = this.world.profile.acknowledgesLate && this.world.chance.happens(0.7);
    if (!isLate || this.#untaken.length === 0) this.#acknowledge();
  }

  #acknowledge(): void {
    const requestId = this.#unacknowledged.at(-1);
    this.#unacknowledged = [];
    if (requestId === undefined || this.sessionId === undefined) return;
    this.world.acknowledge(this.sessionId, requestId);
    this.#step({ type: "acknowledge", requestId });
  }

  // ---------------------------------------------------------------- connections

  received(link: Link, frame: Uint8Array): void {
    this.whenAwake(() => {
      if (this.link !== link) return;
      let event: ClientEvent;
      try {
        const { version, message } = decodeServerMessage(frame);
        this.world.note(() => `${this.name} ← ${link.member.memberId} v${version} ${describe(message)}`);
        this.#patience.heard(message, this.nowMs);
        this.world.checks.heard(this, message);
        event = { type: "received", version, message };
      } catch (error) {
        if (!(error instanceof WireError)) throw error;
        event = { type: "connectionLost", reason: "garbage" };
      }
      this.#step(event);
    });
  }

  lost(link: Link): void {
    this.whenAwake(() => {
      if (this.link !== link) return;
      this.link = undefined;
      this.world.note(() => `${this.name} loses its connection to ${link.member.memberId}`);
      this.#step({ type: "connectionLost", reason: "lost" });
    });
  }

  // ---------------------------------------------------------------- what the core wants

  protected get nextDeadline(): number | undefined {
    return this.#core.nextDeadline;
  }

  protected wake(): void {
    this.#step({ type: "deadline" });
  }

  #step(event: ClientEvent): void {
    this.world.steps += 1;
    const core = this.#core;
    for (const effect of core.step(event, this.nowMs)) this.#perform(effect);
    if (core !== this.#core) return;
    this.arm();
    if (core.state === "over" && this.isUp) this.#over();
  }

  #over(): void {
    check(
      this.open.size === 0,
      "quiescence",
      () => `${this.name} is over and leaves ${this.open.size} calls without an end`,
    );
    this.isUp = false;
    this.#saved = undefined;
    this.world.after(this.world.chance.around(100), () => this.world.revive(this));
  }

  #perform(effect: ClientEffect): void {
    switch (effect.type) {
      case "dial":
        this.#patience.dials(this.nowMs);
        this.link = this.world.dial(this, effect.member.address);
        return;
      case "hangUp":
        this.link?.closeFromClient();
        this.link = undefined;
        return;
      case "send":
        this.#send(effect);
        return;
      case "resolve":
        this.#resolved(effect.call, effect.result);
        return;
      case "reject":
        this.#rejected(effect.call, effect.error);
        return;
      case "deliver":
        this.#delivered(effect.request);
        return;
      case "save":
        this.#save(effect.session);
        return;
      case "report":
        this.world.note(() => `${this.name}: ${JSON.stringify(effect.status)}`);
        if (effect.status.type === "sessionExpired") this.world.checks.expired(this);
        return;
    }
  }

  #save(session: SavedSession): void {
    const { chance, isCalm } = this.world;
    this.after(chance.around(5), () => {
      if (!isCalm && chance.happens(0.1)) {
        this.#step({ type: "saveFailed", reason: "the disk is full" });
        return;
      }
      this.#saved = session;
      this.#step({ type: "saved" });
    });
  }

  #send({ version, message }: ClientEffect & { type: "send" }): void {
    const { link } = this;
    if (link === undefined) return;
    check(link.answeredIn.has(version), "versions", () => {
      return `${this.name} sends version ${version} to ${link.member.memberId}, which has not answered in it`;
    });
    this.#patience.sends(message, this.nowMs);
    if (message.type === "CreateSession") this.creation = message;
    link.sendUp(encodeClientMessage(message, version));
  }
}

/** Longer than everything that may still hold a call up when the faults stop: backoffs, leases, silent connections. */
const LAST_CALL_TIMEOUT_MS = 200_000;
