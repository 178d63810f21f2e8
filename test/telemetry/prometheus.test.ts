import { type PrometheusTelemetry, prometheus } from "hawser/prometheus";
import parsePrometheusTextFormat from "parse-prometheus-text-format";
import { afterEach, describe, expect, test, vi } from "vitest";
import { attach, ToySource, toyServer } from "./figures.ts";

const cleanups: (() => void)[] = [];
afterEach(() => {
  for (const cleanup of cleanups.splice(0)) cleanup();
});

describe("the text", () => {
  test("is what a parser of the format takes", () => {
    const telemetry = prometheus();
    cleanups.push(attach(telemetry, toyServer("a", 3, 2)));
    const families = parsePrometheusTextFormat(telemetry.text());
    const created = families.find(({ name }) => name === "hawser_server_sessions_created_total");
    expect(created).toEqual({
      name: "hawser_server_sessions_created_total",
      help: "Sessions that were created while this member led.",
      type: "COUNTER",
      metrics: [{ value: "3", labels: { member: "a" } }],
    });
    expect(families.find(({ name }) => name === "hawser_server_sessions")).toMatchObject({
      type: "GAUGE",
      metrics: [{ value: "2", labels: { member: "a", state: "connected" } }],
    });
  });

  test("has histograms whose buckets hold those below them", () => {
    const telemetry = prometheus();
    const recorder = telemetry.attach(new ToySource({ member: "a" }, () => {}));
    cleanups.push(() => recorder.detach());
    const take = recorder.histogram("hawser.server.commit.duration", { outcome: "committed" });
    for (const seconds of [0.00001, 0.001, 0.0011, 3_600]) take(seconds);
    const [family] = parsePrometheusTextFormat(telemetry.text()).filter(({ type }) => type === "HISTOGRAM");
    expect(family).toMatchObject({ name: "hawser_server_commit_duration_seconds" });
    const [histogram] = family?.metrics ?? [];
    const labels = 'member="a",outcome="committed"';
    expect(telemetry.text()).toContain(`hawser_server_commit_duration_seconds_bucket{${labels},le="0.001"} 2\n`);
    expect(telemetry.text()).toContain(`hawser_server_commit_duration_seconds_count{${labels}} 4\n`);
    expect(telemetry.text()).toMatch(/hawser_server_commit_duration_seconds_sum\{.*\} 3600\.0021/);
    expect(histogram?.buckets).toMatchObject({ "0.00005": "1", "0.001": "2", "0.0025": "3", "60": "3", "+Inf": "4" });
  });

  test("escapes what a member may be called", () => {
    const telemetry = prometheus();
    const member = 'a "quoted" \\ name\nover two lines';
    cleanups.push(attach(telemetry, toyServer(member, 1, 1)));
    expect(telemetry.text()).toContain('{member="a \\"quoted\\" \\\\ name\\nover two lines"}');
    const families = parsePrometheusTextFormat(telemetry.text());
    expect(families.find(({ name }) => name.endsWith("created_total"))?.metrics[0]?.labels?.["member"]).toBe(member);
  });

  test("is empty while there is neither server nor client", () => {
    expect(prometheus().text()).toBe("");
  });
});

test("figures of the same name and attributes are added up", () => {
  const telemetry = prometheus();
  cleanups.push(attach(telemetry, toyServer("a", 1, 10)), attach(telemetry, toyServer("a", 2, 20)));
  cleanups.push(attach(telemetry, toyServer("b", 4, 40)));
  expect(telemetry.text()).toContain('hawser_server_sessions_created_total{member="a"} 3\n');
  expect(telemetry.text()).toContain('hawser_server_sessions_created_total{member="b"} 4\n');
  expect(telemetry.text()).toContain('hawser_server_sessions{member="a",state="connected"} 30\n');
});

test("what was counted stays when its source is over, and gauges go", () => {
  const telemetry = prometheus();
  attach(telemetry, toyServer("a", 5, 10))();
  cleanups.push(attach(telemetry, toyServer("a", 1, 2)));
  expect(telemetry.text()).toContain('hawser_server_sessions_created_total{member="a"} 6\n');
  expect(telemetry.text()).toContain('hawser_server_sessions{member="a",state="connected"} 2\n');
});

test("to end twice counts once", () => {
  const telemetry = prometheus();
  const end = attach(telemetry, toyServer("a", 5, 10));
  end();
  end();
  expect(telemetry.text()).toContain('hawser_server_sessions_created_total{member="a"} 5\n');
});

test("figures are to be had as numbers", () => {
  const telemetry = prometheus();
  const recorder = telemetry.attach(toyServer("a", 5, 10));
  cleanups.push(() => recorder.detach());
  recorder.histogram("hawser.server.apply.duration", {})(0.00001);
  const { values, histograms } = telemetry.figures();
  expect(values.get("hawser.server.sessions")).toEqual([
    { attributes: { member: "a", state: "connected" }, value: 10 },
  ]);
  const [apply] = histograms.get("hawser.server.apply.duration") ?? [];
  expect(apply).toMatchObject({ attributes: { member: "a" }, sum: 0.00001 });
  expect(apply?.counts.reduce((sum, count) => sum + count)).toBe(1);
});

describe("the delay of the event loop", () => {
  const shown = (telemetry: PrometheusTelemetry) =>
    telemetry.figures().values.get("hawser.process.event_loop.delay") ?? [];
  const worst = (telemetry: PrometheusTelemetry) => Math.max(...shown(telemetry).map(({ value }) => value));

  /** Holds the event loop up until the telemetry has seen it. */
  async function holdUp(telemetry: PrometheusTelemetry): Promise<void> {
    while (worst(telemetry) < 0.05) {
      const until = performance.now() + 100;
      while (performance.now() < until); // Nothing else has its turn.
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  }

  test("is measured while there is a source, and no longer", async () => {
    const telemetry = prometheus();
    const end = attach(telemetry, toyServer("a", 0, 0));
    await holdUp(telemetry);
    expect(shown(telemetry).map(({ attributes }) => attributes["statistic"])).toEqual(["p50", "p99", "max"]);
    end();
    expect(shown(telemetry)).toEqual([]);
  });

  test("is that of the last ten to twenty seconds, whoever looks", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    cleanups.push(() => vi.useRealTimers());
    const telemetry = prometheus();
    cleanups.push(attach(telemetry, toyServer("a", 0, 0)));
    await holdUp(telemetry);
    expect(worst(telemetry)).toBeGreaterThan(0.05);
    vi.advanceTimersByTime(10_000);
    expect(worst(telemetry)).toBeGreaterThan(0.05);
    vi.advanceTimersByTime(10_000);
    expect(worst(telemetry)).toBeLessThan(0.05);
  });
});
