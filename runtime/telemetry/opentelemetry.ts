import { createRequire } from "node:module";
import type * as Api from "@opentelemetry/api";
import { InvalidArgumentError } from "../protocol/errors.ts";
import type { TraceContext } from "../protocol/trace-context.ts";
import { type HistogramName, histogramBounds, type MetricName, metrics } from "./metrics.ts";
import { Sources } from "./sources.ts";
import type { MetricSource, Recorder, Span, SpanOptions, Telemetry, Tracer } from "./telemetry.ts";

/** Where the figures and spans go. Both default to what the application has registered with `@opentelemetry/api`. */
export interface OpenTelemetryOptions {
  readonly meterProvider?: Api.MeterProvider | undefined;
  readonly tracerProvider?: Api.TracerProvider | undefined;
}

/**
 * Gives the figures and traces of the servers and clients that are started with it to OpenTelemetry, by its API: entry point
 * `hawser/opentelemetry`. One for a process will do: figures of the same name and attributes are added up.
 *
 *     const telemetry = openTelemetry();
 *     const client = await connect({ …, telemetry });
 *
 * Throws `InvalidArgumentError` where the package `@opentelemetry/api` is not installed.
 */
export function openTelemetry(options: OpenTelemetryOptions = {}): Telemetry {
  const api = loadApi();
  const meter = (options.meterProvider ?? api.metrics.getMeterProvider()).getMeter(SCOPE);
  const tracer = (options.tracerProvider ?? api.trace.getTracerProvider()).getTracer(SCOPE);
  return new OpenTelemetryAdapter(api, meter, tracer);
}

class OpenTelemetryAdapter implements Telemetry {
  readonly #sources = new Sources();
  readonly #histograms: ReadonlyMap<MetricName, Api.Histogram>;
  readonly #tracer: Tracer;

  constructor(api: typeof Api, meter: Api.Meter, tracer: Api.Tracer) {
    this.#tracer = new ApiTracer(api, tracer);
    const histograms = new Map<MetricName, Api.Histogram>();
    const collected = new Map<MetricName, Api.Observable>();
    for (const name of Object.keys(metrics) as MetricName[]) {
      const { kind, unit, description } = metrics[name];
      if (kind === "histogram") {
        const advice = { explicitBucketBoundaries: [...histogramBounds] };
        histograms.set(name, meter.createHistogram(name, { unit, description, advice }));
      } else if (kind === "counter") {
        collected.set(name, meter.createObservableCounter(name, { unit, description }));
      } else {
        collected.set(name, meter.createObservableGauge(name, { unit, description }));
      }
    }
    this.#histograms = histograms;
    meter.addBatchObservableCallback((result) => this.#observe(result, collected), [...collected.values()]);
  }

  attach(source: MetricSource): Recorder {
    return {
      tracer: this.#tracer,
      histogram: (name: HistogramName, own) => {
        const attributes = { ...source.attributes, ...own };
        const histogram = this.#histograms.get(name);
        return (seconds) => histogram?.record(seconds, attributes);
      },
      detach: this.#sources.attach(source),
    };
  }

  #observe(result: Api.BatchObservableResult, instruments: ReadonlyMap<MetricName, Api.Observable>): void {
    for (const [name, figures] of this.#sources.collect()) {
      const instrument = instruments.get(name);
      if (instrument === undefined) continue;
      for (const { value, attributes } of figures) result.observe(instrument, value, attributes);
    }
  }
}

class ApiTracer implements Tracer {
  readonly #api: typeof Api;
  readonly #tracer: Api.Tracer;
  readonly #kinds: Readonly<Record<SpanOptions["kind"], Api.SpanKind>>;

  constructor(api: typeof Api, tracer: Api.Tracer) {
    const { CLIENT: client, SERVER: server, INTERNAL: internal } = api.SpanKind;
    this.#api = api;
    this.#kinds = { client, server, internal };
    this.#tracer = tracer;
  }

  startSpan(name: string, { kind, parent, isRemote = false, attributes }: SpanOptions): Span {
    const context = parent === undefined ? this.#api.context.active() : this.#contextOf(parent, isRemote);
    const options = { kind: this.#kinds[kind], ...(attributes === undefined ? {} : { attributes }) };
    const span = this.#tracer.startSpan(name, options, context);
    return span.isRecording() ? this.#recording(span) : UNRECORDED;
  }

  #contextOf(parent: TraceContext, isRemote: boolean): Api.Context {
    return this.#api.trace.setSpanContext(this.#api.ROOT_CONTEXT, { ...textOf(parent), isRemote });
  }

  #recording(span: Api.Span): Span {
    const spanContext = span.spanContext();
    const { ERROR } = this.#api.SpanStatusCode;
    return {
      context: (spanContext.traceFlags & SAMPLED) === 0 ? undefined : bytesOf(spanContext),
      end(error) {
        if (error !== undefined) {
          span.setAttribute("error.type", error);
          span.setStatus({ code: ERROR });
        }
        span.end();
      },
    };
  }
}

/** Most spans, where few are sampled: there is nothing to say of them. */
const UNRECORDED: Span = { context: undefined, end: () => {} };

function textOf({ traceId, spanId, flags }: TraceContext): Pick<Api.SpanContext, "traceId" | "spanId" | "traceFlags"> {
  return { traceId: hex(traceId), spanId: hex(spanId), traceFlags: flags };
}

function bytesOf({ traceId, spanId, traceFlags }: Api.SpanContext): TraceContext {
  return { traceId: Buffer.from(traceId, "hex"), spanId: Buffer.from(spanId, "hex"), flags: traceFlags };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}

/** The package is loaded when it is wanted, so that what is missing can be named. Both of its builds share what is registered. */
function loadApi(): typeof Api {
  try {
    return createRequire(import.meta.url)("@opentelemetry/api") as typeof Api;
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND";
    const what = isMissing ? "is not installed: npm install @opentelemetry/api" : "cannot be loaded";
    throw new InvalidArgumentError(`openTelemetry needs the package @opentelemetry/api, which ${what}`, { cause });
  }
}

const SCOPE = "hawser";
const SAMPLED = 1;
