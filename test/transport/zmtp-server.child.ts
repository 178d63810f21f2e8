import { readdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { createZmtpTransport } from "../../runtime/transport/zmtp/index.ts";
import { collectGarbage } from "../collect-garbage.ts";
import { ServerEnd } from "./ends.ts";

/**
 * An echoing server in a process of its own, to be attacked. Says `listens ADDRESS`; answers `memory`, `descriptors` and
 * `cpu` with `memory BYTES`, `descriptors COUNT` and, a second later, `cpu SHARE`.
 */
const server = await ServerEnd.listen(createZmtpTransport(), "tcp://127.0.0.1:0", { echoes: true });
console.log(`listens ${server.listener.address}`);
createInterface({ input: process.stdin }).on("line", async (question) => {
  if (question === "memory") console.log(`memory ${await memory()}`);
  if (question === "descriptors") console.log(`descriptors ${readdirSync("/proc/self/fd").length}`);
  if (question === "cpu") console.log(`cpu ${await cpuShare()}`);
});

/** What is really held: neither garbage nor what the allocator keeps for later. */
async function memory(): Promise<number> {
  // Memory of sockets comes free some turns after they close.
  for (let round = 0; round < 3; round++) {
    collectGarbage();
    await delay(10);
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function cpuShare(): Promise<number> {
  const before = process.cpuUsage();
  await delay(1_000);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}
