import type { CommandTimes } from "./questions.ts";
import type { KeepAliveFigures, ScaleFigures } from "./scale.ts";

/** One table with a column for each number of sessions, and one that holds the targets beside what was measured. */
export function printScale(rows: readonly ScaleFigures[]): void {
  console.table(
    Object.fromEntries(
      lines.map(([what, figureOf]) => [
        what,
        Object.fromEntries(rows.map((row) => [`${row.sessions} sessions`, figureOf(row)])),
      ]),
    ),
  );
  console.table(rows.flatMap(againstTargets));
}

type Line = readonly [what: string, figureOf: (row: ScaleFigures) => number | string];

const lines: readonly Line[] = [
  ["connected", ({ connected }) => connected],
  ["sessions created per second", ({ createdPerSecond }) => Math.round(createdPerSecond)],
  ["connections with a session per second", ({ connectedPerSecond }) => Math.round(connectedPerSecond)],
  ["heap KiB, detached session", ({ heapBytesPerDetached }) => kibibytes(heapBytesPerDetached)],
  ["heap KiB, connected session", ({ heapBytesPerConnected }) => kibibytes(heapBytesPerConnected)],
  ["RSS KiB, detached session", ({ residentBytesPerDetached }) => kibibytes(residentBytesPerDetached)],
  ["RSS KiB, connected session", ({ residentBytesPerConnected }) => kibibytes(residentBytesPerConnected)],
  ["CPU %, keep-alive each 30 s", ({ idle }) => rounded(idle.cpuPercent)],
  ["the same bytes, bare node:net", ({ bareIdle }) => rounded(bareIdle.cpuPercent)],
  ["CPU %, keep-alive each 10 s", ({ each10s }) => rounded(each10s.cpuPercent)],
  ["CPU %, 10,000 keep-alives per second", ({ many }) => rounded(cpuAtTarget(many))],
  ["these bytes, bare node:net", ({ bareMany }) => rounded(cpuAtTarget(bareMany))],
  ["killed; the next one serves after ms", ({ servingAfterMs }) => servingAfterMs],
  ["half of all are back after ms", ({ halfBackAfterMs }) => halfBackAfterMs],
  ["all are back after ms", ({ allBackAfterMs }) => allBackAfterMs],
  ["attempts of each", ({ attempts, connected }) => rounded(attempts / connected)],
  ["sessions lost", ({ sessionsLost }) => sessionsLost],
  ["all have expired within ms", ({ expiryMs }) => expiryMs],
  ["command, calm: p50 / p99 ms", ({ calm }) => times(calm)],
  ["while all come back", ({ duringReturn }) => times(duringReturn)],
  ["while all expire", ({ duringExpiry }) => times(duringExpiry)],
];

/** A benchmark fails by no figure: whoever reads it judges. */
function againstTargets(row: ScaleFigures) {
  const { sessions, connected, idle, bareIdle, many, bareMany } = row;
  const lines = [
    { sessions, what: "heap of a detached session, KiB", target: "≤ 1", measured: kibibytes(row.heapBytesPerDetached) },
    {
      sessions,
      what: "heap of a connected session, KiB",
      target: "≤ 8",
      measured: kibibytes(row.heapBytesPerConnected),
    },
    { sessions, what: "10,000 keep-alives a second, CPU %", target: "< 15", measured: rounded(cpuAtTarget(many)) },
    {
      sessions,
      what: "the same, to bare node:net",
      target: "",
      measured: ratio(cpuAtTarget(many), cpuAtTarget(bareMany)),
    },
  ];
  // Of few connections nothing follows for many: what a server does without any would count as often.
  if (connected < IDLE_CONNECTIONS_TARGET) return lines;
  const measured = rounded((idle.cpuPercent / connected) * IDLE_CONNECTIONS_TARGET);
  return [
    ...lines,
    { sessions, what: "10,000 idle connected sessions, CPU %", target: "< 5", measured },
    { sessions, what: "the same, to bare node:net", target: "", measured: ratio(idle.cpuPercent, bareIdle.cpuPercent) },
  ];
}

/** At so many keep-alives as were meant, for it may have been a few less. */
function cpuAtTarget({ cpuPercent, perSecond }: KeepAliveFigures): number {
  return (cpuPercent / perSecond) * KEEP_ALIVES_TARGET;
}

function ratio(one: number, other: number): number {
  return Number((one / other).toFixed(2));
}

function kibibytes(bytes: number): number {
  return Number((bytes / 1_024).toFixed(2));
}

function rounded(value: number): number {
  return Number(value.toFixed(1));
}

function times({ p50Ms, p99Ms, commands }: CommandTimes): string {
  return commands === 0 ? "none" : `${rounded(p50Ms)} / ${rounded(p99Ms)}`;
}

const KEEP_ALIVES_TARGET = 10_000;
const IDLE_CONNECTIONS_TARGET = 10_000;
