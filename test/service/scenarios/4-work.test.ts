import type { Client } from "hawser/client";
import type { Server, ServerReport } from "hawser/server";
import { expect, test } from "vitest";
import { until } from "../until.ts";
import { SharedLog } from "./shared-log.ts";
import { open, relayTo, serve, submit } from "./stage.ts";

/** The next piece of work of a client: `ID TEXT`. */
async function nextWork(client: Client): Promise<{ readonly workId: string; readonly text: string }> {
  for await (const { payload } of client.serverRequests) {
    const [workId = "", ...text] = Buffer.from(payload).toString().split(" ");
    return { workId, text: text.join(" ") };
  }
  throw new Error("the client ended without work");
}

function statusOf(server: Server, client: Client): object | undefined {
  return server.sessions().find(({ sessionId }) => sessionId === client.sessionId);
}

test("work goes to a capable client, which acknowledges at once and completes later; completion is confirmed", async () => {
  const server = await serve();
  const boss = await open(server.address);
  const worker = await open(server.address, { capabilities: { resize: 1 } });
  await submit(boss, "work resize cat.png");
  const { workId, text } = await nextWork(worker);
  expect(text).toBe("cat.png");
  await until(() => server.sessions().every(({ serverRequestsPending }) => serverRequestsPending === 0));
  expect(statusOf(server, worker)).toMatchObject({ workHeld: 1, serverRequestsPending: 0 });
  await submit(worker, `done ${workId}`);
  expect(worker.commitIndex).toBeGreaterThan(0);
  expect(statusOf(server, worker)).toMatchObject({ workHeld: 0 });
  await expect(submit(worker, `done ${workId}`)).rejects.toMatchObject({ code: "ERR_INVALID_REQUEST" });
});

test("capable clients take turns, and nobody else is given anything", async () => {
  const server = await serve();
  const boss = await open(server.address);
  const workers: Client[] = [];
  for (let count = 0; count < 3; count++) workers.push(await open(server.address, { capabilities: { resize: 1 } }));
  for (let count = 1; count <= 6; count++) await submit(boss, `work resize ${count}`);
  for (const text of ["1", "2", "3", "4", "5", "6"]) {
    const worker = workers[(Number(text) - 1) % 3];
    if (worker === undefined) throw new Error("there are three workers");
    expect(await nextWork(worker)).toEqual({ workId: text, text });
  }
  expect(statusOf(server, boss)).toMatchObject({ workHeld: 0, serverRequestsPending: 0 });
});

test("work of a client that vanishes goes to another one, also under a new leader", async () => {
  const log = new SharedLog("a");
  const reports: ServerReport[] = [];
  const start = (memberId: string) =>
    serve({ memberId, engine: log.member(memberId), onReport: (report) => reports.push(report) });
  const [a, b] = [await start("a"), await start("b")];
  for (const server of [a, b]) server.setMembers({ a: a.address, b: b.address });
  const boss = await open(a.address);
  // Behind a relay that is cut it is neither heard nor told, as if its machine had lost power.
  const relay = await relayTo(a);
  const cutOff = await open(relay.address, { capabilities: { resize: 1 }, sessionTimeoutMs: 1_000 });
  await submit(boss, "work resize dog.png");
  expect(await nextWork(cutOff)).toEqual({ workId: "1", text: "dog.png" });
  relay.cut();
  const other = await open(a.address, { capabilities: { resize: 1 } });
  await log.lead("b");
  expect(await nextWork(other)).toEqual({ workId: "1", text: "dog.png" });
  expect(reports).toContainEqual({ type: "sessionEnded", sessionId: cutOff.sessionId, reason: "Expired" });
  await submit(other, "done 1");
  expect(statusOf(b, other)).toMatchObject({ workHeld: 0 });
});
