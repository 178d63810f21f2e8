import type { Server, ServerReport } from "hawser/server";
import { expect, test } from "vitest";
import { SharedLog } from "./shared-log.ts";
import { open, StatusLog, serve, submit } from "./stage.ts";

interface Cluster {
  readonly log: SharedLog;
  readonly a: Server;
  readonly b: Server;
  readonly reports: ServerReport[];
}

/** Two members, of whom `a` leads, and who know each other's address. */
async function startCluster(sessionTimeoutMs: number): Promise<Cluster> {
  const log = new SharedLog("a");
  const reports: ServerReport[] = [];
  const start = (memberId: string) =>
    serve({ memberId, engine: log.member(memberId), sessionTimeoutMs, onReport: (report) => reports.push(report) });
  const [a, b] = [await start("a"), await start("b")];
  for (const server of [a, b]) server.setMembers({ a: a.address, b: b.address });
  return { log, a, b, reports };
}

test("a session survives a leader change, and the new leader keeps track of it", async () => {
  const { log, a, b, reports } = await startCluster(1_500);
  const client = await open(a.address, { keepAliveIntervalMs: 100 });
  const statuses = new StatusLog(client);
  await statuses.next("connected");
  const { sessionId } = client;
  expect(await submit(client, "add one")).toBe("1");
  expect(a.sessions()).toMatchObject([{ sessionId, connected: true }]);
  expect(b.sessions()).toMatchObject([{ sessionId, connected: false, leaseLeftMs: undefined }]);

  await log.lead("b");
  expect(await statuses.next("connected")).toMatchObject({ memberId: "b", sessionId });
  expect(await submit(client, "add two")).toBe("2");
  expect(client.sessionId).toBe(sessionId);
  expect(a.sessions()).toMatchObject([{ sessionId, connected: false, leaseLeftMs: undefined }]);
  expect(b.sessions()).toMatchObject([{ sessionId, connected: true }]);

  // Longer than the lease: only keep-alives that the new leader counts hold the session.
  await new Promise((resolve) => setTimeout(resolve, 2_500));
  expect(reports.filter(({ type }) => type === "sessionEnded")).toEqual([]);
  expect(await submit(client, "add three")).toBe("3");
  await client.close();
  expect([a.sessionCount, b.sessionCount]).toEqual([0, 0]);
});

test("a new leader grants every session a whole lease, and then expires who does not come", async () => {
  const { log, a, b, reports } = await startCluster(1_000);
  const client = await open(a.address, { keepAliveIntervalMs: 60_000 });
  await new Promise((resolve) => setTimeout(resolve, 700));
  const statuses = new StatusLog(client);
  await log.lead("b");
  const [served] = b.sessions();
  expect(served?.leaseLeftMs).toBeGreaterThan(400); // Of the lease before it 300 ms would be left.
  await statuses.next("sessionExpired"); // It came back at once, and then said nothing.
  expect(reports).toContainEqual({ type: "sessionEnded", sessionId: client.sessionId, reason: "Expired" });
  expect([a.sessionCount, b.sessionCount]).toEqual([0, 0]);
});

test("commands that are on their way during changes of leaders are applied once", async () => {
  const { log, a } = await startCluster(5_000);
  const client = await open(a.address);
  const count = 300;
  const results = Promise.all(
    Array.from({ length: count }, async (_, index) => {
      if (index % 100 === 50) await log.lead(index % 200 === 50 ? "b" : "a");
      return Number(await submit(client, "add x"));
    }),
  );
  expect((await results).toSorted((one, other) => one - other)).toEqual(
    Array.from({ length: count }, (_, index) => index + 1),
  );
});
