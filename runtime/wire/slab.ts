import { isBytes } from "./strings.ts";
import type { Target } from "./target.ts";
import { invalidValue, noRoom } from "./wire-error.ts";

/**
 * Memory for encoded messages. Many small results share one piece, which is much cheaper than a piece for each; the
 * ranges never overlap. A result that is kept keeps its whole slab: copy it if it is small and lives long.
 */
const slabBytes = 64 * 1024;

/** Results longer than this get memory of their own, so that a slab is never left half empty. */
const sharedResultBytesMax = slabBytes / 4;

/** A piece of memory whose first `used` bytes belong to results. */
export class Slab implements Target {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** To ask `bytes` for it for each result would double the cost of a view. */
  readonly #memory: ArrayBufferLike;
  #used = 0;

  constructor(size: number) {
    // Not filled with zeros: every byte of a result is written before it is handed out.
    this.bytes = Buffer.allocUnsafeSlow(size);
    this.#memory = this.bytes.buffer;
    this.view = new DataView(this.#memory);
  }

  get used(): number {
    return this.#used;
  }

  get free(): number {
    return this.bytes.length - this.#used;
  }

  /** Hands out what was written from `used` to `end`. */
  take(end: number): Uint8Array {
    const start = this.#used;
    this.#used = end;
    return new Uint8Array(this.#memory, start, end - start);
  }
}

/** Whether `target` has `size` bytes from `offset` on. */
export function hasRoom(target: Uint8Array, offset: number, size: number): boolean {
  return isBytes(target) && Number.isSafeInteger(offset) && offset >= 0 && target.length - offset >= size;
}

/**
 * Copies a frame to `offset` and returns where it ends: for one that may just fit, although its upper bound does not. Throws
 * WireError when it does not fit.
 */
export function copyInto(frame: Uint8Array, target: Uint8Array, offset: number): number {
  if (!isBytes(target)) throw invalidValue("target", 0, target, "a Uint8Array");
  if (!Number.isSafeInteger(offset) || offset < 0) throw invalidValue("offset", 0, offset, "an integer from 0");
  const room = Math.max(0, target.length - offset);
  if (frame.length > room) throw noRoom(frame.length, room);
  target.set(frame, offset);
  return offset + frame.length;
}

let shared = new Slab(slabBytes);

/** A slab with `size` free bytes. */
export function reserve(size: number): Slab {
  if (size <= shared.free) return shared;
  if (size > sharedResultBytesMax) return new Slab(size);
  shared = new Slab(slabBytes);
  return shared;
}
