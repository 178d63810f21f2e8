import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { limits, type Server } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { afterAll, expect, test } from "vitest";
import { freePort } from "./child-server.ts";
import { open, StatusLog, serve, submit } from "./scenarios/stage.ts";
import { slowed } from "./slowed-engine.ts";
import { until } from "./until.ts";

const directory = mkdtempSync(join(tmpdir(), "hawser-drain-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What an engine waits for before it proposes. */
class Gate {
  passed: Promise<void> = Promise.resolve();
  open: () => void = () => {};

  close(): void {
    this.passed = new Promise((resolve) => {
      this.open = resolve;
    });
  }
}

function requestsPending(server: Server): number {
  return server.sessions().reduce((sum, session) => sum + session.requestsPending, 0);
}

test("a server that stops answers what it has taken, and says where it stands", async () => {
  const gate = new Gate();
  const server = await serve({ engine: slowed(memoryEngine(), () => gate.passed) });
  const client = await open(server.address);
  const statuses = new StatusLog(client);
  await statuses.next("connected");
  gate.close();
  const first = submit(client, "add one");
  await until(() => requestsPending(server) === 1);
  const second = submit(client, "add two"); // Waits for the batch before it.
  await until(() => requestsPending(server) === 2);
  const stopped = server.stop();
  gate.open();
  expect(await Promise.all([first, second])).toEqual(["1", "2"]);
  expect(await statuses.next("disconnected")).toBeDefined();
  await stopped;
  expect(server.sessionCount).toBe(1); // It lives on in the log.
});

test("what comes while it stops is not lost: it is answered by the next one", async () => {
  const address = `tcp://127.0.0.1:${await freePort()}`;
  const start = () => serve({ address, engine: lmdbEngine({ directory }) });
  let server = await start();
  const client = await open(address);
  const count = 400;
  const results = Promise.all(
    Array.from({ length: count }, async (_, index) => {
      await sleep(index);
      return Number(await submit(client, "add x"));
    }),
  );
  for (let times = 0; times < 3; times++) {
    await sleep(100);
    await server.stop();
    server = await start();
  }
  expect((await results).toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
});

test("it does not wait for ever for an engine that answers nothing", async () => {
  const usual = limits.drainTimeoutMs;
  Object.assign(limits, { drainTimeoutMs: 100 });
  try {
    const gate = new Gate();
    const server = await serve({ engine: slowed(memoryEngine(), () => gate.passed) });
    const client = await open(server.address);
    gate.close();
    const unanswered = submit(client, "add one").catch(() => {});
    await until(() => requestsPending(server) === 1);
    await server.stop();
    expect(server.appliedIndex).toBe(1); // The session's. The gate is shut still.
    gate.open();
    await client.close();
    await unanswered;
  } finally {
    Object.assign(limits, { drainTimeoutMs: usual });
  }
});

test("a server whose data directory is taken away stops, and says why", async () => {
  const gone = mkdtempSync(join(tmpdir(), "hawser-gone-"));
  const server = await serve({ engine: lmdbEngine({ directory: gone }) });
  const client = await open(server.address, { requestTimeoutMs: 500 });
  rmSync(gone, { recursive: true });
  await expect(submit(client, "add one")).rejects.toMatchObject({ outcome: "unknown" });
  await expect(server.stopped).rejects.toMatchObject({
    code: "ERR_STORE_FAILED",
    message: expect.stringContaining(gone),
  });
});

test("a snapshot that the stop cuts short is no failure, and nothing is reported after the stop", async () => {
  const reports: string[] = [];
  const stopping = new Gate();
  stopping.close();
  const engine = memoryEngine();
  const server = await serve({
    engine: {
      ...slowed(engine, async () => {}),
      get leadership() {
        return engine.leadership;
      },
      saveSnapshot: async (_index, chunks) => {
        for await (const _ of chunks);
        await stopping.passed;
        throw new Error("the engine was stopped");
      },
      stop: async () => {
        await engine.stop();
        stopping.open();
      },
    },
    snapshotEntries: 1,
    onReport: ({ type }) => reports.push(type),
  });
  const client = await open(server.address);
  await submit(client, "add one");
  await server.stop();
  await new Promise((resolve) => setImmediate(resolve));
  expect(reports).toContain("sessionCreated");
  expect(reports).not.toContain("snapshotFailed");
});
