/** Promises by number, for a core that answers by number. */
export class PendingAnswers<Value> {
  readonly #pending: Map<number, { resolve(value: Value): void; reject(error: Error): void }> = new Map();
  #lastId = 0;

  /** Makes a promise; `ask` is called with its number, and may answer at once. */
  add(ask: (id: number) => void): Promise<Value> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      ask(id);
    });
  }

  resolve(id: number, value: Value): void {
    this.#pending.get(id)?.resolve(value);
    this.#pending.delete(id);
  }

  reject(id: number, error: Error): void {
    this.#pending.get(id)?.reject(error);
    this.#pending.delete(id);
  }
}
