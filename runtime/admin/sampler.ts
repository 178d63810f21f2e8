import { limits } from "../protocol/limits.ts";
import { type HistogramName, histogramBounds } from "../telemetry/metrics.ts";
import type { PrometheusFigures } from "../telemetry/prometheus.ts";
import type { Attributes } from "../telemetry/telemetry.ts";
import type { Sample } from "./answers.ts";
import { type CounterChoice, type SeriesSource, series, seriesIds } from "./series.ts";

/**
 * What the charts are drawn from: samples of the figures of one member, the newest few of which are kept, so that whoever
 * opens the page sees what has led to what they see.
 */
export class Sampler {
  readonly #memberId: string;
  readonly #samples: Sample[] = [];
  #count = 0;
  #before: Moment | undefined;

  constructor(memberId: string) {
    this.#memberId = memberId;
  }

  /** Takes a sample. `unixMs`: by the wall clock; `monotonicMs`: by one that does not jump. */
  take(figures: PrometheusFigures, unixMs: number, monotonicMs: number): void {
    const now = new Moment(figures, this.#memberId, monotonicMs);
    const before = this.#before;
    this.#before = now;
    this.#count += 1;
    const values = seriesIds.map((id) => rounded(now.value(series[id], before)));
    this.#samples.push({ number: this.#count, unixMs, values });
    if (this.#samples.length > limits.adminSamplesMax) this.#samples.shift();
  }

  /** Samples that came after the one with this number, oldest first. */
  after(number: number): readonly Sample[] {
    return this.#samples.filter((sample) => sample.number > number);
  }
}

/** The figures of one member at one time. */
class Moment {
  readonly #figures: PrometheusFigures;
  readonly #memberId: string;
  readonly #monotonicMs: number;

  constructor(figures: PrometheusFigures, memberId: string, monotonicMs: number) {
    this.#figures = figures;
    this.#memberId = memberId;
    this.#monotonicMs = monotonicMs;
  }

  value(source: SeriesSource, before: Moment | undefined): number | null {
    if (source.kind === "gauge") return this.#sum(source.of);
    if (before === undefined) return null;
    if (source.kind === "rate") return this.#rate(source.of, before);
    return quantileOf(this.#increase(source.of, before), source.quantile);
  }

  #rate(choices: readonly CounterChoice[], before: Moment): number | null {
    let increase = 0;
    // A counter that nobody has heard of has not counted anything yet.
    for (const choice of choices) increase += Math.max(0, (this.#sum(choice) ?? 0) - (before.#sum(choice) ?? 0));
    const seconds = (this.#monotonicMs - before.#monotonicMs) / 1_000;
    return seconds > 0 ? increase / seconds : null;
  }

  #sum({ name, values }: CounterChoice): number | null {
    const figures = this.#figures.values.get(name)?.filter(({ attributes }) => this.#isWanted(attributes, values));
    if (figures === undefined || figures.length === 0) return null;
    return figures.reduce((sum, { value }) => sum + value, 0);
  }

  /** What each bucket of a histogram has got since then, over all of its attributes. */
  #increase(name: HistogramName, before: Moment): readonly number[] {
    const counts = before.#counts(name);
    return this.#counts(name).map((count, index) => Math.max(0, count - (counts[index] ?? 0)));
  }

  #counts(name: HistogramName): readonly number[] {
    const sums = new Array<number>(histogramBounds.length + 1).fill(0);
    for (const { attributes, counts } of this.#figures.histograms.get(name) ?? []) {
      if (!this.#isWanted(attributes, undefined)) continue;
      for (const [index, count] of counts.entries()) sums[index] = (sums[index] ?? 0) + count;
    }
    return sums;
  }

  /** Figures of the process have no member. Others may run in the same one. */
  #isWanted({ member = this.#memberId, ...own }: Attributes, values: readonly string[] | undefined): boolean {
    return (
      member === this.#memberId && (values === undefined || Object.values(own).some((own) => values.includes(own)))
    );
  }
}

/** As Prometheus does it: evenly spread within a bucket. `null`: there was nothing. */
function quantileOf(counts: readonly number[], quantile: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let rank = quantile * total;
  for (const [index, count] of counts.entries()) {
    if (count > 0 && rank <= count) {
      const from = histogramBounds[index - 1] ?? 0;
      const to = histogramBounds[index] ?? from;
      return from + (to - from) * (rank / count);
    }
    rank -= count;
  }
  return histogramBounds.at(-1) ?? null;
}

/** Five digits are more than can be seen. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}
