import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type BarChart, drawBars } from "../bench/charts/bar-chart.ts";
import { recordedFigures } from "../bench/charts/recorded.ts";
import { sectionsOf } from "../bench/charts/sections.ts";

/** What bench/README.md shows is what was recorded; `npm run bench:charts` draws it anew. */
const bench = join(import.meta.dirname, "../bench");
const sections = sectionsOf(recordedFigures());

test("bench/charts has the pictures of the recorded figures, and no others", () => {
  const charts = sections.flatMap((section) => section.charts);
  const files = readdirSync(join(bench, "charts")).filter((file) => file.endsWith(".svg"));
  expect(files.toSorted()).toEqual(charts.map(({ name }) => name).toSorted());
  for (const { name, svg } of charts) expect(readFileSync(join(bench, "charts", name), "utf8")).toBe(svg);
});

test.each(sections)("bench/README.md shows the figures of $name", ({ name, markdown }) => {
  const readme = readFileSync(join(bench, "README.md"), "utf8");
  const shown = new RegExp(`<!-- bench:${name} -->\\n([\\s\\S]*?)<!-- /bench:${name} -->`).exec(readme)?.[1] ?? "";
  expect(shown.trim()).toBe(markdown);
});

test("what was never measured is left out", () => {
  for (const { name, charts, markdown } of sectionsOf({})) {
    expect(charts).toEqual([]);
    expect(markdown).toContain(`npm run bench:${name}`);
  }
});

describe("bars", () => {
  const bar = { label: "a <b>", text: "1,000 & more", isOurs: true };
  const chart: BarChart = {
    title: 'A "title"',
    subtitle: "per second",
    description: "What it shows.",
    scale: "log",
    groups: [
      {
        label: "group",
        bars: [
          { ...bar, value: 1_000 },
          { ...bar, value: 100, upTo: 500, isOurs: false },
        ],
      },
    ],
    note: "a machine",
  };

  test("are as long as their logarithm, and no longer than there is room", () => {
    const widths = [...drawBars(chart).matchAll(/<rect class="(?:ours|theirs)[^"]*"[^>]* width="([\d.]+)"/g)];
    const [first, pale, second] = widths.map(([, width]) => Number(width));
    // From 10, a decade below the least, to 1,000.
    expect(first).toBe(440);
    expect(second).toBe(220);
    expect(pale).toBeCloseTo((440 * Math.log10(50)) / 2, 0);
  });

  test("say what they are to those who do not see them", () => {
    const svg = drawBars(chart);
    expect(svg).toContain('<title id="title">A &quot;title&quot;</title>');
    expect(svg).toContain('<desc id="description">What it shows.</desc>');
    expect(svg).toContain("a &lt;b&gt;");
    expect(svg).toContain("prefers-color-scheme:dark");
  });

  test("on a linear scale begin at 0", () => {
    const linear = drawBars({ ...chart, scale: "linear" });
    const widths = [...linear.matchAll(/<rect class="(?:ours|theirs)"[^>]* width="([\d.]+)"/g)].map(
      ([, width]) => width,
    );
    expect(widths).toEqual(["440.0", "44.0"]);
  });
});
