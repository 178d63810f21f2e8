import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, type ClientStatus, type ConnectOptions, connect } from "hawser/client";
import { type ConsensusEngine, type Server, type ServerOptions, type ServerReport, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { afterEach, describe, expect, test } from "vitest";
import { Notebook } from "../transcript/notebook.ts";

interface Stack {
  readonly address: string;
  readonly engine: ConsensusEngine;
  readonly transport?: ServerOptions["transport"];
  /** Where it is not the server's. */
  readonly clientTransport?: ConnectOptions["transport"];
}

/** The whole path in one process: a client, a transport, a server, an engine and an application. */
const stacks: Readonly<Record<string, (directory: string) => Stack>> = {
  "zmtp and LMDB": (directory) => ({ address: "tcp://127.0.0.1:0", engine: lmdbEngine({ directory }) }),
  "zeromq and LMDB": (directory) => ({
    address: "tcp://127.0.0.1:0",
    engine: lmdbEngine({ directory }),
    transport: "zeromq",
  }),
  "zmtp with clients over zeromq": () => ({
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    transport: "zmtp",
    clientTransport: "zeromq",
  }),
  "zeromq with clients over zmtp": () => ({
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    transport: "zeromq",
    clientTransport: "zmtp",
  }),
  "in memory": () => ({
    address: "memory://server",
    engine: memoryEngine(),
    transport: createMemoryTransport(),
  }),
};

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe.each(Object.entries(stacks))("%s", (_name, stack) => {
  async function start(options: Partial<ServerOptions> = {}): Promise<{
    server: Server;
    open: (options?: Partial<ConnectOptions>) => Promise<Client>;
    reports: ServerReport[];
  }> {
    const directory = mkdtempSync(join(tmpdir(), "hawser-session-"));
    cleanups.push(() => rmSync(directory, { recursive: true }));
    const { clientTransport, ...parts } = stack(directory);
    const reports: ServerReport[] = [];
    const server = await startServer({
      memberId: "node-1",
      stateMachine: new Notebook(),
      onReport: (report) => reports.push(report),
      ...parts,
      ...options,
    });
    cleanups.push(() => server.stop());
    const open = async (clientOptions: Partial<ConnectOptions> = {}) => {
      const client = await connect({
        members: { "node-1": server.address },
        transport: clientTransport ?? parts.transport,
        ...clientOptions,
      });
      cleanups.push(() => client.close());
      return client;
    };
    return { server, open, reports };
  }

  test("commands are applied in order, and queries see them", async () => {
    const { open } = await start();
    const client = await open();
    const results = await Promise.all(["a", "b", "c"].map((text) => client.submit(Buffer.from(`add ${text}`))));
    expect(results.map((result) => Buffer.from(result).toString())).toEqual(["1", "2", "3"]);
    expect(Buffer.from(await client.query(Buffer.from("count"))).toString()).toBe("3");
  });

  test("payloads and results from nothing to the greatest length", async () => {
    const { open } = await start();
    const client = await open();
    await client.submit(Buffer.from(`add ${"x".repeat(1024 * 1024 - 4)}`));
    await expect(client.submit(new Uint8Array(1024 * 1024 + 1))).rejects.toMatchObject({
      code: "ERR_PAYLOAD_TOO_LARGE",
      outcome: "not-applied",
    });
  });

  test("server requests arrive in order and once", async () => {
    const { open, server } = await start();
    const client = await open();
    const count = 500; // More than may be in flight at a time.
    const commands = Array.from({ length: count }, (_, index) => `send ${client.sessionId} work ${index + 1}`);
    const answers = Promise.all(commands.map((command) => client.submit(Buffer.from(command))));
    const received: string[] = [];
    for await (const request of client.serverRequests) {
      expect(request.requestId).toBe(received.length + 1);
      received.push(Buffer.from(request.payload).toString());
      if (received.length === count) break;
    }
    await answers;
    expect(received).toEqual(Array.from({ length: count }, (_, index) => `work ${index + 1}`));
    expect(server.sessionCount).toBe(1);
  });

  test("a refused command or query fails with the reason, and nothing else does", async () => {
    const { open, server } = await start();
    const client = await open();
    const refused = client.submit(Buffer.from("nonsense"));
    const added = client.submit(Buffer.from("add after"));
    await expect(refused).rejects.toMatchObject({
      code: "ERR_INVALID_REQUEST",
      outcome: "not-applied",
      message: 'the command was refused: there is no command "nonsense"',
    });
    await expect(client.query(Buffer.from("nonsense"))).rejects.toMatchObject({
      code: "ERR_INVALID_REQUEST",
      message: 'the query was refused: there is no query "nonsense"',
    });
    expect(Buffer.from(await added).toString()).toBe("1");
    expect(server.sessionCount).toBe(1);
  });

  test("in version 1 a refused command costs its session, and nobody else anything", async () => {
    const { open, reports } = await start();
    const [offender, bystander] = await Promise.all([open({ protocolVersionMax: 1 }), open()]);
    await bystander.submit(Buffer.from("add before"));
    await expect(offender.submit(Buffer.from("nonsense"))).rejects.toMatchObject({ code: "ERR_SESSION_EXPIRED" });
    expect(Buffer.from(await bystander.submit(Buffer.from("add after"))).toString()).toBe("2");
    expect(reports.map(({ type }) => type)).toContain("stateMachineError");
  });

  test("closing ends the session in the cluster", async () => {
    const { open, server } = await start();
    const client = await open();
    const statuses: string[] = [];
    const reading = (async () => {
      for await (const { type } of client.status()) statuses.push(type);
    })();
    expect(server.sessionCount).toBe(1);
    await client.close();
    await reading;
    expect(server.sessionCount).toBe(0);
    expect(statuses).toEqual(["connected", "closed"]);
    await expect(client.submit(Buffer.from("add late"))).rejects.toMatchObject({
      code: "ERR_CLOSED",
      outcome: "not-applied",
    });
  });

  test("a session without signs of life expires", async () => {
    const { open, server, reports } = await start({ sessionTimeoutMs: 200 });
    const client = await open({ keepAliveIntervalMs: 10_000 });
    const expired = await statusOf(client, "sessionExpired");
    expect(expired).toMatchObject({ error: { code: "ERR_SESSION_EXPIRED" } });
    expect(server.sessionCount).toBe(0);
    expect(reports).toContainEqual({ type: "sessionEnded", sessionId: client.sessionId, reason: "Expired" });
  });

  test("keep-alives hold a session beyond its timeout", async () => {
    const { open, server } = await start({ sessionTimeoutMs: 1_000 });
    const client = await open({ keepAliveIntervalMs: 100 });
    const { sessionId } = client;
    await new Promise((resolve) => setTimeout(resolve, 2_500)); // What is shown is that time passes.
    expect(Buffer.from(await client.submit(Buffer.from("add late"))).toString()).toBe("1");
    expect(client.sessionId).toBe(sessionId);
    expect(server.sessionCount).toBe(1);
  });

  test("an aborted call says what became of it", async () => {
    const { open } = await start();
    const client = await open();
    await expect(client.submit(Buffer.from("add x"), { signal: AbortSignal.abort("why") })).rejects.toMatchObject({
      code: "ERR_ABORTED",
      outcome: "not-applied",
      cause: "why",
    });
    const controller = new AbortController();
    const call = client.submit(Buffer.from("add x"), { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: "ERR_ABORTED", outcome: "unknown" });
  });

  test("`await using` closes both sides", async () => {
    const { server, open } = await start();
    {
      await using used = server;
      await using client = await open();
      expect([used.sessionCount, client.sessionId]).toEqual([1, expect.any(String)]);
    }
    await server.stopped;
  });
});

async function statusOf<Type extends ClientStatus["type"]>(
  client: Client,
  type: Type,
): Promise<ClientStatus & { readonly type: Type }> {
  for await (const status of client.status()) {
    if (status.type === type) return status as ClientStatus & { readonly type: Type };
  }
  throw new Error(`the client ended without ${type}`);
}
