import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  type Sampler,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { type Client, type ConnectOptions, connect } from "hawser/client";
import { openTelemetry } from "hawser/opentelemetry";
import { type Server, type ServerOptions, startServer, type Telemetry } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import { RequestTracing } from "../../runtime/server/request-tracing.ts";
import { ProtocolRelay } from "../service/protocol-relay.ts";
import { SharedLog } from "../service/scenarios/shared-log.ts";
import { slowed } from "../service/slowed-engine.ts";
import { until } from "../service/until.ts";
import { Notebook } from "../transcript/notebook.ts";
import { toyServer } from "./figures.ts";

const cleanups: (() => unknown)[] = [];
beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  context.disable();
});

/** A process of its own, as far as spans go. */
class Traced {
  readonly exporter = new InMemorySpanExporter();
  readonly provider: BasicTracerProvider;
  readonly telemetry: Telemetry;

  constructor(sampler: Sampler = new AlwaysOnSampler()) {
    this.provider = new BasicTracerProvider({ sampler, spanProcessors: [new SimpleSpanProcessor(this.exporter)] });
    this.telemetry = openTelemetry({ tracerProvider: this.provider });
  }

  get spans(): readonly ReadableSpan[] {
    return this.exporter.getFinishedSpans();
  }

  named(name: string): ReadableSpan {
    const found = this.spans.find((span) => span.name === name);
    if (found === undefined) throw new Error(`no ${name} among ${this.spans.map((span) => span.name).join(", ")}`);
    return found;
  }
}

async function serve(options: Partial<ServerOptions> = {}): Promise<Server> {
  const server = await startServer({
    memberId: "a",
    address: "tcp://127.0.0.1:0",
    engine: memoryEngine(),
    stateMachine: new Notebook(),
    ...options,
  });
  cleanups.push(() => server.stop());
  return server;
}

async function open(address: string, options: Partial<ConnectOptions> = {}): Promise<Client> {
  const client = await connect({ members: { a: address }, ...options });
  cleanups.push(() => client.close());
  return client;
}

function submit(client: Client, text: string): Promise<unknown> {
  return client.submit(Buffer.from(text));
}

/** The id of the span that one belongs to. */
function parentOf(span: ReadableSpan): string | undefined {
  return span.parentSpanContext?.spanId;
}

describe("one trace follows a command", () => {
  test("from the application through client, commit and apply to the answer", async () => {
    const [here, there] = [new Traced(), new Traced()];
    const server = await serve({ telemetry: there.telemetry });
    const client = await open(server.address, { telemetry: here.telemetry });
    const work = here.provider.getTracer("application").startSpan("work of the application");
    await context.with(trace.setSpan(context.active(), work), () => submit(client, "add one"));
    work.end();
    const call = here.named("hawser submit");
    const command = there.named("hawser command");
    expect(call).toMatchObject({ kind: SpanKind.CLIENT, parentSpanContext: { spanId: work.spanContext().spanId } });
    expect(command).toMatchObject({ kind: SpanKind.SERVER, attributes: { "hawser.request.id": 1 } });
    expect(command.parentSpanContext).toMatchObject({ spanId: call.spanContext().spanId, isRemote: true });
    for (const name of ["hawser commit", "hawser apply"]) {
      expect(there.named(name).kind).toBe(SpanKind.INTERNAL);
      expect(parentOf(there.named(name))).toBe(command.spanContext().spanId);
    }
    expect(there.named("hawser apply").attributes).toEqual({ "hawser.log.index": 2 });
    const traceIds = [...here.spans, ...there.spans].map((span) => span.spanContext().traceId);
    expect(new Set(traceIds)).toEqual(new Set([work.spanContext().traceId]));
    const secrets = JSON.stringify([...here.spans, ...there.spans].map(({ attributes, name }) => [attributes, name]));
    expect(secrets).not.toContain(client.sessionId);
  });

  test("that is refused", async () => {
    const [here, there] = [new Traced(), new Traced()];
    const server = await serve({ telemetry: there.telemetry });
    const client = await open(server.address, { telemetry: here.telemetry });
    await expect(submit(client, "refuse")).rejects.toThrow();
    const failed = { status: { code: SpanStatusCode.ERROR } };
    expect(here.named("hawser submit")).toMatchObject({
      ...failed,
      attributes: { "error.type": "ERR_INVALID_REQUEST" },
    });
    expect(there.named("hawser command")).toMatchObject({ ...failed, attributes: { "error.type": "InvalidRequest" } });
  });

  test("to the next leader", async () => {
    const [here, first, second] = [new Traced(), new Traced(), new Traced()];
    const log = new SharedLog("a");
    let isStuck = false;
    let letGo = () => {};
    const freed = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const stuck = slowed(log.member("a"), () => (isStuck ? freed : Promise.resolve()));
    const a = await serve({ engine: stuck, telemetry: first.telemetry });
    const b = await serve({ memberId: "b", engine: log.member("b"), telemetry: second.telemetry });
    const members = { a: a.address, b: b.address };
    const client = await open("", { members, telemetry: here.telemetry, resendAfterMs: 50 });
    isStuck = true;
    const result = submit(client, "add one");
    await until(() => a.sessions().some(({ requestsPending }) => requestsPending > 0));
    await log.lead("b");
    await result;
    const { traceId } = here.named("hawser submit").spanContext();
    expect(first.named("hawser command")).toMatchObject({ attributes: { "error.type": "leadership" } });
    expect(first.named("hawser command").spanContext().traceId).toBe(traceId);
    expect(second.named("hawser command").spanContext().traceId).toBe(traceId);
    expect(second.named("hawser command").status.code).toBe(SpanStatusCode.UNSET);
    letGo();
  });
});

describe("nothing of a trace crosses the wire", () => {
  async function framesOf(options: Partial<ConnectOptions>): Promise<readonly string[]> {
    const server = await serve();
    const relay = await ProtocolRelay.start(server.address);
    cleanups.push(() => relay.close());
    const client = await open(relay.address, options);
    await submit(client, "add one");
    return relay.frames.filter(({ from }) => from === "client").map(({ type }) => type);
  }

  test("that is not sampled", async () => {
    const { telemetry } = new Traced(new AlwaysOffSampler());
    expect(await framesOf({ telemetry })).toEqual(["CreateSession", "ClientRequest"]);
  });

  test("in version 1", async () => {
    const { telemetry } = new Traced();
    expect(await framesOf({ telemetry, protocolVersionMax: 1 })).toEqual(["CreateSession", "ClientRequest"]);
  });

  test("else it comes with the command, and a server without a telemetry takes no notice", async () => {
    const { telemetry } = new Traced();
    expect(await framesOf({ telemetry })).toEqual(["CreateSession", "Batch"]);
  });
});

test("a server follows so many traces and no more", () => {
  const traced = new Traced();
  const recorder = traced.telemetry.attach(toyServer("a", 0, 0));
  cleanups.push(() => recorder.detach());
  if (recorder.tracer === undefined) throw new Error("OpenTelemetry takes spans");
  const tracing = new RequestTracing(recorder.tracer);
  const parent = { traceId: new Uint8Array(16).fill(7), spanId: new Uint8Array(8).fill(7), flags: 1 };
  for (let requestId = 1; requestId <= limits.tracedRequestsMax + 2; requestId++) {
    tracing.begin({ type: "trace", connectionId: 1, sessionId: "s", requestId, trace: parent });
  }
  expect(traced.spans.map(({ attributes }) => attributes)).toEqual([
    { "hawser.request.id": 1, "error.type": "untraced" },
    { "hawser.request.id": 2, "error.type": "untraced" },
  ]);
  tracing.discard("stopped");
  expect(traced.spans.length).toBe(limits.tracedRequestsMax + 2);
});
