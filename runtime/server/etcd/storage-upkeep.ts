import { limits } from "../../protocol/limits.ts";
import type { EtcdStatus } from "./etcd-client.ts";
import type { HistoryCompaction } from "./history-compaction.ts";
import type { EtcdEngineReport } from "./options.ts";

/** What the upkeep works with. */
export interface StorageUpkeepOptions {
  readonly client: { status(timeoutMs: number): Promise<EtcdStatus> };
  readonly compaction: HistoryCompaction;
  readonly storageQuotaBytes: number;
  readonly onReport: (report: EtcdEngineReport) => void;
  readonly isLeading: () => boolean;
}

/**
 * Looks at etcd's store now and then. Reports that it fills up while there is time to do something about it. On the leader,
 * lets etcd forget what is older than `limits.etcdHistoryMs`: a leader that has nothing to do still gives signs of life, and
 * their history alone would fill the store in some weeks.
 */
export class StorageUpkeep {
  readonly #options: StorageUpkeepOptions;
  #timer: NodeJS.Timeout | undefined;
  /** The percentage that was reported last; below that at which reports begin, none. */
  #reportedPercent = 0;
  /** A revision, and when it was the newest. */
  #seen: { readonly revision: number; readonly atMs: number } | undefined;

  constructor(options: StorageUpkeepOptions) {
    this.#options = options;
  }

  start(): void {
    void this.#look();
    this.#timer = setInterval(() => void this.#look(), limits.etcdStorageCheckIntervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  async #look(): Promise<void> {
    // A member of etcd that does not answer is noticed by those who need it.
    const status = await this.#options.client.status(limits.etcdRequestTimeoutMs).catch(() => undefined);
    if (status === undefined || this.#timer === undefined) return;
    this.#reportSize(status.storageBytes);
    await this.#forget(status.revision);
  }

  #reportSize(storageBytes: number): void {
    const { storageQuotaBytes, onReport } = this.#options;
    const percent = Math.floor((100 * storageBytes) / storageQuotaBytes);
    if (percent >= REPORTED_PERCENT_MIN && percent > this.#reportedPercent) {
      onReport({ type: "storageFillsUp", storageBytes, storageQuotaBytes });
    }
    this.#reportedPercent = percent;
  }

  async #forget(revision: number): Promise<void> {
    const seen = this.#seen;
    const now = performance.now();
    if (seen !== undefined && now - seen.atMs < limits.etcdHistoryMs) return;
    this.#seen = { revision, atMs: now };
    if (seen === undefined || seen.revision === 0 || !this.#options.isLeading()) return;
    await this.#options.compaction.compact(seen.revision);
  }
}

const REPORTED_PERCENT_MIN = 80;
