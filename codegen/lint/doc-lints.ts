import { type DocumentedThing, documentedThings, type LintContext } from "./lint-context.ts";

/** L010 and L011: docs are sentences, and say something. */
export function lintDocs(context: LintContext): void {
  for (const thing of documentedThings(context)) {
    lintSentence(context, thing);
    lintMeaning(context, thing);
  }
}

function lintSentence(context: LintContext, { doc, pointer }: DocumentedThing): void {
  const text = doc.trim();
  const [first = ""] = text;
  if (/\p{Ll}/u.test(first)) {
    const hint = `begin with "${first.toUpperCase()}", or with another word`;
    context.reportValue("L010", pointer, `a doc begins like a sentence, this one with "${first}"`, hint);
  } else if (!/[.!?…]["'`)\]]*$/.test(text)) {
    context.reportValue("L010", pointer, "a doc ends like a sentence", "end it with a full stop");
  }
}

function lintMeaning(context: LintContext, { doc, pointer, names }: DocumentedThing): void {
  const name = names.at(-1);
  if (name === undefined || /^[0-9]+$/.test(name)) return;
  const known = new Set(wordsOf(name));
  const said = wordsOf(doc).filter((word) => !emptyWords.has(word));
  if (said.some((word) => !known.has(word))) return;
  const hint = "say what it is for, what its values mean, or who gives it";
  context.reportValue("L011", pointer, `this says no more than the name "${name}"`, hint);
}

/** `lowestPendingRequestId` and `The lowest pending request's ids.` have the same words, but for "the". */
function wordsOf(text: string): string[] {
  const spaced = text.replaceAll(/(?<=[\p{Ll}\p{N}])(?=\p{Lu})/gu, " ").toLowerCase();
  return [...spaced.matchAll(/[\p{L}\p{N}]+/gu)].map(([word]) => (word.length > 3 ? word.replace(/s$/, "") : word));
}

const emptyWords: ReadonlySet<string> = new Set(
  "a an and are for has holds in is its it of one s that the this to which with".split(" "),
);
