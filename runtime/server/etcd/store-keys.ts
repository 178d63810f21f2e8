/**
 * Where things lie in etcd, below a prefix. The order of the names matters: one range from `heartbeat` to the end of
 * the log holds what members watch, and nothing else.
 *
 * - `chunk/<number>/<position>`: the chunks of snapshots.
 * - `head`: how long the log is. Every append compares and writes it.
 * - `heartbeat`: written by a leader that has nothing else to write.
 * - `leader`: who leads. Only claims and resignations write it, so its revision is the term.
 * - `log/<index>`: the entries.
 * - `snapshot`: which chunks are the snapshot.
 * - `store`: the identity of all this. Written once.
 */
export class StoreKeys {
  readonly head: string;
  readonly heartbeat: string;
  readonly leader: string;
  readonly snapshot: string;
  readonly store: string;
  /** The watched range: from this key … */
  readonly watchedFrom: string;
  /** … up to but not including this one. */
  readonly watchedEnd: string;
  /** Every key of ours is at or after the first and before the second: the range that a user of etcd needs. */
  readonly first: string;
  readonly end: string;
  readonly #log: string;
  readonly #chunk: string;

  constructor(prefix: string) {
    this.head = `${prefix}head`;
    this.heartbeat = `${prefix}heartbeat`;
    this.leader = `${prefix}leader`;
    this.snapshot = `${prefix}snapshot`;
    this.store = `${prefix}store`;
    this.#log = `${prefix}log/`;
    this.#chunk = `${prefix}chunk/`;
    this.watchedFrom = this.heartbeat;
    this.watchedEnd = `${prefix}log0`;
    this.first = this.#chunk;
    this.end = `${this.store}0`;
  }

  /** Of the entry at an index. Keys of entries have the order of their indexes. */
  entry(index: number): string {
    return `${this.#log}${padded(index)}`;
  }

  /** The index of the entry that lies under a key; `undefined` where the key is not that of an entry. */
  indexOf(key: string): number | undefined {
    if (!key.startsWith(this.#log)) return undefined;
    const digits = key.slice(this.#log.length);
    return /^\d{16}$/.test(digits) ? Number(digits) : undefined;
  }

  /** Of a chunk of the snapshot that has this number. Chunks of a lower number come first. */
  chunk(number: number, position: number): string {
    return `${this.#chunk}${padded(number)}/${padded(position)}`;
  }

  /** The range of all chunks of snapshots with a lower number. */
  chunksBelow(number: number): { readonly key: string; readonly rangeEnd: string } {
    return { key: this.#chunk, rangeEnd: `${this.#chunk}${padded(number)}` };
  }
}

/** 16 digits hold every safe integer. */
function padded(number: number): string {
  return String(number).padStart(16, "0");
}
