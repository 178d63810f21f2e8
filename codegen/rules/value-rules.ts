import type { Constraints, SchemaValue } from "../document.ts";
import { didYouMean } from "../nearest-name.ts";
import type { RuleId } from "../rules.ts";
import { child } from "../schema-source.ts";
import type { TypeExpression } from "../type-expression.ts";
import { type IntegerRange, integerRangeOf, lengthRangeOf, parseRange } from "./integer-range.ts";
import { type BaseType, type Field, type RuleContext, typeText } from "./rule-context.ts";

/** Why a value is none of its type, at a pointer inside the value. */
export interface ValueProblem {
  readonly rule: RuleId;
  readonly pointer: string;
  readonly message: string;
  readonly hint?: string;
  /** Whether the problem is about the key at the pointer. */
  readonly atKey?: boolean;
}

/** E001 to E003 and E005: compares a value with a type, and the constraints on top of those of the type. */
export function valueProblems(
  context: RuleContext,
  type: TypeExpression,
  own: readonly Constraints[],
  value: SchemaValue,
  pointer: string,
): ValueProblem[] {
  const base = context.baseOf(type);
  if (base === undefined) return [];
  const at: ValueSite = { context, pointer, type, base: { ...base, constraints: [...base.constraints, ...own] } };
  const { kind } = base.type;
  switch (kind) {
    case "primitive":
      return primitiveProblems(at, value);
    case "string":
      return typeof value === "string" ? textProblems(at, value) : [wrongKind(at, "a text", value)];
    case "bytes":
    case "fixedBytes":
      return bytesProblems(at, value);
    case "list":
      return listProblems(at, base.type.element, value);
    case "map":
      return mapProblems(at, base.type, value);
    case "message":
      return [
        { rule: "E002", pointer, message: "a message in a field has no example of its own", hint: "leave it out" },
      ];
    case "named":
      return namedProblems(at, base.type.name, value);
  }
}

/** Like `valueProblems`, for a field: null is absent. */
export function fieldValueProblems(
  context: RuleContext,
  field: Field,
  value: SchemaValue,
  pointer: string,
): ValueProblem[] {
  if (value !== null) return valueProblems(context, field.site.type, [field.definition], value, pointer);
  if (field.site.optional) return [];
  const message = `"${field.name}" is not optional, so it cannot be null`;
  return [{ rule: "E002", pointer, message, hint: `give it a value of ${typeText(field.site.type)}` }];
}

interface ValueSite {
  readonly context: RuleContext;
  readonly pointer: string;
  readonly type: TypeExpression;
  readonly base: BaseType;
}

function wrongKind(at: ValueSite, expected: string, value: SchemaValue, hint?: string): ValueProblem {
  const name = typeText(at.type);
  const what = name === typeText(at.base.type) ? name : `${name} (${typeText(at.base.type)})`;
  const problem = { rule: "E002" as const, pointer: at.pointer, message: `${what} is ${expected}, not ${show(value)}` };
  if (hint !== undefined) return { ...problem, hint };
  if (expected === "a text" && ["number", "bigint", "boolean"].includes(typeof value)) {
    return { ...problem, hint: `put it in quotes: "${value}"` };
  }
  return expected.includes("number") && typeof value === "string" && /^-?[0-9]+$/.test(value)
    ? { ...problem, hint: "leave the quotes out" }
    : problem;
}

function primitiveProblems(at: ValueSite, value: SchemaValue): ValueProblem[] {
  const range = integerRangeOf(at.base.type);
  if (range !== undefined) return integerProblems(at, range, value);
  const name = typeText(at.base.type);
  if (name === "bool") return typeof value === "boolean" ? [] : [wrongKind(at, "true or false", value)];
  if (name === "uuid") {
    const isUuid = typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);
    const hint = "lower-case hexadecimal: 0b9e2c64-5d0f-4c1a-9a37-6a5f1f0d7e21";
    return isUuid ? [] : [wrongKind(at, "a UUID", value, hint)];
  }
  return typeof value === "number" ? [] : [wrongKind(at, "a number", value)];
}

function integerProblems(at: ValueSite, range: IntegerRange, value: SchemaValue): ValueProblem[] {
  const isInteger = typeof value === "bigint" || (typeof value === "number" && Number.isInteger(value));
  if (!isInteger) return [wrongKind(at, "a whole number", value)];
  const number = BigInt(value);
  const name = typeText(at.base.type);
  if (number < range.min || number > range.max) {
    const message = `${number} does not fit ${name}`;
    return [{ rule: "E003", pointer: at.pointer, message, hint: `${name} is ${range.min}..${range.max}` }];
  }
  return [...rangeProblems(at, "range", number, String(number)), ...notProblems(at, value)];
}

function rangeProblems(
  at: ValueSite,
  key: "range" | "length" | "count",
  number: bigint,
  shown: string,
): ValueProblem[] {
  return at.base.constraints.flatMap((constraints) => {
    const text = constraints[key];
    if (text === undefined) return [];
    const { min, max } = parseRange(text);
    // A range that is empty is reported where it stands.
    if (min !== undefined && max !== undefined && min > max) return [];
    if ((min === undefined || number >= min) && (max === undefined || number <= max)) return [];
    const message = `${shown} breaks the constraint ${key}: ${text}`;
    return [{ rule: "E003" as const, pointer: at.pointer, message, hint: "change the value, or the constraint" }];
  });
}

function notProblems(at: ValueSite, value: number | bigint | string): ValueProblem[] {
  const isRefused = at.base.constraints.some(({ not = [] }) =>
    not.some((refused) => String(refused) === String(value)),
  );
  if (!isRefused) return [];
  const message = `${JSON.stringify(String(value))} is refused by the constraint not`;
  return [{ rule: "E003", pointer: at.pointer, message, hint: "change the value, or the constraint" }];
}

function textProblems(at: ValueSite, value: string): ValueProblem[] {
  if (/\p{Surrogate}/u.test(value)) {
    const message = `${show(value)} has half a surrogate pair, which has no UTF-8 form`;
    return [{ rule: "E002", pointer: at.pointer, message, hint: "write the whole character" }];
  }
  const patterns = at.base.constraints.flatMap(({ pattern }) => (pattern === undefined ? [] : [pattern]));
  const broken = patterns.filter((pattern) => !matches(pattern, value));
  return [
    ...lengthProblems(at, Buffer.byteLength(value)),
    ...notProblems(at, value),
    ...broken.map((pattern) => ({
      rule: "E003" as const,
      pointer: at.pointer,
      message: `${show(value)} does not match the pattern ${pattern}`,
      hint: "a pattern must match the text as a whole",
    })),
  ];
}

/** A pattern that is none is reported where it stands, not here. */
function matches(pattern: string, value: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(value);
  } catch {
    return true;
  }
}

function lengthProblems(at: ValueSite, byteCount: number): ValueProblem[] {
  const { type } = at.base;
  if (type.kind === "fixedBytes") {
    if (byteCount === type.byteCount) return [];
    const message = `${typeText(type)} has ${type.byteCount} bytes, this has ${byteCount}`;
    return [{ rule: "E003", pointer: at.pointer, message, hint: 'in hexadecimal: { hex: "00 ff" }' }];
  }
  if (type.kind !== "string" && type.kind !== "bytes") return [];
  const { max } = lengthRangeOf(type.length);
  if (BigInt(byteCount) > max) {
    const message = `${byteCount} bytes do not fit ${typeText(type)}`;
    return [{ rule: "E003", pointer: at.pointer, message, hint: `the most is ${max}` }];
  }
  return rangeProblems(at, "length", BigInt(byteCount), `a length of ${byteCount}`);
}

function bytesProblems(at: ValueSite, value: SchemaValue): ValueProblem[] {
  if (typeof value === "string") return lengthProblems(at, Buffer.byteLength(value));
  const hex = isMapping(value) ? value["hex"] : undefined;
  if (!isMapping(value) || typeof hex !== "string" || Object.keys(value).length > 1) {
    return [wrongKind(at, "a text or { hex: ... }", value, 'as hello, or { hex: "00 ff" }')];
  }
  const digits = hex.replaceAll(" ", "");
  if (!/^([0-9a-fA-F]{2})*$/.test(digits)) {
    const message = `"${hex}" is not a sequence of bytes in hexadecimal`;
    return [{ rule: "E002", pointer: child(at.pointer, "hex"), message, hint: 'two digits a byte: { hex: "00 ff" }' }];
  }
  return lengthProblems(at, digits.length / 2);
}

function listProblems(at: ValueSite, element: TypeExpression, value: SchemaValue): ValueProblem[] {
  if (!isSequence(value)) return [wrongKind(at, "a list", value, "as [a, b]")];
  return [
    ...rangeProblems(at, "count", BigInt(value.length), `a count of ${value.length}`),
    ...value.flatMap((item, index) => valueProblems(at.context, element, [], item, child(at.pointer, index))),
  ];
}

function mapProblems(at: ValueSite, type: TypeExpression & { kind: "map" }, value: SchemaValue): ValueProblem[] {
  if (!isMapping(value)) return [wrongKind(at, "a mapping", value, "as { name: value }")];
  const entries = Object.entries(value);
  return [
    ...rangeProblems(at, "count", BigInt(entries.length), `a count of ${entries.length}`),
    ...entries.flatMap(([key, entry]) => {
      const pointer = child(at.pointer, key);
      const inKey = valueProblems(at.context, type.key, [], key, pointer).map((problem) => ({
        ...problem,
        atKey: true,
      }));
      return [...inKey, ...valueProblems(at.context, type.value, [], entry, pointer)];
    }),
  ];
}

function namedProblems(at: ValueSite, name: string, value: SchemaValue): ValueProblem[] {
  const definition = at.context.typeNamed(name);
  if (definition === undefined || "type" in definition) return [];
  if ("struct" in definition) return fieldsProblems(at, name, undefined, value);
  const names = Object.keys("enum" in definition ? definition.values : definition.cases);
  const chosen = "enum" in definition ? value : isMapping(value) ? value["type"] : undefined;
  if (typeof chosen !== "string") {
    const first = names[0] ?? "";
    if ("enum" in definition) return [wrongKind(at, "the name of a value", value, `as ${first}`)];
    return [wrongKind(at, "a mapping with type and fields", value, `as { type: ${first} }`)];
  }
  const pointer = "enum" in definition ? at.pointer : child(at.pointer, "type");
  if (!names.includes(chosen)) {
    const what = "enum" in definition ? "value" : "case";
    const hint = didYouMean(chosen, names) ?? `one of ${names.join(", ")}`;
    return [{ rule: "E001", pointer, message: `${name} has no ${what} "${chosen}"`, hint }];
  }
  return "enum" in definition ? [] : fieldsProblems(at, name, chosen, value);
}

/** Of a struct, or of a case of a union. */
function fieldsProblems(
  at: ValueSite,
  typeName: string,
  caseName: string | undefined,
  value: SchemaValue,
): ValueProblem[] {
  if (!isMapping(value)) return [wrongKind(at, "a mapping with its fields", value)];
  const group = at.context.groups.find((one) => one.typeName === typeName && (caseName ?? typeName) === one.name);
  if (group === undefined) return [];
  const given = Object.keys(value).filter((key) => caseName === undefined || key !== "type");
  const names = group.fields.map((field) => field.name);
  const missing = group.fields.filter((field) => !field.site.optional && !given.includes(field.name));
  const missingNames = missing.map((field) => `"${field.name}"`).join(", ");
  return [
    ...given.flatMap((key) => {
      const pointer = child(at.pointer, key);
      const field = group.fields.find((one) => one.name === key);
      if (field !== undefined) return fieldValueProblems(at.context, field, value[key] ?? null, pointer);
      return isKnown(at.context, group.pointer, key) ? [] : [unknownField(group.name, key, names, pointer)];
    }),
    ...(missing.length === 0
      ? []
      : [
          {
            rule: "E005" as const,
            pointer: at.pointer,
            message: `${group.name} needs ${missingNames}`,
            hint: "give every field that is not optional",
          },
        ]),
  ];
}

/** Whether a field exists whose type is no type, and which is therefore not among those of the group. */
function isKnown(context: RuleContext, groupPointer: string, name: string): boolean {
  return (
    context.source.has(child(`${groupPointer}/fields`, name)) ||
    context.source.has(child(`${groupPointer}/struct`, name))
  );
}

/** E001 for a field that is not there. */
export function unknownField(owner: string, name: string, known: readonly string[], pointer: string): ValueProblem {
  const hint =
    didYouMean(name, known) ?? (known.length === 0 ? "it has no fields" : `its fields are ${known.join(", ")}`);
  return { rule: "E001", pointer, message: `${owner} has no field "${name}"`, hint, atKey: true };
}

function isSequence(value: SchemaValue): value is readonly SchemaValue[] {
  return Array.isArray(value);
}

function isMapping(value: SchemaValue): value is { readonly [key: string]: SchemaValue } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A value in a message, cut when it is long. */
function show(value: SchemaValue): string {
  if (value === null) return "null";
  if (isSequence(value)) return "a list";
  if (isMapping(value)) return "a mapping";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
