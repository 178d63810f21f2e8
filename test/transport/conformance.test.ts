import { afterEach, describe, expect, test } from "vitest";
import { InvalidArgumentError, ListenError } from "../../runtime/protocol/errors.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import { generateKeyPair } from "../../runtime/security/index.ts";
import { createMemoryTransport } from "../../runtime/transport/memory.ts";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import { createZmtpTransport, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";

/** What every transport promises, whatever it is made of. */
const tcp = {
  anywhere: "tcp://127.0.0.1:0",
  bad: ["", "127.0.0.1:7000", "memory://a", "http://127.0.0.1:7000", "tcp://", "tcp://127.0.0.1", "tcp://:7000"].concat(
    ["tcp://127.0.0.1:", "tcp://127.0.0.1:x", "tcp://127.0.0.1:65536", "tcp://127.0.0.1:-1", "tcp://300.1.1.1:7000"],
    ["tcp://10.1:7000", "tcp://a b:7000", "tcp://::1:7000", "tcp://[::1:7000", "tcp://[localhost]:7000"],
    ["tcp://127.0.0.1:7000/", "tcp://-a:7000", `tcp://${"a".repeat(254)}:7000`],
  ),
};
/** Both ends have the same keys here, and expect them of each other. */
const keys = generateKeyPair();
const curve = { keys, serverKey: keys.publicKey, clientKeys: [keys.publicKey] };
const subjects = {
  zmtp: { transport: zmtp, ...tcp },
  "zmtp with CURVE": { transport: createZmtpTransport({ curve }), ...tcp },
  zeromq: { transport: zeromq, ...tcp },
  "zeromq with CURVE": { transport: createZeromqTransport({ curve }), ...tcp },
  "zeromq, polling": { transport: createZeromqTransport({ waiting: "polling" }), ...tcp },
  memory: {
    transport: createMemoryTransport(),
    anywhere: "memory://server",
    bad: ["", "server", "memory://", "tcp://127.0.0.1:7000"],
  },
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(cleanups.splice(0).map((cleanup) => cleanup()));
});

describe.each(Object.entries(subjects))("%s", (_name, { transport, anywhere, bad }) => {
  async function listen(options: { echoes?: boolean; address?: string } = {}): Promise<ServerEnd> {
    const end = await ServerEnd.listen(transport, options.address ?? anywhere, options);
    cleanups.push(() => end.listener.close());
    return end;
  }

  function connect(server: ServerEnd): ClientEnd {
    const end = new ClientEnd(transport, server.listener.address);
    cleanups.push(() => end.connection.close());
    return end;
  }

  /** A connection over which a frame has gone, and its name. */
  async function acquaint(server: ServerEnd): Promise<{ client: ClientEnd; routingId: number }> {
    const client = connect(server);
    client.connection.send(Buffer.from("hello"));
    return { client, routingId: (await server.received.next()).routingId };
  }

  test("frames arrive in order, both ways", async () => {
    const client = connect(await listen({ echoes: true }));
    const numbers = Array.from({ length: 5_000 }, (_, index) => index);
    for (const number of numbers) client.connection.send(Buffer.from(String(number)));
    const back: number[] = [];
    for (const _ of numbers) back.push(Number(Buffer.from(await client.received.next())));
    expect(back).toEqual(numbers);
  });

  test("frames of every length arrive as they were", async () => {
    const client = connect(await listen({ echoes: true }));
    for (const length of [0, 1, 31, 128, 129, 255, 256, 8_191, 65_536, limits.payloadBytesMax, limits.frameBytesMax]) {
      const frame = Uint8Array.from({ length }, (_, index) => (index * 31 + length) & 0xff);
      client.connection.send(frame);
      expect(Buffer.compare(await client.received.next(), frame), `${length} bytes`).toBe(0);
    }
  });

  test("a received frame stays what it is while others come", async () => {
    const client = connect(await listen({ echoes: true }));
    for (let index = 0; index < 500; index++) client.connection.send(Buffer.alloc(200, index & 0xff));
    const kept: Uint8Array[] = [];
    for (let index = 0; index < 500; index++) kept.push(await client.received.next());
    kept.forEach((frame, index) => {
      expect(Buffer.compare(frame, Buffer.alloc(200, index & 0xff))).toBe(0);
    });
  });

  test("each of many clients gets its own answers", async () => {
    const server = await listen({ echoes: true });
    const clients = Array.from({ length: 50 }, () => connect(server));
    const answers = clients.map(async (client, index) => {
      for (let round = 0; round < 20; round++) {
        expect(await client.echo(`${index}:${round}`)).toBe(`${index}:${round}`);
      }
    });
    await Promise.all(answers);
  });

  test("the server hears that a client closed, once, and never sees its name again", async () => {
    const server = await listen();
    const names = new Set<number>();
    for (let round = 0; round < 10; round++) {
      const { client, routingId } = await acquaint(server);
      names.add(routingId);
      await client.connection.close();
      expect(await server.lost.next()).toBe(routingId);
      server.listener.send(routingId, Buffer.from("too late"));
    }
    expect(names.size).toBe(10);
    expect(server.lost.count).toBe(10);
  });

  test("the client hears that the server closed, once", async () => {
    const server = await listen();
    const { client } = await acquaint(server);
    await server.listener.close();
    expect(await client.lost.next()).toMatch(/^[a-z]/);
    client.connection.send(Buffer.from("too late"));
    await client.connection.close();
    expect(client.lost.count).toBe(1);
  });

  test("what was sent before a client's close arrives", async () => {
    const server = await listen();
    const client = connect(server);
    for (let index = 0; index < 1_000; index++) client.connection.send(Buffer.from(String(index)));
    await client.connection.close();
    for (let index = 0; index < 1_000; index++) {
      expect(Buffer.from((await server.received.next()).frame).toString()).toBe(String(index));
    }
    await server.lost.next();
  });

  test("what was sent before a server's close arrives", async () => {
    const server = await listen();
    const { client, routingId } = await acquaint(server);
    for (let index = 0; index < 1_000; index++) server.listener.send(routingId, Buffer.from(String(index)));
    await server.listener.close();
    for (let index = 0; index < 1_000; index++) {
      expect(Buffer.from(await client.received.next()).toString()).toBe(String(index));
    }
    await client.lost.next();
  });

  test("a closed client hears nothing more", async () => {
    const server = await listen();
    const { client, routingId } = await acquaint(server);
    const closing = client.connection.close();
    for (let index = 0; index < 100; index++) server.listener.send(routingId, Buffer.from("late"));
    await Promise.all([closing, client.connection.close(), server.lost.next()]);
    await server.listener.close();
    expect([client.received.count, client.lost.count]).toEqual([0, 0]);
  });

  test("a closed server hears nothing more", async () => {
    const server = await listen();
    const { client } = await acquaint(server);
    for (let index = 0; index < 100; index++) client.connection.send(Buffer.from("late"));
    const before = server.received.count;
    await Promise.all([server.listener.close(), server.listener.close()]);
    await client.lost.next();
    await client.connection.close();
    expect([server.received.count, server.lost.count, server.failed.count]).toEqual([before, 0, 0]);
  });

  test("a dropped client is heard no more, and the others are", async () => {
    const server = await listen();
    const dropped = await acquaint(server);
    const other = await acquaint(server);
    server.listener.drop(dropped.routingId);
    server.listener.send(dropped.routingId, Buffer.from("never"));
    for (let index = 0; index < 100; index++) dropped.client.connection.send(Buffer.from("unheard"));
    await dropped.client.connection.close();
    other.client.connection.send(Buffer.from("heard"));
    const { routingId, frame } = await server.received.next();
    expect([routingId, Buffer.from(frame).toString()]).toEqual([other.routingId, "heard"]);
    await other.client.connection.close();
    expect(await server.lost.next()).toBe(other.routingId);
    await server.listener.close();
    expect([dropped.client.received.count, server.lost.count]).toEqual([0, 1]);
  });

  test("what was sent to a client before it was dropped arrives, and nothing after", async () => {
    const server = await listen();
    const { client, routingId } = await acquaint(server);
    // More than a pipe of libzmq holds: some of them must still wait when the client is dropped.
    for (let index = 0; index < 1_000; index++) server.listener.send(routingId, Buffer.from(String(index)));
    server.listener.drop(routingId);
    server.listener.send(routingId, Buffer.from("never"));
    for (let index = 0; index < 1_000; index++) {
      expect(Buffer.from(await client.received.next()).toString()).toBe(String(index));
    }
    await server.listener.close();
    await client.lost.next();
    expect([client.received.count, server.lost.count]).toEqual([1_000, 0]);
  });

  test("an address has one listener at a time", async () => {
    const server = await listen();
    const { address } = server.listener;
    const refused = ServerEnd.listen(transport, address);
    await expect(refused).rejects.toThrow(ListenError);
    await expect(refused).rejects.toMatchObject({
      code: "ERR_ADDRESS_IN_USE",
      message: expect.stringContaining(address),
    });
    const { client } = await acquaint(server);
    await server.listener.close();
    await client.lost.next();
    const successor = await listen({ echoes: true, address });
    expect(await connect(successor).echo("still here")).toBe("still here");
  });

  test.each(bad)("%j is no address", async (address) => {
    expect(() => transport.checkAddress(address)).toThrow(InvalidArgumentError);
    expect(() => new ClientEnd(transport, address)).toThrow(InvalidArgumentError);
    const refused = ServerEnd.listen(transport, address);
    await expect(refused).rejects.toThrow(InvalidArgumentError);
    await expect(refused).rejects.toThrow(`"${address}"`);
  });

  test("a frame over the limit costs its sender the connection, and nobody else anything", async () => {
    const server = await listen({ echoes: true });
    const bystander = connect(server);
    const client = connect(server);
    await client.echo("hello");
    client.connection.send(new Uint8Array(limits.frameBytesMax + 1));
    await Promise.all([client.lost.next(), server.lost.next()]);
    expect(await bystander.echo("well")).toBe("well");
    expect(server.lost.count).toBe(1);
  });

  test("a client that sends more than may wait is given up", async () => {
    const server = await listen();
    const { client, routingId } = await acquaint(server);
    const frame = new Uint8Array(limits.payloadBytesMax);
    for (let bytes = 0; bytes <= 2 * limits.connectionQueueBytesMax; bytes += frame.byteLength) {
      client.connection.send(frame);
    }
    expect(client.lost.count).toBe(0);
    await client.lost.next();
    expect(await server.lost.next()).toBe(routingId);
    expect(client.lost.count).toBe(1);
  });

  test("a client to which more is sent than may wait is dropped, and the others are not", async () => {
    const server = await listen();
    const other = await acquaint(server);
    const { client, routingId } = await acquaint(server);
    const frame = new Uint8Array(limits.payloadBytesMax);
    for (let bytes = 0; bytes <= 2 * limits.connectionQueueBytesMax; bytes += frame.byteLength) {
      server.listener.send(routingId, frame);
    }
    expect(server.lost.count).toBe(0);
    expect(await server.lost.next()).toBe(routingId);
    server.listener.send(other.routingId, Buffer.from("well"));
    expect(Buffer.from(await other.client.received.next()).toString()).toBe("well");
    await client.connection.close();
    await other.client.connection.close();
    expect(await server.lost.next()).toBe(other.routingId);
    expect(server.lost.count).toBe(2);
  });
});
