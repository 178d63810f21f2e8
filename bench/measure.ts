/** How long one call of `run` takes: the median of several rounds, each long enough for the clock. In nanoseconds. */
export function nanosecondsPerCall(run: () => unknown): number {
  let calls = 1;
  for (let elapsedMs = 0; elapsedMs < ROUND_MS; calls *= 2) elapsedMs = timed(run, calls);
  const rounds = Array.from({ length: ROUNDS }, () => (timed(run, calls) * 1e6) / calls);
  return median(rounds);
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** The value below which the given share of all values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** What the last call gave: keeps the compiler from leaving the work out. */
export let sink: unknown;

function timed(run: () => unknown, calls: number): number {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call++) sink = run();
  return performance.now() - startedAt;
}

const ROUNDS = 5;
const ROUND_MS = 50;
