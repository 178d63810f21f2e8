import type { CaseFigures } from "./library.child.ts";
import type { LibraryName } from "./library.ts";
import type { Strictness } from "./strictness.ts";

/** What one library took for every case. */
export interface LibraryFigures {
  readonly library: LibraryName;
  readonly ownsResult: boolean;
  readonly strictness: Strictness;
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

/** What the project's README shows: every library for three cases, and the fastest ones for every case. */
export function readmeTables(figures: readonly LibraryFigures[]): string {
  return `${librariesTable(figures)}\n\n${casesTable(figures)}`;
}

/** Encode and decode as times to hawser's, and what a library refuses. */
function librariesTable(figures: readonly LibraryFigures[]): string {
  const heads = shown.map((name) => `${name}: encode | decode | bytes`).join(" | ");
  const rows = figures.map(({ library, strictness: { wrongMessages, cutFrames } }) => {
    const cells = shown.map((name) => {
      const base = caseOf(figures, "hawser", name);
      const { encodeNs, decodeNs, bytes } = caseOf(figures, library, name);
      if (library === "hawser") return `${nanoseconds(encodeNs)} | ${nanoseconds(decodeNs)} | ${bytes}`;
      return `${times(encodeNs, base.encodeNs)} | ${times(decodeNs, base.decodeNs)} | ${bytes}`;
    });
    const cut = `${((100 * cutFrames.refused) / cutFrames.all).toFixed(cutFrames.refused === cutFrames.all ? 0 : 1)} %`;
    return `| ${library} | ${cells.join(" | ")} | ${wrongMessages.refused} of ${wrongMessages.all} | ${cut} |`;
  });
  return [
    `| library | ${heads} | refuses: wrong messages | cut frames |`,
    `| --- |${" ---: |".repeat(shown.length * 3 + 2)}`,
    ...rows,
  ].join("\n");
}

/**
 * hawser and the fastest of the other libraries, for each case. Where one is ahead by more than a twentieth, a footnote
 * says what it leaves undone.
 */
function casesTable(figures: readonly LibraryFigures[]): string {
  const notes: string[] = [];
  const names = (figures[0]?.cases ?? []).map(({ name }) => name);
  const rows = names.map((name) => {
    const cells = (["encodeNs", "decodeNs"] as const).map((part) => {
      const base = caseOf(figures, "hawser", name)[part];
      const fastest = fastestOther(figures, name, part);
      const value = timeOf(fastest, name, part);
      const cell = `${nanoseconds(base)} | ${nameOf(fastest)} ${times(value, base)}`;
      if (value >= base * aheadMin) return cell;
      const into = times(caseOf(figures, "hawser-into", name)[part], base);
      notes.push(part === "encodeNs" ? encodeNote(fastest, into) : decodeNote(fastest));
      return `${cell} [${notes.length}]`;
    });
    return `| ${name} | ${cells.join(" | ")} |`;
  });
  const footnotes = notes.map((note, index) => `[${index + 1}] ${note}`);
  return [
    "| message | hawser encodes in | fastest other library | hawser decodes in | fastest other library |",
    "| --- | ---: | ---: | ---: | ---: |",
    ...rows,
    ...(footnotes.length === 0 ? [] : ["", footnotes.join("  \n")]),
  ].join("\n");
}

function encodeNote({ library, ownsResult, strictness: { wrongMessages } }: LibraryFigures, into: string): string {
  const strictness = `${library} refuses ${wrongMessages.refused} of ${wrongMessages.all} wrong messages, hawser all`;
  if (ownsResult) return `${strictness}.`;
  return `${strictness}; it writes into one buffer over and over, as hawser-into does, which takes ${into}.`;
}

function decodeNote({ library, strictness: { cutFrames } }: LibraryFigures): string {
  const [refused, all] = [cutFrames.refused, cutFrames.all].map((count) => count.toLocaleString("en"));
  if (library === "msgpackr")
    return "msgpackr shares the names of a map's keys with the sender, and the frame lacks them.";
  return `${library} refuses ${refused} of ${all} frames that end too early, hawser all.`;
}

function fastestOther(figures: readonly LibraryFigures[], name: string, part: "encodeNs" | "decodeNs"): LibraryFigures {
  const others = figures.filter(({ library }) => !library.startsWith("hawser") && !library.startsWith("hand"));
  const [fastest] = others.toSorted((a, b) => timeOf(a, name, part) - timeOf(b, name, part));
  if (fastest === undefined) throw new Error("no library stands beside hawser");
  return fastest;
}

function timeOf(figures: LibraryFigures, name: string, part: "encodeNs" | "decodeNs"): number {
  return caseOf([figures], nameOf(figures), name)[part];
}

function nameOf({ library }: LibraryFigures): LibraryName {
  return library;
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

/** Of hawser's time: who takes less of it gets a footnote. */
const aheadMin = 0.95;

const shown = ["mixed stream", "ClientRequest 128 B", "batch of 100"];
