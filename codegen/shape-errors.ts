import type { ErrorObject } from "ajv/dist/2020.js";
import type { Span } from "./diagnostics.ts";
import type { SchemaValue } from "./document.ts";
import { nearestName } from "./nearest-name.ts";
import type { RuleId } from "./rules.ts";
import { child, type SchemaSource } from "./schema-source.ts";

interface ShapeProblem {
  readonly rule: RuleId;
  readonly span: Span;
  readonly message: string;
  readonly hint: string | undefined;
}

/** Turns what the JSON Schema validator found into what a person needs to know. */
export function describeShapeErrors(errors: readonly ErrorObject[], source: SchemaSource): ShapeProblem[] {
  const cut = new Set(errors.map(subjectOf).filter((pointer) => isCutText(pointer, source)));
  const problems = [...cut].map((pointer) => ({
    rule: "S011" as const,
    span: source.key(pointer),
    message: `the comma before "${nameOf(pointer)}" ends the text`,
    hint: "a text with a comma inside { } needs quotes",
  }));
  const others = errors.filter((error) => !cut.has(subjectOf(error)) && !isExplained(error, errors));
  return [...problems, ...others.map((error) => describe(error, source))];
}

/** Pointer to what an error is about: the key for errors about a key, else the value. */
function subjectOf(error: ErrorObject): string {
  if (error.keyword === "additionalProperties")
    return child(error.instancePath, String(error.params["additionalProperty"]));
  if (error.propertyName !== undefined) return child(error.instancePath, error.propertyName);
  return error.instancePath;
}

/** `{ doc: Bye, now }` is for YAML a doc and a key `now` without a value. */
function isCutText(pointer: string, source: SchemaSource): boolean {
  return pointer !== "" && source.isCutByComma(pointer);
}

/** Whether a missing key is there under a name that is nearly right, which has an error of its own. */
function isExplained(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  if (error.keyword === "required") {
    const missing = String(error.params["missingProperty"]);
    return errors.some(
      (other) =>
        other.keyword === "additionalProperties" &&
        other.instancePath === error.instancePath &&
        meantKey(String(other.params["additionalProperty"]), [missing]) === missing,
    );
  }
  // An empty text breaks both its least length and its pattern; a field has a type by two roads.
  const first = errors.find((other) => other.instancePath === error.instancePath && isAboutValue(other));
  return isAboutValue(error) && first !== error;
}

/** Whether an error says that a value is none at all of what its key asks for. */
function isAboutValue({ keyword, propertyName }: ErrorObject): boolean {
  return propertyName === undefined && ["type", "minLength", "pattern"].includes(keyword);
}

function describe(error: ErrorObject, source: SchemaSource): ShapeProblem {
  const pointer = error.instancePath;
  switch (error.keyword) {
    case "additionalProperties":
      return describeUnknownKey(error, source);
    case "required":
      return describeMissingKey(error, source);
    case "enum": {
      const allowed: readonly string[] = error.params["allowedValues"];
      const message = `${nameIn(pointer)} cannot be ${show(error.data)}`;
      const hint = `one of ${allowed.join(", ")}`;
      return { rule: "S013", span: source.value(pointer), message, hint };
    }
    case "pattern":
      if (error.propertyName !== undefined) return describeName(error.propertyName, error, source);
      if (/^[A-Za-z]+Name$/.test(definitionNameOf(error))) return describeName(String(error.data), error, source);
  }
  return { rule: "S010", span: source.value(pointer), message: messageOf(error), hint: hintOf(error) };
}

function describeUnknownKey(error: ErrorObject, source: SchemaSource): ShapeProblem {
  const name = String(error.params["additionalProperty"]);
  const span = source.key(child(error.instancePath, name));
  const known = Object.keys(error.parentSchema?.["properties"] ?? {});
  const kinds = ["type", "enum", "union", "struct"];
  const message = `unknown key "${name}"`;
  if (/^\/types\/[^/]+$/.test(error.instancePath) && kinds.includes(name)) {
    const hint = `a type has one of ${kinds.join(", ")}, and this one has another already`;
    return { rule: "S011", span, message, hint };
  }
  const meant = meantKey(name, known);
  const advice = meant === undefined ? habits.get(name) : undefined;
  const hint = meant === undefined ? (advice ?? `known here: ${known.join(", ")}`) : `did you mean "${meant}"?`;
  return { rule: "S011", span, message, hint };
}

function describeMissingKey(error: ErrorObject, source: SchemaSource): ShapeProblem {
  const missing = String(error.params["missingProperty"]);
  const span = source.key(error.instancePath);
  if (missing === "type" && /^\/types\/[^/]+$/.test(error.instancePath)) {
    const message = `type "${nameOf(error.instancePath)}" does not say what it is`;
    return { rule: "S012", span, message, hint: "give it one of type, enum, union, struct" };
  }
  const where = error.instancePath === "" ? "the schema" : `"${nameOf(error.instancePath)}"`;
  const { description, enum: choices } = error.parentSchema?.["properties"]?.[missing] ?? {};
  let hint: string | undefined;
  if (missing === "doc") hint = "say what it is, in a sentence";
  else if (Array.isArray(choices)) hint = `one of ${choices.join(", ")}`;
  else if (typeof description === "string") hint = hintFrom(description);
  return { rule: "S012", span, message: `${where} lacks "${missing}"`, hint };
}

function describeName(name: string, error: ErrorObject, source: SchemaSource): ShapeProblem {
  const pointer = subjectOf(error);
  const span = error.propertyName === undefined ? source.value(pointer) : source.key(pointer);
  const upper = String(error.schema).startsWith("^[A-Z]");
  const suggestion = error.params["pattern"]?.startsWith("^[1-9]") ? undefined : camelCased(name, upper);
  const description = typeof error.parentSchema?.["description"] === "string" ? error.parentSchema["description"] : "";
  const fits = suggestion !== undefined && new RegExp(String(error.schema), "u").test(suggestion);
  const hint = fits ? `write ${suggestion}: ${hintFrom(description)}` : hintFrom(description);
  const what = suggestion === undefined ? "version" : "name";
  return { rule: "S014", span, message: `"${name}" cannot be a ${what} here`, hint };
}

function messageOf(error: ErrorObject): string {
  const name = nameIn(error.instancePath);
  switch (error.keyword) {
    case "type": {
      const types: readonly string[] = [error.params["type"]].flat();
      const expected = types.map((type) => kinds[type] ?? type).join(" or ");
      return `${name} must be ${expected}, not ${kindOf(error.data)}`;
    }
    case "minLength":
    case "minItems":
    case "minProperties":
      return `${name} is empty`;
    case "maxLength":
      return `${name} has more than ${error.params["limit"]} characters`;
    case "minimum":
      return `${name} is ${show(error.data)}, the least is ${error.params["limit"]}`;
    case "maximum":
      return `${name} is ${show(error.data)}, the greatest is ${error.params["limit"]}`;
    case "uniqueItems": {
      const items: readonly unknown[] = Array.isArray(error.data) ? error.data : [];
      return `${name} names ${show(items[error.params["i"]])} twice`;
    }
  }
  return `${name} cannot be ${show(error.data)}`;
}

function hintOf(error: ErrorObject): string | undefined {
  if (error.keyword === "uniqueItems") return "once is enough";
  if (error.keyword === "type" && typeof error.data === "string" && [error.params["type"]].flat().includes("integer")) {
    if (/^[0-9]+$/.test(error.data)) return "leave the quotes out";
  }
  if (/^min(Properties|Items)$/.test(error.keyword) && nameOf(error.instancePath) === "fields") return "leave it out";
  const description = error.parentSchema?.["description"];
  return typeof description === "string" ? hintFrom(description) : undefined;
}

/** Keys of other languages, and what they are called here. */
const habits: ReadonlyMap<string, string> = new Map(
  Object.entries({
    description: 'write "doc"',
    comment: 'write "doc"',
    id: 'write "tag"',
    number: 'write "tag"',
    value: 'write "tag"',
    min: "write range: 1..",
    max: "write range: ..9",
    minLength: "write length: 1..",
    maxLength: "write length: ..9",
    optional: "an optional field has a type with a question mark: T?",
    required: "every field is required, unless its type ends in a question mark",
    nullable: "an optional field has a type with a question mark: T?",
    regex: 'write "pattern"',
    aliases: "an alias is a type with the key type",
  }),
);

const kinds: Readonly<Record<string, string>> = {
  object: "a mapping",
  array: "a list",
  string: "a text",
  integer: "a whole number",
  boolean: "true or false",
};

function kindOf(value: unknown): string {
  if (value === null) return "empty";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "string") return `the text ${show(value)}`;
  return typeof value === "object" ? "a mapping" : show(value);
}

/** A value as one would write it, cut when it is long. */
function show(value: unknown): string {
  const text = JSON.stringify(value as SchemaValue) ?? String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function meantKey(name: string, known: readonly string[]): string | undefined {
  const habit = /^write "([a-z]+)"$/.exec(habits.get(name) ?? "")?.[1];
  return habit !== undefined && known.includes(habit) ? habit : nearestName(name, known);
}

/** `my_field` → `myField`, or `MyField`. */
function camelCased(name: string, upper: boolean): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter((word) => word !== "");
  return words
    .map(
      (word, index) =>
        (index === 0 && !upper ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1),
    )
    .join("");
}

/** Name of the definition in the meta-schema that an error comes from; empty when there is none. */
function definitionNameOf(error: ErrorObject): string {
  return /#\/\$defs\/([A-Za-z]+)\/[a-z]+$/i.exec(error.schemaPath)?.[1] ?? "";
}

function nameIn(pointer: string): string {
  const name = nameOf(pointer);
  return /^[0-9]+$/.test(name)
    ? `entry ${Number(name) + 1} of "${nameOf(pointer.slice(0, pointer.lastIndexOf("/")))}"`
    : `"${name}"`;
}

function nameOf(pointer: string): string {
  return pointer
    .slice(pointer.lastIndexOf("/") + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
}

/** The first sentence of a description, as a hint. */
function hintFrom(description: string): string {
  const sentence = description.split(/\.(?: |$)/)[0] ?? description;
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence;
}
