import { limits } from "../../protocol/limits.ts";
import { EtcdRequestError } from "./etcd-failure.ts";
import type { EtcdEngineReport } from "./options.ts";

/** What a compaction needs of its client. */
export interface CompactionClient {
  compact(revision: number, timeoutMs: number): Promise<void>;
}

/**
 * Makes etcd forget what keys were before a revision. Nothing depends on it but space, so an attempt that fails is not made
 * again: the next revision will do. From some version on etcd lets only administrators compact; that is reported once, and not
 * tried any more.
 */
export class HistoryCompaction {
  readonly #client: CompactionClient;
  readonly #onReport: (report: EtcdEngineReport) => void;
  #isDenied = false;

  constructor(client: CompactionClient, onReport: (report: EtcdEngineReport) => void) {
    this.#client = client;
    this.#onReport = onReport;
  }

  /** Resolves when it is done, or not to be done. */
  async compact(revision: number): Promise<void> {
    if (this.#isDenied) return;
    try {
      await this.#client.compact(revision, limits.etcdRequestTimeoutMs);
    } catch (error) {
      if (!(error instanceof EtcdRequestError)) throw error;
      if (error.failure.reason !== "denied") return;
      this.#isDenied = true;
      this.#onReport({ type: "compactionDenied", message: error.message });
    }
  }
}
