import { type Client, type ConnectOptions, connect } from "hawser/client";
import { generateKeyPair } from "hawser/keys";
import { type Server, type ServerOptions, type ServerReport, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";
import { describeWithLibzmq } from "../transport/real-libzmq.ts";
import { until } from "./until.ts";

/** Sessions over libzmq with keys: a refusal is an outage that says why, and it is over when the key is on the list. */
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const serverKeys = generateKeyPair();
const clientKeys = generateKeyPair();

describeWithLibzmq("a session over libzmq", () => {
  test("begins when the client's key is put on the list, and the operator hears of it before", async () => {
    const listed = new Set<string>();
    const { server, reports } = await start(listed);
    const connecting = open(server, { connectTimeoutMs: 20_000 });
    await until(() => refusals(reports) > 2);
    expect(reports).toContainEqual({
      type: "connectionRefused",
      client: { address: "127.0.0.1", publicKey: clientKeys.publicKey },
      reason: "the key of the client is not on the list of this server",
    });
    listed.add(clientKeys.publicKey);
    const client = await connecting;
    expect(await submit(client, "add one")).toBe("1");
  });

  test.each([
    ["zmtp", "the peer refused: 400"],
    ["zeromq", "is not among those that the server lets in"],
  ] as const)("that may not begin says why: over %s", async (transport, reason) => {
    const { server } = await start(new Set());
    const refused = open(server, { connectTimeoutMs: 1_000, transport });
    await expect(refused).rejects.toMatchObject({ code: "ERR_CONNECT_TIMEOUT" });
    await expect(refused).rejects.toThrow(reason);
  });

  test("goes on over a new connection, as soon as its key is on the list again", async () => {
    const listed = new Set([clientKeys.publicKey]);
    const { server, reports } = await start(listed);
    const client = await open(server);
    expect(await submit(client, "add one")).toBe("1");
    listed.clear();
    await client.disconnect();
    const connecting = client.connect();
    await until(() => refusals(reports) > 0);
    listed.add(clientKeys.publicKey);
    await connecting;
    expect(await submit(client, "add two")).toBe("2");
  });

  async function start(
    listed: ReadonlySet<string>,
    options: Partial<ServerOptions> = {},
  ): Promise<{ server: Server; reports: readonly ServerReport[] }> {
    const reports: ServerReport[] = [];
    const server = await startServer({
      memberId: "a",
      address: "tcp://127.0.0.1:0",
      engine: memoryEngine(),
      stateMachine: new Notebook(),
      transport: "zeromq",
      curve: { keys: serverKeys, clientKeys: listed },
      onReport: (report) => reports.push(report),
      ...options,
    });
    cleanups.push(() => server.stop());
    return { server, reports };
  }

  async function open(server: Server, options: Partial<ConnectOptions> = {}): Promise<Client> {
    const client = await connect({
      members: { a: server.address },
      transport: "zeromq",
      curve: { keys: clientKeys, serverKey: serverKeys.publicKey },
      ...options,
    });
    cleanups.push(() => client.close());
    return client;
  }
});

async function submit(client: Client, text: string): Promise<string> {
  return Buffer.from(await client.submit(Buffer.from(text))).toString();
}

function refusals(reports: readonly ServerReport[]): number {
  return reports.filter(({ type }) => type === "connectionRefused").length;
}
