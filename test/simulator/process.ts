import type { SkewedClock } from "./clock.ts";
import type { World } from "./world.ts";

/** A core with a clock of its own: what clients and members of a simulated world have in common. */
export abstract class SimulatedProcess {
  readonly world: World;
  readonly clock: SkewedClock;
  /** Counts the lives of the process; what belongs to a former one comes to nothing. */
  incarnation = 0;
  isUp = true;
  /** Nothing happens in it until then; afterwards everything that came meanwhile, in order. */
  pausedUntilMs = 0;
  #wakeAtMs = Number.POSITIVE_INFINITY;
  #backlog: (() => void)[] = [];

  constructor(world: World, clock: SkewedClock) {
    this.world = world;
    this.clock = clock;
  }

  /** What the process's clock reads. */
  get nowMs(): number {
    return this.clock.reading(this.world.nowMs);
  }

  /** Lets something happen in this life of the process, in so many milliseconds of the world. */
  after(delayMs: number, run: () => void): void {
    const { incarnation } = this;
    this.world.after(delayMs, () => {
      if (this.incarnation === incarnation && this.isUp) this.whenAwake(run);
    });
  }

  /** Lets something happen now, or when the process goes on. */
  whenAwake(run: () => void): void {
    if (this.pausedUntilMs <= this.world.nowMs && this.#backlog.length === 0) {
      run();
      return;
    }
    this.#backlog.push(run);
    if (this.#backlog.length === 1) this.#catchUp();
  }

  #catchUp(): void {
    const { incarnation } = this;
    this.world.at(this.pausedUntilMs, () => {
      if (this.incarnation !== incarnation || !this.isUp) return;
      if (this.pausedUntilMs > this.world.nowMs) {
        this.#catchUp();
        return;
      }
      const backlog = this.#backlog;
      this.#backlog = [];
      for (const run of backlog) if (this.incarnation === incarnation && this.isUp) run();
    });
  }

  /** The process begins anew: nothing of its former life happens any more. */
  reborn(): void {
    this.incarnation += 1;
    this.isUp = true;
    this.pausedUntilMs = 0;
    this.#backlog = [];
    this.#wakeAtMs = Number.POSITIVE_INFINITY;
  }

  /** When the core wants to be woken, by the process's clock. */
  protected abstract get nextDeadline(): number | undefined;

  /** Wakes the core. */
  protected abstract wake(): void;

  /** Sets the one timer. A later deadline is found out when the timer fires. */
  protected arm(): void {
    const deadline = this.nextDeadline;
    if (deadline === undefined) return;
    const atMs = Math.max(this.world.nowMs, this.clock.instant(deadline));
    if (atMs >= this.#wakeAtMs) return;
    this.#wakeAtMs = atMs;
    this.after(atMs - this.world.nowMs, () => {
      if (this.#wakeAtMs !== atMs) return;
      this.#wakeAtMs = Number.POSITIVE_INFINITY;
      if ((this.nextDeadline ?? Number.POSITIVE_INFINITY) <= this.nowMs) this.wake();
      this.arm();
    });
  }
}
