import { afterEach, expect, test } from "vitest";
import { flag } from "../../runtime/transport/zmtp/framing.ts";
import { createZmtpTransport, zmtp } from "../../runtime/transport/zmtp/index.ts";
import { Happenings } from "./ends.ts";
import { portIn, Stage } from "./interop.ts";
import { Tap } from "./tap.ts";
import { type OpenedFrame, toyMechanism } from "./toy-mechanism.ts";

/** That a mechanism with round trips and encryption of its own fits in, as CURVE is one. */
const stage = new Stage();
afterEach(() => stage.clear());

const frameBytesMax = 100_000;

/** A client and an echoing server, each with a key, and everything that went over the wire between them. */
async function pair(clientKey: string, serverKey: string, heartbeatIntervalMs = 30_000) {
  const toClient = new Happenings<OpenedFrame>();
  const toServer = new Happenings<OpenedFrame>();
  const options = { frameBytesMax, heartbeatIntervalMs };
  const serverMechanism = toyMechanism(serverKey, true, (frame) => toServer.add(frame));
  const clientMechanism = toyMechanism(clientKey, false, (frame) => toClient.add(frame));
  const serving = createZmtpTransport({ ...options, mechanism: serverMechanism });
  const server = await stage.listen(serving, { echoes: true });
  const tap = await Tap.before(portIn(server.listener.address));
  stage.defer(async () => tap.close());
  const client = stage.connect(createZmtpTransport({ ...options, mechanism: clientMechanism }), tap.address);
  return { server, client, tap, toClient, toServer };
}

test("messages travel sealed in order, those that were sent before the handshake was done included", async () => {
  const { client, tap } = await pair("key", "key");
  for (let index = 0; index < 200; index++) client.connection.send(Buffer.from(`secret ${index}`));
  for (let index = 0; index < 200; index++) {
    expect(Buffer.from(await client.received.next()).toString()).toBe(`secret ${index}`);
  }
  expect(await client.echo("secret later")).toBe("secret later");
  expect(tap.text).toContain("INITIATE");
  expect(tap.text).not.toMatch(/secret|Socket-Type/);
});

test("a message of the greatest length fits, and not one byte more", async () => {
  const { client } = await pair("key", "key");
  const frame = Uint8Array.from({ length: frameBytesMax }, (_, index) => (index * 31) & 0xff);
  client.connection.send(frame);
  expect(Buffer.compare(await client.received.next(), frame)).toBe(0);
  client.connection.send(new Uint8Array(frameBytesMax + 1));
  expect(await client.lost.next()).toContain(`at most ${frameBytesMax}`);
});

test("signs of life travel sealed", async () => {
  const { client, tap, toClient, toServer } = await pair("key", "key", 40);
  await client.echo("hello");
  const names = new Set<string>();
  for (const frames of [toClient, toServer]) {
    // Both sides ping, and both answer.
    for (let count = 0; count < 4; ) {
      const { flags, body } = await frames.next();
      if (flags !== flag.command) continue;
      names.add(Buffer.from(body.subarray(1, 5)).toString());
      count += 1;
    }
  }
  expect([...names].sort()).toEqual(["PING", "PONG"]);
  expect(tap.text).not.toMatch(/PING|PONG/);
  expect(client.lost.count).toBe(0);
});

test("a wrong key is refused, and the other side is told", async () => {
  const { client, server } = await pair("wrong", "right");
  client.connection.send(Buffer.from("secret"));
  expect(await client.lost.next()).toBe("the peer refused: the key is wrong");
  // It never was a client.
  expect([server.received.count, server.lost.count]).toEqual([0, 0]);
});

test.each([
  ["a plain message", Buffer.from("\0\x05plain")],
  ["a plain command", Buffer.from("\x04\x07\x04PING\0\0")],
  ["a long message that was sealed by somebody else", Buffer.concat([Buffer.from([0, 99]), Buffer.alloc(99)])],
])("%s in between costs the connection", async (_name, bytes) => {
  const { client, server, tap } = await pair("key", "key");
  await client.echo("hello");
  tap.forge(bytes);
  await Promise.all([client.lost.next(), server.lost.next()]);
});

test("a message that is sent twice costs the connection", async () => {
  const { client, server, tap } = await pair("key", "key");
  await client.echo("hello");
  const before = tap.heard.length;
  await client.echo("pay 5");
  const [paid] = tap.heard.slice(before);
  if (paid === undefined) throw new Error("the client sent something");
  tap.forge(paid);
  await Promise.all([client.lost.next(), server.lost.next()]);
});

test("peers with different mechanisms do not talk", async () => {
  const { server, client, tap } = await pair("key", "key");
  const plain = stage.connect(zmtp, server.listener.address);
  expect(await plain.lost.next()).toBe('the peer wants the security mechanism "TOY", this side has NULL');
  expect(await client.echo("well")).toBe("well");
  expect(tap.text).not.toContain("NULL");
});

test("two ends that both want to let the other in do not talk", async () => {
  const mechanism = toyMechanism("key", true, () => {});
  const server = await stage.listen(createZmtpTransport({ mechanism }));
  const client = stage.connect(createZmtpTransport({ mechanism }), server.listener.address);
  expect(await client.lost.next()).toMatch(
    /^both sides want to be the server of TOY$|closed the connection, before the handshake was done$/,
  );
});
