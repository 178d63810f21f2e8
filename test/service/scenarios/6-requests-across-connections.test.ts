import { isRequestError } from "hawser/client";
import { expect, test } from "vitest";
import { open, relayTo, StatusLog, serve, submit } from "./stage.ts";

test("requests wait while there is no connection, survive its loss, and fail on a deliberate disconnect", async () => {
  const server = await serve();
  const relay = await relayTo(server);
  const client = await open(relay.address);
  const { sessionId } = client;
  const log = new StatusLog(client);

  // They wait while disconnected, and while connecting.
  await client.disconnect();
  expect((await log.next("disconnected")).retryInMs).toBeUndefined();
  const early = submit(client, "add one");
  const connecting = client.connect();
  const meanwhile = submit(client, "add two");
  await connecting;
  expect(await Promise.all([early, meanwhile])).toEqual(["1", "2"]);
  expect(client.sessionId).toBe(sessionId);

  // They are kept when a connection is lost.
  relay.cut();
  const kept = submit(client, "add three");
  relay.drop();
  relay.heal();
  expect(await kept).toBe("3");

  // They fail on a deliberate disconnect, and it says what may have become of them.
  relay.cut();
  const failing = submit(client, "add four").catch((error: unknown) => error);
  const asking = client.query(Buffer.from("count")).catch((error: unknown) => error);
  await client.disconnect();
  expect(await failing).toMatchObject({ code: "ERR_DISCONNECTED", outcome: "unknown" });
  expect(await asking).toMatchObject({ code: "ERR_DISCONNECTED", outcome: "not-applied" });
  relay.drop();
  relay.heal();

  // And wait again after it.
  const late = submit(client, "add five");
  await client.connect();
  expect(["4", "5"]).toContain(await late);
  expect(client.sessionId).toBe(sessionId);
  expect(server.sessionCount).toBe(1);
});

test("connecting again is given up after a while, and goes on all the same", async () => {
  const server = await serve();
  const relay = await relayTo(server);
  const client = await open(relay.address, { connectTimeoutMs: 200 });
  await client.connect(); // It has its connection: nothing to do.
  await client.disconnect();
  relay.cut();
  await expect(client.connect()).rejects.toMatchObject({ code: "ERR_CONNECT_TIMEOUT" });
  await expect(client.connect({ signal: AbortSignal.timeout(20) })).rejects.toMatchObject({ name: "TimeoutError" });
  relay.heal();
  expect(await submit(client, "add one")).toBe("1");
});

test("a client that is over neither connects nor disconnects", async () => {
  const server = await serve();
  const client = await open(server.address);
  await client.close();
  await client.disconnect();
  const refused = await client.connect().catch((error: unknown) => error);
  expect(isRequestError(refused) && refused.code).toBe("ERR_CLOSED");
});
