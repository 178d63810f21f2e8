import { expect, test } from "vitest";
import { open, relayTo, StatusLog, serve, submit } from "./stage.ts";

test("a session is created, kept by keep-alives beyond its timeout, and closed in good order", async () => {
  const sessionTimeoutMs = 300;
  const server = await serve({ sessionTimeoutMs, sessionTimeoutMinMs: sessionTimeoutMs });
  const relay = await relayTo(server);
  const client = await open(relay.address, { connectionTimeoutMs: 10_000 });
  const { sessionId } = client;
  const startedAt = performance.now();

  // A third of the timeout apart: so many take three times as long as the session may be silent.
  await relay.until(() => relay.frames.filter(({ type }) => type === "KeepAliveResponse").length >= 9);
  expect(performance.now() - startedAt).toBeGreaterThan(2 * sessionTimeoutMs);
  expect(await submit(client, "add one")).toBe("1");
  expect(client.sessionId).toBe(sessionId);
  expect(server.sessionCount).toBe(1);

  const log = new StatusLog(client);
  await client.close();
  await log.next("closed");
  expect(server.sessionCount).toBe(0);
  expect(relay.frames.filter(({ type }) => /Session/.test(type)).map(({ from, type }) => `${from}: ${type}`)).toEqual([
    "client: CreateSession",
    "server: SessionCreated",
    "client: CloseSession",
    "server: SessionClosed",
  ]);
});
