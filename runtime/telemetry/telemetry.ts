import type { TraceContext } from "../protocol/trace-context.ts";
import type { AttributesOf, CollectedName, HistogramName } from "./metrics.ts";

/**
 * Where the figures of servers and clients go: the port behind the option `telemetry`. `hawser/opentelemetry` and
 * `hawser/prometheus` provide it.
 *
 * Counters and gauges are plain numbers that are kept in any case and read when somebody collects; only what has to be
 * timed costs anything, and only while a telemetry is there.
 */
export interface Telemetry {
  /** A server or a client begins. Must not throw. */
  attach(source: MetricSource): Recorder;
}

/** A server or a client, as one that can be asked for its figures. */
export interface MetricSource {
  /** What all of its figures have besides their own attributes. */
  readonly attributes: Attributes;
  /** Tells of every counter and gauge as it is now. */
  collect(observe: Observe): void;
}

/** Values by the names of attributes. */
export type Attributes = Readonly<Record<string, string>>;

/** Takes one figure. */
export type Observe = <Name extends CollectedName>(
  name: Name,
  value: number,
  ...attributes: keyof AttributesOf<Name> extends never ? [] : [AttributesOf<Name>]
) => void;

/** What takes the figures of one server or client that cannot be asked for later. */
export interface Recorder {
  /** What to call with each value, in seconds. To be asked for once for each combination of attributes. */
  histogram<Name extends HistogramName>(name: Name, attributes: AttributesOf<Name>): (seconds: number) => void;
  /** Takes spans; `undefined` where there is nobody to. */
  readonly tracer: Tracer | undefined;
  /** The server or client is over: what it counted stays, its gauges go. */
  detach(): void;
}

/** Begins spans. */
export interface Tracer {
  startSpan(name: string, options: SpanOptions): Span;
}

/** What a span is begun with. */
export interface SpanOptions {
  readonly kind: "client" | "server" | "internal";
  /** The span that it belongs to; without one, what is going on in the application. */
  readonly parent?: TraceContext | undefined;
  /** Whether that is one of another process. */
  readonly isRemote?: boolean;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** A piece of work that is under way. */
export interface Span {
  /** Its name for others; `undefined` where it is not sampled, and nobody need be told. */
  readonly context: TraceContext | undefined;
  /** It is over; `error`: it failed, with this code. To be called once. */
  end(error?: string): void;
}
