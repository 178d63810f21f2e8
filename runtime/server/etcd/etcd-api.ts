/**
 * What the engine needs of etcd, in the engine's own terms: one kind of request, one watch, and what can become of them.
 * The gRPC client (`etcd-client.ts`) implements it for real members; tests implement it for simulated ones.
 *
 * Keys are text: all of ours are ASCII. Revisions and counts are safe integers; etcd's own are 64 bits wide, and a store
 * that reached 2^53 revisions would have run for ages.
 */

/** One key as etcd keeps it. */
export interface KeyValue {
  readonly key: string;
  readonly value: Uint8Array;
  /** The store's revision at which the key was made. */
  readonly createRevision: number;
  /** The store's revision at which it was last written. */
  readonly modRevision: number;
}

/** A condition of a transaction: that a property of a key equals something. A missing key has revisions of 0 and no value. */
export type Compare =
  | { readonly key: string; readonly modRevision: number }
  | { readonly key: string; readonly createRevision: number }
  | { readonly key: string; readonly value: Uint8Array };

/** One operation of a transaction. `rangeEnd`: all keys from `key` up to but not including it, in their order. */
export type Operation =
  | { readonly type: "put"; readonly key: string; readonly value: Uint8Array }
  | {
      readonly type: "range";
      readonly key: string;
      readonly rangeEnd?: string | undefined;
      /** The most keys to give. Default: all. */
      readonly limit?: number | undefined;
      /** Read as of this revision. Default: the newest. */
      readonly revision?: number | undefined;
      readonly keysOnly?: boolean | undefined;
    }
  | { readonly type: "delete"; readonly key: string; readonly rangeEnd?: string | undefined };

/**
 * Takes effect at one instant, as a whole: `success` if every comparison holds, `failure` if not. Linearizable. A key is
 * put at most once.
 */
export interface Transaction {
  readonly compare: readonly Compare[];
  readonly success: readonly Operation[];
  readonly failure: readonly Operation[];
}

/** What a transaction came to. */
export interface TransactionResult {
  /** Whether every comparison held. */
  readonly succeeded: boolean;
  /** The store's revision after it. */
  readonly revision: number;
  /** One for each operation that was performed, in order. */
  readonly results: readonly OperationResult[];
}

export type OperationResult =
  | { readonly type: "put" }
  | {
      readonly type: "range";
      readonly keyValues: readonly KeyValue[] /** More keys than `limit`. */;
      readonly more: boolean;
    }
  | { readonly type: "delete"; readonly deleted: number };

/** What is known of a request that failed. */
export type RequestFailure = {
  /** `refused`: it had no effect and will have none. `unknown`: it may have had its effect, or may have it yet. */
  readonly outcome: "refused" | "unknown";
  readonly reason: /** No answer in time, a lost connection, a member without a leader. Another attempt may succeed. */
    | "unavailable"
    /** etcd takes no writes until its alarm NOSPACE is disarmed. */
    | "noSpace"
    /** The range or the watch begins at a revision that etcd has forgotten. */
    | "compacted"
    /** Wrong user name or password, or no permission for the key. */
    | "denied"
    /** Any other refusal: a request that is too large, or that etcd does not understand. */
    | "invalid";
  /** For people: etcd's words, and the endpoint. */
  readonly message: string;
};

/** A key was written. Deletions are not watched. */
export type WatchEvent = KeyValue;
