/** The time that something which is closing may still take, over all of its steps together. */
export class Linger {
  readonly #endsAt: number;

  constructor(lingerMs: number) {
    this.#endsAt = performance.now() + lingerMs;
  }

  /** Whole milliseconds that are left. */
  get remainingMs(): number {
    return Math.max(0, Math.round(this.#endsAt - performance.now()));
  }

  /** Resolves when `step` does or the time is over. */
  async wait(step: Promise<void>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, this.remainingMs);
    });
    await Promise.race([step, over]);
    clearTimeout(timer);
  }
}
