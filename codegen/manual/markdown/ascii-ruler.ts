import { type Ruler, type Segment, startText } from "../ruler.ts";

/**
 * A ruler as boxes of text, in lines that fit a page. Above each box stands where it begins, as long as that is always at
 * the same place.
 *
 *     0                5         6
 *     +----------------+---------+--------+
 *     | magic          | version | tag    |
 *     | 7a 72 61 66 74 | u8 = 1  | u8 = 8 |
 *     | 5 bytes        | 1 byte  | 1 byte |
 *     +----------------+---------+--------+
 */
export function asciiRuler({ segments }: Ruler): string[] {
  const boxes = segments.map(boxOf);
  const rows: Box[][] = [];
  let width = 1;
  for (const box of boxes) {
    const row = rows.at(-1);
    if (row === undefined || width + box.width + 3 > lineWidth) {
      rows.push([box]);
      width = 1 + box.width + 3;
    } else {
      row.push(box);
      width += box.width + 3;
    }
  }
  return rows.flatMap((row, index) => [...(index === 0 ? [] : [""]), ...rowLines(row)]);
}

interface Box {
  readonly start: string;
  readonly lines: readonly [string, string, string];
  readonly width: number;
}

function boxOf(segment: Segment): Box {
  const { name, detail, size, isConditional } = segment;
  const start = startText(segment.start);
  const lines = [name, detail, isConditional ? `${size}, if present` : size] as const;
  return { start, lines, width: Math.max(start.length, ...lines.map((line) => line.length)) };
}

function rowLines(row: readonly Box[]): string[] {
  const border = `+${row.map(({ width }) => "-".repeat(width + 2)).join("+")}+`;
  const starts = row.map(({ start, width }) => start.padEnd(width + 3)).join("");
  const texts = [0, 1, 2].map(
    (line) => `|${row.map((box) => ` ${(box.lines[line] ?? "").padEnd(box.width)} `).join("|")}|`,
  );
  return [...(starts.trim() === "" ? [] : [starts]), border, ...texts, border];
}

const lineWidth = 100;
