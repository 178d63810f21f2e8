/** How long to wait between attempts. */
export interface BackoffOptions {
  /** The first delay, in milliseconds. */
  readonly minMs: number;
  /** The longest delay, before jitter, in milliseconds. */
  readonly maxMs: number;
  /** How many delays in a row are the same before they double. */
  readonly repeats: number;
  /** A source of numbers from 0 up to 1, for the jitter. */
  readonly random: () => number;
}

/**
 * Delays that double from `minMs` to `maxMs`, `repeats` of them alike, each moved by up to a quarter either way, so that
 * clients that lost one server together do not come back together.
 */
export class Backoff {
  readonly #options: BackoffOptions;
  #attempts = 0;

  constructor(options: BackoffOptions) {
    this.#options = options;
  }

  /** How many delays were taken since the last `reset`. */
  get attempts(): number {
    return this.#attempts;
  }

  /** The next delay, in whole milliseconds. */
  next(): number {
    const { minMs, maxMs, repeats } = this.#options;
    const doublings = Math.min(Math.floor(this.#attempts / repeats), EXPONENT_MAX);
    this.#attempts += 1;
    return this.#jittered(Math.min(maxMs, minMs * FACTOR ** doublings));
  }

  /** The shortest delay, in whole milliseconds, which does not count. */
  shortest(): number {
    return this.#jittered(this.#options.minMs);
  }

  /** Starts again from `minMs`: the last attempt succeeded. */
  reset(): void {
    this.#attempts = 0;
  }

  #jittered(delayMs: number): number {
    return Math.round(delayMs * (1 + JITTER * (2 * this.#options.random() - 1)));
  }
}

const FACTOR = 2;
const JITTER = 0.25;
/** Two to this power times any `minMs` is over any `maxMs` in use, and far from overflow. */
const EXPONENT_MAX = 30;
