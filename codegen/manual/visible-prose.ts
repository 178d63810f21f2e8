/**
 * A text without what would not be seen, would turn the order of a line around, or is not allowed in a document: such
 * characters are spelled out. Line feeds are left to the caller.
 */
export function visibleProse(text: string): string {
  return text
    .toWellFormed()
    .replaceAll("\t", " ")
    .replace(
      /(?!\n)[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu,
      (character) => {
        return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
      },
    );
}
