/**
 * Items for a reader that comes at its own pace, as an async iterable. It ends for good with `end`; leaving a loop early
 * does not end it, so that another loop may go on where the first one left. What several readers take at the same time
 * is shared out among them.
 */
export class Stream<Item> implements AsyncIterable<Item> {
  readonly #itemsMax: number;
  readonly #taken: (item: Item) => void;
  #items: Item[] = [];
  #readers: ((result: IteratorResult<Item, undefined>) => void)[] = [];
  #ended = false;

  /** Over `itemsMax` waiting items the oldest is dropped. `taken` is told of each item that a reader gets. */
  constructor(itemsMax: number, taken: (item: Item) => void = () => {}) {
    this.#itemsMax = itemsMax;
    this.#taken = taken;
  }

  /** Adds an item. */
  push(item: Item): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      this.#taken(item);
      reader({ done: false, value: item });
      return;
    }
    this.#items.push(item);
    if (this.#items.length > this.#itemsMax) this.#items.shift();
  }

  /** No item comes any more; those that wait can still be read. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    return {
      next: () => this.#next(),
      return: () => Promise.resolve({ done: true, value: undefined }),
    };
  }

  #next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#items.length > 0) {
      const item = this.#items.shift() as Item;
      this.#taken(item);
      return Promise.resolve({ done: false, value: item });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#readers.push(resolve));
  }
}
