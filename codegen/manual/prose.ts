import { type Block, code, type Inline, type Lines, type Phrase, paragraph } from "./block.ts";

/** A text of the schema as paragraphs. What stands between two backticks is code; the rest is taken literally. */
export function proseLines(text: string): Lines {
  return text
    .split(/\n+/)
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map(prosePhrase);
}

export function proseBlocks(text: string): readonly Block[] {
  return proseLines(text).map((phrase) => paragraph(...phrase));
}

/** A text of the schema in one line. */
export function prosePhrase(text: string): Phrase {
  const phrase: Inline[] = [];
  let end = 0;
  for (const match of text.matchAll(/(?<!`)`([^`\n]*[^`\s][^`\n]*)`(?!`)/g)) {
    if (match.index > end) phrase.push(text.slice(end, match.index));
    phrase.push(code((match[1] ?? "").trim()));
    end = match.index + match[0].length;
  }
  if (end < text.length) phrase.push(text.slice(end));
  return phrase;
}
