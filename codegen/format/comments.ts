import { Lexer } from "yaml";
import { isSetApart, type SourceCollection, type SourceComment, type SourceEntry } from "./source-tree.ts";

/** The comments of a YAML text, in its order. */
export function commentsOf(text: string): SourceComment[] {
  const comments: SourceComment[] = [];
  let offset = 0;
  let isContent = false;
  for (const token of new Lexer().lex(text)) {
    // The lexer announces the content of a scalar, which can look like a comment, and other things by control characters.
    if (token === scalarFollows) isContent = true;
    if (markers.has(token)) continue;
    if (token.startsWith("#") && !isContent) comments.push(commentAt(text, offset, token));
    isContent = false;
    offset += token.length;
  }
  return comments;
}

/** Gives every comment of the text its place in the tree: before what it stands above, beside what it stands behind. */
export function attachComments(root: SourceCollection, text: string): void {
  const columnOf = (offset: number): number => offset - text.lastIndexOf("\n", offset - 1) - 1;
  for (const comment of commentsOf(text)) {
    if (comment.isAlone) attachAlone(root, comment, columnOf);
    else attachBeside(root, comment);
  }
}

function attachAlone(collection: SourceCollection, comment: SourceComment, columnOf: (offset: number) => number): void {
  const { before, after } = neighbours(collection, comment);
  const inner = before?.value;
  if (before !== undefined && inner !== undefined && inner.kind !== "scalar" && inner.entries.length > 0) {
    // A comment at the end of a block belongs to it as long as it is indented like its entries.
    const isInside = inner.isFlow
      ? comment.start > inner.start && comment.start < inner.end
      : comment.start < inner.start || columnOf(comment.start) >= columnOf(inner.start);
    if (isInside) {
      attachAlone(inner, comment, columnOf);
      return;
    }
  }
  // The end of a block is no good guide: the parser takes comments behind it in.
  const isWithin =
    inner !== undefined &&
    (comment.start < inner.start || (inner.kind !== "scalar" && inner.isFlow && comment.start < inner.end));
  if (before !== undefined && isWithin) before.lead.push(comment);
  else if (after !== undefined) after.lead.push(comment);
  else collection.tail.push(comment);
}

function attachBeside(collection: SourceCollection, comment: SourceComment): void {
  const { before, after } = neighbours(collection, comment);
  if (before === undefined) {
    if (after === undefined) collection.tail.push(comment);
    else after.lead.push(comment);
    return;
  }
  const inner = before.value;
  const first = inner.kind === "scalar" ? undefined : inner.entries[0];
  const isInside =
    inner.kind !== "scalar" &&
    first !== undefined &&
    comment.start > first.start &&
    (!inner.isFlow || comment.start < inner.end);
  if (isInside) attachBeside(inner, comment);
  else if (before.beside.length === 0) before.beside.push(comment);
  else before.lead.push(comment);
}

/** The last entry that begins before a comment, and the one that follows. */
function neighbours(
  { entries }: SourceCollection,
  comment: SourceComment,
): { readonly before: SourceEntry | undefined; readonly after: SourceEntry | undefined } {
  const index = entries.findLastIndex((entry) => entry.start < comment.start);
  return { before: index < 0 ? undefined : entries[index], after: entries[index + 1] };
}

function commentAt(text: string, start: number, token: string): SourceComment {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  return {
    text: token.trimEnd(),
    start,
    isAlone: text.slice(lineStart, start).trim() === "",
    isSetApart: isSetApart(text, start),
  };
}

const scalarFollows = "\u001f";
/** What the lexer yields without consuming text. */
const markers: ReadonlySet<string> = new Set(["\u0002", "\u0018", scalarFollows]);
