import type { Checks, Lifetime, Range, Type } from "./protocol.ts";

/** Columns of a generated comment's text: with its indentation a line stays under 120. */
const commentWidth = 110;

/**
 * The text of a doc comment for ts-morph: paragraphs are kept, long lines are broken, and nothing in a schema's prose can
 * end the comment.
 */
export function comment(...paragraphs: readonly (string | undefined)[]): { description: string }[] {
  const lines = commentLines(paragraphs);
  if (lines.length === 0) return [];
  return [{ description: lines.length === 1 ? lines.join() : `\n${lines.join("\n")}` }];
}

/** The same for statements that are written as text: the comment's lines, with its delimiters. */
export function commentText(...paragraphs: readonly (string | undefined)[]): string {
  const lines = commentLines(paragraphs);
  if (lines.length === 1) return `/** ${lines.join()} */`;
  return ["/**", ...lines.map((line) => ` * ${line}`.trimEnd()), " */"].join("\n");
}

function commentLines(paragraphs: readonly (string | undefined)[]): string[] {
  return paragraphs
    .flatMap((paragraph) => (paragraph === undefined ? [] : wrap(paragraph)))
    .map((line) => line.replaceAll("*/", "*\\/"));
}

/** What a schema says about the bytes: `Wire: tag 4, since version 1.` */
export function wireLine(...parts: readonly (string | undefined)[]): string {
  return `Wire: ${parts.filter((part) => part !== undefined).join(", ")}.`;
}

/** `since version 2, removed in version 4` */
export function describeLifetime({ since, removed, deprecated }: Lifetime): string {
  return [
    `since version ${since}`,
    ...(deprecated === undefined ? [] : [`deprecated since version ${deprecated}`]),
    ...(removed === undefined ? [] : [`removed in version ${removed}`]),
  ].join(", ");
}

/** A tag; a number also in hexadecimal where that is not the same digit. */
export function describeTag(tag: number | string): string {
  if (typeof tag === "string") return `tag ${JSON.stringify(tag)}`;
  return tag < 10 ? `tag ${tag}` : `tag ${tag} (0x${tag.toString(16)})`;
}

/** A type as it is written in a schema. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case "fixedBytes":
      return `bytes[${type.byteCount}]`;
    case "string":
    case "bytes":
    case "message":
      return `${type.kind}<${type.length}>`;
    case "list":
      return `list<${type.length}, ${describeType(type.element)}>`;
    case "map":
      return `map<${type.length}, ${describeType(type.key)}, ${describeType(type.value)}>`;
    default:
      return type.name;
  }
}

/** `length at least 1, checked when encoding only`; nothing without constraints. */
export function describeChecks(checks: Checks | undefined): string | undefined {
  if (checks === undefined) return undefined;
  const parts = [
    ...(checks.range === undefined ? [] : [`range ${describeRange(checks.range)}`]),
    ...(checks.length === undefined ? [] : [`length ${describeRange(checks.length)}`]),
    ...(checks.count === undefined ? [] : [`count ${describeRange(checks.count)}`]),
    ...(checks.not.length === 0 ? [] : [`not ${checks.not.join(" or ")}`]),
    ...(checks.pattern === undefined ? [] : [`pattern ${checks.pattern}`]),
    ...(checks.encodeOnly ? ["checked when encoding only"] : []),
  ];
  return parts.join(", ");
}

function describeRange({ min, max }: Range): string {
  if (min === max) return `${min}`;
  if (max === undefined) return `at least ${min}`;
  return min === undefined ? `at most ${max}` : `${min} to ${max}`;
}

function wrap(paragraph: string): string[] {
  return paragraph.split("\n").flatMap((line) => {
    const lines: string[] = [];
    let current = "";
    for (const word of line.split(" ")) {
      const longer = current === "" ? word : `${current} ${word}`;
      if (longer.length > commentWidth && current !== "") {
        lines.push(current);
        current = word;
      } else {
        current = longer;
      }
    }
    return [...lines, current];
  });
}
