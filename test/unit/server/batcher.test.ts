import { expect, test } from "vitest";
import type { LogRecord } from "../../../generated/log/messages.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { Batcher } from "../../../runtime/server/batcher.ts";
import { type LogPosition, UnavailableError } from "../../../runtime/server/consensus.ts";

test("what a leadership left behind goes nowhere, and nobody is told of it", async () => {
  const proposed: { readonly resolve: (at: LogPosition) => void; readonly reject: (error: Error) => void }[] = [];
  const failed: LogRecord[] = [];
  const batcher = new Batcher({
    engine: { propose: () => new Promise((resolve, reject) => proposed.push({ resolve, reject })) },
    unixMs: () => 0,
    failed: (record) => failed.push(record),
  });

  batcher.add(end("s1"));
  await expect.poll(() => proposed.length).toBe(1);
  batcher.add(end("s2"));
  batcher.discard();
  proposed[0]?.reject(new UnavailableError());
  await batcher.idle();
  expect(proposed).toHaveLength(1);
  expect(failed).toEqual([]);

  batcher.add(end("s3"));
  await expect.poll(() => proposed.length).toBe(2);
  proposed[1]?.reject(new UnavailableError());
  await batcher.idle();
  expect(failed).toEqual([end("s3")]);
});

function end(sessionId: string): LogRecord {
  return { type: "ExpireSession", sessionId, unlessActiveAfter: 1 };
}

test("a batch stays within its bound, and a record that is longer travels alone", async () => {
  const entries: number[] = [];
  const batcher = new Batcher({
    engine: {
      propose: async (payload) => {
        entries.push(payload.length);
        return { index: entries.length, term: 1 };
      },
    },
    unixMs: () => 0,
    failed: () => {},
  });
  // 700 KiB each: two would be more than a batch holds, and all of them fit into an entry.
  for (const payloadBytes of [700, 700, 1024, 700, 200]) batcher.add(command(payloadBytes * 1024));
  await batcher.idle();
  expect(entries.map((byteLength) => Math.floor(byteLength / 1024))).toEqual([700, 700, 1024, 900]);
  expect(Math.max(...entries)).toBeLessThanOrEqual(limits.entryBytesMax);
});

test("sessions that are created together share an entry, however many capabilities they may have", async () => {
  const entries: Uint8Array[] = [];
  const failed: LogRecord[] = [];
  const batcher = new Batcher({
    engine: {
      propose: async (payload) => {
        entries.push(payload);
        return { index: entries.length, term: 1 };
      },
    },
    unixMs: () => 0,
    failed: (record) => failed.push(record),
  });
  const count = 10_000;
  for (let number = 1; number <= count; number++) expect(batcher.add(creation(number, { role: "crowd" }))).toBe(true);
  await batcher.idle();
  expect(entries).toHaveLength(Math.ceil(count / limits.batchRecordsMax));

  const longest = { ["ä".repeat(100)]: "€".repeat(5_394) };
  for (let number = 1; number <= 200; number++) expect(batcher.add(creation(number, longest))).toBe(true);
  await batcher.idle();
  expect(Math.max(...entries.map((entry) => entry.length))).toBeLessThanOrEqual(limits.batchBytesMax);
  expect(failed).toEqual([]);
});

function creation(number: number, capabilities: Readonly<Record<string, string>>): LogRecord {
  return { type: "CreateSession", sessionId: crypto.randomUUID(), nonce: BigInt(number), capabilities };
}

function command(payloadBytes: number): LogRecord {
  const payload = new Uint8Array(payloadBytes);
  return { type: "Command", sessionId: "s1", requestId: 1, lowestPendingRequestId: 1, payload };
}
