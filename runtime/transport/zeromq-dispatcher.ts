import { setImmediate as nextTurn } from "node:timers/promises";
import type { Linger } from "./zeromq-linger.ts";
import type { Outbox } from "./zeromq-outbox.ts";
import type { FrameSocket } from "./zeromq-socket.ts";

/** Frames sent before timers and received frames get their turn. */
const sendBurstMax = 64;
/** Turns of the event loop in which a full pipe is tried again at once: a reading peer's I/O thread needs that long. */
const eagerAttemptsMax = 8;
/** Pause between attempts at a pipe that stays full: nothing reports when there is room again. */
const retryMs = 10;

/** What a dispatcher tells its owner. */
export interface DispatchHandlers {
  /** The peer of `outbox` is no longer there. */
  gone(outbox: Outbox): void;
  /** The socket refuses frames for a reason that is not a peer's, and must be closed. */
  failed(error: Error): void;
}

/**
 * Empties the outboxes of one socket in turn, one frame each, so that a peer with a long queue delays nobody else and
 * one whose pipe is full holds up only itself.
 *
 * An outbox that has frames is in exactly one list: `ready`; `eager`, when its pipe was full, tried again in the next
 * turn of the event loop; or `patient`, when its pipe stayed full, tried again when the peer sends something or after
 * `retryMs`.
 */
export class Dispatcher {
  readonly #socket: FrameSocket;
  readonly #handlers: DispatchHandlers;
  #ready: Outbox[] = [];
  #eager: Outbox[] = [];
  readonly #patient: Set<Outbox> = new Set();
  #isRunning = false;
  #retryTimer: NodeJS.Timeout | undefined;
  #emptied: (() => void) | undefined;

  constructor(socket: FrameSocket, handlers: DispatchHandlers) {
    this.#socket = socket;
    this.#handlers = handlers;
  }

  /** To be called when `outbox` has got a frame. The first one of an idle socket leaves before this returns. */
  dispatch(outbox: Outbox): void {
    if (outbox.isListed) return;
    outbox.isListed = true;
    this.#makeReady([outbox]);
  }

  /** To be called when the peer of `outbox` has sent something: it is alive, and may have read as well. */
  retry(outbox: Outbox): void {
    if (this.#patient.delete(outbox)) this.#makeReady([outbox]);
  }

  /** Resolves when every frame was handed to libzmq or the time is over; what is left then is discarded. */
  async finish(linger: Linger): Promise<void> {
    if (!this.#isEmpty) {
      await linger.wait(
        new Promise((resolve) => {
          this.#emptied = resolve;
        }),
      );
    }
    for (const outbox of [...this.#ready, ...this.#eager, ...this.#patient]) outbox.discard();
    clearTimeout(this.#retryTimer);
  }

  get #isEmpty(): boolean {
    return !this.#isRunning && this.#ready.length === 0 && this.#eager.length === 0 && this.#patient.size === 0;
  }

  #makeReady(outboxes: Iterable<Outbox>): void {
    this.#ready.push(...outboxes);
    if (!this.#isRunning) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    let burst = 0;
    while (this.#ready.length > 0) {
      const round = this.#ready;
      this.#ready = [];
      for (const outbox of round) {
        burst += 1;
        if (burst > sendBurstMax) {
          burst = 1;
          await nextTurn();
        }
        await this.#sendFirst(outbox);
      }
    }
    this.#isRunning = false;
    if (this.#isEmpty) this.#emptied?.();
  }

  async #sendFirst(outbox: Outbox): Promise<void> {
    const frame = outbox.first;
    if (frame !== undefined) {
      try {
        await this.#socket.send(frame, outbox.routingId);
        outbox.attempts = 0;
        // Everything may have been discarded meanwhile.
        if (outbox.first === frame) outbox.removeFirst();
      } catch (error) {
        if (this.#isPipeFull(outbox, error)) {
          this.#postpone(outbox);
          return;
        }
      }
    }
    outbox.isListed = !outbox.isEmpty;
    if (outbox.isListed) this.#ready.push(outbox);
  }

  /** Whether a refused frame may be sent later. If not, those that wait behind it are discarded. */
  #isPipeFull(outbox: Outbox, error: unknown): boolean {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EAGAIN") return !outbox.isEmpty;
    outbox.discard();
    if (code === "EHOSTUNREACH") this.#handlers.gone(outbox);
    else if (!this.#socket.isClosed) this.#handlers.failed(error instanceof Error ? error : new Error(String(error)));
    return false;
  }

  #postpone(outbox: Outbox): void {
    outbox.attempts += 1;
    if (outbox.attempts > eagerAttemptsMax) {
      this.#patient.add(outbox);
      this.#retryTimer ??= setTimeout(() => this.#retryPatient(), retryMs);
    } else if (this.#eager.push(outbox) === 1) {
      setImmediate(() => this.#retryEager());
    }
  }

  #retryEager(): void {
    const outboxes = this.#eager;
    this.#eager = [];
    this.#socket.refresh();
    this.#makeReady(outboxes);
  }

  #retryPatient(): void {
    const outboxes = [...this.#patient];
    this.#patient.clear();
    this.#retryTimer = undefined;
    this.#socket.refresh();
    this.#makeReady(outboxes);
  }
}
