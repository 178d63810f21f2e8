/** Horizontal bars in groups, drawn as SVG: what a page shows as it is, in light and in dark. */
export interface BarChart {
  readonly title: string;
  /** What the bars are, with their unit, and which way is better. */
  readonly subtitle: string;
  /** What somebody is told who does not see the picture. */
  readonly description: string;
  readonly scale: "linear" | "log";
  readonly groups: readonly Group[];
  /** Below all, such as the machine. */
  readonly note: string;
}

export interface Group {
  readonly label: string;
  readonly bars: readonly Bar[];
}

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** Where a paler bar goes on to: a worse case of the same. */
  readonly upTo?: number;
  /** Stands at the end of the bar. */
  readonly text: string;
  readonly isOurs: boolean;
}

/** The picture. The same figures give the same bytes. */
export function drawBars(chart: BarChart): string {
  const { title, subtitle, description, groups, note } = chart;
  const axis = axisOf(chart);
  const body: string[] = [];
  let y = HEAD_HEIGHT;
  for (const group of groups) {
    body.push(text(MARGIN, y + GROUP_HEIGHT - 8, "group", group.label));
    y += GROUP_HEIGHT;
    for (const bar of group.bars) {
      body.push(...drawBar(bar, y, axis));
      y += ROW_HEIGHT;
    }
  }
  const bottom = y + 4;
  const height = bottom + FOOT_HEIGHT;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" width="${WIDTH}" height="${height}" rx="6"/>`,
    text(MARGIN, 28, "title", title),
    text(MARGIN, 48, "note", subtitle),
    ...axis.ticks.map(
      ({ x, label }) =>
        `<path class="grid" d="M${x} ${HEAD_HEIGHT}V${bottom}"/>${text(x, bottom + 16, "note middle", label)}`,
    ),
    ...body,
    text(MARGIN, height - 12, "note", note),
    "</svg>",
    "",
  ].join("\n");
}

interface Axis {
  readonly xOf: (value: number) => string;
  readonly ticks: readonly { readonly x: string; readonly label: string }[];
}

function axisOf({ scale, groups }: BarChart): Axis {
  const values = groups.flatMap(({ bars }) => bars.flatMap(({ value, upTo }) => [value, upTo ?? value]));
  const most = Math.max(...values, Number.MIN_VALUE);
  const width = PLOT_RIGHT - PLOT_LEFT;
  if (scale === "linear") {
    const step = roundStep(most / 4);
    const end = Math.ceil(most / step) * step;
    const xOf = (value: number): string => (PLOT_LEFT + (Math.max(0, value) / end) * width).toFixed(1);
    const ticks = Array.from({ length: Math.round(end / step) + 1 }, (_, index) => index * step);
    return { xOf, ticks: ticks.map((value) => ({ x: xOf(value), label: short(value) })) };
  }
  // A decade below the least, so that the shortest bar can be seen.
  const least = Math.min(most, ...values.filter((value) => value > 0));
  const from = Math.floor(Math.log10(least) - 0.2);
  const to = Math.max(from + 1, Math.log10(most));
  const xOf = (value: number): string => {
    const share = Math.min(1, Math.max(0, (Math.log10(Math.max(value, 10 ** from)) - from) / (to - from)));
    return (PLOT_LEFT + share * width).toFixed(1);
  };
  const decades = Array.from({ length: Math.floor(to) - from + 1 }, (_, index) => 10 ** (from + index));
  return { xOf, ticks: decades.map((value) => ({ x: xOf(value), label: short(value) })) };
}

function drawBar({ label, value, upTo, text: figures, isOurs }: Bar, y: number, { xOf }: Axis): readonly string[] {
  const kind = isOurs ? "ours" : "theirs";
  const middle = y + ROW_HEIGHT / 2 + 4;
  const rect = (end: string, more: string): string => {
    const width = Math.max(1, Number(end) - PLOT_LEFT).toFixed(1);
    return `<rect class="${kind}${more}" x="${PLOT_LEFT}" y="${y + 3}" width="${width}" height="${ROW_HEIGHT - 6}" rx="2"/>`;
  };
  const end = xOf(Math.max(value, upTo ?? value));
  return [
    text(PLOT_LEFT - 8, middle, isOurs ? "end strong" : "end", label),
    ...(upTo === undefined ? [] : [rect(xOf(upTo), " pale")]),
    rect(xOf(value), ""),
    text((Number(end) + 6).toFixed(1), middle, isOurs ? "strong" : "", figures),
  ];
}

function text(x: number | string, y: number, kind: string, content: string): string {
  const named = kind === "" ? "" : ` class="${kind}"`;
  return `<text${named} x="${x}" y="${y}">${escaped(content)}</text>`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The next of 1, 2, 5, 10, 20, … */
function roundStep(least: number): number {
  const decade = 10 ** Math.floor(Math.log10(least));
  return (([1, 2, 5] as const).find((factor) => factor * decade >= least) ?? 10) * decade;
}

function short(value: number): string {
  if (value >= 1e6) return `${value / 1e6} M`;
  if (value >= 1e3) return `${value / 1e3} k`;
  return String(Number(value.toPrecision(3)));
}

const WIDTH = 720;
const MARGIN = 16;
/** Where bars begin, and where the longest one ends: names stand before it, figures behind. */
const PLOT_LEFT = 150;
const PLOT_RIGHT = 590;
const HEAD_HEIGHT = 60;
const GROUP_HEIGHT = 30;
const ROW_HEIGHT = 22;
const FOOT_HEIGHT = 48;

/** Letters have a rim in the colour of the page, so that lines behind them do not disturb. */
const STYLE = [
  "text{font:12px system-ui,-apple-system,'Segoe UI',sans-serif;fill:#1f2328;stroke:#fff;stroke-width:3px;paint-order:stroke}",
  ".title{font-size:16px;font-weight:600}.group{font-size:13px;font-weight:600}.strong{font-weight:600}",
  ".note{fill:#59636e}.end{text-anchor:end}.middle{text-anchor:middle}",
  ".page{fill:#fff}.grid{stroke:#d1d9e0;stroke-width:1;fill:none}",
  ".ours{fill:#0969da}.theirs{fill:#9aa4af}.pale{opacity:.4}",
  "@media(prefers-color-scheme:dark){text{fill:#f0f6fc;stroke:#0d1117}.note{fill:#9198a1}.page{fill:#0d1117}.grid{stroke:#3d444d}",
  ".ours{fill:#4493f8}.theirs{fill:#656c76}}",
].join("");
