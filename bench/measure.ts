/**
 * How long one call of `run` takes, in nanoseconds, after it was called for `warmUpMs`.
 *
 * It is called in many slices of a few milliseconds, and the one at the lower quarter counts: what other programs take
 * from the machine makes slices longer, never shorter. A slice holds enough calls for garbage collection to have its share.
 */
export function nanosecondsPerCall(run: () => unknown, warmUpMs: number, durationMs: number): number {
  let calls = 1;
  for (let spentMs = 0; spentMs < warmUpMs; ) {
    const elapsedMs = timed(run, calls);
    spentMs += elapsedMs;
    if (elapsedMs < SLICE_MS / 2) calls *= 2;
    else if (elapsedMs > SLICE_MS * 2) calls = Math.max(1, calls >> 1);
  }
  const slices = Math.ceil(durationMs / SLICE_MS);
  const times = Array.from({ length: slices }, () => (timed(run, calls) * 1e6) / calls);
  return percentile(times, 0.25);
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

const SLICE_MS = 4;
