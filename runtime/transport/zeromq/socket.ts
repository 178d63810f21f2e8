import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import type { RoutingId } from "../transport.ts";
import type { Doorbell } from "./doorbell.ts";
import { withDoorbell } from "./doorbell.ts";
import type { ZeromqSocket, ZeromqSocketOptions } from "./package.ts";
import { loadZeromq } from "./package.ts";
import { ConnectionEvents, watchEvents } from "./socket-events.ts";

/**
 * How a socket waits for its next frame.
 *
 * - `doorbell`: by the event descriptor that libzmq rings. Falls back to `polling` where it cannot be found.
 * - `polling`: by asking again and again, ever less often while nothing comes. Works everywhere.
 */
export type Waiting = "doorbell" | "polling";

/** What a socket tells its owner. Neither is called after `close`. */
export interface SocketHandlers {
  /**
   * One frame; `routingId` is 0 on a CLIENT socket. Its bytes are nobody else's: a copy, or above 128 bytes the memory
   * into which libzmq received it, kept for as long as the frame is.
   */
  received(frame: Uint8Array, routingId: RoutingId): void;
  /** The socket has failed, or is a CLIENT that its server does not let in, and must be closed. */
  failed(error: Error): void;
}

/** Frames received before timers and other sockets get their turn: longer bursts make keep-alives late. */
const receiveBurstMax = 64;
/** How often doorbells are silenced in case they were rung for something that is no frame. */
const sweepIntervalMs = 20;
/** Doorbells silenced at once: at 8 µs each this stays below 3 % of a core. */
const sweepBurstMax = 64;
/** How soon after a send the doorbell is silenced: the I/O thread reports room in the pipe within about 1 ms. */
const settleMs = 2;
/** How long the frame that says the end of a connection may take after the event that does. */
const endFrameWaitMs = 50;
/** Polling without a pause for so long after a frame: an answer to it is likely to be on its way. */
const pollBusyMs = 2;
/** Longest pause between two polls of an idle socket: 10 ms costs about 0.2 % of a core. */
const pollPauseMaxMs = 10;
/** ZMQ_DISCONNECT_MSG of zmq_setsockopt: what a SERVER finds in its queue when a peer's connection has ended. */
const disconnectMessageOption = 111;
/** ZMQ_HICCUP_MSG: what a CLIENT finds in its queue when its connection has ended. */
const hiccupMessageOption = 114;

/** One CLIENT or SERVER socket: sends, waits for frames without keeping a core busy, and closes completely. */
export class FrameSocket {
  readonly #kind: "Client" | "Server";
  readonly #socket: ZeromqSocket;
  readonly #doorbell: Doorbell | undefined;
  readonly #events: ConnectionEvents | undefined;
  #handlers: SocketHandlers | undefined;
  #closed: Promise<void> | undefined;
  #receiving: Promise<void> | undefined;
  #settleTimer: NodeJS.Timeout | undefined;
  #endTimer: NodeJS.Timeout | undefined;

  /** Throws when no more sockets can be had. `endFrame` is what the socket receives when a connection has ended. */
  constructor(kind: "Client" | "Server", options: ZeromqSocketOptions, endFrame: Buffer, waiting: Waiting) {
    this.#kind = kind;
    const sockets = loadZeromq();
    const open = (): ZeromqSocket => sockets.open(kind, options);
    const { made, doorbell } = waiting === "doorbell" ? withDoorbell(open) : { made: open(), doorbell: undefined };
    this.#socket = made;
    this.#doorbell = doorbell;
    this.#socket.setStringOption(kind === "Server" ? disconnectMessageOption : hiccupMessageOption, endFrame);
    // A CLIENT that was refused never dials again, and nothing but its events says so. A SERVER can do without.
    if (kind === "Client") {
      this.#events = new ConnectionEvents(made, {
        refused: (reason) => this.#fail(reason),
        ended: () => this.#awaitEndFrame(),
      });
    }
  }

  /** Resolves when the connection of a CLIENT has come to stand, or nothing can be known of that any more. */
  get handshake(): Promise<void> {
    return this.#events?.handshake ?? Promise.resolve();
  }

  /** Listens at `endpoint` and returns where it really listens. Rejects with the system's error. */
  async bind(endpoint: string): Promise<string> {
    await this.#socket.bind(endpoint);
    return this.#socket.lastEndpoint ?? endpoint;
  }

  connect(endpoint: string): void {
    this.#socket.connect(endpoint);
  }

  /** Begins to receive. To be called once, after `bind` or `connect`. */
  start(handlers: SocketHandlers): void {
    if (this.isClosed) return;
    this.#handlers = handlers;
    if (this.#doorbell !== undefined) swept.add(this);
    this.#receiving = this.#receive(handlers);
  }

  /**
   * Hands one frame to the I/O thread. Rejects with code `EAGAIN` when the peer's pipe is full and `EHOSTUNREACH` when
   * it is gone. The outcome is there at once, so that it may be called again without waiting for it; but only who waits
   * can keep frames in order. `routingId` is 0 on a CLIENT socket.
   */
  send(frame: Uint8Array, routingId: RoutingId): Promise<void> {
    if (this.#doorbell !== undefined) this.#settleSoon();
    return this.#kind === "Server" ? this.#socket.send(frame, { routingId }) : this.#socket.send(frame);
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Takes note of what the I/O thread has reported: without it, a full pipe stays full for up to a millisecond. */
  refresh(): void {
    if (!this.isClosed) void this.#socket.readable;
  }

  /** Silences the doorbell unless a frame is there: in this order, lest the ring for a frame be lost. */
  sweep(): void {
    if (this.isClosed || this.#doorbell === undefined) return;
    this.#doorbell.silence();
    if (this.#socket.readable) this.#doorbell.ring();
  }

  /** Resolves when the last frame has left or `lingerMs` have passed, and all descriptors are closed. */
  close(lingerMs: number): Promise<void> {
    this.#closed ??= this.#close(lingerMs);
    return this.#closed;
  }

  async #receive(handlers: SocketHandlers): Promise<void> {
    let burst = 0;
    while (!this.isClosed) {
      if (burst === receiveBurstMax) {
        burst = 0;
        await nextTurn();
        continue;
      }
      const mustWait = !this.#socket.readable;
      if (mustWait) burst = 0;
      if (mustWait && this.#doorbell === undefined) {
        await this.#poll();
        continue;
      }
      let message: Awaited<ReturnType<ZeromqSocket["receive"]>>;
      try {
        const receiving = this.#socket.receive();
        if (mustWait) this.sweep();
        message = await receiving;
      } catch (error) {
        if (this.isClosed) return;
        // libzmq calls a socket readable that only holds a frame in several parts, and drops that frame when it is read:
        // neither kind of socket allows such frames, and any guest can send one.
        if (error instanceof Error && "code" in error && error.code === "EAGAIN") continue;
        handlers.failed(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      if (this.isClosed) return;
      burst += 1;
      handlers.received(message[0], message[1]?.routingId ?? 0);
    }
  }

  async #poll(): Promise<void> {
    const idleSince = performance.now();
    for (let pauseMs = 1; !this.isClosed && !this.#socket.readable; ) {
      if (performance.now() - idleSince < pollBusyMs) {
        await nextTurn();
      } else {
        await delay(pauseMs);
        pauseMs = Math.min(pauseMs * 2, pollPauseMaxMs);
      }
    }
  }

  #settleSoon(): void {
    this.#settleTimer ??= setTimeout(() => {
      this.#settleTimer = undefined;
      this.sweep();
    }, settleMs).unref();
  }

  async #close(lingerMs: number): Promise<void> {
    swept.delete(this);
    clearTimeout(this.#settleTimer);
    clearTimeout(this.#endTimer);
    const gone = this.#events?.gone ?? watchEvents(this.#socket);
    this.#socket.linger = lingerMs;
    this.#socket.close();
    await gone;
    await this.#receiving;
  }

  /**
   * The end of a connection comes as a frame, behind what the connection has brought. But where libzmq breaks it off, for
   * what the server has sent, it may take the frame away together with the pipe.
   */
  #awaitEndFrame(): void {
    if (this.isClosed) return;
    clearTimeout(this.#endTimer);
    this.#endTimer = setTimeout(() => {
      if (this.#socket.readable) this.#awaitEndFrame();
      else this.#fail("the connection was broken off, for the server sent what it must not");
    }, endFrameWaitMs);
  }

  #fail(reason: string): void {
    if (!this.isClosed) this.#handlers?.failed(new Error(reason));
  }
}

/**
 * All open sockets that wait by a doorbell. One timer sweeps them in turn, `sweepBurstMax` at a time: a load generator
 * with thousands of connections shall not be busy with that alone.
 */
const swept: { add(socket: FrameSocket): void; delete(socket: FrameSocket): void } = (() => {
  const sockets = new Set<FrameSocket>();
  let timer: NodeJS.Timeout | undefined;
  const sweep = (): void => {
    for (const socket of [...take(sockets, sweepBurstMax)]) {
      socket.sweep();
      // To the end of the queue.
      sockets.delete(socket);
      sockets.add(socket);
    }
  };
  return {
    add(socket) {
      sockets.add(socket);
      timer ??= setInterval(sweep, sweepIntervalMs).unref();
    },
    delete(socket) {
      sockets.delete(socket);
      if (sockets.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    },
  };
})();

function* take<T>(things: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const thing of things) {
    if (left === 0) return;
    left -= 1;
    yield thing;
  }
}
