import type { CaseFigures } from "./library.child.ts";
import type { LibraryName } from "./library.ts";

/** What one library took for every case. */
export interface LibraryFigures {
  readonly library: LibraryName;
  readonly ownsResult: boolean;
  readonly cases: readonly CaseFigures[];
}

/** One table for each case; ratios are times to hawser's. */
export function printCases(figures: readonly LibraryFigures[]): void {
  for (const { name } of figures[0]?.cases ?? []) {
    console.log(name);
    const base = caseOf(figures, "hawser", name);
    console.table(
      figures.map(({ library, ownsResult }) => {
        const { bytes, encodeNs, decodeNs, roundTripNs } = caseOf(figures, library, name);
        return {
          library,
          "encode ns": Math.round(encodeNs),
          "decode ns": Math.round(decodeNs),
          "round trip ns": Math.round(roundTripNs),
          "encode to hawser": ratio(encodeNs, base.encodeNs),
          "decode to hawser": ratio(decodeNs, base.decodeNs),
          "round trip to hawser": ratio(roundTripNs, base.roundTripNs),
          bytes,
          "owns result": ownsResult ? "yes" : "no",
        };
      }),
    );
  }
}

/** The table of the project's README: three cases, encode and decode, as times to hawser's. */
export function readmeTable(figures: readonly LibraryFigures[]): string {
  const heads = shown.map((name) => `${name}: encode | decode | bytes`).join(" | ");
  const rows = figures.map(({ library }) => {
    const cells = shown.map((name) => {
      const base = caseOf(figures, "hawser", name);
      const { encodeNs, decodeNs, bytes } = caseOf(figures, library, name);
      if (library === "hawser") return `${nanoseconds(encodeNs)} | ${nanoseconds(decodeNs)} | ${bytes}`;
      return `${times(encodeNs, base.encodeNs)} | ${times(decodeNs, base.decodeNs)} | ${bytes}`;
    });
    return `| ${library} | ${cells.join(" | ")} |`;
  });
  return [`| library | ${heads} |`, `| --- |${" ---: |".repeat(shown.length * 3)}`, ...rows].join("\n");
}

function caseOf(figures: readonly LibraryFigures[], library: LibraryName, name: string): CaseFigures {
  const found = figures.find(({ library: measured }) => measured === library)?.cases.find((each) => each.name === name);
  if (found === undefined) throw new Error(`${library} has no figures for ${name}`);
  return found;
}

function ratio(value: number, base: number): string {
  return (value / base).toFixed(2);
}

function times(value: number, base: number): string {
  return `× ${ratio(value, base)}`;
}

function nanoseconds(value: number): string {
  return `${Math.round(value).toLocaleString("en")} ns`;
}

const shown = ["mixed stream", "ClientRequest 128 B", "batch of 100"];
