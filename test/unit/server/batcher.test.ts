import { expect, test } from "vitest";
import type { LogRecord } from "../../../generated/log/messages.ts";
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
