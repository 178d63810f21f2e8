import type { Span } from "../diagnostics.ts";
import { commentsOf } from "../format/comments.ts";
import type { SourceComment } from "../format/source-tree.ts";
import type { SchemaSource } from "../schema-source.ts";
import type { Finding } from "./lint-context.ts";
import { type LintId, lints } from "./lints.ts";

/**
 * Takes the findings out that a comment allows: `# lint: allow L012`, with more ids or a reason behind it, above a
 * definition or beside it, speaks for the whole definition. Such a comment that is of no use becomes a finding itself.
 */
export function withoutAllowed(findings: readonly Finding[], text: string, source: SchemaSource): Finding[] {
  const allowances = commentsOf(text).flatMap((comment) => allowanceOf(comment, text, source));
  const isAllowed = ({ lint, span }: Finding, { id, extent }: Allowance): boolean =>
    id === lint && extent !== undefined && extent.start <= span.start && span.start < extent.end;
  const useless = allowances
    .filter((allowance) => !findings.some((finding) => isAllowed(finding, allowance)))
    .map(({ id, span }): Finding => {
      const isLint = Object.hasOwn(lints, id);
      const message = isLint ? `there is nothing here that ${id} has anything to say about` : `there is no lint ${id}`;
      return { lint: "L022", span, message, hint: isLint ? "remove the comment" : "see hawser lint --help" };
    });
  const left = findings.filter((finding) => !allowances.some((allowance) => isAllowed(finding, allowance)));
  return [...left, ...useless];
}

/** One id in a comment. */
interface Allowance {
  readonly id: LintId | string;
  /** Of the id. */
  readonly span: Span;
  /** What the comment speaks for. */
  readonly extent: Span | undefined;
}

function allowanceOf(comment: SourceComment, text: string, source: SchemaSource): Allowance[] {
  const [prefix] = /^#\s*lint:\s*allow\s+(?=L[0-9])/.exec(comment.text) ?? [];
  if (prefix === undefined) return [];
  const [list = ""] = /^L[0-9]+(?:[ ,]+L[0-9]+)*/.exec(comment.text.slice(prefix.length)) ?? [];
  const extent = extentOf(comment, text, source);
  return [...list.matchAll(/L[0-9]+/g)].map((match) => {
    const start = comment.start + prefix.length + match.index;
    return { id: match[0], span: { start, end: start + match[0].length }, extent };
  });
}

/** From the key that the comment stands beside, or that comes next, to the end of its value. */
function extentOf(comment: SourceComment, text: string, source: SchemaSource): Span | undefined {
  const from = comment.isAlone ? comment.start : text.lastIndexOf("\n", comment.start - 1) + 1;
  let next: Span | undefined;
  for (const extent of source.extents) {
    if (extent.start < from) continue;
    const isNearer = next === undefined || extent.start < next.start;
    // An element of a list begins where its first entry does, and holds it.
    if (isNearer || (extent.start === next?.start && extent.end > next.end)) next = extent;
  }
  return next;
}
