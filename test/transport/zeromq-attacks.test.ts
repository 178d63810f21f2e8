import { type Socket, connect as tcpConnect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import type { Transport } from "../../runtime/transport/transport.ts";
import { createZeromqTransport, zeromq } from "../../runtime/transport/zeromq/index.ts";
import type { ClientEnd, ServerEnd } from "./ends.ts";
import { portIn, Stage } from "./interop.ts";
import { describeWithLibzmq } from "./real-libzmq.ts";
import { connectAsClient, greeting } from "./zmtp.ts";

/** What has no business at a port of libzmq is shown out, and nothing of it is delivered: with keys and without. */
const stage = new Stage();
afterEach(() => stage.clear());

/** What libzmq takes for a handshake, and a busy machine besides. */
const shownOutWithinMs = limits.handshakeTimeoutMs + 3_000;
const atOnceMs = 1_500;

const serverKeys = generateKeyPair();
const clientKeys = generateKeyPair();
const curveGreeting = Buffer.from(greeting).fill(0, 12, 32);
curveGreeting.write("CURVE", 12);

const subjects: readonly Subject[] = [
  { mechanism: "NULL", server: zeromq, client: zeromq, own: greeting, other: curveGreeting },
  {
    mechanism: "CURVE",
    server: createZeromqTransport({ curve: { keys: serverKeys, clientKeys: [clientKeys.publicKey] } }),
    client: createZeromqTransport({ curve: { keys: clientKeys, serverKey: serverKeys.publicKey } }),
    own: curveGreeting,
    other: greeting,
  },
];

describeWithLibzmq("guests at a port of libzmq", () => {
  describe.each(subjects)("with $mechanism", (subject) => {
    test.each(Object.entries(strangers(subject)))("closed at once: %s", async (_name, bytes) => {
      const { server, bystander, port } = await listen(subject);
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: 10 }, () => closed(guestAt(port, bytes))));
      expect(performance.now() - startedAt).toBeLessThan(atOnceMs);
      await unimpressed(server, bystander);
    });
  });

  test("closed when the handshake should be done: who waits", { timeout: 2 * shownOutWithinMs }, async () => {
    const visits = subjects.map(async (subject) => {
      const { server, bystander, port } = await listen(subject);
      const startedAt = performance.now();
      await Promise.all(waiting(subject).map((bytes) => closed(guestAt(port, bytes))));
      const tookMs = performance.now() - startedAt;
      expect(tookMs).toBeGreaterThan(limits.handshakeTimeoutMs / 2);
      expect(tookMs).toBeLessThan(shownOutWithinMs);
      await unimpressed(server, bystander);
    });
    await Promise.all(visits);
  });

  test("a client that announces 8 GiB is closed, and they cost no memory", async () => {
    const server = await stage.listen(zeromq, { echoes: true });
    const bystander = stage.connect(zeromq, server.listener.address);
    expect(await bystander.echo("before")).toBe("before");
    const residentBefore = process.memoryUsage.rss();
    for (let round = 0; round < 10; round++) {
      const guest = await connectAsClient(portIn(server.listener.address));
      stage.defer(async () => guest.destroy());
      guest.write(Buffer.concat([eightGiB, Buffer.alloc(64 * 1024)]));
      await closed(guest.resume());
    }
    expect(process.memoryUsage.rss() - residentBefore).toBeLessThan(64 * 1024 * 1024);
    await unimpressed(server, bystander, { lost: 10 });
  });
});

interface Subject {
  readonly mechanism: string;
  readonly server: Transport;
  readonly client: Transport;
  readonly own: Buffer;
  readonly other: Buffer;
}

function strangers({ own, other }: Subject): Readonly<Record<string, Buffer>> {
  return {
    "random bytes": random,
    "an HTTP request": Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"),
    "a TLS hello": Buffer.concat([Buffer.from("16030100c8010000c40303", "hex"), Buffer.alloc(193, 0x33)]),
    "the right first byte, then rubbish": Buffer.concat([Buffer.from([0xff]), random]),
    "a message of ZMTP 1": Buffer.from("\x01\x00\x06\x00hello", "latin1"),
    "a message of ZMTP 2": Buffer.concat([own.subarray(0, 10), Buffer.from("\x01\x05\x00\x00\x00\x05hello", "latin1")]),
    "a greeting and then rubbish": Buffer.concat([own, Buffer.alloc(5_000, 0xa5)]),
    "the greeting of another mechanism": other,
    "8 GiB announced in the handshake": Buffer.concat([own, eightGiB]),
    "a message before the handshake is done": Buffer.concat([own, Buffer.from("\x00\x05hello", "latin1")]),
    "a HELLO that is sealed for nobody": Buffer.concat([own, hello]),
  };
}

function waiting({ own }: Subject): readonly Buffer[] {
  const halfACommand = Buffer.concat([own, Buffer.from("\x04\x1c\x05READ", "latin1")]);
  return [Buffer.alloc(0), own.subarray(0, 1), own.subarray(0, 32), own, halfACommand];
}

/** A server, and a client of it that has nothing to do with the others. */
async function listen({ server: transport, client }: Subject): Promise<Listening> {
  const server = await stage.listen(transport, { echoes: true });
  const bystander = stage.connect(client, server.listener.address);
  expect(await bystander.echo("before")).toBe("before");
  return { server, bystander, port: portIn(server.listener.address) };
}

interface Listening {
  readonly server: ServerEnd;
  readonly bystander: ClientEnd;
  readonly port: number;
}

/** Nobody else was let in or heard. */
async function unimpressed(server: ServerEnd, bystander: ClientEnd, { lost } = { lost: 0 }): Promise<void> {
  expect(await bystander.echo("after")).toBe("after");
  expect([server.connected.count, server.lost.count, bystander.lost.count, server.failed.count]).toEqual([
    1,
    lost,
    0,
    0,
  ]);
}

/** A guest that says this, and then reads what it gets. */
function guestAt(port: number, bytes: Buffer): Socket {
  const guest = tcpConnect(port, "127.0.0.1");
  stage.defer(async () => guest.destroy());
  // The server may hang up on it in any way.
  guest.on("error", () => {});
  guest.write(bytes);
  return guest.resume();
}

function closed(guest: Socket): Promise<unknown> {
  return guest.destroyed ? Promise.resolve() : new Promise((resolve) => guest.once("close", resolve));
}

const random = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + 13) & 0xff));
/** The header of a frame. */
const eightGiB = Buffer.from([2, 0, 0, 0, 2, 0, 0, 0, 0]);
/** As long as a HELLO of CURVE is. */
const hello = Buffer.concat([Buffer.from("\x04\xc8\x05HELLO\x01\x00", "latin1"), Buffer.alloc(192, 0x5a)]);
