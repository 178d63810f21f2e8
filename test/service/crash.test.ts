import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Client, connect } from "hawser/client";
import { afterAll, expect, test } from "vitest";
import { seededRandom } from "../seeded-random.ts";
import { ChildServer, freePort } from "./child-server.ts";
import { readJournal } from "./journal.ts";
import { until } from "./until.ts";

/**
 * The promise of the embedded engine over real sockets and a real disk: a server that is killed at random moments under
 * load loses no acknowledged command, applies none twice, and keeps every session.
 */
const KILLS = 24;
const CLIENTS = 5;
const IN_FLIGHT = 12;
/** Small, so that many of the kills meet a snapshot. */
const SNAPSHOT_ENTRIES = 40;

const directory = mkdtempSync(join(tmpdir(), "hawser-crash-"));
afterAll(() => rmSync(directory, { recursive: true }));

test(`${KILLS} kills under load from ${CLIENTS} clients`, { timeout: 240_000 }, async () => {
  const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);
  console.log(`crash test: HAWSER_SEED=${seed}`);
  const random = seededRandom(seed);
  const address = `tcp://127.0.0.1:${await freePort()}`;
  const server = new ChildServer(new URL("./journal.child.ts", import.meta.url), [
    address,
    directory,
    String(SNAPSHOT_ENTRIES),
  ]);
  await server.start();
  const clients = await Promise.all(Array.from({ length: CLIENTS }, () => connect({ members: { "node-1": address } })));
  const sessionIds = clients.map((client) => client.sessionId);

  const acknowledged = new Map<string, number>();
  let isOver = false;
  const workers = clients.flatMap((client, clientNumber) =>
    Array.from({ length: IN_FLIGHT }, async (_, workerNumber) => {
      for (let count = 0; !isOver; count++) {
        const line = `${clientNumber}.${workerNumber}.${count}`;
        acknowledged.set(line, Number(await submit(client, line)));
      }
    }),
  );
  let acknowledgedBefore = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    await sleep(30 + random() * 300);
    await server.end("SIGKILL");
    await server.start();
    await until(() => acknowledged.size > acknowledgedBefore);
    acknowledgedBefore = acknowledged.size;
  }
  isOver = true;
  await Promise.all(workers);

  expect(clients.map((client) => client.sessionId)).toEqual(sessionIds);
  const [reader] = clients;
  if (reader === undefined) throw new Error("there is no client");
  const journal = await readJournal((text) => query(reader, text));
  expect(new Set(journal).size).toBe(journal.length);
  expect(journal.length).toBe(acknowledged.size);
  for (const [line, position] of acknowledged) expect(journal[position - 1]).toBe(line);
  console.log(`crash test: ${journal.length} commands acknowledged across ${KILLS} kills`);

  for (const client of clients) await client.close();
  expect(await server.end("SIGTERM")).toBe(0);
  expect(server.errors).toBe("");
});

async function submit(client: Client, text: string): Promise<string> {
  return Buffer.from(await client.submit(Buffer.from(text))).toString();
}

async function query(client: Client, text: string): Promise<string> {
  return Buffer.from(await client.query(Buffer.from(text))).toString();
}
