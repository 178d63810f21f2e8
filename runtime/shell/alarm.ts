/**
 * The one timer of a shell. A core says when it is due next; the alarm calls then, or a little earlier after the core has
 * moved its deadline to later, which costs less than setting a timer again at each message.
 *
 * Units: instants are monotonic milliseconds, of `performance.now()`.
 */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Makes sure to ring at `at`; `undefined` asks for nothing. */
  set(at: number | undefined): void {
    if (at === undefined || at >= this.#at) return;
    clearTimeout(this.#timer);
    this.#at = at;
    const delayMs = Math.min(DELAY_MAX_MS, Math.max(0, Math.ceil(at - performance.now())));
    this.#timer = setTimeout(() => {
      this.#at = Number.POSITIVE_INFINITY;
      this.#ring();
    }, delayMs);
  }

  /** Rings no more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#at = Number.POSITIVE_INFINITY;
  }
}

/** The longest delay that `setTimeout` keeps. */
const DELAY_MAX_MS = 2 ** 31 - 1;
