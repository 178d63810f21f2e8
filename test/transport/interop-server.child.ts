import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { collectGarbage } from "../collect-garbage.ts";
import { ServerEnd } from "./ends.ts";
import { createTransport } from "./interop.ts";

/** An echoing server TRANSPORT HANDSHAKE_TIMEOUT_MS in a process of its own, that says on demand what it holds. */
const [name = "", handshakeTimeoutMs = ""] = process.argv.slice(2);
const transport = createTransport(name, { handshakeTimeoutMs: Number(handshakeTimeoutMs) });
const server = await ServerEnd.listen(transport, "tcp://127.0.0.1:0", { echoes: true });
console.log(`listens ${server.listener.address}`);
for await (const question of createInterface({ input: process.stdin })) {
  collectGarbage();
  const descriptors = readdirSync("/proc/self/fd").length;
  console.log(`${question} ${JSON.stringify({ descriptors, resident: process.memoryUsage.rss() })}`);
}
