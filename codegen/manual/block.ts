import type { Explanation } from "../explain/explain-frame.ts";
import type { Ruler } from "./ruler.ts";

/**
 * A manual before it is Markdown or HTML: what it says and in which order. Both are printed from the same blocks, so that
 * neither says what the other does not.
 *
 * Strings are plain text. Whoever prints them escapes them; nothing in a schema can be markup.
 */
export type Inline = string | CodeInline | LinkInline | BadgeInline;

/** What stands in bytes, schemas or programs. */
export interface CodeInline {
  readonly kind: "code";
  readonly text: string;
}

/** A link to something in this manual, by the id of its section or row. */
export interface LinkInline {
  readonly kind: "link";
  readonly target: string;
  readonly text: string;
  /** Whether the text is code. */
  readonly isCode: boolean;
}

/** A few words that set something apart: `since version 2`. */
export interface BadgeInline {
  readonly kind: "badge";
  readonly text: string;
}

export type Phrase = readonly Inline[];

/** Lines that stand one below the other, such as the paragraphs of a doc. */
export type Lines = readonly Phrase[];

export type Block =
  | Section
  | Paragraph
  | Listing
  | Table
  | RulerBlock
  | RulerKey
  | ExampleBlock
  | SequenceBlock
  | IndexBlock;

export interface Section {
  readonly kind: "section";
  /** Made of names in the schema, so that links to it go on working while the schema grows. */
  readonly id: string;
  readonly title: string;
  /** Whether the title is a name in the schema. */
  readonly isCode: boolean;
  readonly badges: readonly BadgeInline[];
  readonly blocks: readonly Block[];
}

export interface Paragraph {
  readonly kind: "paragraph";
  readonly phrase: Phrase;
}

/** An unordered list. */
export interface Listing {
  readonly kind: "listing";
  readonly items: Lines;
}

export interface Table {
  readonly kind: "table";
  /** What the table lists, for those who do not see where it stands. */
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** `definitions`: the last column is prose, and rows may be stacked where the page is narrow. `grid`: they may not. */
  readonly layout: "definitions" | "grid";
}

export interface Row {
  /** Where links lead to; none for rows that have a section of their own. */
  readonly id: string | undefined;
  /** How deep the row belongs to those above it; 0 for most. */
  readonly depth: number;
  /** One for each column; the first is the heading of the row. */
  readonly cells: readonly Lines[];
}

/** A picture of bytes and bits. */
export interface RulerBlock {
  readonly kind: "ruler";
  readonly caption: string;
  readonly ruler: Ruler;
}

/** What the colours and borders of rulers mean, where there are any. */
export interface RulerKey {
  readonly kind: "key";
}

/** A frame, and what each part of it means. */
export interface ExampleBlock {
  readonly kind: "example";
  readonly caption: string;
  readonly frame: Uint8Array;
  readonly explanation: Explanation;
}

/** Who sends what to whom. */
export interface SequenceBlock {
  readonly kind: "sequence";
  readonly caption: string;
  readonly asker: string;
  readonly answerer: string;
  readonly ask: Arrow;
  /** One of these follows. */
  readonly answers: readonly Arrow[];
}

export interface Arrow {
  readonly message: string;
  /** Id of the message's section. */
  readonly target: string;
  /** Small print below: what ties the messages together, and which versions have them. */
  readonly note: string;
}

/** Names with links to every place that they have. */
export interface IndexBlock {
  readonly kind: "index";
  readonly entries: readonly IndexEntry[];
}

export interface IndexEntry {
  readonly name: string;
  readonly places: readonly IndexPlace[];
}

export interface IndexPlace {
  readonly target: string;
  /** What has the name there: `field of client.Query`. */
  readonly text: string;
}

export function code(text: string): CodeInline {
  return { kind: "code", text };
}

export function link(target: string, text: string): LinkInline {
  return { kind: "link", target, text, isCode: false };
}

/** A link whose text is a name in the schema. */
export function codeLink(target: string, text: string): LinkInline {
  return { kind: "link", target, text, isCode: true };
}

export function badge(text: string): BadgeInline {
  return { kind: "badge", text };
}

export function paragraph(...phrase: Phrase): Paragraph {
  return { kind: "paragraph", phrase };
}

export function section(id: string, title: string, blocks: readonly Block[]): Section {
  return { kind: "section", id, title, isCode: false, badges: [], blocks };
}

/** The section of something that has a name in the schema. */
export function namedSection(
  id: string,
  name: string,
  badges: readonly BadgeInline[],
  blocks: readonly Block[],
): Section {
  return { kind: "section", id, title: name, isCode: true, badges, blocks };
}

export function row(...cells: readonly Lines[]): Row {
  return { id: undefined, depth: 0, cells };
}

/** Phrases with something between them. */
export function joined(phrases: readonly Phrase[], separator: string): Phrase {
  return phrases.flatMap((phrase, index) => (index === 0 ? phrase : [separator, ...phrase]));
}
