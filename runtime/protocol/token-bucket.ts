/** How much of something may be had: in the long run, and at once. */
export interface Allowance {
  readonly perSecond: number;
  /** What a full bucket holds. */
  readonly burst: number;
}

/**
 * Tokens that come at a steady rate up to a bound, and are taken for what is done.
 *
 * A bucket may go into debt: whoever finds it above zero takes what it needs, so that a frame is taken or refused as a whole
 * and none is too long for ever. In `t` seconds nobody gets more than `burst + perSecond × t` and what was taken last.
 *
 * Units: instants are monotonic milliseconds.
 */
export class TokenBucket {
  #allowance: Allowance;
  #tokens: number;
  /** When `#tokens` was right. */
  #at: number;

  /** Full to begin with. */
  constructor(allowance: Allowance, now: number) {
    this.#allowance = allowance;
    this.#tokens = allowance.burst;
    this.#at = now;
  }

  /** How long until there is something to take, in whole milliseconds; 0 when there is. */
  waitMs(now: number): number {
    this.#refill(now);
    if (this.#tokens > 0) return 0;
    return Math.floor((-this.#tokens / this.#allowance.perSecond) * 1_000) + 1;
  }

  /** Takes so many, whatever is there. */
  take(count: number): void {
    this.#tokens -= count;
  }

  /** Whether it holds all that it can: then it says nothing that a new one would not say. */
  isFull(now: number): boolean {
    this.#refill(now);
    return this.#tokens >= this.#allowance.burst;
  }

  /** Another allowance from now on. What was taken stays taken: nobody gets a full bucket by asking for the same again. */
  change(allowance: Allowance, now: number): void {
    this.#refill(now);
    const taken = this.#allowance.burst - this.#tokens;
    this.#allowance = allowance;
    this.#tokens = allowance.burst - taken;
  }

  #refill(now: number): void {
    const { perSecond, burst } = this.#allowance;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) / 1_000) * perSecond);
    this.#at = now;
  }
}
