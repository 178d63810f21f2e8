import { readdirSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { connect as connectClient } from "hawser/client";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { Transport } from "../../runtime/transport/transport.ts";
import { FrameReader } from "../../runtime/transport/zmtp/framing.ts";
import { createZmtpTransport, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { Child } from "../engine/child-process.ts";
import { seededRandom } from "../seeded-random.ts";
import { Notebook } from "../transcript/notebook.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";
import { connectAsClient, frame } from "./zmtp.ts";

/** What only real sockets can show: where a server listens, peers that die or stop, and what waiting costs. */
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

async function listen(options: { echoes?: boolean; address?: string; transport?: Transport } = {}): Promise<ServerEnd> {
  const end = await ServerEnd.listen(options.transport ?? zmtp, options.address ?? "tcp://127.0.0.1:0", options);
  cleanups.push(() => end.listener.close());
  return end;
}

function connect(address: string, transport: Transport = zmtp): ClientEnd {
  const end = new ClientEnd(transport, address);
  cleanups.push(() => end.connection.close());
  return end;
}

function startClient(address: string): Child {
  const child = new Child(new URL("./peer.child.ts", import.meta.url).href, ["client", address, "zmtp"]);
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

  test.each(["127.0.0.1", "localhost", "[::1]"])("a client is told that nobody listens at %s", async (host) => {
    const client = connect(`tcp://${host}:${await freePort()}`);
    client.connection.send(Buffer.from("nobody hears this"));
    expect(await client.lost.next()).toContain("ECONNREFUSED");
    expect(client.lost.count).toBe(1);
  });

  test("a client is told that nobody speaks ZMTP there", async () => {
    const { port } = await rawServer((socket) => socket.write("220 mail.example.com ESMTP\r\n"));
    expect(await connect(`tcp://127.0.0.1:${port}`).lost.next()).toBe("the peer does not speak ZMTP 3");
  });

  test("a client is told that nobody says anything there", async () => {
    const { port } = await rawServer(() => {});
    const client = connect(`tcp://127.0.0.1:${port}`, createZmtpTransport({ handshakeTimeoutMs: 100 }));
    expect(await client.lost.next()).toBe("no handshake within 100 ms");
  });

  test("what was sent just before a close waits for the host's name", async () => {
    const server = await listen();
    const client = connect(`tcp://localhost:${portOf(server)}`);
    client.connection.send(Buffer.from("last words"));
    await client.connection.close();
    expect(Buffer.from((await server.received.next()).frame).toString()).toBe("last words");
  });

  test("closing does not wait for longer than it may for a peer that never answers", async () => {
    const { port } = await rawServer(() => {});
    const client = connect(`tcp://127.0.0.1:${port}`);
    client.connection.send(Buffer.from("last words"));
    const begunAt = performance.now();
    await client.connection.close();
    expect(performance.now() - begunAt).toBeLessThan(limits.closeLingerMs + 500);
    expect(client.lost.count).toBe(0);
  });
});

describe("peers that die or stop", () => {
  test("a killed client is lost", async () => {
    const server = await listen();
    const child = startClient(server.listener.address);
    const { routingId } = await server.received.next();
    await child.kill();
    expect(await server.lost.next()).toBe(routingId);
  });

  test("a stopped client costs a bounded queue, and the others nothing", async () => {
    const server = await listen();
    const child = startClient(server.listener.address);
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
    // What may wait, what is being written, and what the kernel holds.
    expect(sent).toBeLessThan(40);
    server.listener.send(stopped, result);
    await child.kill();
    bystander.connection.send(Buffer.from("well"));
    expect((await server.received.next()).routingId).toBe(routingId);
    expect(server.lost.count).toBe(1);
  });

  test("a slow reader gets everything in order", async () => {
    const server = await listen();
    const child = startClient(server.listener.address);
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

  test("what waits for one client is not spoiled by what others are sent", async () => {
    const server = await listen();
    const bystander = connect(server.listener.address);
    bystander.connection.send(Buffer.from("hello"));
    const { routingId: other } = await server.received.next();
    const guest = await connectAsClient(portOf(server));
    guest.write(frame(1));
    const { routingId: slow } = await server.received.next();
    guest.pause();
    // Small messages, until the kernel has long been full; the one that stalls is followed by others as long.
    const count = 12_000;
    for (let number = 0; number < count; number++) {
      server.listener.send(slow, Buffer.alloc(1_000, number % 251));
      if (number % 100 !== 0) continue;
      for (let index = 0; index < 60; index++) server.listener.send(other, Buffer.alloc(1_000, 255));
      for (let index = 0; index < 60; index++) await bystander.received.next();
    }
    const reader = new FrameReader(limits.frameBytesMax);
    let number = 0;
    const isRead = new Promise<void>((resolve) => {
      guest.on("data", (bytes) => {
        reader.push(bytes);
        for (let body = reader.next(); body !== undefined; body = reader.next()) {
          expect(Buffer.compare(body, Buffer.alloc(1_000, number % 251)), `message ${number}`).toBe(0);
          number += 1;
        }
        if (number === count) resolve();
      });
    });
    guest.resume();
    await isRead;
  });

  test("a client that is not read from, because it reads slowly itself, is not silent", async () => {
    // A long queue takes longer to drain than the peer may be silent; the kernel lets some through every half second.
    const transport = createZmtpTransport({
      heartbeatIntervalMs: 500,
      queueBytesMax: 4 * limits.connectionQueueBytesMax,
    });
    const server = await listen({ echoes: true, transport });
    const guest = await connectAsClient(portOf(server));
    guest.pause();
    const piece = Buffer.concat(Array.from({ length: 4_000 }, () => frame(255)));
    const flooding = setInterval(() => {
      if (guest.writableLength === 0) guest.write(piece);
    }, 1);
    const reading = setInterval(() => guest.read(Math.min(guest.readableLength, 64 * 1024)), 10);
    cleanups.push(() => [clearInterval(flooding), clearInterval(reading), guest.destroy()]);
    const isOver = await Promise.race([server.lost.next(), delay(4_000)]);
    expect(isOver).toBeUndefined();
  });

  test("what a client said before its end still counts, although reading it takes many turns", async () => {
    const server = await listen();
    const guest = await connectAsClient(portOf(server));
    guest.end(Buffer.concat(Array.from({ length: 20_000 }, () => frame(3))));
    for (let count = 0; count < 20_000; count++) await server.received.next();
    await server.lost.next();
  });
});

describe("what it costs", () => {
  // Timers of the test runner come and go.
  const aFew = 10;

  test("connections leave nothing behind", async () => {
    const server = await listen({ echoes: true });
    await connectAndClose(server);
    const resources = process.getActiveResourcesInfo().length;
    const descriptors = readdirSync("/proc/self/fd").length;
    for (let round = 0; round < 500; round++) await connectAndClose(server);
    await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptors);
    expect(process.getActiveResourcesInfo().length).toBeLessThan(resources + aFew);
  });

  test("listeners leave nothing behind", async () => {
    await connectAndClose(await listen({ echoes: true }), true);
    const resources = process.getActiveResourcesInfo().length;
    const descriptors = readdirSync("/proc/self/fd").length;
    for (let round = 0; round < 50; round++) await connectAndClose(await listen({ echoes: true }), true);
    await expect.poll(() => readdirSync("/proc/self/fd").length).toBeLessThanOrEqual(descriptors);
    expect(process.getActiveResourcesInfo().length).toBeLessThan(resources + aFew);
  });

  test("waiting costs next to nothing", async () => {
    const server = await listen({ echoes: true });
    const clients = Array.from({ length: 20 }, () => connect(server.listener.address));
    await Promise.all(clients.map((client) => client.echo("here")));
    const turns = performance.nodeTiming.uvMetricsInfo.loopCount;
    const cpu = process.cpuUsage();
    await delay(1_000);
    const { user, system } = process.cpuUsage(cpu);
    expect(performance.nodeTiming.uvMetricsInfo.loopCount - turns).toBeLessThan(200);
    expect((user + system) / 1_000_000).toBeLessThan(0.1);
    await Promise.all(clients.map((client) => client.echo("still here")));
  });

  test("bursts of every kind at odd moments never stall and stay in order", async () => {
    const server = await listen({ echoes: true });
    const random = seededRandom(7);
    const trips = Array.from({ length: 4 }, async () => {
      const client = connect(server.listener.address);
      for (let trip = 0; trip < 150; trip++) {
        const scale = 10 ** Math.floor(random() * 6);
        const frames = Array.from({ length: 1 + Math.floor(random() * 20) }, (_, index) =>
          Buffer.alloc(Math.floor(random() * scale), trip + index),
        );
        for (const each of frames) {
          client.connection.send(each);
          if (random() < 0.1) await new Promise((resolve) => setImmediate(resolve));
        }
        for (const each of frames) expect(Buffer.compare(await client.received.next(), each)).toBe(0);
      }
      expect(client.lost.count).toBe(0);
    });
    await Promise.all(trips);
  });
});

describe("a client session whose server is not there", () => {
  test("dials again with growing pauses, and reaches a server that comes up later", async () => {
    const arrivals: number[] = [];
    const raw = await rawServer((socket) => {
      arrivals.push(performance.now());
      socket.destroy();
    });
    const address = `tcp://127.0.0.1:${raw.port}`;
    const connecting = connectClient({ members: { a: address }, transport: "zmtp" });
    while (arrivals.length < 5) await raw.visited();
    const pauses = arrivals.slice(1).map((at, index) => at - (arrivals[index] ?? 0));
    // 100 ms that double, each moved by up to a quarter; a busy machine makes them longer.
    for (const [index, pause] of pauses.entries()) {
      const expected = limits.backoffMinMs * 2 ** index;
      expect(pause).toBeGreaterThan(expected * 0.75 - 5);
      expect(pause).toBeLessThan(expected * 1.25 + 250);
    }
    await raw.close();
    const server = await startServer({
      memberId: "a",
      address,
      engine: memoryEngine(),
      stateMachine: new Notebook(),
      transport: "zmtp",
    });
    cleanups.push(() => server.stop());
    const client = await connecting;
    cleanups.push(() => client.close());
    expect(Buffer.from(await client.submit(Buffer.from("add a"))).toString()).toBe("1");
  });
});

async function connectAndClose(server: ServerEnd, closesServer = false): Promise<void> {
  const client = new ClientEnd(zmtp, server.listener.address);
  await client.echo("hello");
  await client.connection.close();
  await server.lost.next();
  if (closesServer) await server.listener.close();
}

/** A TCP port on loopback that is free now. */
async function freePort(): Promise<number> {
  const { port, close } = await rawServer(() => {});
  await close();
  return port;
}

/** A TCP server that knows nothing of ZMTP. */
async function rawServer(visit: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const visitors: (() => void)[] = [];
  const server: Server = createServer((socket) => {
    sockets.add(socket.on("error", () => {}).resume());
    visit(socket);
    for (const visitor of visitors.splice(0)) visitor();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  };
  cleanups.push(close);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    port: address.port,
    visited: () => new Promise<void>((resolve) => visitors.push(resolve)),
    close,
  };
}
