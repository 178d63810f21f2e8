import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, type ClientStatus, type ConnectOptions, connect } from "hawser/client";
import { decodeServerMessage, encodeClientMessage, type ProtocolVersion } from "hawser/protocol";
import { type Server, type ServerOptions, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { zmtp } from "hawser/transport/zmtp";
import { afterEach, describe, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";
import { ClientEnd } from "../transport/ends.ts";
import { ProtocolRelay } from "./protocol-relay.ts";

/**
 * Old and new programs together, over real sockets: every connection begins in version 1, goes on in the highest version
 * that both sides speak, and never shows a peer a version that it does not know. A deployed server stops reading for good
 * on one such frame.
 */
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const pairings: readonly { readonly client: ProtocolVersion; readonly server: ProtocolVersion }[] = [
  { client: 1, server: 1 },
  { client: 1, server: 2 },
  { client: 2, server: 1 },
  { client: 2, server: 2 },
];

describe.each(pairings)("a client of version $client and a server of version $server", ({ client, server }) => {
  const agreed = Math.min(client, server);

  async function start(): Promise<{ relay: ProtocolRelay; connected: Client; address: string }> {
    const directory = dataDirectory();
    const { address } = await serve(directory, { protocolVersionMax: server });
    const relay = await relayTo(address);
    const connected = await open(relay.address, { protocolVersionMax: client });
    return { relay, connected, address };
  }

  function expectVersions(relay: ProtocolRelay): void {
    for (const { from, type, version } of relay.frames) {
      expect({ from, type, version }).toEqual({ from, type, version: isOpening(type) ? 1 : agreed });
    }
  }

  test("do everything together", async () => {
    const { relay, connected } = await start();
    const results = await Promise.all(["a", "b", "c"].map((text) => submit(connected, `add ${text}`)));
    expect(results).toEqual(["1", "2", "3"]);
    expect(await query(connected, "count")).toBe("3");
    await submit(connected, `send ${connected.sessionId} work`);
    expect(await nextServerRequest(connected)).toBe("work");
    expect(connected.commitIndex > 0).toBe(agreed === 2);
    await connected.close();
    expectVersions(relay);
    expect(new Set(relay.frames.map(({ from }) => from)).size).toBe(2);
  });

  test("refuse a command, each in its own words", async () => {
    const { relay, connected } = await start();
    const refused = submit(connected, "nonsense");
    if (agreed === 1) {
      await expect(refused).rejects.toMatchObject({ code: "ERR_SESSION_EXPIRED", outcome: "unknown" });
    } else {
      await expect(refused).rejects.toMatchObject({
        code: "ERR_INVALID_REQUEST",
        outcome: "not-applied",
        message: 'the command was refused: there is no command "nonsense"',
      });
      expect(await submit(connected, "add after")).toBe("1");
    }
    expectVersions(relay);
  });

  test("go on after lost connections", async () => {
    const { relay, connected } = await start();
    const { sessionId } = connected;
    for (let count = 1; count <= 5; count++) {
      const results = Promise.all([submit(connected, "add x"), submit(connected, "add y")]);
      relay.drop();
      await results;
    }
    expect(await query(connected, "count")).toBe("10");
    expect(connected.sessionId).toBe(sessionId);
    const continued = relay.frames.filter(({ type }) => type === "SessionContinued");
    expect(continued.length).toBeGreaterThan(0);
    expectVersions(relay);
  });

  test("go on after another connection took the session over", async () => {
    const { relay, connected, address } = await start();
    const taker = new ClientEnd(zmtp, address);
    cleanups.push(() => taker.connection.close());
    taker.connection.send(
      encodeClientMessage({ type: "ContinueSession", sessionId: connected.sessionId, nonce: 5n }, 1),
    );
    const answer = decodeServerMessage(await taker.received.next());
    expect(answer).toMatchObject({ version: agreed, message: { type: "SessionContinued", nonce: 5n } });
    await expectStatus(connected, "disconnected");
    expect(await submit(connected, "add back")).toBe("1");
    expectVersions(relay);
  });
});

describe("a server that is replaced at its address", () => {
  test("by an older one, and by a newer one again", async () => {
    const directory = dataDirectory();
    const first = await serve(directory, { protocolVersionMax: 2 });
    const relay = await relayTo(first.address);
    const client = await open(relay.address);
    const { sessionId } = client;
    const versions: ProtocolVersion[] = [];
    const reading = (async () => {
      for await (const status of client.status()) {
        if (status.type === "connected") versions.push(status.protocolVersion);
      }
    })();
    let before = first;
    let count = 0;
    for (const protocolVersionMax of [1, 2, 1, 2] as const) {
      expect(await submit(client, "add before")).toBe(String(++count));
      const waiting = submit(client, "add meanwhile");
      await before.stop();
      before = await serve(directory, { protocolVersionMax });
      relay.lead(before.address);
      relay.drop();
      count += 1;
      expect(await waiting).toBe(String(count));
      expect(await query(client, "count")).toBe(String(count));
    }
    expect(client.sessionId).toBe(sessionId);
    await client.close();
    await reading;
    expect(versions.filter((version, at) => version !== versions[at - 1])).toEqual([2, 1, 2, 1, 2]);
    for (const connection of new Set(relay.frames.map((frame) => frame.connection))) {
      const spoken = relay.frames.filter((frame) => frame.connection === connection && !isOpening(frame.type));
      expect(new Set(spoken.map(({ version }) => version)).size).toBeLessThanOrEqual(1);
    }
  });

  test("a refusal that was not told yet ends the session when only version 1 is left to tell it in", async () => {
    const directory = dataDirectory();
    const first = await serve(directory, { protocolVersionMax: 2 });
    const relay = await relayTo(first.address);
    const client = await open(relay.address);
    const { sessionId } = client;
    const end = new ClientEnd(zmtp, first.address);
    cleanups.push(() => end.connection.close());
    end.connection.send(encodeClientMessage({ type: "ContinueSession", sessionId, nonce: 5n }, 1));
    await end.received.next();
    const payload = Buffer.from("nonsense");
    const request = { type: "ClientRequest", requestId: 1, lowestPendingRequestId: 1, payload, createdAt: 5 } as const;
    end.connection.send(encodeClientMessage(request, 2));
    expect(decodeServerMessage(await end.received.next())).toMatchObject({
      version: 2,
      message: { type: "RequestError", reason: { type: "InvalidRequest" } },
    });
    await first.stop();
    const second = await serve(directory, { protocolVersionMax: 1 });
    relay.lead(second.address);
    relay.drop();
    await expect(submit(client, "nonsense")).rejects.toMatchObject({ code: "ERR_SESSION_EXPIRED" });
  });
});

test("a client that was told of one member learns the others, and of changes", async () => {
  const directory = dataDirectory();
  const members = { "node-1": "tcp://127.0.0.1:1", "node-2": "tcp://127.0.0.1:2" };
  const server = await serve(directory, { members });
  const client = await open(server.address);
  const first = await expectStatus(client, "members");
  expect(first.members).toEqual([
    { memberId: "configured", address: server.address },
    { memberId: "node-1", address: "tcp://127.0.0.1:1" },
    { memberId: "node-2", address: "tcp://127.0.0.1:2" },
  ]);
  const statuses = client.status()[Symbol.asyncIterator]();
  expect((await statuses.next()).value).toMatchObject({ type: "connected" });
  expect((await statuses.next()).value).toEqual(first);
  server.setMembers({ "node-3": "tcp://127.0.0.1:3" });
  expect(await statuses.next()).toMatchObject({
    value: { type: "members", members: [{ memberId: "configured" }, { memberId: "node-3" }] },
  });
  expect(() => server.setMembers({ "node-4": "nowhere" })).toThrow("tcp://127.0.0.1:7000");
});

test("a session timeout that is asked for is granted within bounds, and outlives the server", async () => {
  const directory = dataDirectory();
  const bounds = { sessionTimeoutMinMs: 500, sessionTimeoutMaxMs: 5_000 };
  const first = await serve(directory, bounds);
  const relay = await relayTo(first.address);
  const [usual, short, long] = await Promise.all([
    open(relay.address),
    open(relay.address, { sessionTimeoutMs: 10 }),
    open(relay.address, { sessionTimeoutMs: 2_000 }),
  ]);
  const granted = async () =>
    Promise.all([usual, short, long].map(async (client) => (await expectStatus(client, "connected")).sessionTimeoutMs));
  expect(await granted()).toEqual([90_000, 500, 2_000]);
  await first.stop();
  const second = await serve(directory, { ...bounds, sessionTimeoutMs: 60_000 });
  relay.lead(second.address);
  relay.drop();
  await Promise.all([usual, short, long].map((client) => submit(client, "add x")));
  expect(await granted()).toEqual([60_000, 500, 2_000]);
});

function isOpening(type: string): boolean {
  return type === "CreateSession" || type === "ContinueSession";
}

function dataDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "hawser-versions-"));
  cleanups.push(() => rmSync(directory, { recursive: true }));
  return directory;
}

async function serve(directory: string, options: Partial<ServerOptions> = {}): Promise<Server> {
  const server = await startServer({
    memberId: "node-1",
    address: "tcp://127.0.0.1:0",
    engine: lmdbEngine({ directory }),
    stateMachine: new Notebook(),
    ...options,
  });
  cleanups.push(() => server.stop());
  return server;
}

async function relayTo(address: string): Promise<ProtocolRelay> {
  const relay = await ProtocolRelay.start(address);
  cleanups.push(() => relay.close());
  return relay;
}

async function open(address: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const client = await connect({ members: { configured: address }, ...options });
  cleanups.push(() => client.close());
  return client;
}

async function submit(client: Client, text: string): Promise<string> {
  return Buffer.from(await client.submit(Buffer.from(text))).toString();
}

async function query(client: Client, text: string): Promise<string> {
  return Buffer.from(await client.query(Buffer.from(text))).toString();
}

async function nextServerRequest(client: Client): Promise<string> {
  for await (const { payload } of client.serverRequests) return Buffer.from(payload).toString();
  throw new Error("the client ended without a server request");
}

/** The next status of a type, or the present one. */
async function expectStatus<Type extends ClientStatus["type"]>(
  client: Client,
  type: Type,
): Promise<ClientStatus & { readonly type: Type }> {
  for await (const status of client.status()) {
    if (status.type === type) return status as ClientStatus & { readonly type: Type };
  }
  throw new Error(`the client ended without ${type}`);
}
