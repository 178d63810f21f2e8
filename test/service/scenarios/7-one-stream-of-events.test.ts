import type { ClientObservation } from "hawser/client";
import { limits } from "hawser/client";
import { expect, test } from "vitest";
import { open, relayTo, serve, submit } from "./stage.ts";

test("one stream shows what drives the client, and server requests come on another", async () => {
  const server = await serve();
  const relay = await relayTo(server);
  const client = await open(relay.address);
  const events = client.events();
  const seen: ClientObservation[] = [];
  const reading = (async () => {
    for await (const event of events) seen.push(event);
  })();

  await submit(client, `send ${client.sessionId} work`);
  for await (const request of client.serverRequests) {
    expect(Buffer.from(request.payload).toString()).toBe("work");
    break;
  }
  relay.drop();
  expect(await submit(client, "add secret")).toBe("1");
  await client.close();
  await reading;

  const told = seen.map(({ source, state, event }) => `${source}, ${state}: ${event.type}`);
  const expected = [
    "application, connected: submit",
    "network, connected: received",
    "application, connected: taken",
    "application, connected: acknowledge",
    "network, connected: connectionLost",
    "timer, waiting: deadline",
    "network, connecting: received",
    "network, connected: received",
    "application, connected: close",
    "network, closing: received",
  ];
  expect(expected.filter((event) => !told.includes(event))).toEqual([]);
  expect(told.indexOf("network, connected: connectionLost")).toBeLessThan(told.indexOf("timer, waiting: deadline"));
  expect(seen.every(({ atMs }, index) => atMs >= (seen[index - 1]?.atMs ?? 0))).toBe(true);
  expect(JSON.stringify(seen)).not.toContain("secret");
  expect(events.dropped).toBe(0);
});

test("a reader that does not keep up loses the oldest, and is told how many", async () => {
  const server = await serve();
  const client = await open(server.address);
  const events = client.events();
  const count = 2_000;
  for (let index = 0; index < count; index++) await submit(client, `add ${index}`);
  expect(events.dropped).toBeGreaterThanOrEqual(2 * count - limits.clientEventsBufferedMax);
  await client.close();
  let left = 0;
  for await (const { event } of events) if (event.type !== "taken") left += 1;
  expect(left).toBe(limits.clientEventsBufferedMax);
});

test("a reader that leaves is forgotten", async () => {
  const server = await serve();
  const client = await open(server.address);
  const events = client.events();
  void submit(client, "add one");
  for await (const { event } of events) {
    expect(event.type).toBe("submit");
    break;
  }
  await submit(client, "add two");
  for await (const event of events) throw new Error(`the stream has ended, and gave ${event.event.type}`);
  expect(events.dropped).toBe(0);
});
