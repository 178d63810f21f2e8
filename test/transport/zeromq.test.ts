import { readdirSync } from "node:fs";
import { createServer, type Socket, connect as tcpConnect } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { Transport } from "../../runtime/transport/transport.ts";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import { Child } from "../engine/child-process.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";
import { connectAsClient, frame, greeting, ping } from "./zmtp.ts";

/** What only real sockets can show: peers that die, stop or talk nonsense, and what waiting costs. */
const cleanups: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function listen(options: { echoes?: boolean; address?: string; transport?: Transport } = {}): Promise<ServerEnd> {
  const end = await ServerEnd.listen(options.transport ?? zeromq, options.address ?? "tcp://127.0.0.1:0", options);
  cleanups.push(() => end.listener.close());
  return end;
}

function connect(address: string, transport: Transport = zeromq): ClientEnd {
  const end = new ClientEnd(transport, address);
  cleanups.push(() => end.connection.close());
  return end;
}

function startChild(script: string, ...args: readonly string[]): Child {
  const child = new Child(new URL(script, import.meta.url).href, args);
  cleanups.push(() => child.kill());
  return child;
}

function portOf(server: ServerEnd): number {
  return Number(server.listener.address.split(":").at(-1));
}

describe("addresses", () => {
  test.each([
    ["tcp://*:*", /^tcp:\/\/0\.0\.0\.0:(\d+)$/, "127.0.0.1"],
    ["tcp://*:0", /^tcp:\/\/0\.0\.0\.0:(\d+)$/, "localhost"],
    ["tcp://localhost:0", /^tcp:\/\/127\.0\.0\.1:(\d+)$/, "localhost"],
    ["tcp://[::1]:0", /^tcp:\/\/\[::1\]:(\d+)$/, "[::1]"],
  ])("a server listens at %s", async (address, real, host) => {
    const server = await listen({ address, echoes: true });
    expect(server.listener.address).toMatch(real);
    expect(await connect(`tcp://${host}:${portOf(server)}`).echo("there")).toBe("there");
  });

  test.each(["tcp://203.0.113.7:7000", "tcp://no-such-host.invalid:7000"])("%s is not ours", async (address) => {
    await expect(listen({ address })).rejects.toMatchObject({
      name: "ListenError",
      code: "ERR_ADDRESS_UNAVAILABLE",
      message: expect.stringContaining(address),
    });
  });

  test("a client is told that a host is unknown", async () => {
    expect(await connect("tcp://no-such-host.invalid:7000").lost.next()).toContain("no-such-host.invalid");
  });

  test("a client may call before the server is there", async () => {
    const address = `tcp://127.0.0.1:${await freePort()}`;
    const client = connect(address);
    const answer = client.echo("early");
    await listen({ address, echoes: true });
    expect(await answer).toBe("early");
    expect(client.lost.count).toBe(0);
  });

  test("what was sent just before a close waits for the host's name", async () => {
    const server = await listen({ address: "tcp://127.0.0.1:0" });
    const client = connect(`tcp://localhost:${portOf(server)}`);
    client.connection.send(Buffer.from("last words"));
    await client.connection.close();
    expect(Buffer.from((await server.received.next()).frame).toString()).toBe("last words");
  });
});

describe("peers that die or stop", () => {
  test("a killed client is lost", async () => {
    const server = await listen();
    const child = startChild("./peer.child.ts", "client", server.listener.address);
    const { routingId } = await server.received.next();
    await child.kill();
    expect(await server.lost.next()).toBe(routingId);
  });

  test("a killed server is lost", async () => {
    const child = startChild("./peer.child.ts", "server");
    const client = connect((await child.said("listens ")).slice("listens ".length));
    expect(await client.echo("alive")).toBe("alive");
    await child.kill();
    await client.lost.next();
  });

  test("a stopped client costs a bounded queue, and the others nothing", async () => {
    const server = await listen();
    const child = startChild("./peer.child.ts", "client", server.listener.address);
    const { routingId: stopped } = await server.received.next();
    const bystander = connect(server.listener.address);
    bystander.connection.send(Buffer.from("hello"));
    const { routingId } = await server.received.next();
    child.process.kill("SIGSTOP");
    const result = Buffer.alloc(limits.payloadBytesMax);
    let sent = 0;
    while (server.lost.count === 0 && sent < 1_000) {
      server.listener.send(stopped, result);
      sent += 1;
      server.listener.send(routingId, Buffer.from(String(sent)));
      expect(Buffer.from(await bystander.received.next()).toString()).toBe(String(sent));
    }
    expect(await server.lost.next()).toBe(stopped);
    // What the outbox, libzmq's pipe of 256 frames and the kernel hold together.
    expect(sent).toBeLessThan(400);
    server.listener.send(stopped, result);
    await child.kill();
    bystander.connection.send(Buffer.from("well"));
    expect((await server.received.next()).routingId).toBe(routingId);
    expect(server.lost.count).toBe(1);
  });

  test("a slow reader gets everything in order, although its pipe is full again and again", async () => {
    const server = await listen();
    const child = startChild("./peer.child.ts", "client", server.listener.address);
    const { routingId } = await server.received.next();
    child.process.kill("SIGSTOP");
    for (let length = 1; length <= 1_500; length++) server.listener.send(routingId, Buffer.alloc(length + 8_000));
    child.process.kill("SIGCONT");
    await child.said("received 9500");
    const expected = Array.from({ length: 1_500 }, (_, index) => `received ${index + 8_001}`);
    expect(child.lines).toEqual(expected);
    expect(server.lost.count).toBe(0);
  });
});

describe("guests that are no peers", () => {
  const strangers: Readonly<Record<string, Buffer>> = {
    "says nothing": Buffer.alloc(0),
    "sends random bytes": Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + 13) & 0xff)),
    "sends an HTTP request": Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "sends half a greeting": greeting.subarray(0, 32),
    "sends a greeting and no more": greeting,
    "sends a greeting and then rubbish": Buffer.concat([greeting, Buffer.alloc(5_000, 0xa5)]),
  };
  const clients: Readonly<Record<string, Buffer>> = {
    "announces 2^63 bytes": Buffer.from([2, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    "announces a byte too many": Buffer.from([2, 0, 0, 0, 0, 0, 0x14, 0, 1]),
    "sends half a frame": frame(100).subarray(0, 50),
    "sends a frame in two parts": Buffer.from([1, 1, 0, 0, 1, 0]),
    "sends an unknown command": Buffer.from("\x04\x05\x04WHAT", "latin1"),
    "sends rubbish": Buffer.alloc(5_000, 0xa5),
    "pings with a lifetime and then floods": Buffer.concat([
      ping,
      ...Array.from({ length: 400 }, () => frame(255)),
      ping,
    ]),
  };

  test.each(Object.entries(strangers))("a stranger that %s", async (_name, bytes) => {
    await visit(bytes, async (port) => {
      const guest = tcpConnect(port, "127.0.0.1");
      // The server may hang up on it.
      guest.on("error", () => {});
      return guest;
    });
  });

  test.each(Object.entries(clients))("a client that %s", async (_name, bytes) => {
    await visit(bytes, connectAsClient);
  });

  async function visit(bytes: Buffer, arrive: (port: number) => Promise<Socket>): Promise<void> {
    const server = await listen({ echoes: true });
    const bystander = connect(server.listener.address);
    expect(await bystander.echo("before")).toBe("before");
    const visits = Array.from({ length: 20 }, async () => {
      const guest = await arrive(portOf(server));
      const ended = new Promise((resolve) => guest.on("close", resolve));
      guest.resume();
      await new Promise((resolve) => guest.write(bytes, resolve));
      expect(await bystander.echo("during")).toBe("during");
      guest.destroy();
      await ended;
    });
    await Promise.all(visits);
    expect(await bystander.echo("after")).toBe("after");
    expect([bystander.lost.count, server.failed.count]).toEqual([0, 0]);
  }

  test.each(["doorbell", "polling"] as const)(
    "a frame in two parts while nothing else waits, by %s",
    async (waiting) => {
      const server = await listen({ echoes: true, transport: createZeromqTransport({ waiting }) });
      const bystander = connect(server.listener.address);
      expect(await bystander.echo("before")).toBe("before");
      const guest = await connectAsClient(portOf(server));
      cleanups.push(async () => guest.destroy());
      for (let round = 0; round < 20; round++) {
        // The PONG says that the frame has been taken in; a few turns later the server has looked for it.
        const pong = new Promise((resolve) => guest.once("data", resolve));
        guest.write(Buffer.concat([Buffer.from([1, 1, 0, 0, 1, 0]), ping]));
        await pong;
        for (let turn = 0; turn < 5; turn++) await nextTurn();
      }
      expect(await bystander.echo("after")).toBe("after");
      expect([bystander.lost.count, server.failed.count]).toEqual([0, 0]);
    },
  );

  test("a flood from a peer that hangs up does not end the process", async () => {
    const server = await listen({ echoes: true });
    const bystander = connect(server.listener.address);
    expect(await bystander.echo("before")).toBe("before");
    const flooders = Array.from({ length: 3 }, () => startChild("./flood.child.ts", String(portOf(server))));
    await Promise.all(flooders.map((flooder) => flooder.said("ready")));
    for (const flooder of flooders) flooder.tell("go");
    await nextTurn();
    // The event loop is busy until the flood has come and the peers are gone.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
    await Promise.all(flooders.map((flooder) => flooder.ended()));
    for (const _ of flooders) await server.lost.next();
    expect(await bystander.echo("after")).toBe("after");
  });

  test("a peer cannot counterfeit the end of its connection", async () => {
    const server = await listen();
    const client = connect(server.listener.address);
    client.connection.send(Buffer.from("7a726166740107", "hex"));
    client.connection.send(Buffer.concat([Buffer.from("7a726166740107", "hex"), Buffer.alloc(16)]));
    await server.received.next();
    const { routingId } = await server.received.next();
    expect(server.lost.count).toBe(0);
    await client.connection.close();
    expect(await server.lost.next()).toBe(routingId);
  });
});

describe("what it costs", () => {
  test("the package is loaded when it is used, and its warning is the only one withheld", async () => {
    const child = startChild("./lazy.child.ts");
    await child.ended();
    expect(child.lines).toEqual(["imported 0", "used true", "warning our own warning"]);
  });

  test("a program ends by itself once everything is closed", async () => {
    const child = startChild("./closing.child.ts");
    expect(await child.ended()).toEqual({ code: 0, signal: null });
    expect([child.lines, child.errors]).toEqual([["all closed"], ""]);
  });

  // Timers of the test runner come and go.
  const aFew = 10;

  test("connections leave nothing behind", async () => {
    const server = await listen({ echoes: true });
    await connectAndClose(server);
    const resources = process.getActiveResourcesInfo().length;
    const descriptors = readdirSync("/proc/self/fd").length;
    for (let round = 0; round < 200; round++) await connectAndClose(server);
    // The other end of the last connection closes by itself.
    await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptors);
    expect(process.getActiveResourcesInfo().length).toBeLessThan(resources + aFew);
  });

  test("listeners leave nothing behind", async () => {
    await connectAndClose(await listen({ echoes: true }), true);
    const resources = process.getActiveResourcesInfo().length;
    const descriptors = readdirSync("/proc/self/fd").length;
    for (let round = 0; round < 20; round++) await connectAndClose(await listen({ echoes: true }), true);
    // The other end of the last connection closes by itself.
    await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptors);
    expect(process.getActiveResourcesInfo().length).toBeLessThan(resources + aFew);
  });

  // A socket that waits in vain for its doorbell to be silent spins: a hundred thousand turns a second.
  test.each(["doorbell", "polling"] as const)("waiting by %s costs next to nothing", async (waiting) => {
    const transport = createZeromqTransport({ waiting });
    const server = await listen({ echoes: true, transport });
    const clients = Array.from({ length: 5 }, () => connect(server.listener.address, transport));
    await Promise.all(clients.map((client) => client.echo("here")));
    // The traffic's last rings fall silent.
    await delay(100);
    const turns = performance.nodeTiming.uvMetricsInfo.loopCount;
    const cpu = process.cpuUsage();
    await delay(2_000);
    const { user, system } = process.cpuUsage(cpu);
    expect(performance.nodeTiming.uvMetricsInfo.loopCount - turns).toBeLessThan(4_000);
    expect((user + system) / 2_000_000).toBeLessThan(0.2);
    await Promise.all(clients.map((client) => client.echo("still here")));
  });

  test("20,000 round trips at odd moments never stall", { timeout: 60_000 }, async () => {
    const server = await listen({ echoes: true });
    const clients = Array.from({ length: 4 }, () => connect(server.listener.address));
    let state = 1;
    const chance = (): number => {
      state = (state * 48_271) % 2_147_483_647;
      return state / 2_147_483_647;
    };
    const trips = clients.map(async (client, name) => {
      for (let trip = 0; trip < 5_000; trip++) {
        const pause = chance();
        if (pause < 0.05) await delay(pause * 40);
        else if (pause < 0.5) await nextTurn();
        expect(await client.echo(`${name}:${trip}`)).toBe(`${name}:${trip}`);
      }
    });
    await Promise.all(trips);
  });
});

async function connectAndClose(server: ServerEnd, closesServer = false): Promise<void> {
  const client = new ClientEnd(zeromq, server.listener.address);
  await client.echo("hello");
  await client.connection.close();
  await server.lost.next();
  if (closesServer) await server.listener.close();
}

/** A TCP port on loopback that is free now. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
