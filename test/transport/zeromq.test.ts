import { type Socket, connect as tcpConnect } from "node:net";
import { performance } from "node:perf_hooks";
import { setTimeout as delay, setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import { freePort } from "../service/child-server.ts";
import { portIn, Stage } from "./interop.ts";
import { connectAsClient, frame, greeting, ping } from "./zmtp.ts";

/** What only real sockets can show: guests that talk nonsense, and what waiting costs. */
const stage = new Stage();
afterEach(() => stage.clear());

test("a client may call before the server is there", async () => {
  const address = `tcp://127.0.0.1:${await freePort()}`;
  const client = stage.connect(zeromq, address);
  const answer = client.echo("early");
  await stage.listen(zeromq, { address, echoes: true });
  expect(await answer).toBe("early");
  expect(client.lost.count).toBe(0);
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
    const server = await stage.listen(zeromq, { echoes: true });
    const bystander = stage.connect(zeromq, server.listener.address);
    expect(await bystander.echo("before")).toBe("before");
    const visits = Array.from({ length: 20 }, async () => {
      const guest = await arrive(portIn(server.listener.address));
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
      const server = await stage.listen(createZeromqTransport({ waiting }), { echoes: true });
      const bystander = stage.connect(zeromq, server.listener.address);
      expect(await bystander.echo("before")).toBe("before");
      const guest = await connectAsClient(portIn(server.listener.address));
      stage.defer(async () => guest.destroy());
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
    const server = await stage.listen(zeromq, { echoes: true });
    const bystander = stage.connect(zeromq, server.listener.address);
    expect(await bystander.echo("before")).toBe("before");
    const flooders = Array.from({ length: 3 }, () =>
      stage.start("./flood.child.ts", String(portIn(server.listener.address))),
    );
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
    const server = await stage.listen(zeromq);
    const client = stage.connect(zeromq, server.listener.address);
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
    const child = stage.start("./lazy.child.ts");
    await child.ended();
    expect(child.lines).toEqual(["imported 0", "used true", "warning our own warning"]);
  });

  test("a program ends by itself once everything is closed", async () => {
    const child = stage.start("./closing.child.ts");
    expect(await child.ended()).toEqual({ code: 0, signal: null });
    expect([child.lines, child.errors]).toEqual([["all closed"], ""]);
  });

  // A socket that waits in vain for its doorbell to be silent spins: a hundred thousand turns a second.
  test.each(["doorbell", "polling"] as const)("waiting by %s costs next to nothing", async (waiting) => {
    const transport = createZeromqTransport({ waiting });
    const server = await stage.listen(transport, { echoes: true });
    const clients = Array.from({ length: 5 }, () => stage.connect(transport, server.listener.address));
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
    const server = await stage.listen(zeromq, { echoes: true });
    const clients = Array.from({ length: 4 }, () => stage.connect(zeromq, server.listener.address));
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
