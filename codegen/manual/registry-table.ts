import type { ReservedEntry } from "../document.ts";
import type { Row, Table } from "./block.ts";
import { code, type Lines, type Phrase, row } from "./block.ts";

/** Something that has a tag. */
export interface Registered {
  readonly tag: number | string;
  /** Its name, with a link where it has a section. */
  readonly name: Lines;
  /** Those that are spoken and have it. */
  readonly versions: string;
  readonly meaning: Lines;
  /** Id of the row, where links lead to it. */
  readonly id: string | undefined;
}

/**
 * Who has which tag, in their order: those that are taken, those that are reserved, and those that are free.
 *
 * `tagMax` is the greatest number; none where tags are texts.
 */
export function registryTable(
  caption: string,
  taken: readonly Registered[],
  reserved: readonly ReservedEntry[],
  tagMax: number | undefined,
): Table {
  const rows = tagMax === undefined ? textRows(taken, reserved) : numberRows(taken, reserved, tagMax);
  return {
    kind: "table",
    caption,
    columns: ["Tag", "Belongs to", "Versions", "Meaning"],
    rows,
    layout: "definitions",
  };
}

/** Names that nothing may have again; numbers are in the table. */
export function reservedNames(reserved: readonly ReservedEntry[]): readonly string[] {
  return reserved.filter((entry) => typeof entry === "string" && rangeOf(entry) === undefined).map(String);
}

function textRows(taken: readonly Registered[], reserved: readonly ReservedEntry[]): Row[] {
  return [
    ...taken.map((entry) => takenRow(entry, [[code(JSON.stringify(entry.tag))]])),
    ...reserved.map((entry) => row([[code(JSON.stringify(String(entry)))]], [["reserved"]], [], [])),
    row([["any other"]], [["free"]], [], []),
  ];
}

function numberRows(taken: readonly Registered[], reserved: readonly ReservedEntry[], tagMax: number): Row[] {
  const stretches = [
    ...taken.map((entry) => ({ first: Number(entry.tag), last: Number(entry.tag), entry })),
    ...reserved.flatMap((entry) => rangeOf(entry) ?? []).map((range) => ({ ...range, entry: undefined })),
  ].sort((a, b) => a.first - b.first);
  const rows: Row[] = [];
  let next = 0;
  for (const { first, last, entry } of stretches) {
    if (first > next) rows.push(freeRow(next, first - 1));
    rows.push(
      entry === undefined
        ? row([tagText(first, last)], [["reserved"]], [], [])
        : takenRow(entry, [tagText(first, last)]),
    );
    next = Math.max(next, last + 1);
  }
  if (next <= tagMax) rows.push(freeRow(next, tagMax));
  return rows;
}

function takenRow({ name, versions, meaning, id }: Registered, tag: Lines): Row {
  return { id, depth: 0, cells: [tag, name, [[versions]], meaning] };
}

function freeRow(first: number, last: number): Row {
  return row([tagText(first, last)], [["free"]], [], []);
}

/** `9`, `10 (0x0a)`, `11 to 255 (0x0b to 0xff)` */
function tagText(first: number, last: number): Phrase {
  const hex = first === last ? `0x${hexOf(first)}` : `0x${hexOf(first)} to 0x${hexOf(last)}`;
  const text = first === last ? String(first) : `${first} to ${last}`;
  return last < 10 ? [text] : [`${text} (${hex})`];
}

function hexOf(tag: number): string {
  const digits = tag.toString(16);
  return digits.padStart(digits.length + (digits.length % 2), "0");
}

/** The numbers that an entry reserves; `undefined` for a name. */
function rangeOf(entry: ReservedEntry): { readonly first: number; readonly last: number } | undefined {
  if (typeof entry === "number") return { first: entry, last: entry };
  const match = /^\s*(\d+)\s*\.\.\s*(\d+)\s*$/.exec(entry);
  return match === null ? undefined : { first: Number(match[1]), last: Number(match[2]) };
}
