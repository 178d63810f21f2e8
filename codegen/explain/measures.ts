import type { Type } from "../protocol.ts";
import type { ScalarReading } from "./scalars.ts";

/** A number with its unit, and with its date where it is a moment: `1767225600000 ms, 2026-01-01T00:00:00.000Z`. */
export function measureText(
  { text, value }: ScalarReading,
  { type, unit: own }: { readonly type: Type; readonly unit?: string | undefined },
): string {
  if (typeof value !== "number" && typeof value !== "bigint") return text;
  const unit = own ?? inherited(type, "unit");
  if (unit === undefined) return text;
  const date = inherited(type, "as") === "instant" ? dateOf(Number(value), unit) : undefined;
  return `${text} ${unit}${date === undefined ? "" : `, ${date}`}`;
}

/** What the nearest of the names for a type says. */
function inherited(type: Type, key: "as" | "unit"): string | undefined {
  return type.kind === "alias" ? (type[key] ?? inherited(type.target, key)) : undefined;
}

function dateOf(value: number, unit: string): string | undefined {
  const date = new Date(value * (millisecondsIn[unit] ?? Number.NaN));
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

const millisecondsIn: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1000 };
