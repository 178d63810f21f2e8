import type { SchemaValue } from "../document.ts";
import type { TypeExpression } from "../type-expression.ts";
import { type LintContext, typedThings } from "./lint-context.ts";

/** L018 and L021: examples show something, and patterns are safe to match. */
export function lintValues(context: LintContext): void {
  for (const group of context.schema.groups) {
    for (const { name, pointer, definition, site, lifetime } of group.fields) {
      const example = definition.example ?? exampleOf(context, site.type);
      if (definition.default === undefined || example === undefined || !context.isOpen(lifetime)) continue;
      if (textOf(example) !== textOf(definition.default)) continue;
      const message = `the example of "${name}" is its default`;
      const at = definition.example === undefined ? `${pointer}/default` : `${pointer}/example`;
      context.reportValue("L018", at, message, "give an example that differs");
    }
  }
  for (const { pointer, definition } of typedThings(context)) {
    if (definition.pattern === undefined || !repeatsRepetition(definition.pattern)) continue;
    const message = "this repeats a group that holds a repetition, which can take exponential time";
    context.reportValue("L021", `${pointer}/pattern`, message, "write it without one of the two");
  }
}

/** Of a named type. */
function exampleOf(context: LintContext, type: TypeExpression): SchemaValue | undefined {
  if (type.kind !== "named") return undefined;
  const target = context.schema.aliases.get(type.name)?.site.type;
  const own = context.schema.typeNamed(type.name)?.example;
  return own ?? (target === undefined ? undefined : exampleOf(context, target));
}

/** Equal for equal values. Keys of mappings may stand in any order. */
function textOf(value: SchemaValue): string {
  return JSON.stringify(value, (_key, part: unknown) => {
    if (typeof part === "bigint") return `${part}n`;
    const isMapping = part !== null && typeof part === "object" && !Array.isArray(part);
    return isMapping ? Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)) : part;
  });
}

/** Whether a group with `*`, `+` or `{n,}` in it is followed by such a quantifier itself. */
function repeatsRepetition(pattern: string): boolean {
  // Whether each group that is open, and the pattern around them, has a repetition so far.
  const groups = [false];
  const tokens = pattern.matchAll(/\\.|\[(?:\\.|[^\]\\])*\]|[()]|[*+]|\{[0-9]+,\}|./gsu);
  let closed = false;
  for (const [token] of tokens) {
    const isRepetition = /^(?:[*+]|\{[0-9]+,\})$/.test(token);
    if (isRepetition && closed) return true;
    closed = false;
    if (token === "(") groups.push(false);
    else if (token === ")") {
      closed = groups.pop() ?? false;
      if (closed) groups[groups.length - 1] = true;
    } else if (isRepetition) groups[groups.length - 1] = true;
  }
  return false;
}
