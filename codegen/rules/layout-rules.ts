import { child } from "../schema-source.ts";
import type { TypeExpression } from "../type-expression.ts";
import { isRest } from "./rest-rules.ts";
import { type Field, type FieldGroup, type RuleContext, typeText, visitType } from "./rule-context.ts";
import { sitesOfType } from "./type-rules.ts";

/** A001, A002 and K020: the bytes can be read with bounded work, and by decoders in other languages. */
export function checkLayout(context: RuleContext): void {
  checkRecursion(context);
  for (const site of context.sites) {
    visitType(site.type, (part) => {
      // The key of a map has a length, so that an entry of a map always takes bytes.
      if (part.kind !== "list" || bytesMin(context, part.element) > 0) return;
      const element = typeText(part.element);
      const message = `an element of type ${element} can take no bytes, so a few bytes could announce millions of them`;
      context.reportType("A001", site, part.element, message, "give every element at least one byte, in every version");
    });
  }
  for (const version of context.versions) {
    if (context.document.versions[String(version)]?.packing === "bit") checkBitPacking(context, version);
  }
}

/**
 * A type that contains itself is read by recursion, and the bytes decide how deep. A message<L> does not: it holds only
 * messages that hold none.
 */
function checkRecursion(context: RuleContext): void {
  const reported = new Set<string>();
  const search = (name: string, path: readonly string[]): void => {
    for (const site of sitesOfType(context, name)) {
      visitType(site.type, (part) => {
        if (part.kind !== "named") return;
        const start = path.indexOf(part.name);
        if (start < 0) {
          if (!done.has(part.name)) search(part.name, [...path, part.name]);
          return;
        }
        const circle = [...path.slice(start), part.name];
        const key = circle.toSorted().join();
        if (reported.has(key)) return;
        reported.add(key);
        const message =
          circle.length === 2 ? `${part.name} contains itself` : `${part.name} contains itself: ${circle.join(" → ")}`;
        const hint = "refer to the inner one by an id";
        context.reportType("A002", site, part, message, hint);
      });
    }
    done.add(name);
  };
  const done = new Set<string>();
  for (const name of Object.keys(context.document.types)) {
    if (!done.has(name)) search(name, [name]);
  }
}

/** Fewest bytes that a value takes in a byte-packed version; 1 for what takes a bit in a bit-packed one. */
function bytesMin(context: RuleContext, type: TypeExpression, seen: ReadonlySet<string> = new Set()): number {
  const base = context.baseOf(type)?.type;
  if (base?.kind !== "named" || seen.has(base.name)) return 1;
  const definition = context.typeNamed(base.name);
  if (definition === undefined || !("struct" in definition)) return 1;
  const inside = new Set([...seen, base.name]);
  const fields = context.groups.find((group) => group.kind === "struct" && group.typeName === base.name)?.fields ?? [];
  const isComplete = fields.length === Object.keys(definition.struct).length;
  // What a version lacks takes no bytes there.
  const since = definition.since ?? 1;
  const sizes = context.versions
    .filter((version) => version >= since)
    .map((version) =>
      fields
        .filter((field) => isIn(field, version))
        .map((field) => (field.site.optional ? 1 : bytesMin(context, field.site.type, inside))),
    )
    .map((lengths) => lengths.reduce((sum, length) => sum + length, 0));
  return isComplete ? Math.min(1, ...sizes) : 1;
}

function isIn(field: Field, version: number): boolean {
  return version >= field.lifetime.since && version < field.lifetime.removed;
}

/**
 * Behind a bit everything is shifted. Decoders in other languages read shifted numbers and texts, and cannot read
 * shifted structures; so flags come last in a message, and only there.
 */
function checkBitPacking(context: RuleContext, version: number): void {
  for (const group of context.groups) {
    const fields = group.fields.filter((field) => isIn(field, version));
    let flag: Field | undefined;
    for (const field of fields) {
      const bits = hasBits(context, field);
      if (bits && group.kind !== "message") {
        const what = field.site.optional ? "optional" : "a bool";
        const message = `"${field.name}" is ${what}, which version ${version} writes as a bit; a ${group.kind} cannot hold one`;
        context.reportKey("K020", field.pointer, message, "write flags directly in a message, or use a u8 or an enum");
        continue;
      }
      checkElements(context, field, version);
      if (field.site.optional && isBool(context, field.site.type)) {
        const message = `"${field.name}" is an optional bool, which version ${version} would write as one bit or as two`;
        context.reportKey("K020", field.pointer, message, "use an enum, so that what follows has one place");
      }
      if (bits) flag ??= field;
      if (flag !== undefined && (isStructured(context, field.site.type) || isRest(context, field.site.type)))
        reportShifted(context, group, field, flag, version);
    }
  }
}

function reportShifted(context: RuleContext, group: FieldGroup, field: Field, flag: Field, version: number): void {
  // That a rest is optional is refused in every version.
  if (flag === field && isRest(context, field.site.type)) return;
  const type = typeText(field.site.type);
  const where = flag === field ? "its own presence bit" : `"${flag.name}"`;
  const message = `"${field.name}" (${type}) starts inside a byte in version ${version}, behind ${where}`;
  const hint =
    flag === field
      ? "an optional value is simple there: a number, enum, string or bytes"
      : isRest(context, field.site.type)
        ? `a rest comes last, so use a u8 or an enum for "${flag.name}"`
        : `move it before "${flag.name}"`;
  context.reportKey("K020", child(child(group.pointer, "fields"), field.name), message, hint);
}

function hasBits(context: RuleContext, field: Field): boolean {
  const base = context.baseOf(field.site.type)?.type;
  return field.site.optional || (base?.kind === "primitive" && base.name === "bool");
}

/** A list or map of bools would be a run of bits. */
function checkElements(context: RuleContext, field: Field, version: number): void {
  const walk = (type: TypeExpression): boolean => {
    const base = context.baseOf(type)?.type;
    if (base?.kind === "list") return isBool(context, base.element) || walk(base.element);
    return base?.kind === "map" && (isBool(context, base.value) || walk(base.value));
  };
  if (!walk(field.site.type)) return;
  const message = `"${field.name}" holds bools, which version ${version} writes as bits`;
  context.reportKey("K020", field.pointer, message, "use u8 elements");
}

function isBool(context: RuleContext, type: TypeExpression): boolean {
  const base = context.baseOf(type)?.type;
  return base?.kind === "primitive" && base.name === "bool";
}

function isStructured(context: RuleContext, type: TypeExpression): boolean {
  const base = context.baseOf(type)?.type;
  if (base === undefined) return false;
  if (base.kind === "list" || base.kind === "map" || base.kind === "message") return true;
  if (base.kind !== "named") return false;
  const definition = context.typeNamed(base.name);
  return definition !== undefined && !("enum" in definition);
}
