import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { context, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  DataPointType,
  InMemoryMetricExporter,
  MeterProvider,
  type MetricData,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { openTelemetry } from "hawser/opentelemetry";
import { afterEach, expect, test } from "vitest";
import { histogramBounds, metrics } from "../../runtime/telemetry/metrics.ts";
import { attach, toyServer } from "./figures.ts";

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

function metering(): { meterProvider: MeterProvider; collected: () => Promise<readonly MetricData[]> } {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  cleanups.push(() => meterProvider.shutdown());
  return {
    meterProvider,
    async collected() {
      exporter.reset();
      await meterProvider.forceFlush();
      return exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
    },
  };
}

test("counters and gauges are read when somebody collects, with unit and description", async () => {
  const { meterProvider, collected } = metering();
  const telemetry = openTelemetry({ meterProvider });
  cleanups.push(attach(telemetry, toyServer("a", 1, 10)), attach(telemetry, toyServer("a", 2, 20)));
  const all = await collected();
  const created = all.find(({ descriptor }) => descriptor.name === "hawser.server.sessions.created");
  const { unit, description } = metrics["hawser.server.sessions.created"];
  expect(created?.descriptor).toMatchObject({ unit, description });
  expect(created).toMatchObject({ dataPointType: DataPointType.SUM, isMonotonic: true });
  expect(created?.dataPoints).toMatchObject([{ value: 3, attributes: { member: "a" } }]);
  const sessions = all.find(({ descriptor }) => descriptor.name === "hawser.server.sessions");
  expect(sessions).toMatchObject({ dataPointType: DataPointType.GAUGE });
  expect(sessions?.dataPoints).toMatchObject([{ value: 30, attributes: { member: "a", state: "connected" } }]);
});

test("histograms have the bounds of the catalogue", async () => {
  const { meterProvider, collected } = metering();
  const recorder = openTelemetry({ meterProvider }).attach(toyServer("a", 0, 0));
  cleanups.push(() => recorder.detach());
  recorder.histogram("hawser.server.commit.duration", { outcome: "committed" })(0.0002);
  const all = await collected();
  const commit = all.find(({ descriptor }) => descriptor.name === "hawser.server.commit.duration");
  const [point] = commit?.dataPoints ?? [];
  expect(point).toMatchObject({ attributes: { member: "a", outcome: "committed" } });
  expect(point?.value).toMatchObject({
    count: 1,
    buckets: {
      boundaries: [...histogramBounds],
      counts: histogramBounds.map((bound) => (bound === 0.00025 ? 1 : 0)).concat(0),
    },
  });
});

test("spans are children of what is going on, or of what another process says", () => {
  const exporter = new InMemorySpanExporter();
  const tracerProvider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  cleanups.push(() => context.disable());
  const { tracer } = openTelemetry({ tracerProvider }).attach(toyServer("a", 0, 0));
  const parent = tracerProvider.getTracer("application").startSpan("work of the application");
  const own = context.with(trace.setSpan(context.active(), parent), () => {
    return tracer?.startSpan("hawser submit", { kind: "client" });
  });
  const other = tracer?.startSpan("hawser command", { kind: "server", parent: own?.context, isRemote: true });
  other?.end("Overloaded");
  own?.end();
  parent.end();
  const [third, second, first] = exporter.getFinishedSpans();
  expect(second?.parentSpanContext?.spanId).toBe(first?.spanContext().spanId);
  expect(third?.parentSpanContext).toMatchObject({ spanId: second?.spanContext().spanId, isRemote: true });
  expect(new Set([first, second, third].map((span) => span?.spanContext().traceId)).size).toBe(1);
  expect(third?.status.code).toBe(SpanStatusCode.ERROR);
  expect(third?.attributes).toEqual({ "error.type": "Overloaded" });
});

test("who wants no telemetry loads none of it", () => {
  const program = `
    import { createRequire } from "node:module";
    import { connect } from "hawser/client";
    import { startServer } from "hawser/server";
    import { memoryEngine } from "hawser/server/memory";
    const stateMachine = { apply: (command) => command, query: (query) => query, snapshot: () => [], restore: async () => {} };
    const server = await startServer({ memberId: "a", address: "tcp://127.0.0.1:0", engine: memoryEngine(), stateMachine });
    const client = await connect({ members: { a: server.address } });
    await client.submit(new Uint8Array(1));
    await client.close();
    await server.stop();
    const loaded = Object.keys(createRequire(import.meta.url).cache);
    console.log(loaded.filter((path) => path.includes("opentelemetry") || path.includes("telemetry/sources")));`;
  const args = ["--conditions=hawser-source", "--import", "tsx", "--input-type=module", "--eval", program];
  const ran = spawnSync(process.execPath, args, { cwd: join(import.meta.dirname, "../.."), encoding: "utf8" });
  expect(ran).toMatchObject({ stdout: "[]\n", stderr: "", status: 0 });
});

test("a span that is not sampled has no context to pass on", () => {
  const { tracer } = openTelemetry().attach(toyServer("a", 0, 0));
  expect(tracer?.startSpan("hawser submit", { kind: "client" }).context).toBeUndefined();
});
