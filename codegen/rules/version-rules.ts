import type { Lifetime } from "../document.ts";
import { child } from "../schema-source.ts";
import { isRest } from "./rest-rules.ts";
import { type Field, type FieldGroup, type ResolvedLifetime, type RuleContext, visitType } from "./rule-context.ts";

/** V001 to V009: which versions there are, and what is there in which of them. */
export function checkVersions(context: RuleContext): void {
  checkVersionList(context);
  checkStatuses(context);
  for (const { pointer, definition, container } of lifetimesOf(context)) {
    checkLifetime(context, pointer, definition, container);
  }
  for (const group of context.groups) {
    checkFieldOrder(context, group);
    for (const field of group.fields) {
      checkDefault(context, group, field);
      checkAvailability(context, group, field);
    }
  }
}

function checkVersionList(context: RuleContext): void {
  const { versions, document } = context;
  for (const [index, version] of versions.entries()) {
    if (version === index + 1) continue;
    const before = index === 0 ? "the first version is 1" : `version ${index} is the one before`;
    context.reportKey(
      "V001",
      `/versions/${version}`,
      `version ${version} leaves a gap: ${before}`,
      `number it ${index + 1}`,
    );
    break;
  }
  const second = versions[1];
  if (document.frame.version === undefined && second !== undefined) {
    const message = "there is more than one version, and the frame does not carry it";
    context.reportKey("V007", `/versions/${second}`, message, "add version: u8 to the frame, or keep one version");
  }
  const newest = versions.at(-1) ?? 1;
  if (document.frame.version === "u8" && newest > 255) {
    context.reportValue("V007", "/frame/version", `version ${newest} does not fit u8`, "write version: u16");
  }
}

const statusOrder = ["retired", "frozen", "draft"] as const;

function checkStatuses(context: RuleContext): void {
  const { versions } = context;
  const statusOf = (version: number) => context.document.versions[String(version)]?.status ?? "draft";
  for (const [index, version] of versions.entries()) {
    const previous = versions[index - 1];
    if (previous === undefined) continue;
    if (statusOrder.indexOf(statusOf(version)) < statusOrder.indexOf(statusOf(previous))) {
      const message = `version ${version} is ${statusOf(version)} while version ${previous}, which is older, is ${statusOf(previous)}`;
      context.reportValue("V009", `/versions/${version}/status`, message, "older versions are retired or frozen first");
    }
  }
  const newest = versions.at(-1);
  if (newest !== undefined && versions.every((version) => statusOf(version) === "retired")) {
    const message = "every version is retired, so nothing is left to speak";
    context.reportValue("V009", `/versions/${newest}/status`, message, "keep the newest version frozen or draft");
  }
}

interface LifetimeSite {
  readonly pointer: string;
  readonly definition: Lifetime;
  readonly container: ResolvedLifetime;
}

/** Everything that can have `since`, `removed` or `deprecated`. */
function* lifetimesOf(context: RuleContext): Generator<LifetimeSite> {
  const always = { since: 1, removed: Number.POSITIVE_INFINITY };
  const { types, messages } = context.document;
  for (const [name, type] of Object.entries(types)) {
    const pointer = child("/types", name);
    yield { pointer, definition: type, container: always };
    const container = { since: type.since ?? 1, removed: always.removed };
    const [key, entries] =
      "enum" in type ? ["values", type.values] : "union" in type ? ["cases", type.cases] : ["", {}];
    for (const [entry, definition] of Object.entries(entries)) {
      yield { pointer: child(`${pointer}/${key}`, entry), definition, container };
    }
  }
  for (const [family, members] of Object.entries(messages)) {
    for (const [name, definition] of Object.entries(members)) {
      yield { pointer: child(child("/messages", family), name), definition, container: always };
    }
  }
  for (const group of context.groups) {
    for (const field of group.fields) {
      yield { pointer: field.pointer, definition: field.definition, container: group.lifetime };
    }
  }
}

function checkLifetime(context: RuleContext, pointer: string, definition: Lifetime, container: ResolvedLifetime): void {
  const newest = context.versions.at(-1) ?? 1;
  let isDeclared = true;
  for (const key of ["since", "removed", "deprecated"] as const) {
    const version = definition[key];
    if (version === undefined || version <= newest) continue;
    isDeclared = false;
    const message = `version ${version} is not declared`;
    const hint = newest === 1 ? "there is only version 1 so far" : `versions are 1 to ${newest}`;
    context.reportValue("V002", `${pointer}/${key}`, message, `${hint}; declare it under versions`);
  }
  if (!isDeclared) return;
  const { since = container.since, removed = container.removed, deprecated } = definition;
  if (since < container.since) {
    const message = `cannot be there before what contains it, which is there since version ${container.since}`;
    context.reportValue("V003", `${pointer}/since`, message, "leave since out");
  } else if (since >= container.removed) {
    const message = `what contains it is removed in version ${container.removed}`;
    context.reportValue("V003", `${pointer}/since`, message, "it would never be there");
  } else if (removed > container.removed) {
    const message = `cannot outlive what contains it, which is removed in version ${container.removed}`;
    context.reportValue("V003", `${pointer}/removed`, message, "leave removed out");
  } else if (removed <= since) {
    const message = `removed in version ${removed}, but there only since version ${since}`;
    context.reportValue("V003", `${pointer}/removed`, message, "it would never be there");
  } else if (deprecated !== undefined && (deprecated < since || deprecated >= removed)) {
    const end = removed === Number.POSITIVE_INFINITY ? "" : ` up to ${removed - 1}`;
    const message = `deprecated in version ${deprecated}, but there since version ${since}${end}`;
    context.reportValue("V003", `${pointer}/deprecated`, message, "deprecate it in a version that has it");
  }
}

function checkFieldOrder(context: RuleContext, group: FieldGroup): void {
  let newest: Field | undefined;
  for (const field of group.fields) {
    if (newest !== undefined && field.lifetime.since < newest.lifetime.since) {
      const message = `"${field.name}" (since ${field.lifetime.since}) comes after "${newest.name}" (since ${newest.lifetime.since})`;
      const hint = isRest(context, field.site.type)
        ? `nothing can be added to a message that ends in ${field.definition.type}: write a new one`
        : "new fields go last";
      context.reportKey("V004", field.pointer, message, hint);
    } else {
      newest = field;
    }
  }
}

/** V005 and V006. Versions that are retired count: their bytes may still be stored somewhere. */
function checkDefault(context: RuleContext, group: FieldGroup, field: Field): void {
  const { definition, site, lifetime, name, pointer } = field;
  const isNew = lifetime.since > group.lifetime.since;
  const isLacking = isNew || lifetime.removed < group.lifetime.removed;
  const missing = isNew ? `is new in version ${lifetime.since}` : `is removed in version ${lifetime.removed}`;
  if (isLacking && !site.optional && definition.default === undefined) {
    const message = `"${name}" ${missing} and needs a default, or an optional type`;
    context.reportKey(
      "V005",
      pointer,
      message,
      `what is reported for a version without it? default: ..., or type: ${definition.type}?`,
    );
  }
  if (isLacking && site.optional && definition.default !== undefined) {
    const message = `"${name}" is optional, so a version without it reports it as absent`;
    context.reportKey("V006", `${pointer}/default`, message, "remove the default, or the question mark of the type");
  }
  for (const key of ["default", "ignorable"] as const) {
    if (isLacking || definition[key] === undefined) continue;
    const message = `${key} has no effect: every version of its ${group.kind} has "${name}"`;
    context.reportKey("V006", `${pointer}/${key}`, message, `remove it; ${key} is for fields with since or removed`);
  }
}

function checkAvailability(context: RuleContext, group: FieldGroup, field: Field): void {
  visitType(field.site.type, (part) => {
    if (part.kind !== "named") return;
    const since = context.typeNamed(part.name)?.since ?? 1;
    if (since <= field.lifetime.since) return;
    const message = `"${field.name}" is there in version ${field.lifetime.since}, its type ${part.name} only since version ${since}`;
    const hint =
      group.lifetime.since < since
        ? `write since: ${since} on the field, or an older one on the type`
        : "write an older since on the type";
    context.reportType("V008", field.site, part, message, hint);
  });
}
