import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { limits, type ServerReport } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { afterAll, expect, test } from "vitest";
import { open, StatusLog, serve, submit } from "./scenarios/stage.ts";
import { slowed } from "./slowed-engine.ts";

const directory = mkdtempSync(join(tmpdir(), "hawser-sessions-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("a server lists its sessions, oldest first, with what is on their way", async () => {
  const server = await serve();
  expect(server.sessions()).toEqual([]);
  const old = await open(server.address, { capabilities: { a: 1 }, protocolVersionMax: 1 });
  const young = await open(server.address, {
    capabilities: { b: 2 },
    sessionTimeoutMs: 5_000,
    acknowledge: "explicit",
  });
  await submit(old, `send ${young.sessionId} work`);
  const [first, second, ...others] = server.sessions();
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    sessionId: old.sessionId,
    capabilities: { a: "1" },
    connected: true,
    protocolVersion: 1,
    sessionTimeoutMs: limits.sessionTimeoutMs,
    requestsPending: 0,
    serverRequestsPending: 0,
    workHeld: 0,
  });
  expect(second).toMatchObject({
    sessionId: young.sessionId,
    capabilities: { b: "2" },
    connected: true,
    protocolVersion: 2,
    sessionTimeoutMs: 5_000,
    serverRequestsPending: 1,
  });
  for (const session of [first, second]) {
    expect(session?.ageMs).toBeGreaterThanOrEqual(0);
    expect(session?.ageMs).toBeLessThan(60_000);
    expect(session?.leaseLeftMs).toBeGreaterThan(0);
    expect(session?.leaseLeftMs).toBeLessThanOrEqual(session?.sessionTimeoutMs ?? 0);
  }
  await old.close();
  expect(server.sessions().map(({ sessionId }) => sessionId)).toEqual([young.sessionId]);
});

test("sessions and their work outlive the server, also by way of a snapshot", async () => {
  const start = () => serve({ engine: lmdbEngine({ directory }), snapshotEntries: 3 });
  const first = await start();
  const boss = await open(first.address);
  const worker = await open(first.address, { capabilities: { resize: 1 } });
  for (let count = 1; count <= 20; count++) await submit(boss, `work resize ${count}`);
  await submit(boss, "work nobody waits");
  const before = first.sessions().map(({ sessionId, workHeld }) => ({ sessionId, workHeld }));
  expect(before).toEqual([
    { sessionId: boss.sessionId, workHeld: 0 },
    { sessionId: worker.sessionId, workHeld: limits.workHeldMax },
  ]);
  await Promise.all([first.stop(), new StatusLog(worker).next("disconnected")]);

  const second = await start();
  expect(second.sessions()).toMatchObject(before);
  expect(second.sessions().every(({ connected }) => !connected)).toBe(true);
  const other = await open(second.address, { capabilities: { resize: 1, nobody: 1 } });
  const texts: string[] = [];
  for await (const { payload } of other.serverRequests) {
    texts.push(Buffer.from(payload).toString());
    if (texts.length === 5) break;
  }
  expect(texts.toSorted()).toEqual(["17 17", "18 18", "19 19", "20 20", "21 waits"]);
});

test("a client that gives up waiting and asks again gets the session that it asked for first", async () => {
  const reports: ServerReport[] = [];
  const server = await serve({
    engine: slowed(memoryEngine(), () => sleep(500)),
    onReport: (report) => reports.push(report),
  });
  const client = await open(server.address, { connectionTimeoutMs: 100 });
  expect(server.sessions().map(({ sessionId }) => sessionId)).toEqual([client.sessionId]);
  expect(reports.filter(({ type }) => type === "sessionCreated")).toHaveLength(1);
});
