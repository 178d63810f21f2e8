import { limits } from "../../protocol/limits.ts";
import type { RoutingId } from "../transport.ts";

/** Frames for one peer that have not been handed to libzmq yet, in order. */
export class Outbox {
  readonly routingId: RoutingId;
  readonly #bytesMax: number;
  #frames: Uint8Array[] = [];
  #head = 0;
  #bytes = 0;
  /** For the dispatcher: attempts in a row that found the pipe full. */
  attempts = 0;
  /** For the dispatcher: whether it is in one of its lists. */
  isListed = false;

  /** Holds up to `bytesMax`, with `limits.waitingFrameOverheadBytes` for each frame. */
  constructor(routingId: RoutingId, bytesMax: number) {
    this.routingId = routingId;
    this.#bytesMax = bytesMax;
  }

  get isEmpty(): boolean {
    return this.#head === this.#frames.length;
  }

  /** Adds a frame. False when more than `bytesMax` would wait: the peer does not read. */
  add(frame: Uint8Array): boolean {
    const bytes = this.#bytes + frame.byteLength + limits.waitingFrameOverheadBytes;
    if (bytes > this.#bytesMax) return false;
    this.#bytes = bytes;
    this.#frames.push(frame);
    return true;
  }

  /** The oldest frame. */
  get first(): Uint8Array | undefined {
    return this.#frames[this.#head];
  }

  /** Takes the oldest frame out. */
  removeFirst(): void {
    const frame = this.#frames[this.#head];
    if (frame === undefined) return;
    this.#bytes -= frame.byteLength + limits.waitingFrameOverheadBytes;
    this.#frames[this.#head] = taken;
    this.#head += 1;
    if (this.isEmpty) this.discard();
    else if (this.#head === compactAt) {
      this.#frames = this.#frames.slice(this.#head);
      this.#head = 0;
    }
  }

  discard(): void {
    this.#frames = [];
    this.#head = 0;
    this.#bytes = 0;
  }
}

/** Stands in the place of a frame that was taken, so that its bytes can be collected. */
const taken: Uint8Array = new Uint8Array(0);
/** Places of taken frames that are kept before the array is shortened. */
const compactAt = 4_096;
