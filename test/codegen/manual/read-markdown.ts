/** A part of a Markdown file. */
export interface MarkdownBlock {
  readonly kind: "comment" | "anchor" | "heading" | "fence" | "table" | "list" | "paragraph";
  /** The info string of a fence, the id of an anchor. */
  readonly info: string;
  /** Lines of a fence as they are; items of a list, and the text of the others, as a person reads them. */
  readonly lines: readonly string[];
  /** Of a table, its heading first. */
  readonly rows: readonly (readonly string[])[];
  /** Ids inside of it. */
  readonly anchors: readonly string[];
  /** Ids that it links to. */
  readonly targets: readonly string[];
}

/**
 * Reads the Markdown that a manual is made of, and refuses everything else: a character that means something in Markdown or
 * HTML has a backslash before it, stands in code, or is part of what the manual itself writes.
 */
export function readMarkdown(text: string): readonly MarkdownBlock[] {
  return blocksOf(text).map(readBlock);
}

/** Blocks are apart by an empty line, and those of a fence are its own. */
function blocksOf(text: string): readonly string[] {
  if (!text.endsWith("\n")) throw new Error("the last line has no end");
  const blocks: string[] = [];
  let lines: string[] = [];
  let fence: string | undefined;
  for (const line of text.split("\n")) {
    if (fence === undefined && line === "") {
      if (lines.length > 0) blocks.push(lines.join("\n"));
      lines = [];
      continue;
    }
    lines.push(line);
    if (fence === undefined) fence = lines.length === 1 ? /^`{3,}/.exec(line)?.[0] : undefined;
    else if (line === fence) fence = undefined;
    else if (line.includes(fence)) throw new Error(`a fence in a fence: ${line}`);
  }
  if (fence !== undefined) throw new Error("a fence is not closed");
  return blocks;
}

function readBlock(block: string): MarkdownBlock {
  const none = { info: "", lines: [], rows: [], anchors: [], targets: [] };
  const lines = block.split("\n");
  const fence = /^`{3,}([a-z]*)$/.exec(lines[0] ?? "");
  if (fence !== null) return { ...none, kind: "fence", info: fence[1] ?? "", lines: lines.slice(1, -1) };
  if (/^<!-- (?:(?!--)[\s\S])* -->$/.test(block)) return { ...none, kind: "comment", lines };
  const anchor = /^<a id="([A-Za-z0-9-]+)"><\/a>$/.exec(block);
  if (anchor !== null) return { ...none, kind: "anchor", info: anchor[1] ?? "", anchors: [anchor[1] ?? ""] };
  const found: Pick<MarkdownBlock, "anchors" | "targets"> & { anchors: string[]; targets: string[] } = {
    anchors: [],
    targets: [],
  };
  if (block.startsWith("| ")) return { ...none, ...found, kind: "table", rows: rowsOf(lines, found) };
  if (lines.every((line) => line.startsWith("- "))) {
    return { ...none, ...found, kind: "list", lines: lines.map((line) => plain(line.slice(2), found)) };
  }
  if (lines.length !== 1) throw new Error(`lines that belong together: ${block}`);
  const heading = /^#{1,6} (.*)$/.exec(block);
  if (heading !== null) return { ...none, kind: "heading", lines: [plain(heading[1] ?? "", found)] };
  if (/^(?:[ #+\-=>]|\d+[.)])/.test(block)) throw new Error(`a paragraph that is none: ${block}`);
  return { ...none, ...found, kind: "paragraph", lines: [plain(block, found)] };
}

function rowsOf(lines: readonly string[], found: { anchors: string[]; targets: string[] }): string[][] {
  const [heading = "", line = "", ...others] = lines;
  const columns = cellsOf(heading).length;
  if (line !== `|${" --- |".repeat(columns)}`) throw new Error(`no line below the heading of a table: ${line}`);
  return [heading, ...others].map((text) => {
    const cells = cellsOf(text);
    if (cells.length !== columns) throw new Error(`${cells.length} cells instead of ${columns}: ${text}`);
    return cells.map((cell) => plain(cell, found));
  });
}

/** Cells end with a bar that has no backslash before it, whatever it stands in. */
function cellsOf(row: string): string[] {
  const cells = row.match(/(?:\\.|[^\\|])*\|/g) ?? [];
  if (cells[0] !== "|" || cells.join("") !== row) throw new Error(`not the row of a table: ${row}`);
  return cells.slice(1).map((cell) => cell.slice(0, -1).trim());
}

/** The text as a person reads it. */
function plain(text: string, found: { anchors: string[]; targets: string[] }): string {
  return text.replace(token, (whole, ...groups: (string | undefined)[]) => {
    const [escaped, ticked, html, id, label, target, ampersand] = groups;
    if (escaped !== undefined) return escaped;
    if (ticked !== undefined) return ticked;
    if (html !== undefined)
      return html.replace(/&#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
    if (id !== undefined) found.anchors.push(id);
    if (target !== undefined) found.targets.push(target);
    if (label !== undefined) return plain(label, found);
    if (whole === "<br>") return "\n";
    if (ampersand !== undefined || (whole.length === 1 && !/[&`*_[\]<>|~$\\]/.test(whole))) return whole;
    if (whole === "*" || whole === "**" || whole === "&emsp;" || id !== undefined) return "";
    throw new Error(`${whole} has a meaning in: ${text}`);
  });
}

/** A backslash and what it keeps, code, an anchor, a link, markup of the manual itself; or any one character. */
const token =
  /\\([!-/:-@[-`{-~])|`([^`|\\]+)`|<code>([^<>|`*_[\]]*)<\/code>|<a id="([A-Za-z0-9-]+)"><\/a>|\[((?:\\.|`[^`]*`|<code>[^<>]*<\/code>|[^\]\\])*)\]\(#([A-Za-z0-9-]+)\)|<br>|\*\*?|&emsp;|(&)(?![#A-Za-z])|[\s\S]/g;
