import type { SchemaDocument } from "../../../codegen/document.ts";

/** Ids of everything that has a name, from the schema as it is written. */
export function anchorsOf({ types, messages, flows = {}, versions }: SchemaDocument): readonly string[] {
  const named = (owner: string, things: object = {}): string[] => Object.keys(things).map((name) => `${owner}-${name}`);
  const ofTypes = Object.entries(types).flatMap(([name, type]) => {
    const anchor = `type-${name}`;
    if ("struct" in type) return [anchor, ...named(anchor, type.struct)];
    if ("enum" in type) return [anchor, ...named(anchor, type.values)];
    if (!("union" in type)) return [anchor];
    const fields = Object.entries(type.cases).flatMap(([one, { fields }]) => named(`${anchor}-${one}`, fields));
    return [anchor, ...named(anchor, type.cases), ...fields];
  });
  const ofMessages = Object.entries(messages).flatMap(([family, all]) =>
    Object.entries(all).flatMap(([name, { fields }]) => {
      const anchor = `message-${family}-${name}`;
      return [anchor, ...named(anchor, fields)];
    }),
  );
  return [
    ...ofTypes,
    ...ofMessages,
    ...named("family", messages),
    ...named("flow", flows),
    ...named("version", versions),
  ];
}

/** Every doc of a schema, line by line, as a person reads it: code without its backticks, strange characters spelled out. */
export function docsOf(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "doc" && typeof inner === "string" ? shownLines(inner) : docsOf(inner),
  );
}

function shownLines(doc: string): string[] {
  const spelled = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;
  return doc
    .split("\n")
    .map((line) => line.trim().replace(/(?<!`)`([^`]*[^`\s][^`]*)`(?!`)/g, (_, code: string) => code.trim()))
    .map((line) => line.replace(/[\p{Cc}\u202e\u2028\ufeff]/gu, spelled));
}
