import type {
  Compare,
  KeyValue,
  Operation,
  OperationResult,
  Transaction,
  TransactionResult,
} from "../../../runtime/server/etcd/etcd-api.ts";

/**
 * What etcd's members agree on, in memory: keys with revisions, transactions, the history that watches show,
 * compaction. Everything takes effect at once; that requests take time and get lost is the world's doing.
 */
export class ModelStore {
  readonly #keys = new Map<string, KeyValue>();
  /** Every put that is not compacted, in order. */
  #history: KeyValue[] = [];
  #revision = 1;
  #compactRevision = 0;
  #puts = 0;
  /** Told of each put, as it takes effect. */
  readonly #put: (keyValue: KeyValue) => void;
  /** Whether the alarm NOSPACE stands. */
  isFull = false;

  constructor(put: (keyValue: KeyValue) => void) {
    this.#put = put;
  }

  get revision(): number {
    return this.#revision;
  }

  /** How many puts there were: the position after the last one in the history. */
  get puts(): number {
    return this.#puts;
  }

  get(key: string): KeyValue | undefined {
    return this.#keys.get(key);
  }

  /** `noSpace` as etcd has it: for every transaction that could put something. */
  transact({ compare, success, failure }: Transaction): TransactionResult | "noSpace" {
    if (this.isFull && [...success, ...failure].some(({ type }) => type === "put")) return "noSpace";
    const succeeded = compare.every((comparison) => this.#holds(comparison));
    const operations = succeeded ? success : failure;
    const isWrite = operations.some((operation) => this.#changes(operation));
    if (isWrite) this.#revision += 1;
    const results = operations.map((operation) => this.#perform(operation));
    return { succeeded, revision: this.#revision, results };
  }

  /** Forgets what was overwritten or deleted before `revision`. */
  compact(revision: number): void {
    if (revision <= this.#compactRevision || revision > this.#revision) return;
    this.#compactRevision = revision;
    this.#history = this.#history.filter(({ modRevision }) => modRevision >= revision);
  }

  /** The position in the history of the first put at or after a revision; `compacted` where it may be forgotten. */
  positionOf(revision: number): number | "compacted" {
    if (revision < this.#compactRevision) return "compacted";
    const index = this.#history.findIndex(({ modRevision }) => modRevision >= revision);
    return index === -1 ? this.#puts : this.#firstPosition + index;
  }

  /** The put at a position; `compacted` where it is forgotten. */
  putAt(position: number): KeyValue | "compacted" {
    return this.#history[position - this.#firstPosition] ?? "compacted";
  }

  /** Goes on at a later revision, as if much else had been written. */
  skipTo(revision: number): void {
    this.#revision = Math.max(this.#revision, revision);
  }

  get #firstPosition(): number {
    return this.#puts - this.#history.length;
  }

  #holds(comparison: Compare): boolean {
    const found = this.#keys.get(comparison.key);
    if ("modRevision" in comparison) return (found?.modRevision ?? 0) === comparison.modRevision;
    if ("createRevision" in comparison) return (found?.createRevision ?? 0) === comparison.createRevision;
    return found !== undefined && Buffer.compare(found.value, comparison.value) === 0;
  }

  #changes(operation: Operation): boolean {
    if (operation.type === "delete") return this.#inRange(operation.key, operation.rangeEnd).length > 0;
    return operation.type === "put";
  }

  #perform(operation: Operation): OperationResult {
    switch (operation.type) {
      case "put": {
        const { key, value } = operation;
        const createRevision = this.#keys.get(key)?.createRevision ?? this.#revision;
        const keyValue: KeyValue = { key, value, createRevision, modRevision: this.#revision };
        this.#keys.set(key, keyValue);
        this.#history.push(keyValue);
        this.#puts += 1;
        this.#put(keyValue);
        return { type: "put" };
      }
      case "range": {
        const found = this.#inRange(operation.key, operation.rangeEnd);
        const limit = operation.limit ?? found.length;
        return { type: "range", keyValues: found.slice(0, limit), more: found.length > limit };
      }
      case "delete": {
        const found = this.#inRange(operation.key, operation.rangeEnd);
        for (const { key } of found) this.#keys.delete(key);
        return { type: "delete", deleted: found.length };
      }
    }
  }

  #inRange(from: string, end: string | undefined): readonly KeyValue[] {
    if (end === undefined) {
      const found = this.#keys.get(from);
      return found === undefined ? [] : [found];
    }
    return [...this.#keys.values()]
      .filter(({ key }) => key >= from && key < end)
      .sort((one, other) => (one.key < other.key ? -1 : 1));
  }
}
