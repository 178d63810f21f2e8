/**
 * Callers that wait for room for one more call, first come, first served.
 *
 * Whoever is let through makes a call in the same turn of the event loop, or leaves the room to others: so many are let
 * through at a time as there is room for payloads of the greatest length, and each call makes place for the next at once,
 * by what it really took.
 */
export class Capacity {
  readonly #room: () => number;
  /** Those before `#first` were let through. */
  #waiting: Waiter[] = [];
  #first = 0;
  /** Let through in this turn, and no call made yet. */
  #permits = 0;

  /** `room`: how many more calls there is room for now. */
  constructor(room: () => number) {
    this.#room = room;
  }

  /** Resolves when there is room; rejects with the signal's reason. */
  wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const giveUp = () => {
        waiter.admit = undefined;
        reject(signal?.reason);
      };
      const waiter: Waiter = {
        admit() {
          signal?.removeEventListener("abort", giveUp);
          resolve();
        },
      };
      signal?.addEventListener("abort", giveUp);
      this.#waiting.push(waiter);
      this.admit();
    });
  }

  /** A call is made, with a permit or without. */
  called(): void {
    this.#permits = Math.max(0, this.#permits - 1);
  }

  /** Lets through those for whom there is room: to be called whenever there may be more of it. */
  admit(): void {
    if (this.#first === this.#waiting.length) return;
    for (let room = this.#room() - this.#permits; room > 0 && this.#first < this.#waiting.length; ) {
      const { admit } = this.#take();
      if (admit === undefined) continue;
      room -= 1;
      this.#permit();
      admit();
    }
  }

  /** Lets everybody through: what they do next fails, and says why. */
  end(): void {
    while (this.#first < this.#waiting.length) this.#take().admit?.();
  }

  #take(): Waiter {
    const waiter = this.#waiting[this.#first] as Waiter;
    this.#first += 1;
    if (this.#first * 2 >= this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first);
      this.#first = 0;
    }
    return waiter;
  }

  #permit(): void {
    if (this.#permits === 0) setImmediate(() => this.#turnEnded());
    this.#permits += 1;
  }

  #turnEnded(): void {
    this.#permits = 0;
    this.admit();
  }
}

interface Waiter {
  /** Lets the caller through; `undefined` when it has given up. */
  admit: (() => void) | undefined;
}
