import { setTimeout as delay } from "node:timers/promises";
import { limits } from "../../protocol/limits.ts";
import type { Transaction, TransactionResult } from "./etcd-api.ts";
import type { EtcdClient } from "./etcd-client.ts";
import { EtcdRequestError } from "./etcd-failure.ts";

/**
 * Requests that are no part of the log's work and may be made again: those of snapshots. Which endpoint is asked is for
 * the member to say, which notices soon when one does not answer.
 */
export class PatientRequests {
  readonly #client: EtcdClient;
  readonly #signal: AbortSignal;

  /** `signal`: no further attempt is made. */
  constructor(client: EtcdClient, signal: AbortSignal) {
    this.#client = client;
    this.#signal = signal;
  }

  /**
   * Repeats a transaction until it is answered, for `limits.etcdPatienceMs` at most. It must not matter whether it takes
   * effect once or more often. Rejects with the last `EtcdRequestError`.
   */
  transact(transaction: Transaction): Promise<TransactionResult> {
    return this.#repeat(() => this.#client.transact(transaction, limits.etcdRequestTimeoutMs));
  }

  async #repeat<Value>(request: () => Promise<Value>): Promise<Value> {
    const end = performance.now() + limits.etcdPatienceMs;
    for (;;) {
      try {
        return await request();
      } catch (error) {
        const mayPass = error instanceof EtcdRequestError && error.failure.reason === "unavailable";
        if (!mayPass || this.#signal.aborted || performance.now() > end) throw error;
        await delay(PAUSE_MS);
      }
    }
  }
}

const PAUSE_MS = 100;
