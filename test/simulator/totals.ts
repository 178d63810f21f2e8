import type { WorldResult } from "./world.ts";

/** What many worlds came to. */
export class Totals {
  worlds = 0;
  operations = 0;
  /** The first world that broke a promise. */
  violated: WorldResult | undefined;
  readonly #counts = new Map<string, number>();
  readonly #began = performance.now();
  #steps = 0;
  #serverRequests = 0;
  #simulatedMs = 0;

  /** For how long worlds have been run, in milliseconds. */
  get durationMs(): number {
    return performance.now() - this.#began;
  }

  add(world: WorldResult): void {
    this.worlds += 1;
    this.operations += world.operations;
    this.#steps += world.steps;
    this.#serverRequests += world.serverRequests;
    this.#simulatedMs += world.simulatedMs;
    for (const [what, times] of world.counts) this.#counts.set(what, (this.#counts.get(what) ?? 0) + times);
    if (world.violation !== undefined) this.violated ??= world;
  }

  /** In one line. */
  get line(): string {
    const perSecond = Math.round((this.operations / this.durationMs) * 1_000);
    const violations = this.violated === undefined ? 0 : 1;
    return `${this.worlds} worlds, ${this.operations} operations (${perSecond} per second), ${violations} violations`;
  }

  /** With everything that was counted. */
  get summary(): string {
    const counts = [...this.#counts].sort(([one], [other]) => one.localeCompare(other));
    const hours = (this.#simulatedMs / 3_600_000).toFixed(1);
    return [
      ...counts.map(([what, times]) => `${String(times).padStart(10)}  ${what}`),
      `${this.line}; ${this.#steps} steps of the cores, ${this.#serverRequests} server requests, ${hours} simulated hours`,
    ].join("\n");
  }
}
