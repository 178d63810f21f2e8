import type { Constraints, Unit } from "../document.ts";
import type { TypeExpression } from "../type-expression.ts";
import { cutRange, type IntegerRange, integerRangeOf, lengthRangeOf, parseRange } from "./integer-range.ts";
import { type RuleContext, typeText } from "./rule-context.ts";

/** Something that has constraints: an alias or a field. */
interface ConstraintSite {
  readonly pointer: string;
  readonly own: Constraints & { readonly unit?: Unit; readonly as?: string };
  /** As written, before aliases are followed. */
  readonly type: TypeExpression;
}

/** R001 to R007: constraints stand on what they can constrain, and leave something over. */
export function checkConstraints(context: RuleContext): void {
  for (const site of constraintSitesOf(context)) {
    const base = context.baseOf(site.type);
    if (base === undefined) continue;
    const applicable = checkApplicable(context, site, base.type);
    if (applicable) checkRanges(context, site, base.type, base.constraints);
    checkPattern(context, site);
    checkNot(context, site, base.type);
    checkWithoutEffect(context, site, base.type);
  }
}

function* constraintSitesOf(context: RuleContext): Generator<ConstraintSite> {
  for (const { pointer, site, constraints } of context.aliases.values()) {
    yield { pointer, own: constraints, type: site.type };
  }
  for (const group of context.groups) {
    for (const { pointer, definition, site } of group.fields) yield { pointer, own: definition, type: site.type };
  }
}

const constraintKeys = ["range", "not", "length", "count", "pattern"] as const;

/** For each constraint, what it is for. */
const purposes: Readonly<Record<(typeof constraintKeys)[number], string>> = {
  range: "integers",
  not: "integers and strings",
  length: "strings and bytes",
  count: "lists and maps",
  pattern: "strings",
};

function canHave(key: (typeof constraintKeys)[number], type: TypeExpression): boolean {
  switch (key) {
    case "range":
      return integerRangeOf(type) !== undefined;
    case "not":
      return integerRangeOf(type) !== undefined || type.kind === "string";
    case "length":
      return type.kind === "string" || type.kind === "bytes";
    case "count":
      return type.kind === "list" || type.kind === "map";
    case "pattern":
      return type.kind === "string";
  }
}

function checkApplicable(context: RuleContext, site: ConstraintSite, base: TypeExpression): boolean {
  const wrong = constraintKeys.filter((key) => site.own[key] !== undefined && !canHave(key, base));
  const right = constraintKeys.filter((key) => canHave(key, base));
  for (const key of wrong) {
    const resolved = site.type.kind === "named" && base !== site.type ? ` (${typeText(base)})` : "";
    const message = `${key} is for ${purposes[key]}, not for ${typeText(site.type)}${resolved}`;
    const hint = right.length === 0 ? "remove it" : `this type can have ${right.join(", ")}`;
    context.reportKey("R001", `${site.pointer}/${key}`, message, hint);
  }
  return wrong.length === 0;
}

/** What the values of a type are counted by: the number itself, the length, or the count. */
function extentOf(base: TypeExpression): { key: "range" | "length" | "count"; range: IntegerRange } | undefined {
  const integer = integerRangeOf(base);
  if (integer !== undefined) return { key: "range", range: integer };
  if (base.kind === "string" || base.kind === "bytes") return { key: "length", range: lengthRangeOf(base.length) };
  if (base.kind === "list" || base.kind === "map") return { key: "count", range: lengthRangeOf(base.length) };
  return undefined;
}

function checkRanges(
  context: RuleContext,
  site: ConstraintSite,
  base: TypeExpression,
  inherited: readonly Constraints[],
): void {
  const extent = extentOf(base);
  if (extent === undefined) return;
  const { key, range } = extent;
  const text = site.own[key];
  if (text !== undefined && !checkRange(context, `${site.pointer}/${key}`, text, base, range)) return;
  let left: IntegerRange | undefined = range;
  for (const constraints of [...inherited, site.own]) {
    if (left === undefined) break;
    left = cutRange(left, constraints[key]);
  }
  if (left === undefined) {
    if (text === undefined) return;
    const others = inherited.map((constraints) => constraints[key]).filter((other) => other !== undefined);
    const message = `no value is left: ${typeText(site.type)} has ${key} ${others.join(" and ")} already`;
    context.reportValue("R007", `${site.pointer}/${key}`, message, "narrow the range of the type, not beyond it");
    return;
  }
  checkSomethingLeft(context, site, left, inherited);
}

/** Whether `not` leaves a value of what the range leaves. */
function checkSomethingLeft(
  context: RuleContext,
  site: ConstraintSite,
  left: IntegerRange,
  inherited: readonly Constraints[],
): void {
  if (site.own.not === undefined || left.max - left.min > 1000n) return;
  const refused = new Set([...inherited, site.own].flatMap(({ not = [] }) => not.filter(isInteger).map(BigInt)));
  const refusedInside = [...refused].filter((value) => value >= left.min && value <= left.max);
  if (BigInt(refusedInside.length) <= left.max - left.min) return;
  const message = `no value is left: not lists all of ${left.min}..${left.max}`;
  context.reportValue("R007", `${site.pointer}/not`, message, "leave at least one");
}

function checkRange(
  context: RuleContext,
  pointer: string,
  text: string,
  base: TypeExpression,
  range: IntegerRange,
): boolean {
  const { min, max } = parseRange(text);
  const key = pointer.slice(pointer.lastIndexOf("/") + 1);
  if (min === undefined && max === undefined) {
    context.reportValue("R002", pointer, `".." has no end, so it says nothing`, `give it one, or remove ${key}`);
    return false;
  }
  if (min !== undefined && max !== undefined && min > max) {
    context.reportValue("R002", pointer, `${text} is empty: ${min} is greater than ${max}`, `write ${max}..${min}`);
    return false;
  }
  const beyond = [min, max].find((end) => end !== undefined && (end < range.min || end > range.max));
  if (beyond === undefined) return true;
  const message = `${beyond} is beyond what ${typeText(base)} carries`;
  context.reportValue("R003", pointer, message, `the ${key} of ${typeText(base)} is ${range.min}..${range.max}`);
  return false;
}

function checkPattern(context: RuleContext, site: ConstraintSite): void {
  const { pattern } = site.own;
  if (pattern === undefined) return;
  try {
    new RegExp(`^(?:${pattern})$`, "u");
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(error.message.lastIndexOf(": ") + 2) : String(error);
    const message = `not a regular expression: ${reason.charAt(0).toLowerCase()}${reason.slice(1)}`;
    context.reportValue(
      "R004",
      `${site.pointer}/pattern`,
      message,
      "as in JavaScript with the flag u; in double quotes, a backslash is written twice",
    );
  }
}

function checkNot(context: RuleContext, site: ConstraintSite, base: TypeExpression): void {
  const range = integerRangeOf(base);
  const seen = new Set<number | bigint | string>();
  for (const [index, value] of (site.own.not ?? []).entries()) {
    const pointer = `${site.pointer}/not/${index}`;
    if (seen.has(value)) context.reportValue("R006", pointer, `${value} is listed twice`, "once is enough");
    seen.add(value);
    if (range !== undefined) {
      const fits = isInteger(value) && BigInt(value) >= range.min && BigInt(value) <= range.max;
      if (fits) continue;
      context.reportValue(
        "R006",
        pointer,
        `${JSON.stringify(String(value))} is not a value of ${typeText(base)}`,
        "remove it",
      );
    } else if (base.kind === "string" && typeof value !== "string") {
      context.reportValue(
        "R006",
        pointer,
        `${value} is a number, and ${typeText(site.type)} is a string`,
        `write "${value}"`,
      );
    }
  }
}

function isInteger(value: number | bigint | string): value is number | bigint {
  return typeof value !== "string";
}

function checkWithoutEffect(context: RuleContext, site: ConstraintSite, base: TypeExpression): void {
  const { pointer, own } = site;
  if (own.check !== undefined && constraintKeys.every((key) => own[key] === undefined)) {
    const message = "check says who checks the constraints beside it, and there are none";
    context.reportKey("R005", `${pointer}/check`, message, "remove it, or write it where the constraints are");
  }
  if (own.unit !== undefined && integerRangeOf(base) === undefined) {
    context.reportKey("R005", `${pointer}/unit`, `a unit is for integers, not for ${typeText(site.type)}`, "remove it");
  }
  if (own.as !== undefined && (own.unit === undefined || own.unit === "bytes" || integerRangeOf(base) === undefined)) {
    const message = `as: ${own.as} is for an integer with a unit of time`;
    context.reportKey("R005", `${pointer}/as`, message, "add unit: ns, us, ms or s");
  }
}
