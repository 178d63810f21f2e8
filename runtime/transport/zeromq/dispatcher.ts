import { setImmediate as nextTurn } from "node:timers/promises";
import type { Linger } from "./linger.ts";
import type { Outbox } from "./outbox.ts";
import type { FrameSocket } from "./socket.ts";

/** Frames sent before timers and received frames get their turn. */
const sendBurstMax = 64;
/** Turns of the event loop in which a full pipe is tried again at once, in the hope that the I/O thread empties it. */
const eagerAttemptsMax = 2;
/** First pause between attempts at pipes that stay full: nothing reports when there is room again. */
const retryMinMs = 1;
/** Longest pause, reached by doubling while all attempts are in vain. */
const retryMaxMs = 16;
/** Full pipes tried at once: a vain attempt costs 20 µs, and there are as many as peers that do not read. */
const retriesMax = 8;

/**
 * Empties the outboxes of one socket in turn, one frame each, so that a peer with a long queue delays nobody else and
 * one whose pipe is full holds up only itself.
 *
 * An outbox that has frames is in exactly one list: `ready`; `eager`, when its pipe was full, tried again in the next
 * turn of the event loop; or `patient`, when its pipe stayed full, tried again after a pause.
 */
export class Dispatcher {
  readonly #socket: FrameSocket;
  readonly #failed: (error: Error) => void;
  #ready: Outbox[] = [];
  #eager: Outbox[] = [];
  readonly #patient: Set<Outbox> = new Set();
  #isRunning = false;
  #retryTimer: NodeJS.Timeout | undefined;
  #retryMs = retryMinMs;
  #emptied: (() => void) | undefined;

  /** `failed` is called when the socket refuses a frame for a reason that is not its peer's. */
  constructor(socket: FrameSocket, failed: (error: Error) => void) {
    this.#socket = socket;
    this.#failed = failed;
  }

  /** To be called when `outbox` has got a frame. The first one of an idle socket leaves before this returns. */
  dispatch(outbox: Outbox): void {
    if (outbox.isListed) return;
    outbox.isListed = true;
    this.#makeReady([outbox]);
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
        if (outbox.attempts > eagerAttemptsMax) this.#retryMs = retryMinMs;
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
    // That a peer is gone is reported where frames are received, and a closed socket is nobody's trouble.
    if (code !== "EHOSTUNREACH" && !this.#socket.isClosed) {
      this.#failed(error instanceof Error ? error : new Error(String(error)));
    }
    return false;
  }

  #postpone(outbox: Outbox): void {
    outbox.attempts += 1;
    if (outbox.attempts > eagerAttemptsMax) {
      this.#patient.add(outbox);
      this.#retryLater();
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
    const outboxes = [...this.#patient].slice(0, retriesMax);
    for (const outbox of outboxes) this.#patient.delete(outbox);
    this.#retryTimer = undefined;
    if (this.#patient.size > 0) this.#retryLater();
    this.#socket.refresh();
    this.#makeReady(outboxes);
  }

  #retryLater(): void {
    if (this.#retryTimer !== undefined) return;
    this.#retryTimer = setTimeout(() => this.#retryPatient(), this.#retryMs);
    // Back to the shortest pause as soon as an attempt succeeds.
    this.#retryMs = Math.min(this.#retryMs * 2, retryMaxMs);
  }
}
