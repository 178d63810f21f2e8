import { expect, test } from "vitest";
import { Call } from "../../../runtime/protocol/call.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { PendingCalls } from "../../../runtime/protocol/pending-calls.ts";
import { collectGarbage } from "../../collect-garbage.ts";

test("what was answered leaves nothing behind, though its deadlines lie far ahead", () => {
  const pending = new PendingCalls(1);
  const calls = (count: number) => {
    for (let callId = 1; callId <= count; callId++) {
      const call = new Call("submit", callId, new Uint8Array(0), 60_000 + callId);
      pending.add(call, 0, 0);
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
