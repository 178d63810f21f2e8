import type { ModuleCounters } from "./coverage.ts";
import type { Fuzzer } from "./fuzzer.ts";

const PRINT_EVERY_MS = 10_000;

/** A line every ten seconds. */
export class Progress {
  readonly #fuzzers: readonly Fuzzer[];
  readonly #startedAt = performance.now();
  #printedAt = this.#startedAt;

  constructor(fuzzers: readonly Fuzzer[]) {
    this.#fuzzers = fuzzers;
  }

  tick(): void {
    if (performance.now() - this.#printedAt < PRINT_EVERY_MS) return;
    this.#printedAt = performance.now();
    this.print();
  }

  print(): void {
    const seconds = (performance.now() - this.#startedAt) / 1_000;
    const executions = this.#sum(({ executions }) => executions);
    const { reached, all } = coverageOf(this.#fuzzers);
    console.log(
      [
        `${seconds.toFixed(0)} s`,
        `${executions} executions`,
        `${Math.round(executions / seconds)}/s`,
        `${this.#sum(({ corpus }) => corpus.size)} inputs kept`,
        `${reached} of ${all} counters reached`,
        `${this.#sum(({ findings }) => findings.length)} findings`,
      ].join(", "),
    );
  }

  #sum(count: (fuzzer: Fuzzer) => number): number {
    return this.#fuzzers.reduce((sum, fuzzer) => sum + count(fuzzer), 0);
  }
}

/** Counters of all modules, and how many of them were reached by any target. */
function coverageOf(fuzzers: readonly Fuzzer[]): { readonly reached: number; readonly all: number } {
  const modules = new Set<ModuleCounters>(fuzzers.flatMap(({ target }) => target.modules));
  let reached = 0;
  let all = 0;
  for (const module of modules) {
    const seen = fuzzers.flatMap((fuzzer) => [fuzzer.coverage.seen(module), fuzzer.attackCoverage.seen(module)]);
    all += module.hits.length;
    for (let counter = 0; counter < module.hits.length; counter++) {
      if (seen.some((sizes) => sizes[counter] !== 0)) reached += 1;
    }
  }
  return { reached, all };
}
