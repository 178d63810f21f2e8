import { describe, expect, test } from "vitest";
import { Call } from "../../../runtime/protocol/call.ts";
import { limits } from "../../../runtime/protocol/limits.ts";
import { PendingCalls } from "../../../runtime/protocol/pending-calls.ts";
import { RequestIdReserve } from "../../../runtime/protocol/request-id-reserve.ts";

const { requestIdsReserved, requestWindow, saveRetryMs } = limits;

describe("ids that are set aside", () => {
  test("where nothing is stored, every id may go out", () => {
    const reserve = new RequestIdReserve(undefined);
    expect([reserve.allows(2 ** 52), reserve.take(2 ** 52, 0)]).toEqual([true, undefined]);
  });

  test("none goes out before the first token is stored; one token is stored at a time", () => {
    const reserve = new RequestIdReserve(1);
    expect(reserve.allows(1)).toBe(false);
    expect(reserve.take(1, 0)).toBe(1 + requestIdsReserved);
    expect(reserve.take(1, 0)).toBeUndefined();
    expect(reserve.allows(1)).toBe(false);
    reserve.saved();
    expect([reserve.allows(requestIdsReserved), reserve.allows(requestIdsReserved + 1)]).toEqual([true, false]);
  });

  test("half of them is left when more are set aside, so that nothing waits for a quick disk", () => {
    const reserve = new RequestIdReserve(1);
    const count = 10 * requestIdsReserved;
    let tokens = 0;
    let waited = 0;
    for (let requestId = 1; requestId <= count; requestId++) {
      if (reserve.take(requestId, 0) !== undefined) {
        tokens += 1;
        reserve.saved();
      }
      if (!reserve.allows(requestId)) waited += 1;
    }
    expect(waited).toBe(0);
    expect(tokens).toBe((2 * count) / requestIdsReserved);
  });

  test("what could not be stored is stored again after a while", () => {
    const reserve = new RequestIdReserve(1);
    reserve.take(1, 0);
    reserve.failed(10);
    expect([reserve.nextDeadline, reserve.allows(1)]).toEqual([10 + saveRetryMs, false]);
    expect(reserve.take(5, 9 + saveRetryMs)).toBeUndefined();
    expect(reserve.take(5, 10 + saveRetryMs)).toBe(5 + requestIdsReserved);
    expect(reserve.nextDeadline).toBeUndefined();
  });
});

describe("ids that are in flight", () => {
  test("one command without an answer holds up those that are a window ahead, and its end lets them go", () => {
    const pending = new PendingCalls(1);
    const add = (callId: number) => {
      const call = command(callId);
      pending.add(call, 0, 0);
      return call;
    };
    const stuck = add(0);
    for (let callId = 1; callId < requestWindow; callId++) {
      expect(pending.room(1)).toBeGreaterThan(0);
      pending.remove(add(callId));
    }
    expect(pending.room(1)).toBe(0);
    pending.remove(stuck);
    expect(pending.room(1)).toBe(limits.requestsInFlightMax);
  });

  test("a session that is gone on with begins where it is told", () => {
    const pending = new PendingCalls(10_001);
    const call = command(1);
    pending.add(call, 0, 0);
    expect([call.requestId, pending.lowestPendingRequestId]).toEqual([10_001, 10_001]);
  });

  test("one query without an answer holds up none, and no two that wait have the same id", () => {
    const pending = new PendingCalls(1);
    const stuck = query(0);
    pending.add(stuck, 0, 0);
    for (let callId = 1; callId <= 2 * requestWindow; callId++) {
      const call = query(callId);
      pending.add(call, 0, 0);
      if (pending.query(String(call.requestId)) !== call) expect.fail(`query ${callId} cannot be answered`);
      pending.remove(call);
    }
    expect(pending.query("1")).toBe(stuck);
    expect([pending.size, pending.room(1), pending.all()]).toEqual([1, limits.requestsInFlightMax - 1, [stuck]]);
  });

  test("commands and queries go out again in the order in which they were called", () => {
    const pending = new PendingCalls(1);
    const calls = [1, 2, 3, 4, 5, 6].map((callId) => (callId % 3 === 0 ? query(callId) : command(callId)));
    for (const call of calls) pending.add(call, 0, 0);
    expect(pending.all()).toEqual(calls);
    expect(pending.takeDue(1)).toEqual(calls);
  });

  test("answers that belong to no call belong to none, whatever their ids are", () => {
    const pending = new PendingCalls(10_001);
    for (let callId = 1; callId <= 10; callId++) pending.add(callId % 2 === 0 ? query(callId) : command(callId), 0, 0);
    for (const requestId of [0, 1, 10_000, 10_006, 10_001 + 2 ** 32, Number.MAX_SAFE_INTEGER]) {
      expect(pending.command(requestId)).toBeUndefined();
    }
    for (const correlationId of ["", "0", "6", "01", "1.0", "1e0", " 1", "4294967297", "NaN", "x"]) {
      expect(pending.query(correlationId)).toBeUndefined();
    }
  });
});

function command(callId: number): Call {
  return new Call("submit", callId, new Uint8Array(1), 1);
}

function query(callId: number): Call {
  return new Call("query", callId, new Uint8Array(1), 1);
}
