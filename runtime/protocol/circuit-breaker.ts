import { limits } from "./limits.ts";

/** Whether a member is asked: `closed` yes, `open` not before a while has passed, `half-open` once, to see. */
export type CircuitState = "closed" | "half-open" | "open";

/**
 * What a client's attempts say about one member. After `limits.circuitFailuresMax` in a row that had no answer, the member
 * is left alone for twice as long as the last of them took, so that a dead one costs little: a member that refuses
 * connections at once is back sooner than one that never answers. Then one attempt decides.
 *
 * Units: instants are monotonic milliseconds.
 * Source: Nygard, Release It!, 2nd edition, 2018, "Circuit Breaker".
 */
export class CircuitBreaker {
  #state: CircuitState = "closed";
  #failures = 0;
  #openUntil = Number.NEGATIVE_INFINITY;

  get state(): CircuitState {
    return this.#state;
  }

  /** Until when the last failure counts against the member; in the past for one that has answered since. */
  get openUntil(): number {
    return this.#openUntil;
  }

  /** Whether the member may be asked now. */
  allows(now: number): boolean {
    return this.#state !== "open" || now >= this.#openUntil;
  }

  /** Whether somebody else's word that the member leads is worth an attempt now: it failed a while ago, or never. */
  isTrusted(now: number): boolean {
    return now >= this.#openUntil;
  }

  /** The member is asked now; true when that is the attempt that decides. */
  attempt(): boolean {
    if (this.#state !== "open") return false;
    this.#state = "half-open";
    return true;
  }

  /** The member answered; true when it was being left alone. */
  succeed(): boolean {
    this.#failures = 0;
    this.#openUntil = Number.NEGATIVE_INFINITY;
    if (this.#state === "closed") return false;
    this.#state = "closed";
    return true;
  }

  /**
   * The member did not answer, which took so long to find out, or its connection died; true when it is left alone from now
   * on.
   */
  fail(now: number, tookMs: number): boolean {
    this.#failures += 1;
    this.#openUntil = now + Math.min(limits.circuitOpenMaxMs, Math.max(limits.circuitOpenMinMs, 2 * tookMs));
    if (this.#state === "closed" && this.#failures < limits.circuitFailuresMax) return false;
    this.#state = "open";
    return true;
  }
}
