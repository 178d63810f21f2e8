import type { SchemaValue } from "../document.ts";
import { describeType } from "../documentation.ts";
import { checksOf, isPresent } from "../layout.ts";
import type { Checks, Field, Lifetime, Range, Type } from "../protocol.ts";
import { anchorOfType } from "./anchors.ts";
import { type CodeInline, code, codeLink, type Inline, type Lines, type Phrase } from "./block.ts";
import { isEverywhere, lifetimeText, type ManualSource } from "./manual-source.ts";

/** A type as a schema writes it, with links to the types that it names. */
export function typePhrase(type: Type, isOptional = false): Phrase {
  return inOneCode([...expressionParts(type), ...(isOptional ? [code("?")] : [])]);
}

function expressionParts(type: Type): Phrase {
  switch (type.kind) {
    case "list":
      return [code(`list<${type.length},`), " ", ...expressionParts(type.element), code(">")];
    case "map": {
      const [key, value] = [expressionParts(type.key), expressionParts(type.value)];
      return [code(`map<${type.length},`), " ", ...key, code(","), " ", ...value, code(">")];
    }
    case "alias":
    case "enum":
    case "union":
    case "struct":
      return [codeLink(anchorOfType(type.name), type.name)];
    default:
      return [code(describeType(type))];
  }
}

/** Code that follows code, with or without a space between, as one. */
function inOneCode(parts: Phrase): Phrase {
  const phrase: Inline[] = [];
  for (const part of parts) {
    const [last, before] = [phrase.at(-1), phrase.at(-2)];
    if (isCode(part) && isCode(last)) phrase.splice(-1, 1, code(last.text + part.text));
    else if (isCode(part) && last === " " && isCode(before)) phrase.splice(-2, 2, code(`${before.text} ${part.text}`));
    else phrase.push(part);
  }
  return phrase;
}

function isCode(inline: Inline | undefined): inline is CodeInline {
  return typeof inline === "object" && inline.kind === "code";
}

/** What a value of a field must satisfy beyond its type: what its type demands, and what the field does. */
export function fieldLimits(field: Field): Lines {
  return checksOf(field.type, field.checks).flatMap((checks) => limitLines(checks));
}

/** `1 to 36`, `at least 1 byte`, each with who looks at it where that is not both sides. */
export function limitLines(checks: Checks): Lines {
  const { range, length, count, not, pattern, encodeOnly } = checks;
  const lines: Phrase[] = [];
  if (range !== undefined) lines.push([rangeText(range, undefined)]);
  if (length !== undefined) lines.push([rangeText(length, ["byte", "bytes"])]);
  if (count !== undefined) lines.push([rangeText(count, ["entry", "entries"])]);
  if (not.length > 0) lines.push(["not ", code(not.map((value) => schemaValueText(value)).join(", "))]);
  if (pattern !== undefined) lines.push(["matches ", code(pattern)]);
  return encodeOnly ? lines.map((line) => [...line, ", checked when encoding only"]) : lines;
}

/** Which versions have a field, and what becomes of it in the others; nothing if all that have `owner` have it. */
export function lifetimeLines(field: Field, owner: Lifetime, source: ManualSource): Lines {
  if (!isLacking(field, owner, source))
    return isEverywhere({ ...field, since: 0, removed: undefined }, source) ? [] : [[lifetimeText(field, source)]];
  return [[`in ${lifetimeText(field, source)}; elsewhere `, ...lackingPhrase(field)]];
}

/** What a decoder gives where the version of a frame lacks a field, and what an encoder does with a value then. */
export function lackingPhrase(field: Field): Phrase {
  const read: Phrase = field.default === undefined ? ["absent"] : ["read as ", code(schemaValueText(field.default))];
  if (field.ignorable) return [...read, ", and left out when writing"];
  return [
    ...read,
    field.default === undefined ? ", and refused when writing" : ", and anything else is refused when writing",
  ];
}

/** Whether a version that has the owner of a field does without the field. */
export function isLacking(field: Field, owner: Lifetime, { protocol }: ManualSource): boolean {
  return protocol.versions.some((version) => isPresent(owner, version) && !isPresent(field, version));
}

/** A value of a schema as one writes it there. */
export function schemaValueText(value: SchemaValue): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item: SchemaValue) => schemaValueText(item)).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${schemaValueText(item)}`);
  return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
}

function rangeText({ min, max }: Range, units: readonly [string, string] | undefined): string {
  const unit = (number: bigint): string => (units === undefined ? "" : ` ${number === 1n ? units[0] : units[1]}`);
  if (min !== undefined && min === max) return `${min}${unit(min)}`;
  if (max === undefined) return `at least ${min}${unit(min ?? 0n)}`;
  return min === undefined ? `at most ${max}${unit(max)}` : `${min} to ${max}${unit(max)}`;
}
