import { type HtmlElement, textOf } from "./read-html.ts";
import type { MarkdownBlock } from "./read-markdown.ts";

/** A frame that a manual shows. */
export interface ShownExample {
  /** Of the message's section. */
  readonly anchor: string;
  readonly caption: string;
  readonly hex: string;
}

export function markdownExamples(blocks: readonly MarkdownBlock[]): readonly ShownExample[] {
  let anchor = "";
  return blocks.flatMap(({ kind, info, lines }, index) => {
    if (kind === "anchor" && /^message-[^-]+-[^-]+$/.test(info)) anchor = info;
    if (kind !== "fence" || info !== "hex") return [];
    return [{ anchor, caption: blocks[index - 1]?.lines[0] ?? "", hex: lines.join("").replaceAll(" ", "") }];
  });
}

export function htmlExamples(element: HtmlElement, anchor = ""): readonly ShownExample[] {
  const { tag, attributes, children } = element;
  if (tag === "figure" && attributes["class"] === "example") {
    const [caption = "", dump = ""] = children.map(textOf);
    const [hex = "", bits = ""] = dump.split("\n");
    const tail = bits.split(" ").filter((byte) => byte !== "");
    const tailHex = tail.map((byte) => Number.parseInt(byte, 2).toString(16).padStart(2, "0")).join("");
    return [{ anchor, caption, hex: hex.replaceAll(" ", "") + tailHex }];
  }
  const here = tag === "section" ? (attributes["aria-labelledby"] ?? "") : anchor;
  return children.flatMap((child) => (typeof child === "string" ? [] : htmlExamples(child, here)));
}
