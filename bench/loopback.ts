import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Client, connect } from "hawser/client";
import { median, percentile } from "./measure.ts";

/** One row: what goes through one client and one server over loopback. */
export interface LoopbackFigures {
  readonly what: string;
  readonly inFlight: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const PAYLOAD_BYTES = 64;
const ROUNDS = 5;
const ROUND_MS = 1_000;

/** Commands on both engines and queries, at several numbers in flight; medians of rounds. */
export async function measureLoopback(): Promise<readonly LoopbackFigures[]> {
  const directory = mkdtempSync(join(tmpdir(), "hawser-bench-"));
  try {
    const durable = await measureServer(["lmdb", directory], "command, LMDB", "submit");
    const inMemory = await measureServer(["memory"], "command, in memory", "submit");
    const queries = await measureServer(["memory"], "query, in memory", "query");
    return [...durable, ...inMemory, ...queries];
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function measureServer(
  args: readonly string[],
  what: string,
  method: "submit" | "query",
): Promise<LoopbackFigures[]> {
  const script = fileURLToPath(new URL("./loopback-server.ts", import.meta.url));
  const child = spawn(process.execPath, [...process.execArgv, script, ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [address] = await once(createInterface({ input: child.stdout }), "line");
  const client = await connect({ members: { "node-1": String(address) } });
  const rows: LoopbackFigures[] = [];
  for (const inFlight of [1, 64, 1_000]) rows.push(await measureRate(client, method, what, inFlight));
  await client.close();
  child.kill("SIGTERM");
  await once(child, "exit");
  return rows;
}

async function measureRate(
  client: Client,
  method: "submit" | "query",
  what: string,
  inFlight: number,
): Promise<LoopbackFigures> {
  const rates: number[] = [];
  const latencies: number[] = [];
  await round(client, method, inFlight, []);
  for (let index = 0; index < ROUNDS; index++) rates.push(await round(client, method, inFlight, latencies));
  return {
    what,
    inFlight,
    perSecond: Math.round(median(rates)),
    p50Ms: percentile(latencies, 0.5),
    p99Ms: percentile(latencies, 0.99),
  };
}

/** Keeps `inFlight` calls under way for a while; the rate in calls per second. */
async function round(
  client: Client,
  method: "submit" | "query",
  inFlight: number,
  latencies: number[],
): Promise<number> {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  const startedAt = performance.now();
  let count = 0;
  const worker = async () => {
    while (performance.now() - startedAt < ROUND_MS) {
      const sentAt = performance.now();
      await client[method](payload);
      latencies.push(performance.now() - sentAt);
      count += 1;
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return (count * 1_000) / (performance.now() - startedAt);
}
