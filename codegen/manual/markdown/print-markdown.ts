import { renderExplanation } from "../../explain/render-explanation.ts";
import type { Protocol } from "../../protocol.ts";
import { type Block, type ExampleBlock, type IndexBlock, link, type Row, type Section, type Table } from "../block.ts";
import { asciiRuler } from "./ascii-ruler.ts";
import { asciiSequence } from "./ascii-sequence.ts";
import { cellText, escapeMarkdown, fenced, phraseText } from "./markdown-text.ts";

/** A manual in Markdown as GitHub reads it. `header` is what says that the file is generated. */
export function printMarkdown(manual: Section, protocol: Protocol, header: string): string {
  const printer = new MarkdownPrinter(protocol);
  const parts = [`<!-- ${header.replaceAll("--", "- -")} -->`, ...printer.section(manual, 1)];
  return `${parts.join("\n\n")}\n`;
}

class MarkdownPrinter {
  readonly #protocol: Protocol;

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  section({ id, title, badges, blocks }: Section, level: number): string[] {
    const firstSection = blocks.findIndex(({ kind }) => kind === "section");
    const introduction = level === 1 && firstSection >= 0 ? blocks.slice(0, firstSection) : [];
    return [
      `<a id="${id}"></a>`,
      `${"#".repeat(Math.min(level, 6))} ${escapeMarkdown(title)}`,
      ...(badges.length === 0 ? [] : [badges.map((inline) => phraseText([inline])).join(" · ")]),
      ...introduction.flatMap((block) => this.#block(block, level)),
      ...(level === 1 ? [contentsText(blocks)] : []),
      ...blocks.slice(introduction.length).flatMap((block) => this.#block(block, level)),
    ];
  }

  #block(block: Block, level: number): string[] {
    switch (block.kind) {
      case "section":
        return this.section(block, level + 1);
      case "paragraph":
        return [phraseText(block.phrase)];
      case "listing":
        return [block.items.map((item) => `- ${phraseText(item)}`).join("\n")];
      case "table":
        return [tableText(block)];
      case "ruler":
        return [phraseText([block.caption]), fenced("text", asciiRuler(block.ruler))];
      case "key":
        return [];
      case "example":
        return this.#example(block);
      case "sequence":
        return [fenced("text", asciiSequence(block))];
      case "index":
        return [indexText(block)];
    }
  }

  #example({ caption, frame, explanation }: ExampleBlock): string[] {
    return [
      phraseText([caption]),
      fenced("hex", hexLines(frame)),
      fenced("text", renderExplanation(explanation, frame, this.#protocol).split("\n").slice(2)),
    ];
  }
}

/** Links to the sections, in one line. */
function contentsText(blocks: readonly Block[]): string {
  const sections = blocks.filter((block) => block.kind === "section");
  return sections.map(({ id, title }) => phraseText([link(id, title)])).join(" · ");
}

function tableText({ columns, rows }: Table): string {
  const header = `| ${columns.map(escapeMarkdown).join(" | ")} |`;
  const line = `|${" --- |".repeat(columns.length)}`;
  return [header, line, ...rows.map(rowText)].join("\n");
}

function rowText({ id, depth, cells }: Row): string {
  const texts = cells.map(cellText);
  const anchor = id === undefined ? "" : `<a id="${id}"></a>`;
  const [first = "", ...others] = texts;
  return `| ${[anchor + "&emsp;".repeat(depth) + first, ...others].join(" | ")} |`;
}

function indexText({ entries }: IndexBlock): string {
  return entries
    .map(({ name, places }) => {
      const links = places.map(({ target, text }) => phraseText([{ kind: "link", target, text, isCode: false }]));
      return `- **${escapeMarkdown(name)}**: ${links.join(", ")}`;
    })
    .join("\n");
}

function hexLines(frame: Uint8Array): string[] {
  const hex = Buffer.from(frame).toString("hex");
  return hex.match(/.{1,64}/g)?.map((line) => line.replace(/..(?!$)/g, "$& ")) ?? [];
}
