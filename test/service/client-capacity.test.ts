import { type Client, connect, limits } from "hawser/client";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { afterEach, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(): Promise<Client> {
  const transport = createMemoryTransport();
  const address = "memory://a";
  const server = await startServer({
    memberId: "a",
    address,
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    transport,
  });
  const client = await connect({ members: { a: address }, transport });
  cleanups.push(() => server.stop());
  cleanups.push(() => client.close());
  return client;
}

const command = Buffer.from("add x");

test("callers that await capacity never meet the limit, however many come at once", async () => {
  const client = await start();
  const count = 3 * limits.requestsInFlightMax;
  const results = await Promise.all(
    Array.from({ length: count }, async () => {
      await client.capacity();
      return client.submit(command);
    }),
  );
  expect(Buffer.from(results.at(-1) ?? []).toString()).toBe(String(count));
});

test("without it, a burst over the limit is refused at once", async () => {
  const client = await start();
  const count = limits.requestsInFlightMax + 5;
  const settled = await Promise.allSettled(Array.from({ length: count }, () => client.submit(command)));
  const refused = settled.filter(({ status }) => status === "rejected");
  expect(refused).toHaveLength(5);
  expect(refused).toMatchObject(refused.map(() => ({ reason: { code: "ERR_OVERLOADED", outcome: "not-applied" } })));
});

test("payloads of the greatest length have room too, one after the other", async () => {
  const client = await start();
  const long = Buffer.alloc(limits.payloadBytesMax, "add ");
  const results = await Promise.all(
    Array.from({ length: 40 }, async () => {
      await client.capacity();
      return client.submit(long);
    }),
  );
  expect(results).toHaveLength(40);
});

test("who is let through and makes no call leaves the room to others", async () => {
  const client = await start();
  for (let round = 0; round < 100; round++) await client.capacity();
  await Promise.all(Array.from({ length: 100 }, () => client.capacity()));
  expect(Buffer.from(await client.submit(command)).toString()).toBe("1");
});

test("waiting can be given up, and ends with the client", async () => {
  const client = await start();
  await client.disconnect();
  const waiting = Array.from({ length: limits.requestsInFlightMax }, () =>
    client.submit(command).catch(() => "failed"),
  );
  const controller = new AbortController();
  const givenUp = client.capacity({ signal: controller.signal });
  const goesOn = client.capacity();
  controller.abort("enough");
  await expect(givenUp).rejects.toBe("enough");
  await expect(client.capacity({ signal: AbortSignal.abort("before") })).rejects.toBe("before");
  await client.close();
  await goesOn;
  await client.capacity();
  expect(new Set(await Promise.all(waiting))).toEqual(new Set(["failed"]));
  await expect(client.submit(command)).rejects.toMatchObject({ code: "ERR_CLOSED" });
});
