import type { Socket } from "node:net";
import { connect as tcpConnect } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { createZmtpTransport, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { portIn, Stage } from "./interop.ts";
import { connectAsClient, frame, greeting, ping } from "./zmtp.ts";

/** Whatever comes in at the port, the others are served, and it ends. */
const stage = new Stage();
afterEach(() => stage.clear());

/** A server, and a client of it that has nothing to do with the attack. */
async function listen(handshakeTimeoutMs: number) {
  const server = await stage.listen(createZmtpTransport({ handshakeTimeoutMs }), { echoes: true });
  const bystander = stage.connect(zmtp, server.listener.address);
  expect(await bystander.echo("before")).toBe("before");
  return { server, bystander, port: portIn(server.listener.address) };
}

/** A guest that reads what it gets. */
function guestAt(port: number): Socket {
  const guest = tcpConnect(port, "127.0.0.1");
  stage.defer(async () => guest.destroy());
  // The server may hang up on it.
  guest.on("error", () => {});
  return guest.resume();
}

function closed(guest: Socket): Promise<unknown> {
  return guest.destroyed ? Promise.resolve() : new Promise((resolve) => guest.once("close", resolve));
}

const random = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + 13) & 0xff));
const signature = greeting.subarray(0, 10);

describe("who is told by its bytes is closed at once", () => {
  const strangers: Readonly<Record<string, Buffer>> = {
    "random bytes": random,
    "an HTTP request": Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "a TLS hello": Buffer.from("16030100c8010000c40303", "hex"),
    "the right first byte, then rubbish": Buffer.concat([Buffer.from([0xff]), random]),
    "the right signature, then rubbish": Buffer.concat([signature, Buffer.alloc(54, 0x2a)]),
    "a peer of ZMTP 2": Buffer.concat([signature, Buffer.from([1])]),
    "a greeting and then rubbish": Buffer.concat([greeting, Buffer.alloc(5_000, 0xa5)]),
  };
  const clients: Readonly<Record<string, Buffer>> = {
    "2^63 bytes": Buffer.from([2, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    "8 GiB": Buffer.from([2, 0, 0, 0, 2, 0, 0, 0, 0]),
    "a byte too many": Buffer.from([2, 0, 0, 0, 0, 0, 0x14, 0, 1]),
    "a command too long": Buffer.from([6, 0, 0, 0, 0, 0, 0, 0x20, 1]),
    "a message in two parts": Buffer.from([1, 1, 0, 0, 1, 0]),
    "a malformed command": Buffer.from("\x04\x05\x04PING", "latin1"),
    rubbish: Buffer.alloc(5_000, 0xa5),
  };

  test.each(Object.entries(strangers))("%s", async (_name, bytes) => {
    // Were it not told by its bytes, the test would wait for the deadline in vain.
    const { server, bystander, port } = await listen(60_000);
    for (let round = 0; round < 10; round++) {
      const guest = guestAt(port);
      guest.write(bytes);
      await closed(guest);
    }
    expect(await bystander.echo("after")).toBe("after");
    expect([bystander.lost.count, server.lost.count, server.failed.count]).toEqual([0, 0, 0]);
  });

  test.each(Object.entries(clients))("a client that says: %s", async (_name, bytes) => {
    const { server, bystander, port } = await listen(60_000);
    for (let round = 0; round < 10; round++) {
      const guest = await connectAsClient(port);
      guest.write(bytes);
      await Promise.all([closed(guest), server.lost.next()]);
    }
    expect(await bystander.echo("after")).toBe("after");
    expect([bystander.lost.count, server.lost.count, server.failed.count]).toEqual([0, 10, 0]);
  });
});

describe("who does not finish the handshake is closed at its deadline", () => {
  const handshakeTimeoutMs = 200;
  const late: Readonly<Record<string, Buffer>> = {
    silence: Buffer.alloc(0),
    "half a greeting": greeting.subarray(0, 32),
    "a greeting and no more": greeting,
    "half a command": Buffer.concat([greeting, Buffer.from("\x04\x1c\x05READ", "latin1")]),
  };

  test.each(Object.entries(late))("%s", async (_name, bytes) => {
    const { server, bystander, port } = await listen(handshakeTimeoutMs);
    const begunAt = performance.now();
    const guests = Array.from({ length: 10 }, () => guestAt(port));
    for (const guest of guests) guest.write(bytes);
    await Promise.all(guests.map((guest) => closed(guest)));
    expect(performance.now() - begunAt).toBeGreaterThan(handshakeTimeoutMs - 20);
    expect(await bystander.echo("after")).toBe("after");
    expect([bystander.lost.count, server.lost.count]).toEqual([0, 0]);
  });

  test("one byte at a time", async () => {
    const { bystander, port } = await listen(handshakeTimeoutMs);
    const guest = guestAt(port);
    let sent = 0;
    const dripping = setInterval(() => guest.write(greeting.subarray(sent, ++sent)), handshakeTimeoutMs / 10);
    await closed(guest);
    clearInterval(dripping);
    expect(sent).toBeGreaterThan(3);
    expect(sent).toBeLessThan(64);
    expect(await bystander.echo("after")).toBe("after");
  });
});

describe("clients that misbehave", () => {
  test("one that pings with a lifetime, floods and falls silent is lost", async () => {
    const { server, bystander, port } = await listen(5_000);
    const guest = await connectAsClient(port);
    guest.write(Buffer.concat([ping, ...Array.from({ length: 400 }, () => frame(255)), ping]));
    await server.lost.next();
    await closed(guest);
    expect(await bystander.echo("after")).toBe("after");
  });

  test("one that floods and resets takes only itself down", async () => {
    const { server, bystander, port } = await listen(5_000);
    const flood = Buffer.concat(Array.from({ length: 2_000 }, (_, index) => (index % 5 === 0 ? ping : frame(10))));
    for (let round = 0; round < 30; round++) {
      const guest = await connectAsClient(port);
      guest.pause();
      for (let count = 0; count < 1 + (round % 10); count++) guest.write(flood);
      if (round % 3 > 0) await new Promise((resolve) => guest.write(flood, resolve));
      for (let turn = 0; turn < round % 4; turn++) await nextTurn();
      guest.resetAndDestroy();
      await server.lost.next();
      expect(await bystander.echo("during")).toBe("during");
    }
    expect([bystander.lost.count, server.lost.count, server.failed.count]).toEqual([0, 30, 0]);
  });

  test("two thousand that come and go at once", async () => {
    const { server, bystander, port } = await listen(5_000);
    for (let round = 0; round < 20; round++) {
      const guests = Array.from({ length: 100 }, (_, index) => {
        const guest = guestAt(port);
        if (index % 2 === 0) guest.write(greeting);
        if (index % 3 === 0) guest.destroy();
        else guest.once("connect", () => (index % 3 === 1 ? guest.resetAndDestroy() : guest.end()));
        return guest;
      });
      expect(await bystander.echo("during")).toBe("during");
      await Promise.all(guests.map((guest) => closed(guest)));
    }
    expect([bystander.lost.count, server.lost.count, server.failed.count]).toEqual([0, 0, 0]);
  });

  test("one that is dropped gets what was sent before, although it goes on pinging", async () => {
    const server = await stage.listen(zmtp);
    const guest = await connectAsClient(portIn(server.listener.address));
    guest.pause();
    // Many turns' worth: PINGs are still coming when everything is with the kernel and the end was said.
    const pings = Buffer.concat(Array.from({ length: 20_000 }, () => ping));
    const flood = Buffer.concat([frame(1), ...Array.from({ length: 20_000 }, () => frame(1)), pings]);
    guest.write(flood);
    const { routingId } = await server.received.next();
    const answer = Buffer.alloc(limits.frameBytesMax, 7);
    server.listener.send(routingId, answer);
    server.listener.drop(routingId);
    const chatter = setInterval(() => guest.write(frame(1)), 1);
    stage.defer(async () => clearInterval(chatter));
    for (let turn = 0; turn < 200; turn++) await nextTurn();
    let bytes = 0;
    guest.on("data", (piece) => {
      bytes += piece.byteLength;
    });
    guest.resume();
    await closed(guest);
    expect(bytes).toBeGreaterThanOrEqual(answer.byteLength);
  });
});
