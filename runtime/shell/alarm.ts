/**
 * The one timer of a shell. A core says when it is due next; the alarm calls then, or a little earlier after the core has
 * moved its deadline to later, which costs less than setting a timer again at each message.
 *
 * A timer that rings again after the same time is used again. Ten thousand connections that each look for a sign of life
 * every half a minute would leave as many objects behind each time, old enough by then to need a full collection.
 *
 * Units: instants are monotonic milliseconds, of `performance.now()`.
 */
export class Alarm {
  readonly #ring: () => void;
  #timer: NodeJS.Timeout | undefined;
  #delayMs = 0;
  #at = Number.POSITIVE_INFINITY;

  constructor(ring: () => void) {
    this.#ring = ring;
  }

  /** Makes sure to ring at `at`; `undefined` asks for nothing. */
  set(at: number | undefined): void {
    if (at === undefined || at >= this.#at) return;
    this.#at = at;
    const delayMs = Math.min(DELAY_MAX_MS, Math.max(0, Math.ceil(at - performance.now()) + EARLY_MS));
    if (delayMs === this.#delayMs && this.#timer !== undefined) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#delayMs = delayMs;
    this.#timer = setTimeout(() => {
      this.#at = Number.POSITIVE_INFINITY;
      this.#ring();
    }, delayMs);
  }

  /** Rings no more. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#at = Number.POSITIVE_INFINITY;
  }
}

/** Node counts whole milliseconds, so that a timer comes up to one early: it would ring for nothing, and another be set. */
const EARLY_MS = 1;
/** The longest delay that `setTimeout` keeps. */
const DELAY_MAX_MS = 2 ** 31 - 1;
