import { Session } from "node:inspector/promises";
import { afterAll, expect, test } from "vitest";
import type { ClientEffect } from "../../../runtime/protocol/client-events.ts";
import type { ClientSession } from "../../../runtime/protocol/client-session.ts";

/**
 * A burst costs linear time. What is counted is work, not time: how often each block of code in `runtime/protocol` ran, by
 * the engine's own count, so that no busy machine can change the result.
 */
const profiler = new Session();
profiler.connect();
await profiler.post("Profiler.enable");
await profiler.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
// Only code that is compiled from now on counts its blocks.
const protocol = await import("../../../runtime/protocol/client-session.ts");
const { Call } = await import("../../../runtime/protocol/call.ts");
const { limits } = await import("../../../runtime/protocol/limits.ts");
const { PendingCalls } = await import("../../../runtime/protocol/pending-calls.ts");
afterAll(() => profiler.disconnect());

const small = 10_000;
const large = 100_000;

test.each([
  ["answered in the order of the calls", (ids: readonly number[]) => ids],
  ["answered the other way round", (ids: readonly number[]) => ids.toReversed()],
  ["answered as cards are shuffled", (ids: readonly number[]) => ids.toSorted((a, b) => scattered(a) - scattered(b))],
])("100,000 submits, %s", async (_name, order) => {
  const perCallOfFew = (await work(() => burst(order, small))) / small;
  const perCallOfMany = (await work(() => burst(order, large))) / large;
  expect(perCallOfFew).toBeGreaterThan(10);
  expect(perCallOfMany / perCallOfFew).toBeLessThan(1.5);
});

test("100,000 submits at once, of which most are refused", async () => {
  const perCallOfFew = (await work(() => refusals(2 * small))) / (2 * small);
  const perCallOfMany = (await work(() => refusals(large))) / large;
  expect(perCallOfMany).toBeLessThan(1.5 * perCallOfFew);
});

test("100,000 calls that wait cost a new connection, a deadline or their end no more each than 10,000", async () => {
  const waitFor = (count: number) => {
    const pending = new PendingCalls(1);
    for (let callId = 1; callId <= count; callId++) {
      pending.add(new Call("submit", callId, new Uint8Array(1), 60_000), 0, 0);
    }
    for (const call of pending.all()) pending.send(call, 0, 10_000);
    pending.hold();
    for (const call of pending.all()) pending.send(call, 1, 10_000);
    for (const call of pending.takeDue(20_000)) pending.send(call, 20_000, 10_000);
    for (const call of pending.all()) pending.remove(call);
    expect([pending.size, pending.payloadBytes, pending.nextDeadline]).toEqual([0, 0, undefined]);
  };
  const perCallOfFew = (await work(() => waitFor(small))) / small;
  const perCallOfMany = (await work(() => waitFor(large))) / large;
  expect(perCallOfMany / perCallOfFew).toBeLessThan(1.5);
});

/** As many calls as may wait at a time, then answers until there is room again, until `count` calls were answered. */
function burst(order: (ids: readonly number[]) => readonly number[], count: number): void {
  const session = connectedSession();
  let submitted = 0;
  let resolved = 0;
  while (resolved < count) {
    const ids: number[] = [];
    for (let room = Math.min(session.room, 1_000); room > 0 && submitted < count; room--) {
      submitted += 1;
      ids.push(...sentIds(submit(session, submitted)));
    }
    for (const requestId of order(ids)) resolved += answer(session, requestId);
  }
  expect(session.nextDeadline).toBeGreaterThan(0);
}

function refusals(count: number): void {
  const session = connectedSession();
  let refused = 0;
  for (let callId = 1; callId <= count; callId++) {
    for (const effect of submit(session, callId)) if (effect.type === "reject") refused += 1;
  }
  expect(refused).toBe(Math.max(0, count - limits.requestsInFlightMax));
}

function submit(session: ClientSession, callId: number): readonly ClientEffect[] {
  return session.step(new Call("submit", callId, new Uint8Array(1), 60_000), 0);
}

function sentIds(effects: readonly ClientEffect[]): readonly number[] {
  return effects.flatMap((effect) =>
    effect.type === "send" && effect.message.type === "ClientRequest" ? [effect.message.requestId] : [],
  );
}

function answer(session: ClientSession, requestId: number): number {
  const message = { type: "ClientResponse", requestId, result: new Uint8Array(0), commitIndex: 1 } as const;
  return session.step({ type: "received", version: 2, message }, 1).filter(({ type }) => type === "resolve").length;
}

function connectedSession(): ClientSession {
  const session = new protocol.ClientSession({
    members: [{ memberId: "a", address: "tcp://a" }],
    capabilities: { a: "1" },
    protocolVersionMax: 2,
    sessionTimeoutMs: undefined,
    keepAliveIntervalMs: undefined,
    connectionTimeoutMs: limits.connectionTimeoutMs,
    resendAfterMs: limits.resendAfterMs,
    epochOffsetMs: 0,
    random: () => 0.5,
    newNonce: () => 1n,
    isAddress: () => true,
  });
  session.step({ type: "connect" }, 0);
  const message = { type: "SessionCreated", sessionId: "s", nonce: 1n, sessionTimeout: 0, members: [] } as const;
  session.step({ type: "received", version: 2, message }, 0);
  return session;
}

function scattered(id: number): number {
  return (id * 2_654_435_761) % 2 ** 32;
}

/** How many blocks of code of `runtime/protocol` run. */
async function work(run: () => unknown): Promise<number> {
  await profiler.post("Profiler.takePreciseCoverage"); // What ran before is counted no more.
  await run();
  const { result } = await profiler.post("Profiler.takePreciseCoverage");
  return result
    .filter(({ url }) => url.includes("/runtime/protocol/"))
    .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
    .reduce((sum, count) => sum + count, 0);
}
