import { expect, test } from "vitest";
import { limits } from "../../../runtime/protocol/limits.ts";
import { PendingCalls } from "../../../runtime/protocol/pending-calls.ts";
import { collectGarbage } from "../../collect-garbage.ts";

test("what was answered leaves nothing behind, though its deadlines lie far ahead", () => {
  const pending = new PendingCalls(1);
  const calls = (count: number) => {
    for (let callId = 1; callId <= count; callId++) {
      const payload = new Uint8Array(0);
      const call = pending.add({ callId, kind: "command", payload, createdAt: 0, timeoutAt: 60_000 + callId });
      pending.send(call, 0, limits.resendAfterMs);
      pending.remove(call);
    }
  };
  calls(1_000);
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  calls(200_000);
  collectGarbage();
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(2_000_000);
  expect(pending.nextDeadline).toBeUndefined();
});
