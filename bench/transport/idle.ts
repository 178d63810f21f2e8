import { setTimeout as delay } from "node:timers/promises";
import { Peer } from "./process.ts";
import type { StackName } from "./stack.ts";

/** What a server costs that has many connections on which nothing happens. */
export interface IdleFigures {
  readonly stack: StackName;
  readonly connections: number;
  /** Share of one core. */
  readonly cpuPercent: number;
  /** Growth of the server's resident memory; what the kernel holds is not in it. */
  readonly bytesPerConnection: number;
}

/**
 * Each connection is one of the stack's own clients, and has been used once. The clients stand still while the server is
 * measured: some do much, and would take the time of its core.
 */
export async function measureIdle(stack: StackName, connections: number, durationMs: number): Promise<IdleFigures> {
  const server = await Peer.start("server.child.ts", stack);
  const client = await Peer.start("client.child.ts", stack, server.port);
  const residentBytes = await server.ask({ kind: "memory" });
  await client.ask({ kind: "open", connections });
  client.pause();
  await delay(SETTLE_MS);
  const grownBytes = (await server.ask({ kind: "memory" })) - residentBytes;
  const cpuUs = await server.ask({ kind: "cpu" });
  const startedAt = performance.now();
  await delay(durationMs);
  const usedUs = (await server.ask({ kind: "cpu" })) - cpuUs;
  const elapsedUs = (performance.now() - startedAt) * 1_000;
  for (const peer of [client, server]) await peer.stop();
  return {
    stack,
    connections,
    cpuPercent: (usedUs * 100) / elapsedUs,
    bytesPerConnection: grownBytes / connections,
  };
}

const SETTLE_MS = 500;
