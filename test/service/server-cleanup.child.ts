/**
 * Starts and stops servers and clients in every way there is, over the transport that is named, and says after each what is left of them: descriptors,
 * timers, sockets. It must then end by itself.
 */
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Client, connect } from "hawser/client";
import { type Server, type ServerOptions, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { Notebook } from "../transcript/notebook.ts";

const transport = process.argv[2] === "zeromq" ? "zeromq" : "zmtp";
const directory = mkdtempSync(join(tmpdir(), "hawser-cleanup-"));
let servers = 0;

function start(options: Partial<ServerOptions> = {}): Promise<Server> {
  servers += 1;
  return startServer({
    memberId: "node-1",
    address: "tcp://127.0.0.1:0",
    engine: lmdbEngine({ directory: join(directory, String(servers)) }),
    stateMachine: new Notebook(),
    transport,
    ...options,
  });
}

function open(server: Server, capabilities: Record<string, number> = { a: 1 }): Promise<Client> {
  return connect({ members: { "node-1": server.address }, capabilities, transport });
}

const cases: Readonly<Record<string, () => Promise<void>>> = {
  async "a server that nobody used"() {
    await (await start()).stop();
  },
  async "a server after its clients"() {
    const server = await start();
    const clients = await Promise.all([open(server), open(server), open(server)]);
    await Promise.all(clients.map((client) => client.submit(Buffer.from("add x"))));
    await Promise.all(clients.map((client) => client.close()));
    await server.stop();
  },
  async "a server before its clients, with unacknowledged work and requests on their way"() {
    const server = await start();
    const [busy, worker] = await Promise.all([open(server), open(server, { resize: 1 })]);
    await busy.submit(Buffer.from("work resize x"));
    const unanswered = Array.from({ length: 100 }, () => busy.submit(Buffer.from("add x")).catch(() => {}));
    const asked = Array.from({ length: 100 }, () => busy.query(Buffer.from("count")).catch(() => {}));
    await server.stop();
    await Promise.all([busy.close(), worker.close(), ...unanswered, ...asked]);
  },
  async "a server that took a snapshot"() {
    const server = await start({ snapshotEntries: 5 });
    const client = await open(server);
    for (let count = 0; count < 20; count++) await client.submit(Buffer.from("add x"));
    await client.close();
    await server.stop();
  },
  async "a server that could not start: its address, and its directory"() {
    const first = await start();
    const second = { address: first.address };
    await start(second).then(fail, () => {});
    const engine = lmdbEngine({ directory: join(directory, String(servers - 1)) });
    await start({ engine }).then(fail, () => {});
    await first.stop();
  },
  async "a client that found nobody"() {
    const server = await start();
    const { address } = server;
    await server.stop();
    await connect({ members: { a: address }, connectTimeoutMs: 300, transport }).then(fail, () => {});
  },
};

function fail(): never {
  throw new Error("it was not refused");
}

/** What a process has open, by kind; where there is no /proc, without descriptors. */
function resources(): readonly string[] {
  const names = existsSync("/proc/self/fd") ? readdirSync("/proc/self/fd") : [];
  const descriptors = names.flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`).replace(/\d+/g, "N")];
    } catch {
      return []; // The one that read the directory.
    }
  });
  return [...descriptors, ...process.getActiveResourcesInfo()].toSorted();
}

/** What is closed in this turn is gone in a later one. */
async function settled(): Promise<readonly string[]> {
  let before = resources();
  for (let same = 0; same < 5; ) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    const now = resources();
    same = now.join() === before.join() ? same + 1 : 0;
    before = now;
  }
  return before;
}

await cases["a server after its clients"]?.(); // Loads everything that is loaded once.
for (const [name, run] of Object.entries(cases)) {
  const before = await settled();
  await run();
  const left = [...(await settled())];
  for (const resource of before) {
    const at = left.indexOf(resource);
    if (at >= 0) left.splice(at, 1);
  }
  console.log(JSON.stringify({ name, left }));
}
rmSync(directory, { recursive: true });
