import { readdirSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { generateKeyPair } from "../../runtime/security/key-pair.ts";
import { collectGarbage } from "../collect-garbage.ts";
import { ClientEnd, ServerEnd } from "./ends.ts";
import { createTransport, mechanisms } from "./interop.ts";

/**
 * Connects, exchanges a frame and closes, COUNT times, beside a client that stays; with keys, also comes each time with one
 * that is refused. Then says what that left behind.
 */
const [clientName = "", serverName = "", mechanism = "", warmUps = "", count = ""] = process.argv.slice(2);
const [, ends] = mechanisms.find(([name]) => name === mechanism) ?? [];
if (ends === undefined) throw new Error(`there is no mechanism ${mechanism}`);

const server = await ServerEnd.listen(createTransport(serverName, ends.server), "tcp://127.0.0.1:0", { echoes: true });
const transport = createTransport(clientName, ends.client);
const { curve } = ends.client;
const stranger = curve && createTransport(clientName, { curve: { ...curve, keys: generateKeyPair() } });
const neighbour = new ClientEnd(transport, server.listener.address);
await neighbour.echo("hello");
await server.connected.next();
const before = { handles: handles(), descriptors: descriptors() };

let isOver = false;
let echoes = 0;
const chatter = (async () => {
  for (; !isOver; echoes++) {
    if ((await neighbour.echo(String(echoes))) !== String(echoes)) throw new Error("an answer was somebody else's");
  }
})();

await reconnect(Number(warmUps));
const bytesBefore = await memory();
await reconnect(Number(count));
const bytesAfter = await memory();
isOver = true;
await chatter;
// The other end of the last connection closes by itself.
for (const endsAt = performance.now() + 5_000; performance.now() < endsAt && descriptors() > before.descriptors; ) {
  await nextTurn();
}
const after = { handles: handles(), descriptors: descriptors() };
const lost = { neighbour: neighbour.lost.count, clients: server.lost.count };
console.log(`left ${JSON.stringify({ before, after, bytesBefore, bytesAfter, echoes, lost })}`);
await neighbour.connection.close();
await server.listener.close();

async function reconnect(times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    const client = new ClientEnd(transport, server.listener.address);
    await client.echo("hello");
    await client.connection.close();
    await server.connected.next();
    await server.lost.next();
    if (stranger === undefined) continue;
    const refused = new ClientEnd(stranger, server.listener.address);
    await refused.lost.next();
    await refused.connection.close();
    await server.refused.next();
  }
}

function handles(): readonly string[] {
  return process.getActiveResourcesInfo().sort();
}

function descriptors(): number {
  return readdirSync("/proc/self/fd").length;
}

async function memory(): Promise<{ readonly used: number; readonly resident: number }> {
  // What is freed by one collection may let go of more.
  for (let time = 0; time < 3; time++) {
    collectGarbage();
    await nextTurn();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { used: heapUsed + external, resident: rss };
}
