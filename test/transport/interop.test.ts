import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { decodeClientMessage, decodeServerMessage } from "../../generated/protocol/codec.ts";
import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";
import { createTransport, mechanisms, pairs, Stage } from "./interop.ts";

/** Two implementations of one protocol carry the same frames, whoever is the client and whoever the server. */
const stage = new Stage();
afterEach(() => stage.clear());

interface Vector {
  readonly family: "client" | "server";
  readonly hex: string;
}

const vectors: readonly Vector[] = ["protocol-1.json", "protocol-2.json"].flatMap((name) =>
  JSON.parse(readFileSync(new URL(`../conformance/vectors/${name}`, import.meta.url), "utf8")),
);
const clientFrames = framesOf("client");
const serverFrames = framesOf("server");
const clientMessages: readonly ClientMessage[] = clientFrames.map((frame) => decodeClientMessage(frame).message);
const serverMessages: readonly ServerMessage[] = serverFrames.map((frame) => decodeServerMessage(frame).message);

const KiB = 1024;
const MiB = 1024 * KiB;
const lengths = [0, 1, 255, 256, 65_535, 65_536, 1 * MiB, 16 * MiB];
const roomy = { frameBytesMax: 16 * MiB + 64 * KiB, queueBytesMax: 64 * MiB };

test("the messages below are of every type", () => {
  expect(new Set(clientMessages.map(({ type }) => type)).size).toBe(9);
  expect(new Set(serverMessages.map(({ type }) => type)).size).toBe(12);
});

const subjects = mechanisms.flatMap(([mechanism, options]) =>
  pairs.map(([clientName, serverName]) => ({ clientName, serverName, mechanism, options })),
);

describe.each(subjects)("a $clientName client and a $serverName server with $mechanism", (subject) => {
  const { clientName, serverName, options } = subject;

  test("every message of a client arrives at the server, and comes back, as it was", async () => {
    const server = await stage.listen(createTransport(serverName, options.server));
    const client = stage.connect(createTransport(clientName, options.client), server.listener.address);
    for (const frame of clientFrames) client.connection.send(frame);
    const arrived: Uint8Array[] = [];
    for (const _ of clientFrames) {
      const { routingId, frame } = await server.received.next();
      arrived.push(frame);
      server.listener.send(routingId, frame);
    }
    const back: Uint8Array[] = [];
    for (const _ of clientFrames) back.push(await client.received.next());
    expect(arrived.map(hexOf)).toEqual(clientFrames.map(hexOf));
    expect(back.map(hexOf)).toEqual(clientFrames.map(hexOf));
    expect(arrived.map((frame) => decodeClientMessage(frame).message)).toEqual(clientMessages);
  });

  test("every message of a server arrives at the client, and comes back, as it was", async () => {
    const server = await stage.listen(createTransport(serverName, options.server));
    const client = stage.connect(createTransport(clientName, options.client), server.listener.address);
    client.connection.send(Buffer.from("hello"));
    const { routingId } = await server.received.next();
    for (const frame of serverFrames) server.listener.send(routingId, frame);
    const arrived: Uint8Array[] = [];
    for (const _ of serverFrames) {
      const frame = await client.received.next();
      arrived.push(frame);
      client.connection.send(frame);
    }
    const back: Uint8Array[] = [];
    for (const _ of serverFrames) back.push((await server.received.next()).frame);
    expect(arrived.map(hexOf)).toEqual(serverFrames.map(hexOf));
    expect(back.map(hexOf)).toEqual(serverFrames.map(hexOf));
    expect(arrived.map((frame) => decodeServerMessage(frame).message)).toEqual(serverMessages);
  });

  test("frames from nothing to 16 MiB arrive in order, several at a time", async () => {
    const server = await stage.listen(createTransport(serverName, { ...roomy, ...options.server }), { echoes: true });
    const client = stage.connect(createTransport(clientName, { ...roomy, ...options.client }), server.listener.address);
    const frames = [...lengths, ...lengths.toReversed()].map(patterned);
    for (const frame of frames) client.connection.send(frame);
    for (const frame of frames) {
      const back = await client.received.next();
      expect(back.byteLength).toBe(frame.byteLength);
      expect(Buffer.compare(back, frame), `${frame.byteLength} bytes`).toBe(0);
    }
    expect([client.lost.count, server.lost.count]).toEqual([0, 0]);
  });
});

function framesOf(family: Vector["family"]): readonly Uint8Array[] {
  return vectors.filter((vector) => vector.family === family).map(({ hex }) => Buffer.from(hex, "hex"));
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Bytes of which none can be missing, doubled or in another's place without being noticed. */
function patterned(length: number, index: number): Uint8Array {
  const frame = Buffer.allocUnsafe(length);
  for (let at = 0; at < length; at++) frame[at] = (at * 31 + (at >>> 8) * 7 + (at >>> 16) * 13 + index) & 0xff;
  return frame;
}
