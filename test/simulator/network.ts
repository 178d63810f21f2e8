import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { ClientIdentity } from "../../runtime/protocol/client-identity.ts";
import type { MemberProcess } from "./member-process.ts";
import type { World } from "./world.ts";

/** Frames in one direction of a connection: they arrive in order. */
interface Stream {
  /** When the last one that was sent arrives. */
  lastAtMs: number;
  /** What happens when each arrives, oldest first. */
  readonly flying: (() => void)[];
}

/** Whoever is at the client's end of a connection. */
export interface ConnectionEnd {
  readonly name: string;
  readonly versionMax: ProtocolVersion;
  readonly identity: ClientIdentity;
  /** The connection that it has now. */
  link: Link | undefined;
  received(link: Link, frame: Uint8Array): void;
  lost(link: Link): void;
}

/**
 * One connection, as both transports give it: an ordered stream of frames each way that can end, fall silent or stand still,
 * but neither repeats nor reorders. What comes twice or late comes over another connection: a client that gives one up and
 * dials again leaves frames behind that may arrive after those of the new one.
 */
export class Link {
  readonly id: number;
  readonly client: ConnectionEnd;
  readonly member: MemberProcess;
  /** Which life of the member it leads to. */
  readonly incarnation: number;
  readonly #world: World;
  readonly #up: Stream = { lastAtMs: 0, flying: [] };
  readonly #down: Stream = { lastAtMs: 0, flying: [] };
  /** The versions in which the server has answered here. */
  readonly answeredIn: Set<ProtocolVersion> = new Set([1]);
  isOpenAtClient = true;
  isOpenAtServer = true;
  /** Nothing arrives any more, and nobody is told. */
  isSilent = false;
  /** What was decided about the handshakes that came over it; undefined while nothing was. */
  isAllowed: boolean | undefined;
  /** The handshake that its client asked to continue a session with. */
  asked: { readonly nonce: bigint; readonly sessionId: string } | undefined;
  #garbageNext = false;
  #stalledUntilMs = 0;

  constructor(world: World, id: number, client: ConnectionEnd, member: MemberProcess) {
    this.#world = world;
    this.id = id;
    this.client = client;
    this.member = member;
    this.incarnation = member.incarnation;
  }

  sendUp(frame: Uint8Array): void {
    this.#travel(this.#up, () => {
      if (!this.isOpenAtServer) return;
      if (!this.isOpenAtClient || this.client.link !== this) this.#world.count("late frame");
      this.member.received(this, frame);
    });
  }

  sendDown(frame: Uint8Array): void {
    this.#travel(this.#down, () => {
      if (!this.isOpenAtClient) return;
      const arrived = this.#garbageNext ? GARBAGE : frame;
      this.#garbageNext = false;
      this.client.received(this, arrived);
    });
  }

  /** The client gives it up. What it has sent still arrives, and then the end. */
  closeFromClient(): void {
    this.isOpenAtClient = false;
    if (this.isSilent) this.#world.after(SILENCE_MS, () => this.loseAtServer());
    else this.#travel(this.#up, () => this.loseAtServer());
  }

  /** The server drops it. */
  closeFromServer(): void {
    this.isOpenAtServer = false;
    this.#travel(this.#down, () => this.loseAtClient());
  }

  /** It ends at once; each end learns it in its own time. */
  cut(): void {
    const { chance } = this.#world;
    this.isSilent = true;
    this.#world.after(chance.around(20), () => this.loseAtClient());
    this.#world.after(chance.around(chance.oneOf(20, 3_000)), () => this.loseAtServer());
  }

  /** Nothing arrives any more. The transports notice after a while. */
  silence(): void {
    this.isSilent = true;
    this.#world.after(SILENCE_MS, () => this.loseAtClient());
    this.#world.after(SILENCE_MS, () => this.loseAtServer());
  }

  /** What is sent arrives when the network is whole again. */
  stall(untilMs: number): void {
    this.#stalledUntilMs = Math.max(this.#stalledUntilMs, untilMs);
    this.#up.lastAtMs = Math.max(this.#up.lastAtMs, untilMs);
    this.#down.lastAtMs = Math.max(this.#down.lastAtMs, untilMs);
  }

  /** The network is whole again: what waited arrives. */
  heal(): void {
    this.#stalledUntilMs = 0;
    for (const stream of [this.#up, this.#down]) {
      stream.lastAtMs = this.#world.nowMs;
      for (let count = stream.flying.length; count > 0; count--) this.#world.after(0, () => this.#arrived(stream));
    }
  }

  /** The next frame to the client is no message. */
  garble(): void {
    this.#garbageNext = true;
  }

  loseAtClient(): void {
    if (!this.isOpenAtClient) return;
    this.isOpenAtClient = false;
    this.client.lost(this);
  }

  loseAtServer(): void {
    if (!this.isOpenAtServer) return;
    this.isOpenAtServer = false;
    this.member.lost(this);
  }

  #travel(stream: Stream, arrive: () => void): void {
    const world = this.#world;
    const delayMs = world.chance.around(world.profile.frameDelayMs);
    stream.lastAtMs = Math.max(stream.lastAtMs, world.nowMs + delayMs);
    stream.flying.push(arrive);
    world.at(stream.lastAtMs, () => this.#arrived(stream));
  }

  #arrived(stream: Stream): void {
    const world = this.#world;
    // A frame that was on its way when the network broke waits, and those behind it do.
    if (this.#stalledUntilMs > world.nowMs) world.at(this.#stalledUntilMs, () => this.#arrived(stream));
    else if (!this.isSilent) stream.flying.shift()?.();
  }
}

/** After so long the heartbeats of the transport give a silent peer up. */
const SILENCE_MS = 60_000;
const GARBAGE: Uint8Array = Uint8Array.of(0x67, 0x61, 0x72, 0x62);
