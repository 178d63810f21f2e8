import { readdirSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { ClientEnd, type ServerEnd } from "./ends.ts";
import { createTransport, portIn, Stage } from "./interop.ts";

/** What every transport over TCP promises beyond `conformance.test.ts`: where it listens, and that nothing stays behind. */
const stage = new Stage();
afterEach(() => stage.clear());

describe.each(["zmtp", "zeromq"] as const)("%s", (name) => {
  const transport = createTransport(name);

  test.each([
    ["tcp://*:*", /^tcp:\/\/0\.0\.0\.0:(\d+)$/, "127.0.0.1"],
    ["tcp://*:0", /^tcp:\/\/0\.0\.0\.0:(\d+)$/, "localhost"],
    ["tcp://localhost:0", /^tcp:\/\/127\.0\.0\.1:(\d+)$/, "localhost"],
    ["tcp://[::1]:0", /^tcp:\/\/\[::1\]:(\d+)$/, "[::1]"],
  ])("a server listens at %s", async (address, real, host) => {
    const server = await stage.listen(transport, { address, echoes: true });
    expect(server.listener.address).toMatch(real);
    const client = stage.connect(transport, `tcp://${host}:${portIn(server.listener.address)}`);
    expect(await client.echo("there")).toBe("there");
  });

  test.each(["tcp://203.0.113.7:7000", "tcp://no-such-host.invalid:7000"])("%s is not ours", async (address) => {
    await expect(stage.listen(transport, { address })).rejects.toMatchObject({
      name: "ListenError",
      code: "ERR_ADDRESS_UNAVAILABLE",
      message: expect.stringContaining(address),
    });
  });

  test("a client is told that a host is unknown", async () => {
    const client = stage.connect(transport, "tcp://no-such-host.invalid:7000");
    expect(await client.lost.next()).toContain("no-such-host.invalid");
  });

  test("what was sent just before a close waits for the host's name", async () => {
    const server = await stage.listen(transport);
    const client = stage.connect(transport, `tcp://localhost:${portIn(server.listener.address)}`);
    client.connection.send(Buffer.from("last words"));
    await client.connection.close();
    expect(Buffer.from((await server.received.next()).frame).toString()).toBe("last words");
  });

  // More frames than a pipe of libzmq holds: it is full again and again.
  test("a slow reader gets everything in order", async () => {
    const server = await stage.listen(transport);
    const child = stage.start("./peer.child.ts", "client", server.listener.address, name);
    const { routingId } = await server.received.next();
    for (let round = 0; round < 3; round++) {
      child.process.kill("SIGSTOP");
      for (let length = 1; length <= 1_500; length++) server.listener.send(routingId, Buffer.alloc(length + 8_000));
      child.process.kill("SIGCONT");
      await child.said("received 9500");
      const expected = Array.from({ length: 1_500 }, (_, index) => `received ${index + 8_001}`);
      expect(child.lines.splice(0)).toEqual(expected);
    }
    expect(server.lost.count).toBe(0);
  });

  test("connections leave nothing behind", async () => {
    const server = await stage.listen(transport, { echoes: true });
    await leavesNothing(500, () => connectAndClose(server));
  });

  test("listeners leave nothing behind", async () => {
    await leavesNothing(50, async () => {
      const server = await stage.listen(transport, { echoes: true });
      await connectAndClose(server);
      await server.listener.close();
    });
  });

  async function connectAndClose(server: ServerEnd): Promise<void> {
    const client = new ClientEnd(transport, server.listener.address);
    await client.echo("hello");
    await client.connection.close();
    await server.lost.next();
  }
});

async function leavesNothing(rounds: number, visit: () => Promise<void>): Promise<void> {
  // What is made once, for all that come, stays.
  await visit();
  const resources = process.getActiveResourcesInfo().length;
  const descriptors = readdirSync("/proc/self/fd").length;
  for (let round = 0; round < rounds; round++) await visit();
  // The other end of the last connection closes by itself.
  await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptors);
  expect(process.getActiveResourcesInfo().length).toBeLessThan(resources + aFew);
}

/** Timers of the test runner come and go. */
const aFew = 10;
