import { type Client, type ConnectOptions, connect } from "hawser/client";
import { generateKeyPair } from "hawser/keys";
import { type Server, type ServerOptions, type ServerReport, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createZmtpTransport, zmtp } from "hawser/transport/zmtp";
import { afterEach, describe, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";
import { Happenings } from "../transport/ends.ts";

/** CURVE as an option of servers and clients. */
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const serverKeys = generateKeyPair();
const alice = generateKeyPair();
const mallory = generateKeyPair();
const serverCurve = { keys: serverKeys, clientKeys: [alice.publicKey] };
const clientCurve = { keys: alice, serverKey: serverKeys.publicKey };

async function serve(options: Partial<ServerOptions> = {}): Promise<Server> {
  const server = await startServer({
    memberId: "a",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    curve: serverCurve,
    ...options,
  });
  cleanups.push(() => server.stop());
  return server;
}

async function open(address: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const client = await connect({ members: { a: address }, curve: clientCurve, ...options });
  cleanups.push(() => client.close());
  return client;
}

async function submit(client: Client, text: string): Promise<string> {
  return Buffer.from(await client.submit(Buffer.from(text))).toString();
}

const invalid = (message: string) =>
  expect.objectContaining({ code: "ERR_INVALID_ARGUMENT", message: expect.stringContaining(message) });

describe("with keys on both sides", () => {
  test("commands are applied", async () => {
    const { address } = await serve();
    expect(await submit(await open(address), "add a")).toBe("1");
  });

  test("a server that listens anywhere needs no permission to be insecure", async () => {
    const reports: ServerReport[] = [];
    const { address } = await serve({ address: "tcp://0.0.0.0:0", onReport: (report) => reports.push(report) });
    await open(address.replace("0.0.0.0", "127.0.0.1"));
    expect(reports.filter(({ type }) => type === "insecure")).toEqual([]);
  });

  test("the session goes on over a new connection", async () => {
    const { address } = await serve();
    const client = await open(address);
    await submit(client, "add a");
    client.disconnect();
    await client.connect();
    expect(await submit(client, "add b")).toBe("2");
  });

  test("a hook that decides sees who has proven which key", async () => {
    const seen: (string | undefined)[] = [];
    const { address } = await serve({
      curve: { keys: serverKeys },
      authorize: ({ publicKey }) => {
        seen.push(publicKey);
        return publicKey === alice.publicKey;
      },
    });
    expect(await submit(await open(address), "add a")).toBe("1");
    const stranger = open(address, { curve: { ...clientCurve, keys: mallory } });
    await expect(stranger).rejects.toMatchObject({ code: "ERR_UNAUTHORIZED" });
    expect(seen).toEqual([alice.publicKey, mallory.publicKey]);
  });
});

describe("a client that is refused", () => {
  test.each([
    [
      "for its key",
      { curve: { ...clientCurve, keys: mallory } },
      "the peer refused: the key of the client is not on the list of this server",
    ],
    [
      "because it expects another server",
      { curve: { ...clientCurve, serverKey: mallory.publicKey } },
      "the peer refused: this server has another key than the client expects",
    ],
    [
      "because it has no keys",
      { curve: undefined },
      'the peer wants the security mechanism "CURVE", this side has NULL',
    ],
  ])("%s is told why, tries again with pauses, and the server reports it", async (_what, options, reason) => {
    const reports = new Happenings<ServerReport>();
    const { address } = await serve({
      onReport: (report) => {
        if (report.type === "connectionRefused") reports.add(report);
      },
    });
    const attempt = connect({ members: { a: address }, connectTimeoutMs: 700, ...options });
    await expect(attempt).rejects.toMatchObject({
      code: "ERR_CONNECT_TIMEOUT",
      message: expect.stringContaining(reason),
    });
    expect(await reports.next()).toMatchObject({ type: "connectionRefused", client: { address: "127.0.0.1" } });
    // At least 75 ms, then 150 and 300: in 700 ms there is no time for many.
    expect(reports.count).toBeGreaterThanOrEqual(2);
    expect(reports.count).toBeLessThanOrEqual(5);
  });
});

describe("options that do not fit together are refused before anything is started:", () => {
  const wrongServers: readonly [string, Partial<ServerOptions>, string][] = [
    ["nobody to let in", { curve: { keys: serverKeys } }, "curve.clientKeys is missing"],
    [
      "a hook that would not see keys",
      { curve: { keys: serverKeys }, transport: "zeromq", authorize: () => true },
      "curve.clientKeys is missing",
    ],
    ["a transport that is made already", { transport: zmtp }, "give it to createZmtpTransport"],
  ];
  test.each(wrongServers)("a server with %s", async (_what, options, message) => {
    await expect(serve(options)).rejects.toThrow(invalid(message));
  });

  const wrongClients: readonly [string, Partial<ConnectOptions>, string][] = [
    ["no key of a server", { curve: { keys: alice } }, "curve.serverKey is missing"],
    ["no key of this server", { curve: { keys: alice, serverKey: {} } }, "curve.serverKey has no key for the server"],
    [
      "a transport without it",
      { curve: undefined, transport: createZmtpTransport({ curve: { keys: alice } }) },
      "curve.serverKey is missing",
    ],
    ["a transport that is made already", { transport: zmtp }, "give it to createZmtpTransport"],
  ];
  test.each(wrongClients)("a client with %s", async (_what, options, message) => {
    await expect(open("tcp://127.0.0.1:7000", options)).rejects.toThrow(invalid(message));
  });
});
