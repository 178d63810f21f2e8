import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { RoutingId } from "../../runtime/transport/transport.ts";
import { nullMechanism } from "../../runtime/transport/zmtp/null-mechanism.ts";
import { Peer } from "../../runtime/transport/zmtp/peer.ts";
import { type ClientEnd, Happenings, type ServerEnd } from "./ends.ts";
import { createTransport, pairs, portIn, Stage } from "./interop.ts";
import { Relay } from "./interop-relay.ts";
import { frame } from "./zmtp.ts";

/**
 * Connections of which one end is gone without a word, and connections whose ends have nothing to say. Where at least one
 * end speaks `zmtp`, heartbeats tell them apart; between two of `zeromq` only the kernel does, in minutes.
 */
const stage = new Stage();
afterEach(() => stage.clear());

const heartbeatIntervalMs = 100;
const noticedWithinMs = 3_000;
const heartbeats = 5;

describe.each(pairs.filter((pair) => pair.includes("zmtp")))(
  "a %s client and a %s server",
  (clientName, serverName) => {
    /** The other end sends heartbeats: one of `zeromq` sends none. */
    const answering = clientName === "zmtp" ? "server" : "client";

    test("an end that vanishes without a word is lost to the other, and nobody else is", async () => {
      const { server, relay, client, neighbour } = await relayed();
      const cutAt = performance.now();
      relay.cut();
      if (clientName === "zmtp") expect(await client.lost.next()).toContain("silent");
      if (serverName === "zmtp") await server.lost.next();
      expect(performance.now() - cutAt).toBeLessThan(noticedWithinMs);
      expect(await neighbour.echo("well?")).toBe("well?");
      expect(neighbour.lost.count).toBe(0);
    });

    test("an end that vanishes after a heartbeat is lost to both", async () => {
      const { server, relay, client, neighbour } = await relayed();
      await relay.pongs[answering].next();
      const cutAt = performance.now();
      relay.cut();
      await Promise.all([client.lost.next(), server.lost.next()]);
      expect(performance.now() - cutAt).toBeLessThan(noticedWithinMs);
      expect(await neighbour.echo("well?")).toBe("well?");
      expect([client.lost.count, server.lost.count, neighbour.lost.count]).toEqual([1, 1, 0]);
    });

    test("ends that say nothing for long stay connected", async () => {
      const { server, relay, client, neighbour } = await relayed();
      await heartbeatsAnswered(relay, client, heartbeats);
      expect(await client.echo("still here")).toBe("still here");
      expect([client.lost.count, server.lost.count, neighbour.lost.count]).toEqual([0, 0, 0]);
    });

    async function relayed(): Promise<Relayed> {
      const server = await stage.listen(createTransport(serverName, { heartbeatIntervalMs }), { echoes: true });
      const relay = await Relay.start(server.listener.address);
      stage.defer(() => relay.close());
      const transport = createTransport(clientName, { heartbeatIntervalMs });
      const client = stage.connect(transport, relay.address);
      const neighbour = stage.connect(transport, server.listener.address);
      expect(await client.echo("hello")).toBe("hello");
      expect(await neighbour.echo("hello")).toBe("hello");
      return { server, relay, client, neighbour };
    }

    async function heartbeatsAnswered(relay: Relay, client: ClientEnd, count: number): Promise<void> {
      const lost = client.lost.next().then((reason) => `lost: ${reason}`);
      for (let heartbeat = 0; heartbeat < count; heartbeat++) {
        expect(await Promise.race([relay.pongs[answering].next(), lost])).toBe(answering);
      }
    }
  },
);

describe("a zeromq server", () => {
  // It counts a lifetime modulo 65,536 ms: three of these intervals are a little more than once or twice as much.
  test.each([21_850, 43_700])("does not give up a client too early that beats every %d ms", async (intervalMs) => {
    const server = await stage.listen(createTransport("zeromq"));
    await beatAndVanish(server, intervalMs);
    const shortLived = await beatAndVanish(server, heartbeatIntervalMs);
    expect(await server.lost.next()).toBe(shortLived);
  });
});

/** A client says hello, lets time pass until it sends a heartbeat, by a clock of its own, and is silent from then on. */
async function beatAndVanish(server: ServerEnd, intervalMs: number): Promise<RoutingId> {
  const socket = connect(portIn(server.listener.address), "127.0.0.1");
  stage.defer(async () => socket.destroy());
  const happened: Happenings<"ready"> = new Happenings();
  const effects = { write: (bytes: Uint8Array) => socket.write(bytes), ready: () => happened.add("ready") };
  const settings = { frameBytesMax: limits.frameBytesMax, handshakeTimeoutMs: limits.handshakeTimeoutMs };
  const peer = new Peer(
    { ...settings, socketType: "CLIENT", mechanism: nullMechanism, heartbeatIntervalMs: intervalMs },
    effects,
    0,
  );
  socket.on("data", (bytes) => {
    peer.receive(bytes);
    peer.next(0);
  });
  await happened.next();
  socket.write(frame("hello".length));
  const { routingId } = await server.received.next();
  const answered = once(socket, "data");
  peer.deadline(intervalMs);
  peer.deadline(2 * intervalMs);
  expect(String((await answered)[0])).toContain("PONG");
  return routingId;
}

interface Relayed {
  readonly server: ServerEnd;
  readonly relay: Relay;
  readonly client: ClientEnd;
  /** Connected to the same server, by another way. */
  readonly neighbour: ClientEnd;
}
