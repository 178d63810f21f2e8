import { afterEach, describe, expect, test } from "vitest";
import type { RoutingId } from "../../runtime/transport/transport.ts";
import type { ClientEnd, ServerEnd } from "./ends.ts";
import { createTransport, pairs, type SpeakerOptions, Stage } from "./interop.ts";

/** Peers that die or stop, each with a neighbour who is to notice nothing. */
const stage = new Stage();
afterEach(() => stage.clear());

const KiB = 1024;
const MiB = 1024 * KiB;

describe.each(pairs)("a %s client and a %s server", (clientName, serverName) => {
  test("a killed client is lost, and the others are not", async () => {
    const { server, neighbour } = await serverWithNeighbour();
    const child = stage.start("./peer.child.ts", "client", server.listener.address, clientName);
    const { routingId } = await server.received.next();
    await child.kill();
    expect(await server.lost.next()).toBe(routingId);
    await exchange(server, neighbour);
    expect([server.lost.count, neighbour.end.lost.count]).toEqual([1, 0]);
  });

  test("a killed server is lost, and its successor on the same port is reached", async () => {
    const child = stage.start("./peer.child.ts", "server", "tcp://127.0.0.1:0", serverName);
    const address = (await child.said("listens ")).slice("listens ".length);
    const transport = createTransport(clientName);
    const client = stage.connect(transport, address);
    expect(await client.echo("alive")).toBe("alive");
    await child.kill();
    expect(await client.lost.next()).toMatch(/^[a-z]/i);
    const successor = await stage.listen(createTransport(serverName), { address });
    client.connection.send(Buffer.from("for the dead one"));
    const next = stage.connect(transport, address);
    next.connection.send(Buffer.from("for the successor"));
    const { routingId, frame } = await successor.received.next();
    expect(Buffer.from(frame).toString()).toBe("for the successor");
    successor.listener.send(routingId, frame);
    expect(Buffer.from(await next.received.next()).toString()).toBe("for the successor");
    expect([client.lost.count, next.lost.count, successor.received.count]).toEqual([1, 0, 1]);
  });

  test("a stopped client costs a bounded queue, and the others nothing", async () => {
    const sentBytesMax = queueBytesMax + (serverName === "zeromq" ? pipeBytesMax : 0) + kernelBytesMax;
    const { server, neighbour } = await serverWithNeighbour({ queueBytesMax });
    const child = stage.start("./peer.child.ts", "client", server.listener.address, clientName);
    const { routingId: stopped } = await server.received.next();
    child.process.kill("SIGSTOP");
    const frame = Buffer.alloc(frameBytes);
    let sentBytes = 0;
    while (server.lost.count === 0 && sentBytes < 2 * sentBytesMax) {
      server.listener.send(stopped, frame);
      sentBytes += frame.byteLength;
      await exchange(server, neighbour);
    }
    expect(await server.lost.next()).toBe(stopped);
    expect(sentBytes).toBeGreaterThan(queueBytesMax);
    expect(sentBytes).toBeLessThan(sentBytesMax);
    server.listener.send(stopped, frame);
    await exchange(server, neighbour);
    // A server made with the zeromq package cannot hang up.
    if (serverName === "zmtp") {
      child.process.kill("SIGCONT");
      await child.said("lost ");
    }
    // Its end is no news.
    await child.kill();
    await exchange(server, neighbour);
    expect([server.lost.count, neighbour.end.lost.count]).toEqual([1, 0]);
  });

  async function serverWithNeighbour(
    options: SpeakerOptions = {},
  ): Promise<{ server: ServerEnd; neighbour: Neighbour }> {
    const server = await stage.listen(createTransport(serverName, options));
    const end = stage.connect(createTransport(clientName), server.listener.address);
    end.connection.send(Buffer.from("hello"));
    const { routingId } = await server.received.next();
    return { server, neighbour: { end, routingId } };
  }
});

interface Neighbour {
  readonly end: ClientEnd;
  readonly routingId: RoutingId;
}

/** One frame there and one back. */
async function exchange(server: ServerEnd, neighbour: Neighbour): Promise<void> {
  neighbour.end.connection.send(Buffer.from("well?"));
  expect((await server.received.next()).routingId).toBe(neighbour.routingId);
  server.listener.send(neighbour.routingId, Buffer.from("well"));
  expect(Buffer.from(await neighbour.end.received.next()).toString()).toBe("well");
}

const frameBytes = 64 * KiB;
const queueBytesMax = 1 * MiB;
/** What libzmq's pipe of 256 frames holds besides the queue. */
const pipeBytesMax = 256 * frameBytes;
/** What the kernel's buffers at both ends hold together. */
const kernelBytesMax = 15 * MiB;
