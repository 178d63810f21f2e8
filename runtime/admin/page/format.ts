/** How a value of a chart is written. */
export type Unit = "count" | "perSecond" | "seconds" | "bytes" | "bytesPerSecond";

/** A value with its unit, in a few characters; a dash where there is none. */
export function formatValue(value: number | null | undefined, unit: Unit): string {
  if (value === null || value === undefined) return "–";
  switch (unit) {
    case "count":
      return formatNumber(value);
    case "perSecond":
      return `${formatNumber(value)}/s`;
    case "seconds":
      return formatSeconds(value);
    case "bytes":
      return formatBytes(value);
    case "bytesPerSecond":
      return `${formatBytes(value)}/s`;
  }
}

/** Whole numbers in full, others with as many digits as can be told apart. */
export function formatNumber(value: number): string {
  if (value >= 1e6) return COMPACT.format(value);
  return (value >= 100 || Number.isInteger(value) ? WHOLE : SHORT).format(value);
}

/** For how long: `1 h 5 min`, `12 s`. */
export function formatDuration(durationMs: number): string {
  const seconds = Math.floor(durationMs / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${rest(seconds % 60, "s")}`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h${rest(minutes % 60, "min")}` : `${Math.floor(hours / 24)} d${rest(hours % 24, "h")}`;
}

/** The time of day where the page is looked at. */
export function formatTime(unixMs: number): string {
  return TIME.format(unixMs);
}

/** Day and time. */
export function formatDate(unixMs: number): string {
  return DATE.format(unixMs);
}

function rest(count: number, unit: string): string {
  return count === 0 ? "" : ` ${count} ${unit}`;
}

function formatSeconds(seconds: number): string {
  if (seconds === 0) return "0 ms";
  if (seconds < 0.001) return `${formatNumber(seconds * 1e6)} µs`;
  return seconds < 1 ? `${formatNumber(seconds * 1e3)} ms` : `${formatNumber(seconds)} s`;
}

function formatBytes(bytes: number): string {
  let value = bytes;
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (value < 1_024 || unit === "GiB") return `${formatNumber(value)} ${unit}`;
    value /= 1_024;
  }
  return "";
}

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
const COMPACT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
const TIME = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });
const DATE = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });
