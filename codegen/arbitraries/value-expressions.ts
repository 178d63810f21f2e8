import { type AcceptedValues, acceptedBySide } from "../evolution/accepted-values.ts";
import { baseType, prefixMax } from "../layout.ts";
import type { Checks, EnumType, PrimitiveTypeNode, Type } from "../protocol.ts";
import { integerRangeOf } from "../rules/integer-range.ts";
import type { LengthType } from "../type-expression.ts";

/** What the expressions for values need from the file that they are in. */
export interface ValueContext {
  /** Calls the function of a named type. */
  readonly call: (type: Extract<Type, { readonly doc: string }>) => string;
  /** Calls the function for the messages that can stand in another, with a length before them. */
  readonly callHeld: (length: LengthType) => string;
  /** Says that a function for text of a length, or like a pattern, is needed, and gives its name. */
  readonly use: (name: SharedFunction) => string;
}

export type SharedFunction = "$text" | "$matching";

/** The expression of an arbitrary for a value: every one that an encoder takes. */
export function valueExpression(type: Type, checks: Checks | undefined, context: ValueContext): string {
  if ("doc" in type && (checks === undefined || type.kind !== "alias")) return context.call(type);
  return unnamedExpression(type, checks, context);
}

/** The same for the target of an alias, or a type without a name. */
export function unnamedExpression(type: Type, checks: Checks | undefined, context: ValueContext): string {
  const accepted = acceptedBySide(type, checks).encode;
  const base = baseType(type);
  switch (base.kind) {
    case "primitive":
      return primitiveExpression(base, accepted);
    case "string":
      return textExpression(accepted, context);
    case "bytes":
      return `fc.uint8Array(${sizeOptions(accepted, "Length")})`;
    case "fixedBytes":
      return `fc.uint8Array({ minLength: ${base.byteCount}, maxLength: ${base.byteCount} })`;
    case "list": {
      const options = sizeOptions(accepted, "Length");
      return `fc.array(${valueExpression(base.element, undefined, context)}${options === "" ? "" : `, ${options}`})`;
    }
    case "map": {
      const key = valueExpression(base.key, undefined, context);
      const value = valueExpression(base.value, undefined, context);
      const options = [...sizes(accepted, "Keys"), "noNullPrototype: true"].join(", ");
      return `fc.dictionary(${key}, ${value}, { ${options} })`;
    }
    case "message":
      return context.callHeld(base.length);
    default:
      return context.call(base);
  }
}

/** Numbers that an enum keeps although no value has them. */
export function unknownTagExpression({ tag, values }: EnumType): string {
  const listed = values.map((value) => value.tag).join(", ");
  const unlisted = `.filter((tag) => ![${listed}].includes(tag))`;
  return `fc.integer({ min: 0, max: ${prefixMax(tag)} })${values.length === 0 ? "" : unlisted}.map((unknown) => ({ unknown }))`;
}

function primitiveExpression(base: PrimitiveTypeNode, accepted: AcceptedValues): string {
  switch (base.name) {
    case "bool":
      return "fc.boolean()";
    case "f32":
      return "fc.float()";
    case "f64":
      return "fc.double()";
    case "uuid":
      return "fc.uuid()";
    default: {
      const isBig = base.name === "u64" || base.name === "i64";
      const { min, max } = accepted.extent ?? integerRangeOf(base) ?? { min: 0n, max: 0n };
      const literal = (value: bigint | string) => `${value}${isBig ? "n" : ""}`;
      const range = `${isBig ? "fc.bigInt" : "fc.integer"}({ min: ${literal(min)}, max: ${literal(max)} })`;
      return range + excluded(accepted.not.map(literal));
    }
  }
}

function textExpression({ extent, not, patterns }: AcceptedValues, { use }: ValueContext): string {
  const min = extent?.min ?? 0n;
  const max = extent === undefined || extent.max >= longText ? "Infinity" : String(extent.max);
  const rest = excluded(not.map((text) => JSON.stringify(text)));
  const [first, ...others] = patterns.map((pattern) => String(new RegExp(`^(?:${pattern})$`, "u")));
  if (first === undefined) return `${use("$text")}(${min}, ${max})${rest}`;
  const more = others.map((pattern) => `.filter((value) => ${pattern}.test(value))`).join("");
  return `${use("$matching")}(${first}, ${min}, ${max})${more}${rest}`;
}

/** Texts, lists and the like do not come near this, so that it is no limit. */
const longText = 65_535n;

function excluded(literals: readonly string[]): string {
  return literals.map((literal) => `.filter((value) => value !== ${literal})`).join("");
}

function sizeOptions(accepted: AcceptedValues, what: "Length" | "Keys"): string {
  const options = sizes(accepted, what);
  return options.length === 0 ? "" : `{ ${options.join(", ")} }`;
}

function sizes({ extent }: AcceptedValues, what: "Length" | "Keys"): readonly string[] {
  if (extent === undefined) return [];
  return [
    ...(extent.min > 0n ? [`min${what}: ${extent.min}`] : []),
    ...(extent.max < longText ? [`max${what}: ${extent.max}`] : []),
  ];
}
