import { createHash } from "node:crypto";
import type { Block, IndexBlock, Row, Section, Table } from "../block.ts";
import { exampleHtml } from "./html-example.ts";
import { rulerHtml, rulerKeyHtml } from "./html-ruler.ts";
import { cellHtml, escapeHtml, phraseHtml } from "./html-text.ts";
import { pageScript } from "./page-script.ts";
import { pageStyle } from "./page-style.ts";
import { svgSequence } from "./svg-sequence.ts";

/**
 * A manual as one page of HTML that loads nothing. `header` is what says that the file is generated.
 *
 * The page says so itself: its policy allows this style and this script, and no other.
 */
export function printHtml(manual: Section, header: string): string {
  const digest = createHash("sha256").update(pageScript).digest("base64");
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<!-- ${header.replaceAll("--", "- -")} -->
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(manual.title)}</title>
<style>${pageStyle}</style>
</head>
<body>
<a class="skip" href="#${manual.id}">Skip the contents</a>
<nav aria-label="Contents">
${contentsHtml(manual.blocks, 1)}
</nav>
<main>
${sectionHtml(manual, 1)}
</main>
<script>${pageScript}</script>
</body>
</html>
`;
}

function contentsHtml(blocks: readonly Block[], level: number): string {
  const sections = blocks.filter((block) => block.kind === "section");
  if (sections.length === 0 || level > contentsDepth) return "";
  const items = sections.map(({ id, title, blocks: inner }) => {
    return `<li><a href="#${id}">${escapeHtml(title)}</a>${contentsHtml(inner, level + 1)}</li>`;
  });
  return `<ul>${items.join("\n")}</ul>`;
}

function sectionHtml({ id, title, isCode, badges, blocks }: Section, level: number): string {
  const tag = `h${Math.min(level, 6)}`;
  const name = isCode ? `<code>${escapeHtml(title)}</code>` : escapeHtml(title);
  const heading = `<${tag} id="${id}"><a href="#${id}">${name}</a></${tag}>`;
  const notes = badges.length === 0 ? "" : `<p class="badges">${phraseHtml(badges)}</p>`;
  const body = blocks.map((block) => blockHtml(block, level)).join("\n");
  return `<section aria-labelledby="${id}">\n${heading}${notes}\n${body}\n</section>`;
}

function blockHtml(block: Block, level: number): string {
  switch (block.kind) {
    case "section":
      return sectionHtml(block, level + 1);
    case "paragraph":
      return `<p>${phraseHtml(block.phrase)}</p>`;
    case "listing":
      return `<ul>${block.items.map((item) => `<li>${phraseHtml(item)}</li>`).join("\n")}</ul>`;
    case "table":
      return tableHtml(block);
    case "ruler":
      return rulerHtml(block);
    case "key":
      return rulerKeyHtml();
    case "example":
      return exampleHtml(block);
    case "sequence":
      return svgSequence(block);
    case "index":
      return indexHtml(block);
  }
}

function tableHtml({ caption, columns, rows, layout }: Table): string {
  const heads = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const label = escapeHtml(caption);
  return [
    `<div class="scroll" tabindex="0" role="region" aria-label="${label}">`,
    `<table class="${layout}"><caption>${label}</caption><thead><tr>${heads}</tr></thead>`,
    `<tbody>${rows.map(rowHtml).join("\n")}</tbody></table></div>`,
  ].join("");
}

function rowHtml({ id, depth, cells }: Row): string {
  const [first = [], ...others] = cells;
  const indentation = depth === 0 ? "" : ` class="d${depth}"`;
  const head = `<th scope="row"${indentation}>${cellHtml(first)}</th>`;
  const anchor = id === undefined ? "" : ` id="${id}"`;
  return `<tr${anchor}>${head}${others.map((lines) => `<td>${cellHtml(lines)}</td>`).join("")}</tr>`;
}

function indexHtml({ entries }: IndexBlock): string {
  const items = entries.map(({ name, places }) => {
    const links = places.map(({ target, text }) => `<a href="#${target}">${escapeHtml(text)}</a>`);
    return `<div><dt>${escapeHtml(name)}</dt><dd>${links.join(", ")}</dd></div>`;
  });
  return `<dl class="index">${items.join("\n")}</dl>`;
}

/** How many levels of sections the contents name. */
const contentsDepth = 3;
