import { definitionAt, inKeyOrder, type SchemaPath } from "./key-order.ts";
import { blockScalar, flowScalar, keyText, lineWidth } from "./scalar-text.ts";
import type { SourceCollection, SourceComment, SourceEntry, SourceValue } from "./source-tree.ts";

/** The canonical text of a schema. */
export function printTree(root: SourceCollection): string {
  return `${blockLines(root, 0, []).join("\n")}\n`;
}

/** The entries of a collection, each on lines of its own, with comments and empty lines. */
function blockLines(collection: SourceCollection, indentation: number, path: SchemaPath): string[] {
  const margin = " ".repeat(indentation);
  const lines: string[] = [];
  let isLongBefore = false;
  for (const [index, entry] of orderedEntries(collection, path).entries()) {
    const own = entryLines(entry, indentation, [...path, nameOf(entry, index)]);
    const isLong = own.length > 1 && (path.length > 0 || entry.value.kind !== "scalar");
    const mustBeSetApart = index > 0 && setsLongEntriesApart(path) && (isLong || isLongBefore);
    isLongBefore = isLong;
    const [first, ...more] = entry.lead;
    if (index > 0 && (mustBeSetApart || (first ?? entry).isSetApart)) lines.push("");
    if (first !== undefined) {
      lines.push(margin + first.text, ...commentLines(more, margin), ...(entry.isSetApart ? [""] : []));
    }
    lines.push(...own);
  }
  return [...lines, ...commentLines(collection.tail, margin)];
}

/** One entry without the comments before it. */
function entryLines(entry: SourceEntry, indentation: number, path: SchemaPath): string[] {
  const { value, beside } = entry;
  const head = " ".repeat(indentation) + (entry.key === undefined ? "-" : `${keyText(entry.key)}:`);
  const comment = beside.map(({ text }) => ` ${text}`).join("");
  if (value.kind === "scalar") {
    const { text, below } = blockScalar(value, isProse(path), head.length + 1, indentation + 2);
    return [`${head}${text === "" ? "" : ` ${text}`}${comment}`, ...below];
  }
  const flow = value.isFlow || value.entries.length === 0 ? flowText(value, path) : undefined;
  if (flow !== undefined && (value.entries.length === 0 || head.length + 1 + flow.length <= lineWidth)) {
    return [`${head} ${flow}${comment}`];
  }
  const lines = blockLines(value, indentation + 2, path);
  const [first = "", ...rest] = lines;
  const joinsDash = entry.key === undefined && comment === "" && !first.trimStart().startsWith("#");
  return joinsDash ? [`${head} ${first.trimStart()}`, ...rest] : [head + comment, ...lines];
}

/** A value on one line; `undefined` where a comment stands in it. */
function flowText(value: SourceValue, path: SchemaPath): string | undefined {
  if (value.kind === "scalar") return flowScalar(value, isProse(path));
  const parts: string[] = [];
  for (const [index, entry] of orderedEntries(value, path).entries()) {
    const text = flowText(entry.value, [...path, nameOf(entry, index)]);
    if (text === undefined || entry.lead.length > 0 || entry.beside.length > 0) return undefined;
    if (entry.key === undefined) parts.push(text === "" ? "null" : text);
    else parts.push(keyText(entry.key) + (text === "" ? "" : `: ${text}`));
  }
  if (value.tail.length > 0) return undefined;
  if (value.kind === "list") return `[${parts.join(", ")}]`;
  return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
}

function commentLines(comments: readonly SourceComment[], margin: string): string[] {
  return comments.flatMap((comment) => [...(comment.isSetApart ? [""] : []), margin + comment.text]);
}

function orderedEntries(collection: SourceCollection, path: SchemaPath): readonly SourceEntry[] {
  const { kind, entries } = collection;
  return kind === "list" ? entries : inKeyOrder(path, entries, (entry) => nameOf(entry, 0));
}

function nameOf({ key }: SourceEntry, index: number): string {
  return key === undefined ? String(index) : (key.text ?? key.source);
}

/** Where an entry of several lines has an empty line before and behind it: sections, families, messages and types. */
function setsLongEntriesApart(path: SchemaPath): boolean {
  const [section] = path;
  return (
    path.length === 0 || (section === "types" && path.length === 1) || (section === "messages" && path.length <= 2)
  );
}

/** The docs of the schema and of definitions. */
function isProse(path: SchemaPath): boolean {
  if (path.at(-1) !== "doc") return false;
  return path.length === 1 || definitionAt(path.slice(0, -1)) !== undefined;
}
