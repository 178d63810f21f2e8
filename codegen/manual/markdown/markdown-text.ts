import type { Inline, Lines, Phrase } from "../block.ts";
import { visibleProse } from "../visible-prose.ts";

/** A phrase in Markdown as GitHub reads it. It begins no list, quotation or heading, and stays in the cell of a table. */
export function phraseText(phrase: Phrase): string {
  return phrase.map(inlineText).join("").replace(lineStart, "$1\\$2");
}

/** Lines inside the cell of a table. */
export function cellText(lines: Lines): string {
  return lines.map(phraseText).join("<br>");
}

function inlineText(inline: Inline): string {
  if (typeof inline === "string") return escapeMarkdown(inline);
  switch (inline.kind) {
    case "code":
      return codeText(inline.text);
    case "link":
      return `[${inline.isCode ? codeText(inline.text) : escapeMarkdown(inline.text)}](#${inline.target})`;
    case "badge":
      return `*${escapeMarkdown(inline.text)}*`;
  }
}

/** Text that means itself: a backslash before everything that Markdown, or HTML in it, would take for more. */
export function escapeMarkdown(text: string): string {
  return visibleProse(text)
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|~$]|&(?=#|[A-Za-z])/g, "\\$&");
}

/** Code between backticks; in HTML where it holds what cannot stand between those in the cell of a table. */
export function codeText(text: string): string {
  const visible = visibleProse(text).replaceAll("\n", " ");
  if (/^[^`|\\\s](?:[^`|\\]*[^`|\\\s])?$/.test(visible)) return `\`${visible}\``;
  return `<code>${visible.replace(/[^A-Za-z0-9 \u0080-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`)}</code>`;
}

/** Text in a block of its own, each character as it is; the fence is longer than any inside. */
export function fenced(info: string, lines: readonly string[]): string {
  const text = lines.map((line) => line.trimEnd()).join("\n");
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${info}\n${text}\n${fence}`;
}

/** What would begin a heading, a list or a line under a heading; escaped text has no other. */
const lineStart = /^(\s*|\d+)([#+\-=.)])/;
