import { prometheus } from "hawser/prometheus";
import { limits } from "hawser/server";
import { expect, test } from "vitest";
import { Sampler } from "../../runtime/admin/sampler.ts";
import { type SeriesId, series, seriesIds } from "../../runtime/admin/series.ts";
import { metrics } from "../../runtime/telemetry/metrics.ts";
import type { Observe } from "../../runtime/telemetry/telemetry.ts";

test("every series is made of metrics of the catalogue, and of values that they have", () => {
  for (const source of Object.values(series)) {
    if (source.kind === "quantile") {
      expect(metrics[source.of].kind).toBe("histogram");
      continue;
    }
    const choices = source.kind === "rate" ? source.of : [source.of];
    for (const { name, values = [] } of choices) {
      expect(metrics[name].kind).toBe(source.kind === "rate" ? "counter" : "gauge");
      expect(Object.values(metrics[name].attributes).flat()).toEqual(expect.arrayContaining([...values]));
    }
  }
});

test("counters become rates, gauges stay, and what nobody knows is null", () => {
  const stage = new Stage();
  stage.figures = (observe) => {
    observe("hawser.server.sessions.created", 100);
    observe("hawser.server.log.lag", 7);
  };
  stage.sample(1_000);
  expect(stage.newest("sessionsCreated")).toBeNull();
  expect(stage.newest("logLag")).toBe(7);
  expect(stage.newest("sendQueueBytes")).toBeNull();
  stage.figures = (observe) => observe("hawser.server.sessions.created", 130);
  stage.sample(3_000);
  expect(stage.newest("sessionsCreated")).toBe(15);
  expect(stage.newest("sessionsEnded")).toBe(0);
});

test("a counter that begins anew is no negative rate", () => {
  const stage = new Stage();
  stage.figures = (observe) => observe("hawser.server.io", 1_000, { direction: "sent" });
  stage.sample(1_000);
  stage.figures = (observe) => observe("hawser.server.io", 10, { direction: "sent" });
  stage.sample(2_000);
  expect(stage.newest("bytesSent")).toBe(0);
});

test("quantiles are of what was timed since the sample before", () => {
  const stage = new Stage();
  const apply = stage.recorder.histogram("hawser.server.apply.duration", {});
  for (let count = 0; count < 1_000; count++) apply(3);
  stage.sample(1_000);
  for (let count = 0; count < 98; count++) apply(0.0004);
  apply(0.4);
  apply(0.4);
  stage.sample(2_000);
  expect(stage.newest("applyP50")).toBeGreaterThan(0.000_25);
  expect(stage.newest("applyP50")).toBeLessThanOrEqual(0.000_5);
  expect(stage.newest("applyP99")).toBeGreaterThan(0.25);
  expect(stage.newest("applyP99")).toBeLessThanOrEqual(0.5);
  stage.sample(3_000);
  expect(stage.newest("applyP50")).toBeNull();
});

test("figures of another member in the process are not counted", () => {
  const stage = new Stage();
  const other = stage.telemetry.attach({
    attributes: { member: "b" },
    collect: (observe) => observe("hawser.server.log.lag", 9),
  });
  stage.figures = (observe) => observe("hawser.server.log.lag", 2);
  stage.sample(1_000);
  other.detach();
  expect(stage.newest("logLag")).toBe(2);
});

test("only the newest samples are kept", () => {
  const stage = new Stage();
  for (let number = 1; number <= limits.adminSamplesMax + 5; number++) stage.sample(number * 1_000);
  const kept = stage.sampler.after(0);
  expect(kept).toHaveLength(limits.adminSamplesMax);
  expect(kept[0]?.number).toBe(6);
  expect(stage.sampler.after(limits.adminSamplesMax + 3).map(({ number }) => number)).toEqual([
    limits.adminSamplesMax + 4,
    limits.adminSamplesMax + 5,
  ]);
});

/** A telemetry with one member whose figures are made up. */
class Stage {
  readonly telemetry = prometheus();
  readonly sampler = new Sampler("a");
  figures: (observe: Observe) => void = () => {};
  readonly recorder = this.telemetry.attach({
    attributes: { member: "a" },
    collect: (observe) => this.figures(observe),
  });

  sample(atMs: number): void {
    this.sampler.take(this.telemetry.figures(), atMs, atMs);
  }

  newest(id: SeriesId): number | null | undefined {
    return this.sampler.after(0).at(-1)?.values[seriesIds.indexOf(id)];
  }
}
