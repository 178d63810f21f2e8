/** What one process used at one moment, after garbage was collected. */
export interface MemorySample {
  readonly atMs: number;
  /** Of JavaScript: the heap, and buffers outside of it. */
  readonly heapBytes: number;
  /** Resident, without pages of files, which the kernel takes back as it needs them. */
  readonly residentBytes: number;
}

/** A straight line through figures, by least squares. */
export interface Slope {
  readonly perHour: number;
  /** Its standard error. */
  readonly errorPerHour: number;
}

export type Verdict = "flat" | "grows" | "too short to say";

export interface Growth extends Slope {
  readonly firstBytes: number;
  readonly lastBytes: number;
  readonly limitPerHour: number;
  readonly verdict: Verdict;
}

/**
 * What a heap may grow. An hour has millions of commands and thousands of sessions: forgotten objects of either kind take
 * more than this, a fraction of a byte for each command and half a KiB for each session.
 */
export const HEAP_BYTES_PER_HOUR_MAX: number = 4 * 1_024 * 1_024;
/** What resident memory may: the allocator gives pages back late, and its arenas fill up for an hour or more. */
export const RESIDENT_BYTES_PER_HOUR_MAX: number = 16 * 1_024 * 1_024;

/** Below it, compiled code and buffers that reach their size look like a leak. */
const JUDGED_MS_MIN = 10 * 60_000;

/**
 * How one figure grows in the last two thirds of a run; what came before is warm-up. Of each minute the least counts: what
 * a burst holds while it is under way is no leak, and scatters far more than one would.
 */
export function growth(
  samples: readonly MemorySample[],
  figure: "heapBytes" | "residentBytes",
  durationMs: number,
): Growth {
  const judged = samples.filter(({ atMs }) => atMs >= durationMs / 3 && atMs <= durationMs);
  const points = leastOfEachMinute(judged.map((sample) => [sample.atMs, sample[figure]]));
  const { perHour, errorPerHour } = slope(points);
  const limitPerHour = figure === "heapBytes" ? HEAP_BYTES_PER_HOUR_MAX : RESIDENT_BYTES_PER_HOUR_MAX;
  const [firstBytes, lastBytes] = [points[0]?.[1] ?? 0, points.at(-1)?.[1] ?? 0];
  const spanMs = (judged.at(-1)?.atMs ?? 0) - (judged[0]?.atMs ?? 0);
  return { firstBytes, lastBytes, perHour, errorPerHour, limitPerHour, verdict: verdict() };

  function verdict(): Verdict {
    if (spanMs < JUDGED_MS_MIN) return "too short to say";
    // More than chance, too: clients that hold a burst in one sample and none in the next scatter widely.
    return perHour - 2 * errorPerHour > limitPerHour ? "grows" : "flat";
  }
}

type Point = readonly [atMs: number, figure: number];

function leastOfEachMinute(points: readonly Point[]): readonly Point[] {
  const least = new Map<number, Point>();
  for (const point of points) {
    const minute = Math.floor(point[0] / 60_000);
    const before = least.get(minute);
    if (before === undefined || point[1] < before[1]) least.set(minute, point);
  }
  return [...least.values()];
}

/** By least squares; points are milliseconds and figures. No slope where there are less than three. */
export function slope(points: readonly Point[]): Slope {
  if (points.length < 3) return { perHour: 0, errorPerHour: 0 };
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  let xx = 0;
  let xy = 0;
  for (const [x, y] of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  if (xx === 0) return { perHour: 0, errorPerHour: 0 };
  const perMs = xy / xx;
  const squares = points.reduce((sum, [x, y]) => sum + (y - meanY - perMs * (x - meanX)) ** 2, 0);
  const errorPerMs = Math.sqrt(squares / (points.length - 2) / xx);
  return { perHour: perMs * MS_PER_HOUR, errorPerHour: errorPerMs * MS_PER_HOUR };
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}

const MS_PER_HOUR = 3_600_000;
