import { element, setText, svgElement } from "./element.ts";
import { formatTime, formatValue, type Unit } from "./format.ts";

/** One line of a chart. */
export interface Line {
  readonly label: string;
  /** One value for each moment; `null` leaves a gap. */
  readonly values: readonly (number | null)[];
}

/** What is drawn. */
export interface ChartData {
  /** When each value was taken, oldest first. */
  readonly unixMs: readonly number[];
  readonly lines: readonly Line[];
  /** The time that the width stands for. */
  readonly fromUnixMs: number;
  readonly toUnixMs: number;
  /** The moment whose values are written out: a place in `unixMs`, or the newest. */
  readonly chosen: number | undefined;
}

/** Lines over time, from zero up, with their values beside their names. */
export class LineChart {
  readonly element: HTMLElement;
  readonly #title: string;
  readonly #unit: Unit;
  readonly #svg: SVGSVGElement;
  readonly #readings: readonly HTMLElement[];
  #data: ChartData | undefined;
  #width = 0;

  /** `chosen`: somebody points at a moment, or no longer does. */
  constructor(title: string, unit: Unit, labels: readonly string[], chosen: (place: number | undefined) => void) {
    this.#title = title;
    this.#unit = unit;
    this.#svg = svgElement("svg", {
      role: "img",
      height: HEIGHT,
      onpointermove: (event) => chosen(this.#placeAt((event as PointerEvent).clientX)),
      onpointerleave: () => chosen(undefined),
    });
    this.#readings = labels.map(() => element("span", { class: "reading" }, "–"));
    const keys = labels.map((label, index) =>
      element(
        "li",
        {},
        element("span", { class: `key line-${index + 1}` }),
        `${label} `,
        this.#readings[index] as Node,
      ),
    );
    this.element = element(
      "figure",
      { class: "chart" },
      element("figcaption", {}, element("h3", {}, title), element("ul", { class: "keys" }, ...keys)),
      this.#svg,
    );
    new ResizeObserver(([entry]) => {
      this.#width = Math.floor(entry?.contentRect.width ?? 0);
      this.#draw();
    }).observe(this.element);
  }

  /** Draws other data. */
  show(data: ChartData): void {
    this.#data = data;
    this.#draw();
  }

  #draw(): void {
    const data = this.#data;
    if (data === undefined || this.#width === 0) return;
    const values = data.lines.flatMap((line) => line.values.filter((value) => value !== null));
    const top = niceCeiling(Math.max(0, ...values), this.#unit);
    const scale: Scale = {
      x: (unixMs) =>
        LEFT + ((unixMs - data.fromUnixMs) / (data.toUnixMs - data.fromUnixMs)) * (this.#width - LEFT - RIGHT),
      y: (value) => HEIGHT - BOTTOM - (value / top) * (HEIGHT - BOTTOM - TOP),
    };
    this.#svg.setAttribute("width", String(this.#width));
    this.#svg.replaceChildren(
      ...this.#grid(top, scale, data),
      ...data.lines.flatMap((line, index) => lineOf(line, index, data.unixMs, scale)),
      ...this.#cursor(data, scale),
      ...(values.length === 0 ? [this.#emptiness()] : []),
    );
    this.#read(data);
  }

  #grid(top: number, { x, y }: Scale, { fromUnixMs, toUnixMs }: ChartData): readonly SVGElement[] {
    const levels = [0, top / 2, top].flatMap((value) => [
      svgElement("line", { class: "grid", x1: LEFT, x2: this.#width - RIGHT, y1: y(value), y2: y(value) }),
      svgElement(
        "text",
        { class: "axis", x: LEFT - 6, y: y(value) + 3, "text-anchor": "end" },
        formatValue(value, this.#unit),
      ),
    ]);
    const times = [
      { unixMs: fromUnixMs, anchor: "start" },
      { unixMs: toUnixMs, anchor: "end" },
    ].map(({ unixMs, anchor }) =>
      svgElement("text", { class: "axis", x: x(unixMs), y: HEIGHT - 4, "text-anchor": anchor }, formatTime(unixMs)),
    );
    return [...levels, ...times];
  }

  #cursor({ unixMs, lines, chosen }: ChartData, { x, y }: Scale): readonly SVGElement[] {
    const place = chosen ?? unixMs.length - 1;
    const moment = unixMs[place];
    if (moment === undefined) return [];
    const dots = lines.flatMap((line, index) => {
      const value = line.values[place];
      if (value === null || value === undefined) return [];
      return svgElement("circle", { class: `dot line-${index + 1}`, cx: x(moment), cy: y(value), r: 3.5 });
    });
    if (chosen === undefined) return dots;
    return [
      svgElement("line", { class: "cursor", x1: x(moment), x2: x(moment), y1: TOP, y2: HEIGHT - BOTTOM }),
      ...dots,
    ];
  }

  #emptiness(): SVGElement {
    const middle = (HEIGHT - BOTTOM + TOP) / 2;
    const x = (this.#width + LEFT - RIGHT) / 2;
    return svgElement(
      "text",
      { class: "emptiness", x, y: middle - 8, "text-anchor": "middle" },
      "nothing in this time",
    );
  }

  /** Writes the values out, for eyes and for screen readers. */
  #read({ lines, chosen, unixMs }: ChartData): void {
    const place = chosen ?? unixMs.length - 1;
    const readings = lines.map((line, index) => {
      const reading = formatValue(line.values[place], this.#unit);
      setText(this.#readings[index] as HTMLElement, reading);
      return `${line.label} ${reading}`;
    });
    this.#svg.setAttribute("aria-label", `${this.#title}: ${readings.join(", ")}`);
  }

  #placeAt(clientX: number): number | undefined {
    const data = this.#data;
    if (data === undefined || data.unixMs.length === 0) return undefined;
    const { left } = this.#svg.getBoundingClientRect();
    const share = (clientX - left - LEFT) / (this.#width - LEFT - RIGHT);
    const wanted = data.fromUnixMs + share * (data.toUnixMs - data.fromUnixMs);
    let nearest = 0;
    for (const [place, unixMs] of data.unixMs.entries()) {
      if (Math.abs(unixMs - wanted) < Math.abs((data.unixMs[nearest] ?? 0) - wanted)) nearest = place;
    }
    return nearest;
  }
}

interface Scale {
  x(unixMs: number): number;
  y(value: number): number;
}

function lineOf({ values }: Line, index: number, unixMs: readonly number[], { x, y }: Scale): readonly SVGElement[] {
  let path = "";
  let isDown = false;
  for (const [place, value] of values.entries()) {
    if (value !== null) path += `${isDown ? "L" : "M"}${x(unixMs[place] ?? 0).toFixed(1)} ${y(value).toFixed(1)}`;
    isDown = value !== null;
  }
  return path === "" ? [] : [svgElement("path", { class: `line line-${index + 1}`, d: path })];
}

/** A round number that is not below the greatest value, so that the scale does not change with every value. */
function niceCeiling(value: number, unit: Unit): number {
  if (unit === "bytes" || unit === "bytesPerSecond") return 2 ** Math.max(10, Math.ceil(Math.log2(value)));
  const least = unit === "seconds" ? 0.001 : 2;
  if (value <= least) return least;
  const power = 10 ** Math.floor(Math.log10(value));
  return power * (STEPS.find((step) => step * power >= value) ?? 10);
}

const STEPS: readonly number[] = [1, 2, 4, 6, 8, 10];
const HEIGHT = 150;
const TOP = 8;
const BOTTOM = 20;
/** Room for `100,000/s`. */
const LEFT = 68;
const RIGHT = 8;
