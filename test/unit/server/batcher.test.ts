import { expect, test } from "vitest";
import { decodeLogMessage } from "../../../generated/log/codec.ts";
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

  batcher.add(end("s1"), 0);
  await expect.poll(() => proposed.length).toBe(1);
  batcher.add(end("s2"), 0);
  batcher.discard();
  proposed[0]?.reject(new UnavailableError());
  await batcher.idle();
  expect(proposed).toHaveLength(1);
  expect(failed).toEqual([]);

  batcher.add(end("s3"), 0);
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
  for (const payloadBytes of [700, 700, 1024, 700, 200]) batcher.add(command(payloadBytes * 1024), 0);
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
  for (let number = 1; number <= count; number++)
    expect(batcher.add(creation(number, { role: "crowd" }), 0)).toBe(true);
  await batcher.idle();
  expect(entries).toHaveLength(Math.ceil(count / limits.batchRecordsMax));

  const longest = { ["ä".repeat(100)]: "€".repeat(5_394) };
  for (let number = 1; number <= 200; number++) expect(batcher.add(creation(number, longest), 0)).toBe(true);
  await batcher.idle();
  expect(Math.max(...entries.map((entry) => entry.length))).toBeLessThanOrEqual(limits.batchBytesMax);
  expect(failed).toEqual([]);
});

test("a batch holds so many commands, whatever records they are in", async () => {
  const counts: number[] = [];
  const batcher = new Batcher({
    engine: {
      propose: async (payload) => {
        const { records } = decodeLogMessage(payload).message;
        counts.push(
          records.reduce((sum, record) => sum + (record.type === "Commands" ? record.payloads.length : 1), 0),
        );
        return { index: counts.length, term: 1 };
      },
    },
    unixMs: () => 0,
    failed: () => {},
  });
  const { batchRecordsMax, runCommandsMax } = limits;
  batcher.add(end("s2"), 0);
  for (let run = 0; run < batchRecordsMax / runCommandsMax; run++) batcher.add(command(1, runCommandsMax), 0);
  await batcher.idle();
  expect(counts).toEqual([batchRecordsMax - runCommandsMax + 1, runCommandsMax]);
});

test("what has waited long enough does not wait for the end of the turn", async () => {
  let proposed = 0;
  const batcher = new Batcher({
    engine: { propose: async () => ({ index: ++proposed, term: 1 }) },
    unixMs: () => 0,
    failed: () => {},
  });
  batcher.hurry(1_000);
  batcher.add(end("s1"), 1_000);
  batcher.add(end("s2"), 1_003);
  batcher.hurry(1_000 + limits.batchWaitMaxMs - 0.1);
  expect(proposed).toBe(0);
  batcher.hurry(1_000 + limits.batchWaitMaxMs);
  expect(proposed).toBe(1);
  // What comes while that is in flight goes when it is settled.
  batcher.add(end("s3"), 1_010);
  batcher.hurry(2_000);
  expect(proposed).toBe(1);
  await batcher.idle();
  expect(proposed).toBe(2);
});

function creation(number: number, capabilities: Readonly<Record<string, string>>): LogRecord {
  return { type: "CreateSession", sessionId: crypto.randomUUID(), nonce: BigInt(number), capabilities };
}

function command(payloadBytes: number, count = 1): LogRecord {
  const payloads = Array.from({ length: count }, () => new Uint8Array(payloadBytes));
  return { type: "Commands", sessionId: "s1", firstRequestId: 1, lowestPendingRequestId: 1, payloads };
}
