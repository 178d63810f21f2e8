import { type ClientStatus, connect } from "hawser/client";
import { type Server, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { afterEach, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";
import { until } from "./until.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

test("a session that a server long away does not know ends for all who wait, after its circuit has closed", async () => {
  const transport = createMemoryTransport();
  const address = "memory://server";
  const serve = (): Promise<Server> =>
    startServer({ memberId: "a", address, transport, engine: memoryEngine(), stateMachine: new Notebook() });
  const first = await serve();
  const client = await connect({ members: { a: address }, transport });
  cleanups.push(() => client.close());
  const seen: ClientStatus[] = [];
  const reading = (async () => {
    for await (const status of client.status()) seen.push(status);
  })();
  await first.stop();
  await until(() => seen.some((status) => status.type === "circuit" && status.state === "open"));
  const connecting = client.connect();
  const submitting = client.submit(Buffer.from("add a"));
  // Its engine has forgotten everything.
  const second = await serve();
  cleanups.push(() => second.stop());
  const expired = { code: "ERR_SESSION_EXPIRED" };
  await Promise.all([connecting, submitting].map((call) => expect(call).rejects.toMatchObject(expired)));
  await reading;
  expect(seen.slice(-2)).toMatchObject([{ type: "circuit", state: "closed" }, { type: "sessionExpired" }]);
  await expect(client.connect()).rejects.toMatchObject(expired);
});
