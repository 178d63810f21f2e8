import type { Socket } from "node:net";
import { limits } from "../../protocol/limits.ts";
import { Alarm } from "../../shell/alarm.ts";
import { Outbox, SendSlab } from "./outbox.ts";
import { Peer, type PeerSettings } from "./peer.ts";
import { ReadingTurns } from "./reading-turns.ts";
import { ZmtpError } from "./zmtp-error.ts";

/** What one end of a connection is made with. */
export interface ZmtpSettings extends PeerSettings {
  /** Bytes that may wait to be sent; over it the connection is given up. */
  readonly queueBytesMax: number;
}

/** What a connection tells its owner; nothing any more after `lost`, `finish` or `destroy`. */
export interface ZmtpSocketHandlers {
  /** The handshake is done. */
  ready(): void;
  received(message: Uint8Array): void;
  /** Never called from within `send`. */
  lost(reason: string): void;
}

/**
 * One TCP connection that speaks ZMTP: the shell around `Peer`, the same for both ends.
 *
 * What is sent within one turn of the event loop leaves in one write at its end, and what is said to what was just read, as
 * soon as all of that is handed out. What the kernel does not take waits here, and a SERVER reads nothing more from a peer
 * for which half of what may wait is waiting: who does not take answers cannot ask for more.
 */
export class ZmtpSocket {
  readonly #socket: Socket;
  readonly #settings: ZmtpSettings;
  readonly #handlers: ZmtpSocketHandlers;
  readonly #outbox: Outbox;
  readonly #peer: Peer;
  readonly #alarm: Alarm;
  readonly #closed: Promise<void>;
  #phase: "open" | "finishing" | "over" = "open";
  #isReady = false;
  #isFlushDue = false;
  /** A burst has left, and the next one waits until the others had their turn. */
  #isBurstDue = false;
  /** The kernel has not taken all of the last write yet. */
  #isWriting = false;
  /** Nothing is read until the peer has taken some of what waits for it. */
  #isThrottled = false;
  /** Some of what was read waits for the next turn. */
  #isYielding = false;
  /** What was read is being handed out: what is said to that leaves when all of it is. */
  #isDelivering = false;

  constructor(socket: Socket, settings: ZmtpSettings, handlers: ZmtpSocketHandlers) {
    this.#socket = socket;
    this.#settings = settings;
    this.#handlers = handlers;
    this.#outbox = new Outbox(settings.queueBytesMax);
    this.#alarm = new Alarm(() => this.#attempt(() => this.#peer.deadline(performance.now())));
    this.#closed = new Promise((resolve) => {
      socket.once("close", () => {
        this.#loseToOther();
        resolve();
      });
    });
    socket.on("data", (bytes) => this.#read(bytes));
    socket.on("end", () => this.#readEnd());
    socket.on("error", (error) => this.#lose(error.message));
    const effects = { write: (bytes: Uint8Array) => this.#sendCommand(bytes), ready: () => this.#becomeReady() };
    this.#peer = new Peer(settings, effects, performance.now());
    this.#alarm.set(this.#peer.nextDeadline);
  }

  /** The key that the peer has proven, in Z85; `undefined` without one, or before it has proven it. */
  get peerPublicKey(): string | undefined {
    return this.#peer.peerPublicKey;
  }

  /** What waits to be sent. */
  get waitingBytes(): number {
    return this.#outbox.bytes;
  }

  /** Whether nothing is read from the peer until it has taken some of that. */
  get isThrottled(): boolean {
    return this.#isThrottled;
  }

  /** Sends one message, once the handshake is done. The bytes must not change afterwards. */
  send(message: Uint8Array): void {
    if (this.#phase !== "open") return;
    const { frameBytesMax, queueBytesMax } = this.#settings;
    if (message.byteLength > frameBytesMax) {
      this.#lose(`a frame of ${message.byteLength} bytes was to be sent, at most ${frameBytesMax} are allowed`);
    } else if (!this.#outbox.add(message)) {
      this.#lose(`more than ${queueBytesMax} bytes wait for the peer, which does not read`);
    } else if (this.#outbox.bytes < limits.sendEarlyBytes) {
      if (!this.#isFlushDue) this.#flushSoon();
    } else {
      if (!this.#isBurstDue) this.#flush();
      this.#throttle();
    }
  }

  /**
   * Ends the connection after what was sent has left, or after `limits.closeLingerMs`. Resolves when it is closed. Safe
   * to call twice.
   */
  async finish(): Promise<void> {
    if (this.#phase === "open") {
      this.#phase = "finishing";
      // Bytes that nobody reads would make the kernel reset the connection and lose what was sent.
      this.#socket.resume();
      const timer = setTimeout(() => this.destroy(), limits.closeLingerMs);
      this.#socket.once("close", () => clearTimeout(timer));
      if (!this.#isReady && this.#outbox.isEmpty) this.destroy();
      else this.#flushSoon();
    }
    await this.#closed;
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#phase = "over";
    this.#alarm.clear();
    this.#outbox.discard();
    this.#peer.wipe();
    this.#socket.destroy();
  }

  // ---------------------------------------------------------------- receiving

  #read(bytes: Buffer): void {
    if (this.#phase === "over" || (this.#phase === "finishing" && this.#isReady)) return;
    try {
      this.#peer.receive(bytes);
      this.#deliver(bytes.byteLength >= readBytesMax);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Hands out what was read, until it is the others' turn. `hasMore` says that there is probably more to be read. */
  #deliver(hasMore: boolean): void {
    const startedAt = performance.now();
    const burstMs = turns.begin(this, startedAt);
    let isLate = false;
    this.#isDelivering = true;
    for (let count = 1; !isLate; count++) {
      const message = this.#peer.next(startedAt);
      if (message === undefined) break;
      if (message === null) this.#setAlarm();
      else if (this.#phase === "open") this.#handlers.received(message);
      if (this.#phase === "over") return;
      isLate = count % messagesPerClockReading === 0 && performance.now() - startedAt > burstMs;
    }
    this.#isDelivering = false;
    if (this.#isFlushDue && !this.#isBurstDue) this.#flush();
    if (isLate || (hasMore && !turns.mayReadOn(startedAt))) this.#yield();
    else if (this.#isYielding) this.#goOnReading();
  }

  /** Lets the others have their turn. */
  #yield(): void {
    this.#isYielding = true;
    this.#socket.pause();
    setImmediate(() => {
      if (this.#isYielding) this.#attempt(() => this.#deliver(false));
    });
  }

  #goOnReading(): void {
    this.#isYielding = false;
    if (!this.#isThrottled) this.#socket.resume();
  }

  /** The peer has said everything. What was read before still counts. */
  #readEnd(): void {
    while (this.#isYielding && this.#phase === "open") this.#attempt(() => this.#deliver(false));
    this.#loseToOther();
  }

  #throttle(): void {
    if (
      this.#isThrottled ||
      this.#outbox.bytes < this.#settings.queueBytesMax / 2 ||
      this.#settings.socketType === "CLIENT"
    )
      return;
    this.#isThrottled = true;
    this.#socket.pause();
  }

  #unthrottle(): void {
    if (!this.#isThrottled || this.#outbox.bytes > this.#settings.queueBytesMax / 4) return;
    this.#isThrottled = false;
    if (!this.#isYielding) this.#socket.resume();
  }

  // ---------------------------------------------------------------- sending

  #sendCommand(frame: Uint8Array): void {
    if (!this.#outbox.addCommand(frame)) {
      this.#lose(`more than ${this.#settings.queueBytesMax} bytes wait for the peer, which does not read`);
      return;
    }
    this.#flushSoon();
    this.#throttle();
  }

  #flushSoon(): void {
    if (this.#isFlushDue || this.#isWriting) return;
    this.#isFlushDue = true;
    if (!this.#isDelivering) flushAtEndOfTurn(this.#flush);
  }

  readonly #flush = (): void => {
    this.#isFlushDue = false;
    this.#isBurstDue = false;
    // A PONG or a heartbeat may come after the end of what is sent: a write would break the connection before it is done.
    if (this.#phase === "over" || this.#isWriting || this.#socket.writableEnded) return;
    const pieces = this.#outbox.take(slab, this.#isReady, this.#peer.seal);
    if (pieces.length > 0) this.#peer.noteSaid();
    this.#write(pieces);
    if (this.#socket.writableLength > 0) {
      this.#isWriting = true;
      slab.keep();
    } else if (this.#isReady && !this.#outbox.isEmpty) {
      this.#isFlushDue = true;
      this.#isBurstDue = true;
      setImmediate(this.#flush);
    }
    this.#unthrottle();
    if (this.#phase === "finishing" && this.#outbox.isEmpty) this.#socket.end();
  };

  #write(pieces: readonly Uint8Array[]): void {
    const last = pieces.at(-1);
    if (last === undefined) return;
    if (pieces.length > 1) this.#socket.cork();
    for (let index = 0; index < pieces.length - 1; index++) this.#socket.write(pieces[index] ?? last);
    this.#socket.write(last, this.#written);
    if (pieces.length > 1) this.#socket.uncork();
  }

  readonly #written = (): void => {
    if (!this.#isWriting || this.#socket.writableLength > 0) return;
    this.#isWriting = false;
    // Nothing is read from it meanwhile, so that it could not be heard.
    if (this.#isThrottled) this.#peer.showLife();
    this.#flush();
  };

  // ---------------------------------------------------------------- beginning and end

  #becomeReady(): void {
    this.#isReady = true;
    // It was set for the end of the handshake, which is much sooner than the first heartbeat.
    this.#alarm.clear();
    if (this.#phase === "open") this.#handlers.ready();
    if (!this.#outbox.isEmpty) this.#flushSoon();
  }

  /** Does what a peer can make fail. */
  #attempt(act: () => void): void {
    if (this.#phase === "over") return;
    try {
      act();
      this.#setAlarm();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    this.#isDelivering = false;
    if (!(error instanceof ZmtpError)) throw error;
    // The peer may be told why.
    this.#flush();
    this.#lose(error.message);
  }

  #setAlarm(): void {
    if (this.#phase !== "over") this.#alarm.set(this.#peer.nextDeadline);
  }

  #loseToOther(): void {
    const when = this.#isReady ? "" : ", before the handshake was done";
    this.#lose(`the peer or the network closed the connection${when}`);
  }

  #lose(reason: string): void {
    const wasOpen = this.#phase === "open";
    this.destroy();
    if (wasOpen) queueMicrotask(() => this.#handlers.lost(reason));
  }
}

/** Bytes that node reads from a socket at once: a piece of that length is probably not the last one. */
const readBytesMax = 64 * 1024;
/** Reading the clock costs as much as a small message. */
const messagesPerClockReading = 16;

const turns = new ReadingTurns();
/** One for all connections, for it is empty between two writes. */
const slab = new SendSlab();

let flushes: (() => void)[] = [];

/** Runs `flush` when what now runs is done, before the event loop goes on. */
function flushAtEndOfTurn(flush: () => void): void {
  if (flushes.push(flush) === 1) process.nextTick(flushAll);
}

function flushAll(): void {
  const due = flushes;
  flushes = [];
  for (const flush of due) flush();
}
