import { type IntervalHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { type CollectedName, metrics } from "./metrics.ts";
import type { Attributes, MetricSource, Observe } from "./telemetry.ts";

/** One counter or gauge as it is now. */
export interface Figure {
  readonly attributes: Attributes;
  readonly value: number;
}

/**
 * The servers and clients of one telemetry, as one that can be asked. Figures of the same name and attributes are added up,
 * and what a server or client has counted stays when it is over, so that a counter never falls.
 */
export class Sources {
  readonly #attached = new Set<MetricSource>();
  /** What those that are over have counted. */
  readonly #retired: Tallies = new Map();
  readonly #eventLoop = new EventLoopDelay();

  /** A server or client begins; the function that is returned ends it. */
  attach(source: MetricSource): () => void {
    this.#attached.add(source);
    this.#eventLoop.start();
    return () => {
      if (!this.#attached.delete(source)) return;
      source.collect(adderTo(this.#retired, source.attributes, (name) => metrics[name].kind === "counter"));
      if (this.#attached.size === 0) this.#eventLoop.stop();
    };
  }

  /** Every counter and gauge that somebody has. */
  collect(): ReadonlyMap<CollectedName, readonly Figure[]> {
    const tallies: Tallies = new Map();
    for (const [name, figures] of this.#retired) tallies.set(name, new Map(figures));
    for (const source of this.#attached) source.collect(adderTo(tallies, source.attributes, () => true));
    if (this.#attached.size > 0) this.#eventLoop.collect(adderTo(tallies, {}, () => true));
    return new Map([...tallies].map(([name, figures]) => [name, [...figures.values()]]));
  }
}

/** By name, and then by the values of all attributes. */
type Tallies = Map<CollectedName, Map<string, Figure>>;

function adderTo(tallies: Tallies, common: Attributes, isWanted: (name: CollectedName) => boolean): Observe {
  return (name, value, ...own) => {
    if (!isWanted(name)) return;
    const attributes: Attributes = Object.assign({}, common, ...own);
    const key = JSON.stringify(Object.values(attributes));
    const figures = tallies.get(name) ?? new Map<string, Figure>();
    tallies.set(name, figures);
    figures.set(key, { attributes, value: value + (figures.get(key)?.value ?? 0) });
  };
}

/**
 * How late timers of this process are, measured only while somebody wants to know: over the last ten to twenty seconds,
 * whoever collects, and however often. Two histograms run side by side, and in turn one of them begins anew; the other one is
 * read.
 */
class EventLoopDelay {
  /** The one that began first, then the other. */
  #histograms: readonly IntervalHistogram[] = [];
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    if (this.#timer !== undefined) return;
    this.#histograms = [0, 1].map(() => monitorEventLoopDelay({ resolution: RESOLUTION_MS }));
    for (const histogram of this.#histograms) histogram.enable();
    this.#timer = setInterval(() => this.#turn(), WINDOW_MS);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    for (const histogram of this.#histograms) histogram.disable();
    this.#histograms = [];
  }

  collect(observe: Observe): void {
    const [histogram] = this.#histograms;
    if (histogram === undefined) return;
    const statistics = { p50: histogram.percentile(50), p99: histogram.percentile(99), max: histogram.max } as const;
    for (const statistic of ["p50", "p99", "max"] as const) {
      observe("hawser.process.event_loop.delay", lateSeconds(statistics[statistic]), { statistic });
    }
  }

  #turn(): void {
    const [first, ...rest] = this.#histograms;
    if (first === undefined) return;
    first.reset();
    this.#histograms = [...rest, first];
  }
}

/** The histogram holds the time between two timers, and these are meant to be apart. */
function lateSeconds(betweenNs: number): number {
  return Math.max(0, betweenNs / 1e9 - RESOLUTION_MS / 1e3);
}

const RESOLUTION_MS = 10;
const WINDOW_MS = 10_000;
