import { type Client, connect, limits } from "hawser/client";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { afterEach, expect, test } from "vitest";
import { decodeClientMessage } from "../../generated/protocol/codec.ts";
import { Notebook } from "../transcript/notebook.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A client whose frames are written down, as the payloads or types of the messages in them. */
async function start(frames: string[][]): Promise<Client> {
  const transport = createMemoryTransport();
  const address = "memory://a";
  const server = await startServer({
    memberId: "a",
    address,
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    transport,
  });
  cleanups.push(() => server.stop());
  const watched: typeof transport = {
    ...transport,
    connect(to, handlers) {
      const connection = transport.connect(to, handlers);
      return {
        close: () => connection.close(),
        send: (frame) => {
          frames.push(contentOf(frame));
          connection.send(frame);
        },
      };
    },
  };
  const client = await connect({ members: { a: address }, transport: watched });
  cleanups.push(() => client.close());
  frames.length = 0;
  return client;
}

test("what is called in one go leaves in one frame, in its order", async () => {
  const frames: string[][] = [];
  const client = await start(frames);
  const first = [client.submit(Buffer.from("add one")), client.query(Buffer.from("count"))];
  await Promise.resolve();
  await Promise.all([...first, client.submit(Buffer.from("add two"))]);
  expect(frames).toEqual([["add one", "count"], ["add two"]]);
});

test("whatever else happens comes after the calls that were made before it", async () => {
  const frames: string[][] = [];
  const client = await start(frames);
  const giveUp = new AbortController();
  const calls = [
    client.submit(Buffer.from("add one"), { signal: giveUp.signal }),
    client.submit(Buffer.from("add two")),
  ];
  giveUp.abort();
  const closed = client.close();
  const settled = await Promise.allSettled(calls);
  await closed;
  expect(settled).toMatchObject([
    { status: "rejected", reason: { code: "ERR_ABORTED", outcome: "unknown" } },
    { status: "rejected", reason: { code: "ERR_CLOSED", outcome: "unknown" } },
  ]);
  expect(frames).toEqual([["add one", "add two"], ["CloseSession"]]);
});

test("more than a frame takes do not wait for the rest", async () => {
  const frames: string[][] = [];
  const client = await start(frames);
  const calls = Array.from({ length: limits.frameMessagesMax + 1 }, () => client.submit(Buffer.from("add x")));
  expect(frames.map(({ length }) => length)).toEqual([limits.frameMessagesMax]);
  await Promise.all(calls);
  expect(frames.map(({ length }) => length)).toEqual([limits.frameMessagesMax, 1]);
});

function contentOf(frame: Uint8Array): string[] {
  const { message } = decodeClientMessage(frame);
  const messages = message.type === "Batch" ? message.items : [message];
  return messages.map((each) => ("payload" in each ? Buffer.from(each.payload).toString() : each.type));
}
