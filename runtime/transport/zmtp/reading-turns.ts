import { limits } from "../../protocol/limits.ts";

/**
 * How long one connection may keep the event loop with what it has read. Where others have read something lately it is very
 * short, so that nobody waits for a peer that floods; alone it is longer, for each change of turns costs system calls.
 */
export class ReadingTurns {
  #lastReader: object | undefined;
  /** When the turn last went from one connection to another. */
  #changedAt = Number.NEGATIVE_INFINITY;
  /** Pieces that the last reader has taken in a row, all of them as long as can be. */
  #pieces = 0;

  /** To be called for each piece that `reader` has read, and gives the milliseconds that it has for it. */
  begin(reader: object, now: number): number {
    if (reader !== this.#lastReader) {
      if (this.#lastReader !== undefined) this.#changedAt = now;
      this.#lastReader = reader;
      this.#pieces = 0;
    }
    return this.#isShared(now) ? limits.receiveBurstMs : limits.loneReceiveBurstMs;
  }

  /** Whether the reader, which has probably not read everything, may go on before others. */
  mayReadOn(now: number): boolean {
    if (this.#isShared(now)) return false;
    this.#pieces = (this.#pieces + 1) % lonePiecesMax;
    return this.#pieces !== 0;
  }

  #isShared(now: number): boolean {
    return now - this.#changedAt < sharedForMs;
  }
}

/** After so long without another reader a connection counts as the only one. */
const sharedForMs = 10_000;
/** Pieces of 64 KiB that the only one takes in a row: about a millisecond. */
const lonePiecesMax = 16;
