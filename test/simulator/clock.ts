/** The monotonic clock of one process: it began somewhere, and runs a little faster or slower than time itself. */
export class SkewedClock {
  readonly #offsetMs: number;
  readonly #rate: number;

  constructor(offsetMs: number, rate: number) {
    this.#offsetMs = offsetMs;
    this.#rate = rate;
  }

  /** What the process reads at an instant of the world. */
  reading(worldMs: number): number {
    return this.#offsetMs + worldMs * this.#rate;
  }

  /** The instant of the world at which the process reads this, or a moment later: never before it is due. */
  instant(readingMs: number): number {
    return (readingMs - this.#offsetMs) / this.#rate + ROUNDING_MS;
  }
}

/** Covers the rounding of both conversions, so that a timer that fires is due. */
const ROUNDING_MS = 0.001;
