/** What a stream is made with. */
export interface StreamOptions<Item> {
  /** Items that wait for a reader; over it the oldest is dropped. */
  readonly itemsMax: number;
  /** Is told of each item that a reader gets. */
  readonly taken?: (item: Item) => void;
  /** Is told when a reader leaves its loop, which ends the stream then; without it another loop may go on. */
  readonly left?: () => void;
}

/**
 * Items for a reader that comes at its own pace, as an async iterable. It ends for good with `end`. What several readers
 * take at the same time is shared out among them.
 */
export class Stream<Item> implements AsyncIterable<Item> {
  readonly #options: StreamOptions<Item>;
  #items: Item[] = [];
  #readers: ((result: IteratorResult<Item, undefined>) => void)[] = [];
  #dropped = 0;
  #ended = false;

  constructor(options: StreamOptions<Item>) {
    this.#options = options;
  }

  /** How many items were dropped because nobody read them. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Adds an item. */
  push(item: Item): void {
    if (this.#ended) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) {
      this.#options.taken?.(item);
      reader({ done: false, value: item });
      return;
    }
    this.#items.push(item);
    if (this.#items.length <= this.#options.itemsMax) return;
    this.#items.shift();
    this.#dropped += 1;
  }

  /** No item comes any more; those that wait can still be read. */
  end(): void {
    this.#ended = true;
    for (const reader of this.#readers.splice(0)) reader({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    return {
      next: () => this.#next(),
      return: () => this.#left(),
    };
  }

  #next(): Promise<IteratorResult<Item, undefined>> {
    if (this.#items.length > 0) {
      const item = this.#items.shift() as Item;
      this.#options.taken?.(item);
      return Promise.resolve({ done: false, value: item });
    }
    if (this.#ended) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => this.#readers.push(resolve));
  }

  #left(): Promise<IteratorResult<Item, undefined>> {
    if (this.#options.left !== undefined) {
      this.#items = [];
      this.end();
      this.#options.left();
    }
    return Promise.resolve({ done: true, value: undefined });
  }
}
