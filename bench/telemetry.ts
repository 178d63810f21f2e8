/** `npm run bench:telemetry`: what it costs to measure a client and a server. See bench/README.md. */

import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  ParentBasedSampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { type Client, connect, type Telemetry } from "hawser/client";
import { openTelemetry } from "hawser/opentelemetry";
import { prometheus } from "hawser/prometheus";
import { type Server, startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { echo } from "./echo.ts";
import { percentile } from "./measure.ts";

const IN_FLIGHT = 1_000;
const ROUND_MS = 500;
const WARM_UPS = 2;
const ROUNDS = 9;
const PAYLOAD_BYTES = 64;

/** Both ends in one process, over the memory transport: what is measured is theirs alone. */
interface Pair {
  readonly what: string;
  readonly server: Server;
  readonly client: Client;
  /** Microseconds of processor time for each command, both ends together. */
  readonly microseconds: number[];
}

async function main(): Promise<void> {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const pairs: Pair[] = [];
  for (const [what, telemetry] of telemetries()) pairs.push(await pair(what, telemetry));
  for (let index = 0; index < WARM_UPS; index++) for (const each of pairs) await round(each, []);
  // Turn by turn, so that what else the machine does falls on all of them alike.
  for (let index = 0; index < ROUNDS; index++) for (const each of pairs) await round(each, each.microseconds);
  print(pairs);
  for (const { client, server } of pairs) {
    await client.close();
    await server.stop();
  }
}

/** What other programs take from the machine makes a round dearer, never cheaper. */
function quiet(microseconds: readonly number[]): number {
  return percentile(microseconds, 0.25);
}

/** Where spans go to be forgotten: what an exporter does with them is not ours. */
const forgetful: SpanExporter = { export: (_spans, done) => done({ code: 0 }), shutdown: async () => {} };

function telemetries(): readonly (readonly [string, Telemetry | undefined])[] {
  const meterProvider = new MeterProvider({ readers: [] });
  const tracing = (share: number) => {
    const spanProcessors = [new BatchSpanProcessor(forgetful, { scheduledDelayMillis: 100 })];
    const sampler = new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) });
    return openTelemetry({ meterProvider, tracerProvider: new BasicTracerProvider({ spanProcessors, sampler }) });
  };
  return [
    ["no telemetry", undefined],
    ["one that does nothing", { attach: () => ({ tracer: undefined, histogram: () => () => {}, detach: () => {} }) }],
    ["hawser/prometheus", prometheus()],
    ["OpenTelemetry's SDK, metrics", openTelemetry({ meterProvider })],
    ["the same, with traces, one in a hundred sampled", tracing(0.01)],
    ["the same, all of them sampled", tracing(1)],
  ];
}

async function pair(what: string, telemetry: Telemetry | undefined): Promise<Pair> {
  const transport = createMemoryTransport();
  const address = "memory://a";
  const engine = memoryEngine();
  const server = await startServer({ memberId: "a", address, engine, stateMachine: echo, transport, telemetry });
  const client = await connect({ members: { a: address }, transport, telemetry });
  return { what, server, client, microseconds: [] };
}

async function round({ client }: Pair, into: number[]): Promise<void> {
  const payload = new Uint8Array(PAYLOAD_BYTES);
  const until = performance.now() + ROUND_MS;
  let commands = 0;
  const before = process.cpuUsage();
  const call = async () => {
    while (performance.now() < until) {
      await client.submit(payload);
      commands += 1;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, call));
  const { user, system } = process.cpuUsage(before);
  into.push((user + system) / commands);
}

function print(pairs: readonly Pair[]): void {
  const base = quiet(pairs[0]?.microseconds ?? []);
  console.log("| Telemetry | µs of processor time for a command | more than without |\n| --- | --- | --- |");
  for (const { what, microseconds } of pairs) {
    const each = quiet(microseconds);
    console.log(`| ${what} | ${each.toFixed(2)} | ${(each - base).toFixed(2)} |`);
  }
}

await main();
