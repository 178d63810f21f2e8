/** What a text is to its reader; a terminal shows it as a colour. */
export type Style = "added" | "error" | "faint" | "name" | "strong" | "warning";

/** Gives a text the colour of a style, or leaves it as it is where colours are not seen. */
export type Paint = (style: Style, text: string) => string;

/** For what is no terminal. */
export const plain: Paint = (_style, text) => text;

/** For terminals: of the eight colours that every one has, those that can be read on black and on white. */
export const colourful: Paint = (style, text) => `\u001b[${codes[style]}m${text}\u001b[0m`;

const codes: Readonly<Record<Style, string>> = {
  added: "32",
  error: "1;31",
  faint: "2",
  name: "36",
  strong: "1",
  warning: "1;33",
};
