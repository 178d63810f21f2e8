import { isScalar, parseDocument } from "yaml";
import type { SourceScalar } from "./source-tree.ts";

/** Columns of a line; a word that is longer makes a longer line. */
export const lineWidth = 120;

/** A scalar on one line inside braces or brackets, where prose always has quotes: a comma would end it. */
export function flowScalar(scalar: SourceScalar, isProse: boolean): string {
  if (scalar.text === undefined) return scalar.source;
  const isPlain = !isProse && scalar.style !== "quoted" && readsBack(scalar.text, `{ key: ${scalar.text} }`);
  return isPlain ? scalar.text : quoted(scalar.text);
}

/**
 * A scalar behind its key in a block: the text on the line of the key, and lines below it. `column` is where the text
 * begins, `indentation` that of lines below.
 */
export function blockScalar(
  scalar: SourceScalar,
  isProse: boolean,
  column: number,
  indentation: number,
): { readonly text: string; readonly below: readonly string[] } {
  const { text, style } = scalar;
  if (text === undefined) return { text: scalar.source, below: [] };
  const isPlain = (isProse || style !== "quoted") && readsBack(text, `key: ${text}`);
  const oneLine = isPlain ? text : quoted(text);
  const isMany = text.includes("\n");
  if (!isMany && column + oneLine.length <= lineWidth) return { text: oneLine, below: [] };
  const below = style === "literal" && isMany ? literalLines(text) : foldedLines(text, lineWidth - indentation);
  if (below === undefined) return { text: oneLine, below: [] };
  const indicator = style === "literal" && isMany ? "|" : ">";
  const margin = " ".repeat(indentation);
  return {
    text: indicator + (text.endsWith("\n") ? "" : "-"),
    below: below.map((line) => (line === "" ? "" : margin + line)),
  };
}

/** A key, as it is written unless quotes can be had for less. */
export function keyText(key: SourceScalar): string {
  if (key.text === undefined) return key.source;
  return readsBack(key.text, `{ key: ${key.text} }`) && !/:$/.test(key.text) ? key.text : quoted(key.text);
}

/** Whether a text needs no quotes in a line of YAML that gives it as the value of `key`. */
function readsBack(text: string, line: string): boolean {
  if (text === "" || /[\r\n]/.test(text)) return false;
  const document = parseDocument(line);
  const value = document.errors.length === 0 && document.warnings.length === 0 ? document.get("key", true) : undefined;
  return isScalar(value) && value.value === text && value.type === "PLAIN" && document.comment === null;
}

/** In double quotes; in single ones where those need no backslashes. */
function quoted(text: string): string {
  const json = JSON.stringify(text);
  const hasEscapes = json.length > text.length + 2;
  const isSingle = hasEscapes && !/\p{Cc}|\p{Cs}/u.test(text);
  return isSingle ? `'${text.replaceAll("'", "''")}'` : json;
}

/** Lines of a literal text; `undefined` where it cannot be written so. */
function literalLines(text: string): string[] | undefined {
  const lines = text.replace(/\n$/, "").split("\n");
  const [first = ""] = lines;
  return isBlockText(text) && first !== "" && !/^[ \t]/.test(first) ? lines : undefined;
}

/** Lines of a folded text: paragraphs are set apart by an empty line. `undefined` where it cannot be written so. */
function foldedLines(text: string, width: number): string[] | undefined {
  const paragraphs = text.replace(/\n$/, "").split("\n");
  const isFoldable = isBlockText(text) && paragraphs[0] !== "" && paragraphs.every((line) => line.trim() === line);
  if (!isFoldable) return undefined;
  return paragraphs.flatMap((paragraph, index) => {
    const lines = paragraph === "" ? [] : wrap(paragraph, width);
    return index === 0 ? lines : ["", ...lines];
  });
}

/** Block scalars end with at most one line feed, and hold nothing that a terminal does not show. */
function isBlockText(text: string): boolean {
  return !text.endsWith("\n\n") && text !== "\n" && !/[^\P{Cc}\n]|\p{Cs}|\ufeff/u.test(text);
}

/** Breaks at single spaces, which folding makes of line feeds again. */
function wrap(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of paragraph.split(/(?<=\S) (?=\S)/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else {
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
