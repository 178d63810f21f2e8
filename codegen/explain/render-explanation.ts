import { type Paint, plain } from "../paint.ts";
import type { Protocol } from "../protocol.ts";
import { type Explanation, hexText } from "./explain-frame.ts";
import { type FramePart, visibleText } from "./frame-part.ts";

/**
 * An explanation as a table, with a `>` before the byte at which decoding fails.
 *
 *     zraft, family client: Query in version 1, 11 bytes
 *
 *       offset  bytes           path                 value
 *            0  7a 72 61 66 74  frame.signature      "zraft"
 *            5  01              frame.version        1         As spoken by zio-raft 0.x.
 *            6  08              frame.tag            8 Query   Read without changing anything.
 *     >      7  00 06           Query.correlationId  length 6  Opaque to the server, which sends it back with the answer.
 *            9  72 65                                not read
 *
 *     Query.correlationId needs 8 bytes, 4 are left (byte 7, ERR_WIRE_TRUNCATED)
 */
export function renderExplanation(
  explanation: Explanation,
  frame: Uint8Array,
  protocol: Protocol,
  paint: Paint = plain,
): string {
  const { problem } = explanation;
  const rows = rowsOf(explanation, frame);
  const widths = widthsOf(rows);
  const lines = [
    paint("strong", headingOf(explanation, frame, protocol)),
    "",
    paint(
      "faint",
      `  ${"offset".padStart(widths.offset)}  ${"bytes".padEnd(widths.bytes)}  ${"path".padEnd(widths.path)}  value`,
    ),
    ...rows.map((row) => rowText(row, widths, paint)),
  ];
  if (rows.some(({ offset }) => offset.includes(".")))
    lines.push(
      "",
      "Behind a point: the bit of the byte, from the left. Bytes that begin there are shown put together.",
    );
  if (problem !== undefined) lines.push("", problemText(problem, paint));
  return lines.join("\n");
}

/** Why a frame is no message, and where. */
export function problemText(problem: NonNullable<Explanation["problem"]>, paint: Paint = plain): string {
  return `${paint("error", visibleText(problem.message))} (byte ${problem.offset}, ${problem.code})`;
}

/** One line of the table. */
interface Row {
  readonly offset: string;
  readonly bytes: string;
  readonly path: string;
  readonly text: string;
  readonly doc: string;
  readonly isMarked: boolean;
  readonly isRead: boolean;
}

type Widths = Readonly<Record<"offset" | "bytes" | "path" | "text", number>>;

function headingOf({ family, message, version }: Explanation, frame: Uint8Array, protocol: Protocol): string {
  const size = frame.length === 1 ? "1 byte" : `${frame.length} bytes`;
  const what = message === undefined ? "no message" : message.name;
  const inVersion =
    version === undefined || protocol.frame.version === undefined ? "" : ` in version ${version.number}`;
  return `${protocol.name}, family ${family.name}: ${what}${inVersion}, ${size}`;
}

function rowsOf({ parts, problem }: Explanation, frame: Uint8Array): Row[] {
  const saidDocs = new Set<string>();
  const marked = problem === undefined ? undefined : markedPart(parts, problem);
  const rows = parts.flatMap((part) => {
    const doc = firstSentence(part.doc ?? "");
    const isNew = !saidDocs.has(doc);
    saidDocs.add(doc);
    return partRows(part, frame, isNew ? doc : "", part === marked ? problem?.offset : undefined);
  });
  if (problem === undefined) return rows;
  const last = parts.at(-1);
  const readEnd = last === undefined ? 0 : Math.ceil((last.bit + last.bitCount) / 8);
  const left = frame.subarray(readEnd);
  const at = marked === undefined ? problem.offset : undefined;
  if (left.length > 0) {
    const part = {
      bit: readEnd * 8,
      bitCount: left.length * 8,
      bytes: left,
      path: "",
      text: "not read",
      doc: undefined,
    };
    rows.push(...partRows(part, frame, "", at).map((row) => ({ ...row, isRead: false })));
  } else if (at !== undefined) {
    const offset = String(problem.offset);
    rows.push({ offset, bytes: "", path: "", text: "the frame ends", doc: "", isMarked: true, isRead: false });
  }
  return rows;
}

/** The part in which decoding fails, if it was noted. */
function markedPart(
  parts: readonly FramePart[],
  { path, offset }: { path: string; offset: number },
): FramePart | undefined {
  const covering = parts.filter(({ bit, bitCount }) => bit >> 3 <= offset && offset * 8 < bit + bitCount);
  return covering.find((part) => part.path === path) ?? covering[0];
}

function partRows(part: FramePart, frame: Uint8Array, doc: string, markedAt: number | undefined): Row[] {
  const { bit, bitCount, bytes, path, text } = part;
  const first = { path: visibleText(path), text, doc, isRead: true };
  if (bytes.length === 0) {
    const shown = bitCount === 0 || bitCount > 8 ? "" : bitsText(frame[bit >> 3] ?? 0, bit & 7, bitCount);
    return [{ ...first, offset: offsetText(bit), bytes: shown, isMarked: markedAt !== undefined }];
  }
  const shown = bytes.length > shownBytesMax ? bytes.subarray(0, shownBytesMax) : bytes;
  const rows: Row[] = [];
  for (let start = 0; start < shown.length; start += rowBytes) {
    const from = (bit >> 3) + start;
    const chunk = shown.subarray(start, start + rowBytes);
    const isMarked = markedAt !== undefined && from <= markedAt && markedAt < from + chunk.length;
    const rest = start === 0 ? first : { path: "", text: "", doc: "", isRead: true };
    rows.push({ ...rest, offset: offsetText(bit + start * 8), bytes: hexText(chunk), isMarked });
  }
  if (shown.length < bytes.length) {
    const more = `… ${bytes.length - shown.length} bytes more`;
    const isMarked = markedAt !== undefined && markedAt >= (bit >> 3) + shown.length;
    rows.push({ offset: "", bytes: more, path: "", text: "", doc: "", isMarked, isRead: true });
  }
  return rows;
}

function rowText(row: Row, widths: Widths, paint: Paint): string {
  const { offset, bytes, path, text, doc, isMarked, isRead } = row;
  const place = `${isMarked ? ">" : " "} ${offset.padStart(widths.offset)}`;
  const painted = [
    isMarked ? paint("error", place) : paint("faint", place),
    paint(isMarked ? "error" : isRead ? "added" : "faint", bytes) +
      " ".repeat(Math.max(0, widths.bytes - bytes.length)),
    paint("name", path) + " ".repeat(Math.max(0, widths.path - path.length)),
    text + (doc === "" ? "" : " ".repeat(Math.max(0, widths.text - text.length))),
    ...(doc === "" ? [] : [paint("faint", doc)]),
  ];
  return painted.join("  ").trimEnd();
}

function widthsOf(rows: readonly Row[]): Widths {
  const widths = { offset: "offset".length, bytes: "bytes".length, path: "path".length, text: "value".length };
  for (const { offset, bytes, path, text } of rows) {
    widths.offset = Math.max(widths.offset, offset.length);
    widths.bytes = Math.max(widths.bytes, bytes.length);
    if (path.length <= columnMax) widths.path = Math.max(widths.path, path.length);
    if (text.length <= columnMax) widths.text = Math.max(widths.text, text.length);
  }
  return widths;
}

/** `12`, or `12.3` for the fourth bit of that byte. */
function offsetText(bit: number): string {
  return (bit & 7) === 0 ? String(bit >> 3) : `${bit >> 3}.${bit & 7}`;
}

/** `..1.....` */
function bitsText(byte: number, start: number, count: number): string {
  const bits = byte.toString(2).padStart(8, "0");
  return ".".repeat(start) + bits.slice(start, start + count) + ".".repeat(8 - start - count);
}

function firstSentence(doc: string): string {
  const text = doc.replaceAll(/\s+/g, " ").trim();
  return visibleText(/^.*?[.!?](?= \p{Lu}|$)/u.exec(text)?.[0] ?? text);
}

/** Bytes in one line of the table. */
const rowBytes = 8;
/** Longer values are shown in part. */
const shownBytesMax = 64;
/** A longer path or value pushes what stands behind it to the right, in its own line only. */
const columnMax = 48;
