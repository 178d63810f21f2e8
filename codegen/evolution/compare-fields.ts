import { describeType } from "../documentation.ts";
import { baseType } from "../layout.ts";
import type { Field } from "../protocol.ts";
import { child } from "../schema-source.ts";
import { canonicalJson } from "./canonical-json.ts";
import { compareUse, renameHint } from "./compare-types.ts";
import { type Comparison, newVersionHint, removalHint } from "./comparison.ts";
import type { Place } from "./findings.ts";
import type { LackProjection } from "./projection.ts";
import { wireOf, wireOfFields } from "./views.ts";

/** Whose fields are compared, and what its version says of fields that it lacks. */
export interface FieldOwner {
  /** Its label, and the pointer to its fields. */
  readonly place: Place;
  readonly lacksBefore: readonly LackProjection[];
  readonly lacksAfter: readonly LackProjection[];
}

/** Compares the fields of a message, struct or case, in the order of the wire. */
export function compareFields(
  comparison: Comparison,
  owner: FieldOwner,
  before: readonly Field[],
  after: readonly Field[],
): void {
  compareLacks(comparison, owner);
  const pairs = pairByName(before, after);
  pairs.push(...renamedFields(comparison, owner, before, after));
  const gone = before.filter((field) => pairs.every(([from]) => from !== field));
  const added = after.filter((field) => pairs.every(([, to]) => to !== field));
  const isSameWire = canonicalJson(wireOfFields(before)) === canonicalJson(wireOfFields(after));
  if (isSameWire && [...gone, ...added].some(isStruct)) {
    compareInlined(comparison, owner, before, after);
    return;
  }
  for (const [from, to] of pairs) compareField(comparison, owner, from, to);
  reportOrder(comparison, owner, pairs, after);
  const replaced = requiredInstead(comparison, owner, gone, added);
  for (const field of gone) if (!replaced.has(field)) reportGone(comparison, owner, field);
  for (const field of added) if (!replaced.has(field)) reportAdded(comparison, owner, field);
}

type FieldPair = readonly [Field, Field];

function pairByName(before: readonly Field[], after: readonly Field[]): FieldPair[] {
  return before.flatMap((from) => {
    const to = after.find(({ name }) => name === from.name);
    return to === undefined ? [] : [[from, to] as const];
  });
}

/** C030: fields at the same position with the same bytes, one name gone and the other one new. */
function renamedFields(
  comparison: Comparison,
  owner: FieldOwner,
  before: readonly Field[],
  after: readonly Field[],
): FieldPair[] {
  if (before.length !== after.length) return [];
  return before.flatMap((from, index) => {
    const to = after[index];
    if (to === undefined || before.some(({ name }) => name === to.name)) return [];
    if (after.some(({ name }) => name === from.name) || wireKey(from) !== wireKey(to)) return [];
    if (comparison.isDeclared(fieldPlace(owner, from.name).pointer) || isStruct(from) !== isStruct(to)) return [];
    const change = `is the new name of ${from.name}: the bytes stay, programs that use ${from.name} no longer compile`;
    comparison.findings.report("C030", "refused", fieldPlace(owner, to.name), change, renameHint(from.name));
    return [[from, to] as const];
  });
}

function isStruct({ type }: Field): boolean {
  return baseType(type).kind === "struct";
}

function wireKey({ type, optional }: Field): string {
  return canonicalJson([optional, wireOf(type)]);
}

function fieldPlace({ place }: FieldOwner, name: string): Place {
  return { label: `${place.label}.${name}`, pointer: child(place.pointer, name) };
}

/** C033: the bytes are those of before, but a struct stands for fields, or fields for a struct. */
function compareInlined(
  comparison: Comparison,
  owner: FieldOwner,
  before: readonly Field[],
  after: readonly Field[],
): void {
  const names = (fields: readonly Field[]) => fields.map(({ name }) => name).join(", ");
  const change = `had the fields ${names(before)} and has ${names(after)}, with the same bytes`;
  const hint = "put the fields back, or allow it with --allow-source and release a new major version of the package";
  comparison.findings.report("C033", "refused", owner.place, change, hint);
  const leaves = innerFields(after);
  for (const [index, from] of innerFields(before).entries()) {
    const to = leaves[index];
    if (to !== undefined) compareField(comparison, owner, from, to);
  }
}

/** Fields with those of structs in their place. */
function innerFields(fields: readonly Field[]): Field[] {
  return fields.flatMap((field) => {
    const base = baseType(field.type);
    return base.kind === "struct" && !field.optional ? innerFields(base.fields) : [field];
  });
}

function compareField(comparison: Comparison, owner: FieldOwner, before: Field, after: Field): void {
  const { findings } = comparison;
  const place = fieldPlace(owner, after.name);
  if (before.optional !== after.optional) {
    const presence = ({ optional }: Field) => (optional ? "optional" : "required");
    const change = `was ${presence(before)} and is ${presence(after)}`;
    if (comparison.isDraft && before.optional && after.default !== undefined) {
      findings.report("C041", "note", place, change);
    } else {
      const hint = before.optional ? `write ${describeType(after.type)}? again` : "remove the question mark";
      findings.report("C040", "refused", place, change, hint);
    }
  }
  compareUse(comparison, before, after, place);
  compareLack(comparison, owner, after.name, lackOf(before), lackOf(after));
}

function lackOf({ name, default: value, ignorable }: Field): LackProjection {
  return {
    name,
    ...(value === undefined ? {} : { default: value as NonNullable<LackProjection["default"]> }),
    ...(ignorable ? { ignorable } : {}),
  };
}

/** C042 and C043, for the fields that a version lacks. */
function compareLacks(comparison: Comparison, owner: FieldOwner): void {
  for (const before of owner.lacksBefore) {
    const after = owner.lacksAfter.find(({ name }) => name === before.name);
    if (after !== undefined) compareLack(comparison, owner, before.name, before, after);
    else if (!comparison.isDeclared(fieldPlace(owner, before.name).pointer)) {
      const change = "is deleted; no version that is spoken has it";
      comparison.findings.report("C020", "note", fieldPlace(owner, before.name), change);
    }
  }
}

function compareLack(
  { findings }: Comparison,
  owner: FieldOwner,
  name: string,
  before: LackProjection,
  after: LackProjection,
): void {
  const { label, pointer } = fieldPlace(owner, name);
  if (canonicalJson(before.default ?? null) !== canonicalJson(after.default ?? null)) {
    const text = ({ default: value }: LackProjection) =>
      value === undefined ? "no default" : `default ${canonicalJson(value)}`;
    const hint = "readers of a version without the field rely on it; put it back";
    const place = { label, pointer: `${pointer}/default` };
    findings.report("C042", "refused", place, `had ${text(before)} and has ${text(after)}`, hint);
  }
  if (before.ignorable === after.ignorable) return;
  const place = { label, pointer: `${pointer}/ignorable` };
  if (after.ignorable === true) {
    findings.report("C043", "note", place, "may now be dropped silently for a version without it");
  } else {
    const hint = "encoding for a version without the field fails now, where the value was dropped before";
    findings.report("C043", "warning", place, "could be dropped silently, and no longer can", hint);
  }
}

/** C001: fields that changed places. */
function reportOrder(
  { findings }: Comparison,
  owner: FieldOwner,
  pairs: readonly FieldPair[],
  after: readonly Field[],
): void {
  const order = pairs.map(([, to]) => after.indexOf(to));
  const isRising = order.every((position, index) => index === 0 || position > (order[index - 1] ?? -1));
  if (isRising) return;
  const names = pairs.map(([, { name }]) => name).join(", ");
  const hint = `write them in the order ${names}`;
  findings.report("C001", "refused", owner.place, "has its fields in another order", hint);
}

/** C041, between a version and the next one: a required field instead of an optional one that is removed. */
function requiredInstead(
  { findings, isDraft }: Comparison,
  owner: FieldOwner,
  gone: readonly Field[],
  added: readonly Field[],
): ReadonlySet<Field> {
  const replaced = new Set<Field>();
  if (!isDraft) return replaced;
  for (const from of gone) {
    const to = added.find(
      (field) =>
        !replaced.has(field) &&
        !field.optional &&
        field.default !== undefined &&
        canonicalJson(wireOf(field.type)) === canonicalJson(wireOf(from.type)),
    );
    if (!from.optional || to === undefined) continue;
    replaced.add(from).add(to);
    const change = `is required, in the place of ${from.name}, which is optional in older versions`;
    findings.report("C041", "note", fieldPlace(owner, to.name), change);
  }
  return replaced;
}

function reportGone(comparison: Comparison, owner: FieldOwner, field: Field): void {
  const place = fieldPlace(owner, field.name);
  const isElsewhere = comparison.isDeclared(place.pointer);
  const change = isElsewhere ? "is no longer in this version" : "is deleted";
  const hint = isElsewhere ? "leave it in; since and removed name versions that are drafts" : removalHint(comparison);
  comparison.findings.report("C020", "refused", place, change, hint);
}

function reportAdded(comparison: Comparison, owner: FieldOwner, field: Field): void {
  const place = fieldPlace(owner, field.name);
  const named = { label: `field ${place.label}`, pointer: place.pointer };
  if (comparison.isDraft) {
    const otherwise = field.optional ? "absent" : canonicalJson(field.default ?? null);
    comparison.findings.report("C011", "note", named, `is new, and ${otherwise} in older versions`);
    return;
  }
  const change = "is new, and the bytes of a frozen version have no place for it";
  comparison.findings.report("C001", "refused", named, change, newVersionHint(comparison));
}
