import type { Inline, Lines, Phrase } from "../block.ts";
import { visibleProse } from "../visible-prose.ts";

/** Text that means itself, between tags and in the value of an attribute. */
export function escapeHtml(text: string): string {
  return visibleProse(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

export function phraseHtml(phrase: Phrase): string {
  return phrase.map(inlineHtml).join("");
}

/** Lines inside the cell of a table. */
export function cellHtml(lines: Lines): string {
  return lines.map(phraseHtml).join("<br>");
}

function inlineHtml(inline: Inline): string {
  if (typeof inline === "string") return escapeHtml(inline);
  switch (inline.kind) {
    case "code":
      return `<code>${escapeHtml(inline.text)}</code>`;
    case "link": {
      const text = escapeHtml(inline.text);
      return `<a href="#${inline.target}">${inline.isCode ? `<code>${text}</code>` : text}</a>`;
    }
    case "badge":
      return `<span class="badge">${escapeHtml(inline.text)}</span>`;
  }
}
