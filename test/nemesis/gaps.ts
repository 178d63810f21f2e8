import { clientOf, isAnswered, type Operation } from "./history.ts";

/** What a fault did to those who wanted answers, in milliseconds from the fault on. */
export interface Gap {
  /** Until the first answer to any client. */
  readonly serviceMs: number;
  /** Until the first answer to each client that had answers before, in no order. */
  readonly clientMs: readonly number[];
}

/**
 * How long nobody, and how long each client, was without answers after each of some instants.
 *
 * Answers that were on their way at the instant still come after it. So the gap is that of the longest silence which begins
 * within half a second, from the instant to the silence's end: a leader that was killed cannot have been replaced sooner.
 * Where answers never stopped that is next to nothing.
 */
export function gapsAfter(instants: readonly number[], history: readonly Operation[]): readonly Gap[] {
  const everybody: number[] = [];
  const byClient = new Map<number, number[]>();
  for (const operation of history) {
    if (operation.return === null || !isAnswered(operation)) continue;
    everybody.push(operation.return);
    const own = byClient.get(clientOf(operation)) ?? [];
    own.push(operation.return);
    byClient.set(clientOf(operation), own);
  }
  for (const answers of [everybody, ...byClient.values()]) answers.sort((one, other) => one - other);
  return instants.map((instant) => ({
    serviceMs: silenceAfter(instant, everybody) ?? Number.NaN,
    clientMs: [...byClient.values()].flatMap((answers) => silenceAfter(instant, answers) ?? []),
  }));
}

/** The one in the middle, or the higher one of two. */
export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

/** Nothing where the silence had begun long before, or never ended. */
function silenceAfter(instant: number, answers: readonly number[]): number | undefined {
  const first = firstAfter(instant, answers);
  const [last = 0, next] = [answers[first - 1], answers[first]];
  if (next === undefined || (last < instant - SILENT_BEFORE_US && next > instant + LATE_ANSWERS_US)) return undefined;
  let longest = 0;
  let end = instant;
  let before = instant;
  for (let at = first; before <= instant + LATE_ANSWERS_US; at++) {
    const answer = answers[at];
    if (answer === undefined) break;
    if (answer - before > longest) {
      longest = answer - before;
      end = answer;
    }
    before = answer;
  }
  return (end - instant) / 1_000;
}

function firstAfter(instant: number, answers: readonly number[]): number {
  let [low, high] = [0, answers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((answers[middle] ?? 0) <= instant) low = middle + 1;
    else high = middle;
  }
  return low;
}

const LATE_ANSWERS_US = 500_000;
/** A second without an answer is no accident of a client that asks many times a second. */
const SILENT_BEFORE_US = 1_000_000;
