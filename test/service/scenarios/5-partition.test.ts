import { expect, test } from "vitest";
import { open, relayTo, StatusLog, serve, submit } from "./stage.ts";

/** The proportions of 45 s without a network to a lease of 90 s, in a thirtieth of the time. */
test("a partition of half of the lease: detected, survived, and cleaned up after", async () => {
  const server = await serve({ sessionTimeoutMs: 3_000 });
  const relay = await relayTo(server);
  const client = await open(relay.address, { keepAliveIntervalMs: 250, connectionTimeoutMs: 150 });
  const { sessionId } = client;
  const log = new StatusLog(client);
  expect(await submit(client, "add before")).toBe("1");

  relay.cut();
  const cutAt = performance.now();
  const during = ["add one", "add two"].map((command) => submit(client, command));
  expect(await log.next("disconnected")).toMatchObject({ reason: expect.stringContaining("keep-alive") });
  while (performance.now() - cutAt < 1_500) await log.next("disconnected");
  relay.heal();

  expect(await log.next("connected")).toMatchObject({ continued: true, sessionId });
  expect(await Promise.all(during)).toEqual(["2", "3"]);
  expect(await submit(client, "add after")).toBe("4");
  expect(client.sessionId).toBe(sessionId);
  expect(server.sessionCount).toBe(1);

  // Of all the connections that were tried, one is left: a socket on either side of the relay.
  await relay.until(() => relay.openSockets === 2);
  expect(await submit(client, "add last")).toBe("5");
});

test("a partition of more than the lease ends the session on both sides", async () => {
  const server = await serve({ sessionTimeoutMs: 400, sessionTimeoutMinMs: 400 });
  const relay = await relayTo(server);
  const client = await open(relay.address, { keepAliveIntervalMs: 100, connectionTimeoutMs: 100 });
  const log = new StatusLog(client);
  relay.cut();
  const call = submit(client, "add one");
  await expect.poll(() => server.sessionCount).toBe(0);
  relay.heal();
  await expect(call).rejects.toMatchObject({ code: "ERR_SESSION_EXPIRED", outcome: "unknown" });
  await log.next("sessionExpired");
  await relay.until(() => relay.openSockets === 0);
});
