import type { ReservedEntry } from "../document.ts";
import { child } from "../schema-source.ts";
import type { LintContext } from "./lint-context.ts";

/** L017 and L019: no tag is free by mistake, and what becomes of unknown ones is said. */
export function lintTags(context: LintContext): void {
  const { types, messages, reserved = {} } = context.document;
  for (const [name, type] of Object.entries(types)) {
    const pointer = child("/types", name);
    if ("enum" in type) {
      lintGaps(context, `${pointer}/values`, Object.values(type.values), type.reserved, "add reserved:");
      if (type.unknown === undefined && context.isOpen(context.lifetimeOf(name))) {
        const message = `${name} does not say what becomes of a number that no value has`;
        const hint = "unknown: reject refuses the message; unknown: keep gives { unknown: number }";
        context.reportKey("L019", pointer, message, `add one: ${hint}`);
      }
    } else if ("union" in type) {
      lintGaps(context, `${pointer}/cases`, Object.values(type.cases), type.reserved, "add reserved:");
    }
  }
  for (const [family, members] of Object.entries(messages)) {
    const taken = Object.hasOwn(reserved, family) ? reserved[family] : undefined;
    lintGaps(
      context,
      child("/messages", family),
      Object.values(members),
      taken,
      `add to reserved at the root: ${family}:`,
    );
  }
}

function lintGaps(
  context: LintContext,
  pointer: string,
  members: readonly { readonly tag: number | string }[],
  reserved: readonly ReservedEntry[] = [],
  advice: string,
): void {
  const used = members.flatMap(({ tag }) => (typeof tag === "number" ? [tag] : []));
  const taken = [...used.map((tag) => [tag, tag] as const), ...reserved.flatMap(reservedRange)];
  const gaps = gapsBetween(taken.toSorted((a, b) => a[0] - b[0]));
  const count = gaps.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  // Tags that are letters, bits or groups of hundreds leave out more than they use.
  if (count === 0 || count > used.length) return;
  const text = gaps.map(([first, last]) => (first === last ? String(first) : `${first}..${last}`)).join(", ");
  const verb = count === 1 ? "tag" : "tags";
  const message = `${verb} ${text} ${count === 1 ? "is" : "are"} neither used nor reserved`;
  context.reportKey("L017", pointer, message, `${advice} [${text}], or use ${count === 1 ? "it" : "them"}`);
}

/** First and last of the tags that stand between sorted ranges. */
function gapsBetween(taken: readonly (readonly [number, number])[]): [number, number][] {
  const gaps: [number, number][] = [];
  let next = taken[0]?.[0] ?? 0;
  for (const [first, last] of taken) {
    if (first > next) gaps.push([next, first - 1]);
    next = Math.max(next, last + 1);
  }
  return gaps;
}

function reservedRange(entry: ReservedEntry): (readonly [number, number])[] {
  if (typeof entry === "number") return [[entry, entry]];
  const [, first, last] = /^([0-9]+)\.\.([0-9]+)$/.exec(entry) ?? [];
  return first === undefined ? [] : [[Number(first), Number(last)]];
}
