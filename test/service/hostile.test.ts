import { mkdtempSync, rmSync } from "node:fs";
import { connect as tcpConnect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect } from "hawser/client";
import { decodeServerMessage, encodeClientMessage, type ServerMessage } from "hawser/protocol";
import { limits, type Server, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClientConnection } from "../../runtime/transport/transport.ts";
import { zmtp } from "../../runtime/transport/zmtp/index.ts";
import { Notebook } from "../transcript/notebook.ts";

/** Peers that send what they should not. Each may cost itself an answer or its connection, and nobody else anything. */
const directory = mkdtempSync(join(tmpdir(), "hawser-hostile-"));
const hello = encodeClientMessage({ type: "CreateSession", capabilities: { a: "1" }, nonce: 5n }, 1);
let server: Server;
let bystander: Client;
let submitted = 0;

beforeAll(async () => {
  server = await startServer({
    memberId: "node-1",
    address: "tcp://127.0.0.1:0",
    engine: lmdbEngine({ directory }),
    stateMachine: new Notebook(),
  });
  bystander = await connect({ members: { "node-1": server.address } });
});

afterAll(async () => {
  await bystander.close();
  await server.stop();
  rmSync(directory, { recursive: true });
});

const frames: Readonly<Record<string, Uint8Array>> = {
  "no bytes at all": new Uint8Array(0),
  "one byte": Uint8Array.of(0x7a),
  garbage: Uint8Array.from({ length: 200 }, (_, index) => (index * 97) & 0xff),
  "a wrong signature": patched(0, 0x7b),
  "version 0": patched(5, 0),
  "version 2": patched(5, 2),
  "version 255": patched(5, 255),
  "tag 0": patched(6, 0),
  "tag 9": patched(6, 9),
  "a truncated message": hello.subarray(0, hello.length - 1),
  "a negative payload length": Buffer.from("7a7261667401040000000000000001000000000000000180000000", "hex"),
  "a payload length beyond the frame": Buffer.from("7a726166740104000000000000000100000000000000017fffffff", "hex"),
  "invalid UTF-8": Buffer.from("7a7261667401010001000161000180000000000000000005", "hex"),
  "nonce 0": Buffer.from("7a72616674010200000000000000000000", "hex"),
};

test.each(Object.entries(frames))("%s", async (_name, frame) => {
  const peer = await rawPeer();
  peer.connection.send(frame);
  expect(await peer.next()).toMatchObject({ type: "SessionClosed", reason: "SessionError" });
  await bystanderIsWell();
  await peer.connection.close();
});

test("a good client turns bad in the middle of its session", async () => {
  const peer = await rawPeer();
  peer.connection.send(hello);
  expect(await peer.next()).toMatchObject({ type: "SessionCreated", nonce: 5n });
  peer.connection.send(Uint8Array.of(1, 2, 3));
  expect(await peer.next()).toMatchObject({ type: "SessionClosed", reason: "SessionError" });
  await bystanderIsWell();
  await peer.connection.close();
});

test("a payload over the limit costs its sender the connection", async () => {
  const peer = await rawPeer();
  peer.connection.send(hello);
  await peer.next();
  const payload = new Uint8Array(limits.payloadBytesMax + 1);
  peer.connection.send(
    encodeClientMessage({ type: "ClientRequest", requestId: 1, lowestPendingRequestId: 1, payload, createdAt: 0 }, 1),
  );
  expect(await peer.next()).toMatchObject({ type: "SessionClosed", reason: "SessionError" });
  await bystanderIsWell();
  await peer.connection.close();
});

test("a frame over the limit costs its sender the connection", async () => {
  const peer = await rawPeer();
  peer.connection.send(new Uint8Array(limits.frameBytesMax + 1));
  await peer.lost;
  await bystanderIsWell();
});

test("a thousand bad frames in a row", async () => {
  const peer = await rawPeer();
  for (let index = 0; index < 1_000; index++) peer.connection.send(Uint8Array.of(index & 0xff));
  await bystanderIsWell();
  await peer.connection.close();
});

test.each([
  "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
  "\u00ff",
  "",
])("%j from something that is not ZeroMQ", async (text) => {
  const { hostname, port } = new URL(server.address.replace("tcp:", "http:"));
  const socket = tcpConnect(Number(port), hostname);
  socket.on("error", () => {});
  await new Promise<void>((resolve) => socket.write(Buffer.from(text, "latin1"), () => resolve()));
  await bystanderIsWell();
  socket.destroy();
});

async function bystanderIsWell(): Promise<void> {
  submitted += 1;
  const result = await bystander.submit(Buffer.from("add x"), { timeoutMs: 5_000 });
  expect(Buffer.from(result).toString()).toBe(String(submitted));
}

interface RawPeer {
  readonly connection: ClientConnection;
  /** The next message from the server. */
  next(): Promise<ServerMessage>;
  /** Resolves when the connection is gone. */
  readonly lost: Promise<void>;
}

async function rawPeer(): Promise<RawPeer> {
  const received: ServerMessage[] = [];
  const waiting: ((message: ServerMessage) => void)[] = [];
  let lose = () => {};
  const lost = new Promise<void>((resolve) => {
    lose = resolve;
  });
  const connection = zmtp.connect(server.address, {
    received(frame) {
      const { message } = decodeServerMessage(frame);
      const reader = waiting.shift();
      if (reader === undefined) received.push(message);
      else reader(message);
    },
    lost: () => lose(),
  });
  return {
    connection,
    lost,
    next() {
      const message = received.shift();
      return message === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(message);
    },
  };
}

function patched(offset: number, value: number): Uint8Array {
  const frame = hello.slice();
  frame[offset] = value;
  return frame;
}
