/** How long one step may take, and who can interrupt it. To be ended after the step. */
export class StepTime {
  readonly limitMs: number;
  readonly #controller = new AbortController();
  readonly #interruption: AbortSignal;
  readonly #timer: NodeJS.Timeout;
  readonly #interrupt = (): void => this.#controller.abort();
  #hasRunOut = false;

  constructor(limitMs: number, interruption: AbortSignal) {
    this.limitMs = limitMs;
    this.#interruption = interruption;
    this.#timer = setTimeout(() => {
      this.#hasRunOut = true;
      this.#controller.abort();
    }, limitMs);
    interruption.addEventListener("abort", this.#interrupt);
    if (interruption.aborted) this.#interrupt();
  }

  /** Aborted when the time has run out, or when somebody interrupts. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get hasRunOut(): boolean {
    return this.#hasRunOut;
  }

  /** Throws the reason of whoever has interrupted. */
  throwIfInterrupted(): void {
    this.#interruption.throwIfAborted();
  }

  /** The result of `work`, or a rejection when the time is over before; the work itself is not stopped. */
  async limit<T>(work: Promise<T>): Promise<T> {
    let onAbort = (): void => {};
    const aborted = new Promise<never>((_resolve, reject) => {
      onAbort = () => reject(this.signal.reason);
      this.signal.addEventListener("abort", onAbort);
      if (this.signal.aborted) onAbort();
    });
    try {
      return await Promise.race([work, aborted]);
    } finally {
      this.signal.removeEventListener("abort", onAbort);
      this.throwIfInterrupted();
    }
  }

  /** Nothing is timed any more. */
  end(): void {
    clearTimeout(this.#timer);
    this.#interruption.removeEventListener("abort", this.#interrupt);
  }
}
