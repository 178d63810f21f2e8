import { lengthRangeOf, parseRange } from "../rules/integer-range.ts";
import { typeText, visitType } from "../rules/rule-context.ts";
import type { Extent, TypeExpression } from "../type-expression.ts";
import { type LintContext, type TypedThing, typedThings } from "./lint-context.ts";

/** L013, L014 for lengths and counts, L016 and L020: what is long has a limit, and is no longer than it must be. */
export function lintSizes(context: LintContext): void {
  for (const thing of typedThings(context)) {
    lintEffect(context, thing);
    if (!context.isOpen(thing.lifetime)) continue;
    lintUuid(context, thing);
    visitType(thing.site.type, (part) => {
      lintSign(context, thing, part);
      lintLimit(context, thing, part);
    });
  }
}

type SizedExpression = TypeExpression & { readonly length: Extent };

function lintEffect(context: LintContext, { site, pointer, definition }: TypedThing): void {
  const base = context.schema.baseOf(site.type)?.type;
  if (base === undefined || !isSized(base)) return;
  for (const key of ["length", "count"] as const) {
    const text = definition[key];
    if (text === undefined) continue;
    const carried = lengthRangeOf(base.length);
    const { min = carried.min, max = carried.max } = parseRange(text);
    if (min > carried.min || max < carried.max) continue;
    const message = `every ${typeText(base)} has a ${key} in ${text}`;
    context.reportValue("L014", `${pointer}/${key}`, message, `leave the ${key} out`);
  }
}

function lintUuid(context: LintContext, { name, site, definition }: TypedThing): void {
  const { example } = definition;
  if (site.type.kind !== "string" || typeof example !== "string" || !uuidForm.test(example)) return;
  context.reportType("L020", site, site.type, `"${name}" is a UUID in text form`, "write uuid: 16 bytes instead of 37");
}

const uuidForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function lintSign(context: LintContext, { site }: TypedThing, part: TypeExpression): void {
  if (!isSized(part) || !part.length.startsWith("i")) return;
  const unsigned = part.length.replace("i", "u");
  const hint = `write ${part.kind}<${unsigned}${part.kind === "list" || part.kind === "map" ? ", ...>" : ">"}`;
  context.reportType("L016", site, part, `the ${sizeWord(part)} of ${typeText(part)} is signed`, hint);
}

/** A part of another type cannot have a limit; as a named type it can. */
function lintLimit(context: LintContext, { name, site, definition }: TypedThing, part: TypeExpression): void {
  if (!isSized(part) || part.kind === "message" || !/^[iu]32$/.test(part.length)) return;
  if (context.document.frame.maxSize !== undefined) return;
  const isWhole = part === site.type;
  const word = sizeWord(part);
  const limit = isWhole ? definition[word] : undefined;
  if (limit !== undefined && parseRange(limit).max !== undefined) return;
  const subject = isWhole ? `"${name}"` : `${typeText(part)} in "${name}"`;
  const most = lengthRangeOf(part.length).max;
  const message = `${subject} has a ${word} of up to ${most}, and nothing says that less is meant`;
  const hint = isWhole
    ? `add ${word}: ..1000, or frame.maxSize`
    : "give it a name under types with a limit, or add frame.maxSize";
  context.reportType("L013", site, part, message, hint);
}

function isSized(type: TypeExpression): type is SizedExpression {
  return "length" in type;
}

function sizeWord({ kind }: SizedExpression): "length" | "count" {
  return kind === "list" || kind === "map" ? "count" : "length";
}
