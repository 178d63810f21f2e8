import { parameterizedTypes, type TypeExpression } from "../type-expression.ts";
import { type Field, type FieldGroup, type RuleContext, type TypeSite, typeText, visitType } from "./rule-context.ts";

/** T005, and V004 for what was added behind a rest: what reaches to the end of the frame comes last. */
export function checkRests(context: RuleContext): void {
  for (const site of context.sites) checkParts(context, site);
  for (const group of context.groups) {
    for (const [index, field] of group.fields.entries()) {
      if (!isRest(context, field.site.type)) continue;
      if (checkStanding(context, group, field)) checkFollowers(context, field, group.fields.slice(index + 1));
    }
  }
}

/** Whether a type reaches to the end of the frame, also under another name. */
export function isRest(context: RuleContext, type: TypeExpression): boolean {
  return restOf(context, type) !== undefined;
}

type Rest = Extract<TypeExpression, { readonly kind: "string" | "bytes" | "list" }>;

function restOf(context: RuleContext, type: TypeExpression): Rest | undefined {
  const base = context.baseOf(type)?.type;
  const canBe = base?.kind === "string" || base?.kind === "bytes" || base?.kind === "list";
  return canBe && base.length === "rest" ? base : undefined;
}

function checkParts(context: RuleContext, site: TypeSite): void {
  visitType(site.type, (part) => {
    const rest = part === site.type ? undefined : restOf(context, part);
    if (rest === undefined) return;
    const message = `${typeText(part)} reaches to the end of the frame, so it cannot be a part of another type`;
    context.reportType("T005", site, part, message, sizedHint(rest));
  });
}

function checkStanding(context: RuleContext, group: FieldGroup, field: Field): boolean {
  const rest = restOf(context, field.site.type);
  if (rest === undefined) return false;
  if (group.kind !== "message") {
    const message = `"${field.name}" reaches to the end of the frame, and only a message ends there, not a ${group.kind}`;
    context.reportType("T005", field.site, field.site.type, message, sizedHint(rest));
    return false;
  }
  if (!field.site.optional) return true;
  const message = `"${field.name}" reaches to the end of the frame, so it is always there: without bytes it is empty`;
  context.reportType("T005", field.site, field.site.type, message, "leave the ? out");
  return false;
}

/** A field whose versions are all others than those of the rest is not behind it on the wire. */
function checkFollowers(context: RuleContext, field: Field, followers: readonly Field[]): void {
  const behind = followers.filter(
    ({ lifetime }) => lifetime.since < field.lifetime.removed && field.lifetime.since < lifetime.removed,
  );
  for (const { name, pointer, lifetime } of behind) {
    if (lifetime.since <= field.lifetime.since) continue;
    const message = `"${name}" comes after "${field.name}", which reaches to the end of the frame`;
    context.reportKey("V004", pointer, message, "nothing can be added to this message: write a new one");
  }
  const last = behind.findLast(({ lifetime }) => lifetime.since <= field.lifetime.since);
  if (last === undefined) return;
  const message = `"${field.name}" reaches to the end of the frame, and "${last.name}" comes after it`;
  context.reportType("T005", field.site, field.site.type, message, `move it behind "${last.name}"`);
}

function sizedHint({ kind }: Rest): string {
  return `let it say where it ends: ${parameterizedTypes[kind]}`;
}
