import { encodeCommandMessage } from "../../../generated/zmtp-command/codec.ts";
import type { CommandMessage } from "../../../generated/zmtp-command/messages.ts";
import { limits } from "../../protocol/limits.ts";
import { decodeCommand, isFailure } from "./command.ts";
import { FrameReader, flag, frameOf, sealedFrameOf } from "./framing.ts";
import { encodeGreeting, GreetingReader } from "./greeting.ts";
import type { Mechanism, MechanismMaker, MechanismStep, Properties, Seal } from "./mechanism.ts";
import { printable, ZmtpError } from "./zmtp-error.ts";

/** ZMTP's names for the two ends of a connection. */
export type SocketType = "CLIENT" | "SERVER";

/** What one end of a connection is made with. */
export interface PeerSettings {
  readonly socketType: SocketType;
  readonly mechanism: MechanismMaker;
  /** Longest message that is accepted. */
  readonly frameBytesMax: number;
  readonly handshakeTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
}

/** What a peer wants done. */
export interface PeerEffects {
  /** Send bytes of the handshake, or a command. */
  write(bytes: Uint8Array): void;
  /** The handshake is done: messages may be sent. */
  ready(): void;
}

/**
 * The protocol of one end of a connection: ZMTP 3.1 (RFC 37) for CLIENT and SERVER (RFC 41), without socket and clock. Bytes
 * go in with `receive`, messages come out of `next`, and what is to be sent comes as effects.
 *
 * Every method throws `ZmtpError` when the connection cannot go on; the peer must not be used after that.
 */
export class Peer {
  readonly #settings: PeerSettings;
  readonly #effects: PeerEffects;
  /** Until the peer's greeting is there, which a connection need not keep. */
  #greeting: GreetingReader | undefined = new GreetingReader();
  readonly #reader = new FrameReader(limits.commandBytesMax);
  readonly #mechanism: Mechanism;
  #isReady = false;
  #seal: Seal | undefined;
  #peerPublicKey: string | undefined;
  #heartbeats = false;
  /** When the handshake must be done, or the next heartbeat is due. */
  #dueAt: number;
  /** When the peer wants to be given up unless it says something before. */
  #lifetimeEndsAt: number | undefined;
  #hasHeard = false;
  #hasSaid = false;
  #silentHeartbeats = 0;

  constructor(settings: PeerSettings, effects: PeerEffects, now: number) {
    this.#settings = settings;
    this.#effects = effects;
    this.#mechanism = settings.mechanism(ownProperties(settings.socketType));
    this.#dueAt = now + settings.handshakeTimeoutMs;
    effects.write(encodeGreeting(this.#mechanism));
  }

  /** The key that the peer has proven, in Z85; `undefined` where its mechanism has none, or before it has proven it. */
  get peerPublicKey(): string | undefined {
    return this.#peerPublicKey;
  }

  /** When `deadline` wants to be called. Comes nearer by a command of the peer only. */
  get nextDeadline(): number {
    return Math.min(this.#dueAt, this.#lifetimeEndsAt ?? this.#dueAt);
  }

  /** Takes what has arrived. The bytes must not change afterwards. Then call `next` until it gives nothing. */
  receive(bytes: Buffer): void {
    this.showLife();
    const rest = this.#greeting === undefined ? bytes : this.#receiveGreeting(this.#greeting, bytes);
    if (rest.byteLength > 0) this.#reader.push(rest);
  }

  /** The peer gave a sign of life other than bytes: it has taken some, while nothing is read from it. */
  showLife(): void {
    this.#hasHeard = true;
    this.#lifetimeEndsAt = undefined;
  }

  /**
   * The next message, whose bytes belong to the receiver, who shares their memory with other messages; `null` for a command,
   * which is obeyed; `undefined` when there is nothing more.
   */
  next(now: number): Uint8Array | null | undefined {
    let body = this.#reader.next();
    if (body === undefined) return undefined;
    let flags = this.#reader.flags;
    if (this.#seal !== undefined) ({ flags, body } = this.#open(this.#seal, flags, body));
    if (flags === 0 && this.#isReady) return body;
    this.#receiveCommand(flags, body, now);
    return null;
  }

  /** How messages are to be sealed when they leave; `undefined` where they travel as they are. */
  get seal(): Seal | undefined {
    return this.#seal;
  }

  /** To be called when messages have left: the peer has heard from us. */
  noteSaid(): void {
    this.#hasSaid = true;
  }

  /** Forgets all secrets. The peer must not be used after that. */
  wipe(): void {
    this.#mechanism.wipe();
    this.#seal?.wipe();
  }

  /** Does what is due. */
  deadline(now: number): void {
    const { handshakeTimeoutMs, heartbeatIntervalMs } = this.#settings;
    if (this.#lifetimeEndsAt !== undefined && now >= this.#lifetimeEndsAt) {
      throw new ZmtpError("the peer was silent for longer than the lifetime that it had asked for");
    }
    if (now < this.#dueAt) return;
    if (!this.#isReady) throw new ZmtpError(`no handshake within ${handshakeTimeoutMs} ms`);
    this.#dueAt = now + heartbeatIntervalMs;
    this.#beat();
  }

  #receiveGreeting(greeting: GreetingReader, bytes: Buffer): Buffer {
    const rest = greeting.push(bytes);
    if (greeting.isComplete) {
      this.#greeting = undefined;
      this.#heartbeats = greeting.check(this.#mechanism) >= 1;
      this.#say(this.#mechanism.start());
    }
    return rest;
  }

  #receiveCommand(flags: number, body: Uint8Array, now: number): void {
    if (flags !== flag.command) {
      const what = (flags & flag.more) !== 0 ? "a message of several parts" : "a message before the handshake was done";
      throw new ZmtpError(`the peer sent ${what}`);
    }
    // Until the handshake is done, every other command is the mechanism's own: CURVE's READY is not that of NULL.
    const command = this.#isReady || isFailure(body) ? decodeCommand(body) : undefined;
    if (command?.type === "Failure") throw new ZmtpError(`the peer refused: ${refusalText(command.reason)}`);
    if (this.#isReady) this.#obey(command, now);
    else this.#shakeHands(this.#mechanism.receive(body), now);
  }

  #shakeHands(step: MechanismStep, now: number): void {
    if (step.type !== "continue") this.#peerPublicKey = step.peerPublicKey;
    if (step.type === "refuse") this.#refuse(step.reason);
    // Before the last command says that all is well.
    if (step.type === "done") this.#checkSocketType(step.properties);
    this.#say(step.commands);
    if (step.type === "continue") return;
    this.#seal = step.seal;
    this.#isReady = true;
    this.#reader.bodyBytesMax = this.#settings.frameBytesMax + (step.seal?.overheadBytes ?? 0);
    this.#dueAt = now + this.#settings.heartbeatIntervalMs;
    this.#effects.ready();
  }

  #checkSocketType(properties: Properties): void {
    const own = this.#settings.socketType;
    const expected: SocketType = own === "CLIENT" ? "SERVER" : "CLIENT";
    const found = properties.get("socket-type");
    const name = found === undefined ? "nothing" : printable(Buffer.from(found).toString("latin1"));
    if (name === expected) return;
    this.#refuse(`a ${own} talks to a ${expected}, not to ${name}`);
  }

  #refuse(reason: string): never {
    this.#say([encodeCommandMessage({ type: "Failure", reason })]);
    throw new ZmtpError(reason);
  }

  /** A command after the handshake. One that we do not know is of a later version, and is ignored. */
  #obey(command: CommandMessage | undefined, now: number): void {
    if (command?.type !== "Ping") return;
    if (command.ttl > 0) this.#lifetimeEndsAt = now + command.ttl * millisecondsPerTick;
    this.#say([encodeCommandMessage({ type: "Pong", context: command.context })]);
  }

  /**
   * Says something where one side was quiet for an interval. A PING counts as said, so that an idle end pings in every other
   * interval, before the lifetime is over that it asks for.
   */
  #beat(): void {
    const { heartbeatIntervalMs } = this.#settings;
    this.#silentHeartbeats = this.#hasHeard ? 0 : this.#silentHeartbeats + 1;
    const wasQuiet = !this.#hasHeard || !this.#hasSaid;
    this.#hasHeard = false;
    this.#hasSaid = false;
    if (!this.#heartbeats || !wasQuiet) return;
    if (this.#silentHeartbeats >= limits.silentHeartbeatsMax) {
      throw new ZmtpError(`the peer was silent for ${this.#silentHeartbeats * heartbeatIntervalMs} ms`);
    }
    const ttl = lifetimeTicks(heartbeatIntervalMs);
    this.#say([encodeCommandMessage({ type: "Ping", ttl, context: new Uint8Array(0) })]);
  }

  #open(seal: Seal, flags: number, body: Uint8Array): { flags: number; body: Uint8Array } {
    if (flags !== 0) throw new ZmtpError("the peer sent something that was not sealed");
    const opened = seal.open(body);
    const { frameBytesMax } = this.#settings;
    if (opened.body.byteLength <= frameBytesMax) return opened;
    throw new ZmtpError(
      `the peer sent a sealed frame of ${opened.body.byteLength} bytes, at most ${frameBytesMax} are accepted`,
    );
  }

  #say(commands: readonly Uint8Array[]): void {
    for (const command of commands) {
      this.#hasSaid = true;
      const seal = this.#seal;
      this.#effects.write(
        seal === undefined ? frameOf(flag.command, command) : sealedFrameOf(seal, flag.command, command),
      );
    }
  }
}

/** Servers of libzmq give the status of their authenticator (RFC 27) and no words. */
function refusalText(reason: string): string {
  const text = printable(reason) || "it gave no reason";
  const meaning = zapStatuses.get(reason);
  return meaning === undefined ? text : `${text}, ${meaning}`;
}

const zapStatuses: ReadonlyMap<string, string> = new Map([
  ["300", "it cannot decide now whether to let this client in"],
  ["400", "it does not let this client in"],
  ["500", "it could not decide whether to let this client in"],
]);

/** A SERVER knows its clients by names of its own, so neither side tells one. */
function ownProperties(socketType: SocketType): Properties {
  return new Map([
    ["Socket-Type", Buffer.from(socketType)],
    ["Identity", Buffer.alloc(0)],
  ]);
}

/** After how long without a word from us the peer shall give us up; 0, never, where it could not count so far. */
function lifetimeTicks(heartbeatIntervalMs: number): number {
  const intervalTicks = heartbeatIntervalMs / millisecondsPerTick;
  const silenceTicks = limits.silentHeartbeatsMax * intervalTicks;
  if (silenceTicks + lateTicksMax > ticksMax) return 0;
  return Math.min(ticksMax, Math.ceil(silenceTicks + intervalTicks));
}

/** PING counts a lifetime in tenths of a second. */
const millisecondsPerTick = 100;
/** libzmq counts its milliseconds in 16 bits: of a longer lifetime it takes the remainder, and hangs up too early. */
const ticksMax = 655;
/** By how much a heartbeat may be late, on a busy machine or a bad line. */
const lateTicksMax = 50;
