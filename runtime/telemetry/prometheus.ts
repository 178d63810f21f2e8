import {
  type CollectedName,
  type HistogramName,
  histogramBounds,
  type MetricName,
  metrics,
  prometheusName,
} from "./metrics.ts";
import { type Figure, Sources } from "./sources.ts";
import type { Attributes, MetricSource, Recorder, Telemetry } from "./telemetry.ts";

/** A telemetry that can be read as Prometheus does it. */
export interface PrometheusTelemetry extends Telemetry {
  /** What to answer a scrape with: every figure as it is now. */
  text(): string;
  /** The media type of that text. */
  readonly contentType: string;
  /** The same figures as numbers. */
  figures(): PrometheusFigures;
}

/** Every figure, by the name of its metric in the catalogue. */
export interface PrometheusFigures {
  readonly values: ReadonlyMap<CollectedName, readonly Figure[]>;
  readonly histograms: ReadonlyMap<HistogramName, readonly HistogramFigure[]>;
}

/** One histogram as it is now. */
export interface HistogramFigure {
  readonly attributes: Attributes;
  /** What fell into each bucket and not into the one before: one more than there are bounds, for what is above them all. */
  readonly counts: readonly number[];
  readonly sum: number;
}

/**
 * Keeps the figures of the servers and clients that are started with it, for Prometheus to fetch: entry point
 * `hawser/prometheus`. One for a process will do.
 *
 *     const telemetry = prometheus();
 *     const server = await startServer({ …, telemetry });
 *     http.createServer((_, response) => response.end(telemetry.text()));
 *
 * The format is written here, without `prom-client`: its counters cannot be read from elsewhere when somebody collects, they
 * want to be told of every increment.
 */
export function prometheus(): PrometheusTelemetry {
  return new PrometheusStore();
}

class PrometheusStore implements PrometheusTelemetry {
  readonly contentType = "text/plain; version=0.0.4; charset=utf-8";
  readonly #sources = new Sources();
  readonly #histograms = new Map<HistogramName, Map<string, Buckets>>();

  attach(source: MetricSource): Recorder {
    return {
      tracer: undefined,
      histogram: (name, attributes) => this.#histogram(name, { ...source.attributes, ...attributes }),
      detach: this.#sources.attach(source),
    };
  }

  figures(): PrometheusFigures {
    const histograms = new Map<HistogramName, readonly HistogramFigure[]>();
    for (const [name, buckets] of this.#histograms) {
      histograms.set(
        name,
        [...buckets.values()].map((each) => each.figure),
      );
    }
    return { values: this.#sources.collect(), histograms };
  }

  text(): string {
    const { values, histograms } = this.figures();
    const lines = new Map<MetricName, readonly string[]>();
    for (const [name, figures] of values)
      lines.set(
        name,
        figures.map((figure) => lineOf(prometheusName(name), figure)),
      );
    for (const [name, figures] of histograms) {
      lines.set(
        name,
        figures.flatMap((figure) => histogramLines(prometheusName(name), figure)),
      );
    }
    return (Object.keys(metrics) as MetricName[]).map((name) => textOf(name, lines.get(name) ?? [])).join("");
  }

  #histogram(name: HistogramName, attributes: Attributes): (seconds: number) => void {
    const ofName = this.#histograms.get(name) ?? new Map<string, Buckets>();
    this.#histograms.set(name, ofName);
    const key = JSON.stringify(Object.values(attributes));
    const buckets = ofName.get(key) ?? new Buckets(attributes);
    ofName.set(key, buckets);
    return (seconds) => buckets.add(seconds);
  }
}

/** One histogram with its attributes. */
class Buckets {
  readonly #attributes: Attributes;
  readonly #counts = new Array<number>(histogramBounds.length + 1).fill(0);
  #sum = 0;

  constructor(attributes: Attributes) {
    this.#attributes = attributes;
  }

  get figure(): HistogramFigure {
    return { attributes: this.#attributes, counts: [...this.#counts], sum: this.#sum };
  }

  add(seconds: number): void {
    let index = 0;
    while (index < histogramBounds.length && seconds > (histogramBounds[index] as number)) index += 1;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += seconds;
  }
}

function textOf(name: MetricName, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const { kind, description } = metrics[name];
  const known = prometheusName(name);
  return [`# HELP ${known} ${escaped(description)}`, `# TYPE ${known} ${kind}`, ...lines, ""].join("\n");
}

function lineOf(name: string, { attributes, value }: Figure): string {
  return `${name}${labels(attributes)} ${value}`;
}

/** As Prometheus wants it: each bucket holds those below it too. */
function histogramLines(name: string, { attributes, counts, sum }: HistogramFigure): readonly string[] {
  let count = 0;
  const buckets = counts.map((ofBucket, index) => {
    count += ofBucket;
    const le = String(histogramBounds[index] ?? "+Inf");
    return `${name}_bucket${labels({ ...attributes, le })} ${count}`;
  });
  const own = labels(attributes);
  return [...buckets, `${name}_sum${own} ${sum}`, `${name}_count${own} ${count}`];
}

function labels(attributes: Attributes): string {
  const entries = Object.entries(attributes).map(
    ([name, value]) => `${name}="${escaped(value).replaceAll('"', '\\"')}"`,
  );
  return entries.length === 0 ? "" : `{${entries.join(",")}}`;
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}
