import type { SamplesAnswer } from "../answers.ts";
import type { SeriesId } from "../series.ts";
import { element, setText } from "./element.ts";
import { formatDuration, formatTime, type Unit } from "./format.ts";
import { type ChartData, LineChart } from "./line-chart.ts";

/** All charts, with one moment for all of them at which they are read. */
export class Charts {
  readonly #charts: readonly { readonly chart: LineChart; readonly lines: readonly (readonly [SeriesId, string])[] }[];
  readonly #slider: HTMLInputElement;
  readonly #moment: HTMLElement = element("output", { for: "moment" });
  readonly #live: HTMLButtonElement;
  #series: readonly SeriesId[] = [];
  #samples: SamplesAnswer["samples"] = [];
  /** The number of the sample that somebody looks at; the newest if nobody does. */
  #chosen: number | undefined;

  constructor(container: HTMLElement) {
    this.#slider = element("input", {
      id: "moment",
      type: "range",
      oninput: () => this.#choose(Number(this.#slider.value)),
    });
    this.#live = element("button", { type: "button", onclick: () => this.#choose(undefined) }, "Back to now");
    const charts: { chart: LineChart; lines: readonly (readonly [SeriesId, string])[] }[] = [];
    container.append(
      element(
        "div",
        { class: "moment" },
        element("label", { for: "moment" }, "Moment"),
        this.#slider,
        this.#moment,
        this.#live,
      ),
    );
    for (const { heading, charts: specifications } of CATALOGUE) {
      const grid = element("div", { class: "chart-grid" });
      for (const { title, unit, lines } of specifications) {
        const labels = lines.map(([, label]) => label);
        const chart = new LineChart(title, unit, labels, (place) => this.#choose(place));
        charts.push({ chart, lines });
        grid.append(chart.element);
      }
      container.append(element("section", {}, element("h2", {}, heading), grid));
    }
    this.#charts = charts;
  }

  /** The number of the newest sample. */
  get newest(): number {
    return this.#samples.at(-1)?.number ?? 0;
  }

  /** Takes what came since the last time. */
  add({ series, samples, intervalMs }: SamplesAnswer): void {
    this.#series = series;
    const oldest = (samples.at(-1)?.unixMs ?? Date.now()) - SPAN_MAX_MS - intervalMs;
    const before = this.#samples.length;
    this.#samples = [...this.#samples, ...samples].filter(({ unixMs }) => unixMs >= oldest);
    if (this.#chosen !== undefined) {
      const gone = before + samples.length - this.#samples.length;
      this.#chosen = Math.max(0, this.#chosen - gone);
    }
    this.#draw();
  }

  /** Forgets everything: another process answers. */
  reset(): void {
    this.#samples = [];
    this.#chosen = undefined;
  }

  #choose(place: number | undefined): void {
    const isNewest = place !== undefined && place >= this.#samples.length - 1;
    this.#chosen = isNewest ? undefined : place;
    this.#draw();
  }

  #draw(): void {
    const unixMs = this.#samples.map((sample) => sample.unixMs);
    const toUnixMs = unixMs.at(-1) ?? Date.now();
    const spanMs = Math.min(SPAN_MAX_MS, Math.max(SPAN_MIN_MS, toUnixMs - (unixMs[0] ?? toUnixMs)));
    const common = { unixMs, fromUnixMs: toUnixMs - spanMs, toUnixMs, chosen: this.#chosen };
    for (const { chart, lines } of this.#charts) {
      const data: ChartData = {
        ...common,
        lines: lines.map(([id, label]) => ({ label, values: this.#valuesOf(id) })),
      };
      chart.show(data);
    }
    this.#showMoment(unixMs, toUnixMs);
  }

  #showMoment(unixMs: readonly number[], newestUnixMs: number): void {
    const last = Math.max(0, unixMs.length - 1);
    this.#slider.max = String(last);
    this.#slider.value = String(this.#chosen ?? last);
    const chosenUnixMs = this.#chosen === undefined ? undefined : unixMs[this.#chosen];
    const text =
      chosenUnixMs === undefined
        ? "now"
        : `${formatTime(chosenUnixMs)}, ${formatDuration(newestUnixMs - chosenUnixMs)} ago`;
    setText(this.#moment, text);
    this.#slider.setAttribute("aria-valuetext", text);
    const isLive = chosenUnixMs === undefined;
    if (isLive && document.activeElement === this.#live) this.#slider.focus();
    this.#live.hidden = isLive;
  }

  #valuesOf(id: SeriesId): readonly (number | null)[] {
    const index = this.#series.indexOf(id);
    return this.#samples.map(({ values }) => values[index] ?? null);
  }
}

interface ChartSpecification {
  readonly title: string;
  readonly unit: Unit;
  readonly lines: readonly (readonly [SeriesId, string])[];
}

const CATALOGUE: readonly { readonly heading: string; readonly charts: readonly ChartSpecification[] }[] = [
  {
    heading: "Load",
    charts: [
      {
        title: "Commands and queries",
        unit: "perSecond",
        lines: [
          ["commandsApplied", "commands applied"],
          ["queriesAnswered", "queries answered"],
          ["commandsRepeated", "repeated"],
          ["requestsFailed", "not served"],
        ],
      },
      {
        title: "Bytes of frames",
        unit: "bytesPerSecond",
        lines: [
          ["bytesReceived", "received"],
          ["bytesSent", "sent"],
        ],
      },
      {
        title: "Requests to clients",
        unit: "perSecond",
        lines: [
          ["serverRequestsSent", "sent"],
          ["serverRequestsRedelivered", "sent again"],
        ],
      },
    ],
  },
  {
    heading: "Latency",
    charts: [
      {
        title: "Propose to commit",
        unit: "seconds",
        lines: [
          ["proposalP50", "p50"],
          ["proposalP99", "p99"],
          ["commitP99", "p99 of the engine"],
        ],
      },
      {
        title: "Apply one entry",
        unit: "seconds",
        lines: [
          ["applyP50", "p50"],
          ["applyP99", "p99"],
        ],
      },
      {
        title: "Read barrier",
        unit: "seconds",
        lines: [
          ["barrierP50", "p50"],
          ["barrierP99", "p99"],
        ],
      },
    ],
  },
  {
    heading: "Sessions and connections",
    charts: [
      {
        title: "Sessions",
        unit: "count",
        lines: [
          ["sessionsConnected", "connected"],
          ["sessionsDetached", "detached"],
          ["sessionsEnding", "ending"],
        ],
      },
      {
        title: "Sessions that come and go",
        unit: "perSecond",
        lines: [
          ["sessionsCreated", "created"],
          ["sessionsContinued", "continued"],
          ["sessionsEnded", "ended"],
          ["handshakesRejected", "rejected"],
        ],
      },
      {
        title: "Connections",
        unit: "count",
        lines: [
          ["connectionsReady", "ready"],
          ["connectionsHandshaking", "handshaking"],
          ["connectionsThrottled", "throttled"],
        ],
      },
    ],
  },
  {
    heading: "Back-pressure",
    charts: [
      {
        title: "Waiting for an answer",
        unit: "count",
        lines: [
          ["commandsPending", "commands"],
          ["queriesPending", "queries"],
          ["serverRequestsPending", "requests to clients"],
        ],
      },
      { title: "Waiting to be sent", unit: "bytes", lines: [["sendQueueBytes", "all connections"]] },
      { title: "Committed and not applied", unit: "count", lines: [["logLag", "entries of the log"]] },
    ],
  },
  {
    heading: "Trouble",
    charts: [
      {
        title: "Event-loop delay",
        unit: "seconds",
        lines: [
          ["eventLoopP50", "p50"],
          ["eventLoopP99", "p99"],
          ["eventLoopMax", "longest"],
        ],
      },
      {
        title: "Refused",
        unit: "perSecond",
        lines: [
          ["overloads", "overloaded"],
          ["rateLimits", "over a rate"],
          ["unauthorized", "unauthorized"],
          ["faults", "faults"],
        ],
      },
    ],
  },
];

const SPAN_MIN_MS = 120_000;
const SPAN_MAX_MS = 600_000;
