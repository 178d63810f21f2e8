import { afterEach, beforeEach, expect, onTestFinished, test, vi } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { RequestFailure } from "../../runtime/server/etcd/etcd-api.ts";
import type { EtcdStatus } from "../../runtime/server/etcd/etcd-client.ts";
import { EtcdRequestError } from "../../runtime/server/etcd/etcd-failure.ts";
import { HistoryCompaction } from "../../runtime/server/etcd/history-compaction.ts";
import type { EtcdEngineReport } from "../../runtime/server/etcd/index.ts";
import { StorageUpkeep } from "../../runtime/server/etcd/storage-upkeep.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("the size is reported from 80 % on, at each further percent, and again after it was less", async () => {
  const store = startUpkeep();
  for (const percent of [79, 80, 80.5, 81, 81, 79, 95, 94]) {
    store.status = { ...store.status, storageBytes: percent * 10 };
    await vi.advanceTimersByTimeAsync(limits.etcdStorageCheckIntervalMs);
  }
  expect(store.reports).toEqual(
    [800, 810, 950].map((storageBytes) => ({ type: "storageFillsUp", storageBytes, storageQuotaBytes: 1_000 })),
  );
});

test("a leader lets etcd forget what is older than the history that is kept; a follower does not", async () => {
  const store = startUpkeep();
  for (let revision = 100; revision <= 500; revision += 100) {
    store.status = { ...store.status, revision };
    store.isLeading = revision !== 300;
    await vi.advanceTimersByTimeAsync(limits.etcdHistoryMs);
  }
  // Each time the revision that was the newest one the time before.
  expect(store.compactions).toEqual([1, 100, 300, 400]);
  expect(store.reports).toEqual([]);
});

test("a compaction that etcd denies is reported once, and not tried again; other failures are nobody's concern", async () => {
  const store = startUpkeep();
  for (const reason of ["compacted", "unavailable", "denied", "denied"] as const) {
    store.failure = { outcome: "refused", reason, message: reason };
    await vi.advanceTimersByTimeAsync(limits.etcdHistoryMs);
  }
  expect(store.reports).toEqual([{ type: "compactionDenied", message: "denied" }]);
  store.failure = undefined;
  await vi.advanceTimersByTimeAsync(limits.etcdHistoryMs);
  expect(store.compactions).toEqual([]);
});

interface Store {
  status: EtcdStatus;
  isLeading: boolean;
  failure: RequestFailure | undefined;
  readonly compactions: number[];
  readonly reports: EtcdEngineReport[];
}

function startUpkeep(): Store {
  const store: Store = {
    status: { version: "3.5.28", clusterId: 1, revision: 1, storageBytes: 0 },
    isLeading: true,
    failure: undefined,
    compactions: [],
    reports: [],
  };
  const onReport = (report: EtcdEngineReport) => store.reports.push(report);
  const compact = async (revision: number) => {
    if (store.failure !== undefined) throw new EtcdRequestError(store.failure);
    store.compactions.push(revision);
  };
  const upkeep = new StorageUpkeep({
    client: { status: async () => store.status },
    compaction: new HistoryCompaction({ compact }, onReport),
    storageQuotaBytes: 1_000,
    onReport,
    isLeading: () => store.isLeading,
  });
  upkeep.start();
  onTestFinished(() => upkeep.stop());
  return store;
}
