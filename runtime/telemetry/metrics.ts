import { clientMetrics } from "./client-metrics.ts";
import { processMetrics, serverMetrics } from "./server-metrics.ts";

/** What one metric is. */
export interface Metric {
  readonly kind: "counter" | "gauge" | "histogram";
  /** In the code of UCUM: `s`, `By`, `1`, and in braces what is counted. */
  readonly unit: string;
  readonly description: string;
  /** What its figures are told apart by, with every value that occurs: there are never more. */
  readonly attributes: Readonly<Record<string, readonly string[]>>;
}

/** Names of all metrics. */
export type MetricName = keyof Catalogue;

/** Names of the metrics that are asked for when somebody collects. */
export type CollectedName = NameOfKind<"counter" | "gauge">;

/** Names of the metrics that are told of each event. */
export type HistogramName = NameOfKind<"histogram">;

/** The attributes of a metric, each with one of its values. */
export type AttributesOf<Name extends MetricName> = {
  readonly [Key in keyof Catalogue[Name]["attributes"]]: Catalogue[Name]["attributes"][Key] extends readonly (infer Value)[]
    ? Value
    : never;
};

/** The catalogue: every metric of hawser, by its name in OpenTelemetry's style. */
export const metrics: Readonly<Record<MetricName, Metric>> = { ...serverMetrics, ...clientMetrics, ...processMetrics };

/**
 * Upper bounds of the buckets of every histogram, in seconds: from what a state machine in memory takes to the longest that
 * a call waits. The same for all of them, so that the parts of a latency can be laid side by side.
 */
export const histogramBounds: readonly number[] = [
  0.000_05, 0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
];

/**
 * The name of a metric in Prometheus, by the rule that OpenTelemetry's own exporters follow: underscores for dots, the unit
 * written out, and `_total` after what only grows.
 */
export function prometheusName(name: MetricName): string {
  const { kind, unit } = metrics[name];
  const suffixes = [UNIT_WORDS[unit] ?? (unit === "1" && kind === "gauge" ? "ratio" : undefined)];
  if (kind === "counter") suffixes.push("total");
  return [name.replaceAll(".", "_"), ...suffixes].filter((part) => part !== undefined).join("_");
}

type Catalogue = typeof serverMetrics & typeof clientMetrics & typeof processMetrics;

type NameOfKind<Kind extends Metric["kind"]> = {
  [Name in MetricName]: Catalogue[Name]["kind"] extends Kind ? Name : never;
}[MetricName];

const UNIT_WORDS: Readonly<Record<string, string>> = { s: "seconds", By: "bytes" };
