import { type Growth, growth } from "./growth.ts";
import type { ProcessMemory, Seen } from "./soak.ts";

/** How the memory of one process has grown. */
export interface MemoryVerdict {
  readonly name: string;
  readonly figure: "heap" | "resident";
  readonly growth: Growth;
}

export function memoryVerdicts(memory: readonly ProcessMemory[], durationMs: number): readonly MemoryVerdict[] {
  return memory.flatMap(({ name, samples }) => [
    { name, figure: "heap" as const, growth: growth(samples, "heapBytes", durationMs) },
    { name, figure: "resident" as const, growth: growth(samples, "residentBytes", durationMs) },
  ]);
}

/** Where a run is, in one line. */
export function progressLine(nowMs: number, seen: Seen): string {
  const { counts, sessions, openCalls, oldestCall, problems } = seen;
  const parts = [
    `${(nowMs / 1_000).toFixed(0)} s`,
    `${thousands(counts["command"] ?? 0)} commands`,
    `${thousands(counts["query"] ?? 0)} queries`,
    `${sessions} sessions`,
    `${openCalls} calls open, the oldest (${oldestCall.kind}) for ${(oldestCall.ageMs / 1_000).toFixed(1)} s`,
    `${problems.length} problems`,
  ];
  return parts.join(", ");
}

/** What happened how often, in columns. */
export function countsTable(counts: Readonly<Record<string, number>>): string {
  const entries = Object.entries(counts).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const width = Math.max(0, ...entries.map(([what]) => what.length));
  return entries.map(([what, times]) => `  ${what.padEnd(width)} ${thousands(times).padStart(11)}`).join("\n");
}

export function memoryTable(verdicts: readonly MemoryVerdict[]): string {
  const rows = verdicts.map(({ name, figure, growth: each }) => [
    name,
    figure,
    mebibytes(each.firstBytes),
    mebibytes(each.lastBytes),
    `${mebibytes(each.perHour)} ± ${mebibytes(2 * each.errorPerHour)}`,
    mebibytes(each.limitPerHour),
    each.verdict,
  ]);
  return aligned([["process", "memory", "first MiB", "last MiB", "MiB per hour", "limit", "verdict"], ...rows]);
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd())
    .join("\n");
}

function mebibytes(bytes: number): string {
  return (bytes / 1_024 / 1_024).toFixed(1);
}

function thousands(count: number): string {
  return count.toLocaleString("en");
}
