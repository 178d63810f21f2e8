import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { histogramBounds, type MetricName, metrics, prometheusName } from "../../runtime/telemetry/metrics.ts";
import { alerts } from "./alerts.ts";
import { dashboard } from "./dashboard.ts";
import { madeDocuments } from "./documents.ts";

const names = Object.keys(metrics) as MetricName[];

describe.each(names)("%s", (name) => {
  const { kind, unit, description, attributes } = metrics[name];

  test("is named, and counted, as OpenTelemetry has it", () => {
    expect(name).toMatch(/^hawser\.(server|client|process)(\.[a-z][a-z_]*)+$/);
    expect(unit).toMatch(/^(s|By|\{[a-z]+\})$/);
    expect(kind === "histogram").toBe(name.endsWith(".duration"));
    if (kind === "histogram") expect(unit).toBe("s");
  });

  test("says what it is in a sentence", () => {
    expect(description).toMatch(/^[A-Z0-9].*\.$/);
  });

  test("has few attributes, each with few values", () => {
    const series = Object.values(attributes).reduce((product, values) => product * values.length, 1);
    expect(series).toBeLessThanOrEqual(30);
    for (const values of Object.values(attributes)) expect(new Set(values).size).toBe(values.length);
  });
});

test("names in Prometheus have the unit, and say what only grows", () => {
  expect(prometheusName("hawser.server.sessions")).toBe("hawser_server_sessions");
  expect(prometheusName("hawser.server.sessions.created")).toBe("hawser_server_sessions_created_total");
  expect(prometheusName("hawser.server.io")).toBe("hawser_server_io_bytes_total");
  expect(prometheusName("hawser.client.call.duration")).toBe("hawser_client_call_duration_seconds");
  expect(new Set(names.map(prometheusName)).size).toBe(names.length);
});

test("the bounds of histograms grow", () => {
  expect([...histogramBounds].sort((one, other) => one - other)).toEqual(histogramBounds);
});

test.each(madeDocuments())("$path says what the catalogue says: npm run docs:metrics", ({ path, text }) => {
  expect(existsSync(path) && readFileSync(path, "utf8") === text).toBe(true);
});

test("the dashboard has one panel for each metric", () => {
  const { panels } = dashboard() as { panels: { type: string; targets?: { expr: string }[] }[] };
  const shown = panels.flatMap(({ targets = [] }) => targets.slice(0, 1).map(({ expr }) => namesIn(expr)[0]));
  expect(shown.sort()).toEqual(names.map(prometheusName).sort());
});

test("alerts ask for nothing but what there is", () => {
  const known = new Set(names.map(prometheusName));
  for (const { expression, metric } of alerts) {
    const asked = namesIn(expression);
    expect(asked).toContain(prometheusName(metric));
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  }
});

/** The metrics that an expression asks for; of a histogram, what its buckets and count belong to. */
function namesIn(expression: string): readonly string[] {
  return (expression.match(/hawser_[a-z_]+/g) ?? []).map((name) => name.replace(/_(bucket|count|sum)$/, ""));
}
