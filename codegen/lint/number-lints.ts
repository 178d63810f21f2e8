import { cutRange, integerRangeOf, parseRange } from "../rules/integer-range.ts";
import type { TypeExpression } from "../type-expression.ts";
import { type LintContext, type TypedThing, typedThings } from "./lint-context.ts";

/** L012, L014 for ranges, and L015: numbers say what they count, and are no larger than that. */
export function lintNumbers(context: LintContext): void {
  for (const thing of typedThings(context)) {
    const base = context.schema.baseOf(thing.site.type)?.type;
    const carried = base === undefined ? undefined : integerRangeOf(base);
    if (base === undefined || carried === undefined) continue;
    lintUnit(context, thing);
    lintSafety(context, thing);
    const { range } = thing.definition;
    if (range === undefined) continue;
    const { min = carried.min, max = carried.max } = parseRange(range);
    if (min > carried.min || max < carried.max) continue;
    const message = `every ${thing.definition.type.replace("?", "")} is in the range ${range}`;
    context.reportValue("L014", `${thing.pointer}/range`, message, "leave the range out");
  }
}

function lintUnit(context: LintContext, { name, pointer, site, definition }: TypedThing): void {
  if (!measureName.test(name) || definition.unit !== undefined || inheritsUnit(context, site.type)) return;
  // A type that is a measure by its name has been told already.
  if (site.type.kind === "named" && measureName.test(site.type.name)) return;
  const message = `"${name}" is a time or a size, and nothing says in which unit`;
  context.reportKey("L012", pointer, message, "add unit: and one of ns, us, ms, s, bytes");
}

/** Names of times and sizes, by their last word. */
const measureName =
  /(?:^|[a-z0-9])(?:At|Age|Bytes|Deadline|Delay|Duration|Elapsed|Interval|Latency|Micros|Millis|Ms|Nanos|Seconds|Time|Timeout|Timestamp|Ttl|Uptime)$|^(?:age|bytes|deadline|delay|duration|interval|latency|time|timeout|timestamp|ttl|uptime)$/;

function inheritsUnit(context: LintContext, type: TypeExpression): boolean {
  if (type.kind !== "named") return false;
  const definition = context.schema.typeNamed(type.name);
  if (definition === undefined || !("type" in definition)) return false;
  const target = context.schema.aliases.get(type.name)?.site.type;
  return definition.unit !== undefined || (target !== undefined && inheritsUnit(context, target));
}

/** Only where the type is written: an alias speaks for all its uses. */
function lintSafety(context: LintContext, { name, site, definition, lifetime }: TypedThing): void {
  const { type } = site;
  if (type.kind !== "primitive" || (type.name !== "i64" && type.name !== "u64") || !context.isOpen(lifetime)) return;
  const safe = integerRangeOf({ kind: "primitive", name: type.name === "i64" ? "i53" : "u53" });
  const carried = integerRangeOf(type);
  if (safe === undefined || carried === undefined) return;
  const allowed = cutRange(carried, definition.range);
  const isSafe = allowed !== undefined && allowed.min >= safe.min && allowed.max <= safe.max;
  // A safe integer of nanoseconds is 104 days, too little for an instant.
  const isMeasure = definition.unit !== undefined && definition.unit !== "ns";
  if (!isSafe && !isMeasure) return;
  const why = isSafe ? `with the range ${definition.range}` : `of ${definition.unit}`;
  const hint = `write ${type.name.replace("64", "53")}: the same bytes, and a number in TypeScript`;
  context.reportType("L015", site, type, `"${name}" ${why} never leaves the safe integers`, hint);
}
