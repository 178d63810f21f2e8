import { createServer, type Server, Socket } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { connect as connectClient } from "hawser/client";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { FrameReader } from "../../runtime/transport/zmtp/framing.ts";
import { createZmtpTransport, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { seededRandom } from "../seeded-random.ts";
import { freePort } from "../service/child-server.ts";
import { Notebook } from "../transcript/notebook.ts";
import { portIn, Stage } from "./interop.ts";
import { connectAsClient, frame } from "./zmtp.ts";

/** What only real sockets can show: what a client is told, peers that are slow, and what waiting costs. */
const stage = new Stage();
afterEach(() => stage.clear());

describe("what leaves together", () => {
  test("all that is said to what was read at once leaves in one write", async () => {
    const server = await stage.listen(zmtp, { echoes: true });
    const port = portIn(server.listener.address);
    const guest = await connectAsClient(port);
    onTestFinished(() => void guest.destroy());
    const write = vi.spyOn(Socket.prototype, "write");
    onTestFinished(() => write.mockRestore());
    const requests = Buffer.concat([frame(5), frame(0), frame(200)]);
    guest.write(requests);
    expect(await bytesFrom(guest, requests.length)).toEqual(requests);
    const writers = write.mock.contexts as readonly Socket[];
    expect(writers.filter(({ localPort }) => localPort === port)).toHaveLength(1);
  });
});

describe("servers that are not there or not ours", () => {
  test.each(["127.0.0.1", "localhost", "[::1]"])("a client is told that nobody listens at %s", async (host) => {
    const client = stage.connect(zmtp, `tcp://${host}:${await freePort()}`);
    client.connection.send(Buffer.from("nobody hears this"));
    expect(await client.lost.next()).toContain("ECONNREFUSED");
    expect(client.lost.count).toBe(1);
  });

  test("a client is told that nobody speaks ZMTP there", async () => {
    const { port } = await rawServer((socket) => socket.write("220 mail.example.com ESMTP\r\n"));
    expect(await stage.connect(zmtp, `tcp://127.0.0.1:${port}`).lost.next()).toBe("the peer does not speak ZMTP 3");
  });

  test("a client is told that nobody says anything there", async () => {
    const { port } = await rawServer(() => {});
    const transport = createZmtpTransport({ handshakeTimeoutMs: 100 });
    const client = stage.connect(transport, `tcp://127.0.0.1:${port}`);
    expect(await client.lost.next()).toBe("no handshake within 100 ms");
  });

  test("closing does not wait for longer than it may for a peer that never answers", async () => {
    const { port } = await rawServer(() => {});
    const client = stage.connect(zmtp, `tcp://127.0.0.1:${port}`);
    client.connection.send(Buffer.from("last words"));
    const begunAt = performance.now();
    await client.connection.close();
    expect(performance.now() - begunAt).toBeLessThan(limits.closeLingerMs + 500);
    expect(client.lost.count).toBe(0);
  });
});

describe("peers that read slowly or leave", () => {
  test("what waits for one client is not spoiled by what others are sent", async () => {
    const server = await stage.listen(zmtp);
    const bystander = stage.connect(zmtp, server.listener.address);
    bystander.connection.send(Buffer.from("hello"));
    const { routingId: other } = await server.received.next();
    const guest = await connectAsClient(portIn(server.listener.address));
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
    const server = await stage.listen(transport, { echoes: true });
    const guest = await connectAsClient(portIn(server.listener.address));
    guest.pause();
    const piece = Buffer.concat(Array.from({ length: 4_000 }, () => frame(255)));
    const flooding = setInterval(() => {
      if (guest.writableLength === 0) guest.write(piece);
    }, 1);
    const reading = setInterval(() => guest.read(Math.min(guest.readableLength, 64 * 1024)), 10);
    stage.defer(async () => [clearInterval(flooding), clearInterval(reading), guest.destroy()]);
    const isOver = await Promise.race([server.lost.next(), delay(4_000)]);
    expect(isOver).toBeUndefined();
  });

  test("what a client said before its end still counts, although reading it takes many turns", async () => {
    const server = await stage.listen(zmtp);
    const guest = await connectAsClient(portIn(server.listener.address));
    guest.end(Buffer.concat(Array.from({ length: 20_000 }, () => frame(3))));
    for (let count = 0; count < 20_000; count++) await server.received.next();
    await server.lost.next();
  });
});

describe("what it costs", () => {
  test("waiting costs next to nothing", async () => {
    const server = await stage.listen(zmtp, { echoes: true });
    const clients = Array.from({ length: 20 }, () => stage.connect(zmtp, server.listener.address));
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
    const server = await stage.listen(zmtp, { echoes: true });
    const random = seededRandom(7);
    const trips = Array.from({ length: 4 }, async () => {
      const client = stage.connect(zmtp, server.listener.address);
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
    stage.defer(() => server.stop());
    const client = await connecting;
    stage.defer(() => client.close());
    expect(Buffer.from(await client.submit(Buffer.from("add a"))).toString()).toBe("1");
  });
});

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
  stage.defer(close);
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return {
    port: address.port,
    visited: () => new Promise<void>((resolve) => visitors.push(resolve)),
    close,
  };
}

async function bytesFrom(socket: Socket, count: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for (let length = 0; length < count; length += pieces.at(-1)?.length ?? 0) {
    pieces.push(await new Promise<Buffer>((resolve) => socket.once("data", resolve)));
  }
  return Buffer.concat(pieces);
}
