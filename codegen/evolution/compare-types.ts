import { describeType } from "../documentation.ts";
import { baseType, isSigned, prefixSize } from "../layout.ts";
import type { Checks, EnumType, StructType, Type, UnionType } from "../protocol.ts";
import { child } from "../schema-source.ts";
import type { Extent } from "../type-expression.ts";
import { type AcceptedBySide, acceptedBySide, describeAccepted, isWithin } from "./accepted-values.ts";
import { canonicalJson } from "./canonical-json.ts";
import { compareFields } from "./compare-fields.ts";
import { compareMembers } from "./compare-members.ts";
import type { Comparison } from "./comparison.ts";
import type { Place } from "./findings.ts";
import { lacksOf } from "./projected-version.ts";
import { wireOf, wireOfFields } from "./views.ts";

/** A place where a type is used, with the constraints beside it. */
export interface TypeUse {
  readonly type: Type;
  readonly checks: Checks | undefined;
}

/** Compares what stands at one place before and after: bytes, values that are taken, names. */
export function compareUse(comparison: Comparison, before: TypeUse, after: TypeUse, place: Place): void {
  compareAliases(comparison, before.type, after.type, place);
  const from = baseType(before.type);
  const to = baseType(after.type);
  if (isNamed(from) && isNamed(to)) {
    compareNamed(comparison, from, to, place);
    return;
  }
  const blamed = blame(before, after, place);
  if (isRetyped(from, to)) {
    const change = `was ${fullType(blamed.before)} and is ${fullType(blamed.after)}`;
    const isResigned = "length" in from && "length" in to && from.kind === to.kind && isOtherSign(from, to);
    comparison.findings.report(isResigned ? "C044" : "C001", "refused", blamed.place, change, putBack(before.type));
    return;
  }
  compareAccepted(comparison, before, after, blamed.place);
  const compareInner = (inner: Type, now: Type, part: string) => {
    const at = { label: `${blamed.place.label} (${part})`, pointer: blamed.place.pointer };
    compareUse(comparison, { type: inner, checks: undefined }, { type: now, checks: undefined }, at);
  };
  if (from.kind === "list" && to.kind === "list") compareInner(from.element, to.element, "element");
  if (from.kind === "map" && to.kind === "map") {
    compareInner(from.key, to.key, "key");
    compareInner(from.value, to.value, "value");
  }
}

type StructuredType = EnumType | UnionType | StructType;

function isNamed(type: Type): type is StructuredType {
  return type.kind === "enum" || type.kind === "union" || type.kind === "struct";
}

/** Whether the bytes differ, apart from those of what is inside. */
function isRetyped(from: Type, to: Type): boolean {
  if (from.kind !== to.kind) return true;
  if (from.kind === "primitive" && to.kind === "primitive") return from.name !== to.name;
  if (from.kind === "fixedBytes" && to.kind === "fixedBytes") return from.byteCount !== to.byteCount;
  return "length" in from && "length" in to && from.length !== to.length;
}

function isOtherSign(from: { readonly length: Extent }, to: { readonly length: Extent }): boolean {
  if (from.length === "rest" || to.length === "rest") return false;
  return prefixSize(from.length) === prefixSize(to.length) && isSigned(from.length) !== isSigned(to.length);
}

/** The name of the type with what it comes down to. */
function fullType(type: Type): string {
  const base = describeType(baseType(type));
  return describeType(type) === base ? base : `${describeType(type)} (${base})`;
}

function putBack(type: Type): string {
  return `put ${describeType(baseType(type))} back; a new version can have a new field of another type`;
}

/** Where two uses begin to differ, and what is written there: at the place itself, or in an alias on the way. */
function blame(before: TypeUse, after: TypeUse, place: Place): { place: Place; before: Type; after: Type } {
  const { type: from } = before;
  const { type: to } = after;
  const isSame = checksKey(before.checks) === checksKey(after.checks);
  if (!isSame || from.kind !== "alias" || to.kind !== "alias" || from.name !== to.name) {
    return { place, before: from, after: to };
  }
  const alias = (type: typeof from) => ({ type: type.target, checks: type.checks });
  return blame(alias(from), alias(to), typePlace(from.name));
}

function checksKey(checks: Checks | undefined): string {
  return JSON.stringify(checks ?? null, (_key, value: unknown) => (typeof value === "bigint" ? `${value}` : value));
}

function typePlace(name: string): Place {
  return { label: name, pointer: child("/types", name) };
}

/** C030 where an alias has another name, C031 where there is one more or one less. */
function compareAliases(comparison: Comparison, before: Type, after: Type, place: Place): void {
  const gone = aliasNames(before).filter((name) => !aliasNames(after).includes(name));
  const added = aliasNames(after).filter((name) => !aliasNames(before).includes(name));
  if (gone.length === 0 && added.length === 0) return;
  if (canonicalJson(wireOf(before)) !== canonicalJson(wireOf(after))) return;
  const [from, to] = [gone[0], added[0]];
  if (from !== undefined && to !== undefined && isRenamed(comparison, from, to)) {
    reportRenamedType(comparison, from, to);
    return;
  }
  const change = `was ${describeType(before)} and is ${describeType(after)}, which has the same bytes`;
  comparison.findings.report("C031", "note", place, change);
}

function aliasNames(type: Type): string[] {
  return type.kind === "alias" ? [type.name, ...aliasNames(type.target)] : [];
}

/** Whether one type name is gone from the schema and the other one is new. */
function isRenamed({ before, after, isDeclared }: Comparison, from: string, to: string): boolean {
  if (Object.hasOwn(after.projection.types, from) || Object.hasOwn(before.projection.types, to)) return false;
  return !isDeclared(child("/types", from));
}

function reportRenamedType({ findings }: Comparison, from: string, to: string): void {
  const change = `is the new name of the type ${from}: the bytes stay, programs that import ${from} no longer compile`;
  findings.report("C030", "refused", typePlace(to), change, renameHint(from));
}

/** What to do about a name that programs use. */
export function renameHint(name: string): string {
  return `keep ${name}, or allow it with --allow-source and release a new major version of the package`;
}

/** C002 and C003. */
function compareAccepted({ findings }: Comparison, before: TypeUse, after: TypeUse, place: Place): void {
  const from = acceptedBySide(before.type, before.checks);
  const to = acceptedBySide(after.type, after.checks);
  const isNarrower = !isWithin(from.decode, to.decode, after.type) || !isWithin(from.encode, to.encode, after.type);
  const isWider = !isWithin(to.encode, from.encode, after.type);
  const isLenient = !isWithin(to.decode, from.decode, after.type);
  const change = `took ${sidesText(from, before.type)} and takes ${sidesText(to, after.type)}`;
  if (isNarrower) {
    const hint = "older programs send more; put it back, or allow it with --allow C002 --because TEXT";
    findings.report("C002", "refused", place, change, hint);
  } else if (isWider) {
    const hint = "older programs refuse more; with check: encode beside the old constraint, decoders alone get wider";
    findings.report("C003", "warning", place, change, hint);
  } else if (isLenient) {
    findings.report("C003", "note", place, `${change}; what is sent stays as it is`);
  }
}

function sidesText({ decode, encode }: AcceptedBySide, type: Type): string {
  const [decoded, encoded] = [describeAccepted(decode, type), describeAccepted(encode, type)];
  return decoded === encoded ? decoded : `${decoded} (when encoding ${encoded})`;
}

function compareNamed(comparison: Comparison, before: StructuredType, after: StructuredType, place: Place): void {
  if (before.name !== after.name && !compareNames(comparison, before, after, place)) return;
  const pair = `${before.name} ${after.name}`;
  if (comparison.comparedTypes.has(pair)) return;
  comparison.comparedTypes.add(pair);
  const at = typePlace(after.name);
  if (before.kind === "struct" || after.kind === "struct") {
    compareStructs(comparison, before, after, at);
    return;
  }
  if (before.tag !== after.tag) {
    const change = `had a tag of ${before.tag} and has one of ${after.tag}`;
    comparison.findings.report("C001", "refused", at, change, `write ${before.tag}`);
  }
  compareUnknown(comparison, before, after, at);
  compareTagged(comparison, before, after, at);
}

/** C030 where a type of another name has the same bytes; else C001, and there is nothing more to compare. */
function compareNames(comparison: Comparison, before: StructuredType, after: StructuredType, place: Place): boolean {
  const isSameWire = canonicalJson(wireOf(before)) === canonicalJson(wireOf(after));
  if (!isSameWire) {
    const change = `was ${before.name} (${before.kind}) and is ${after.name} (${after.kind})`;
    comparison.findings.report("C001", "refused", place, change, putBack(before));
  } else if (isRenamed(comparison, before.name, after.name)) {
    reportRenamedType(comparison, before.name, after.name);
  } else {
    const change = `was ${before.name} and is ${after.name}, which has the same bytes and another name`;
    comparison.findings.report("C030", "refused", place, change, renameHint(before.name));
  }
  return isSameWire;
}

function compareStructs(comparison: Comparison, before: StructuredType, after: StructuredType, at: Place): void {
  if (before.kind !== "struct" || after.kind !== "struct") {
    const change = `was of the kind ${before.kind} and is of the kind ${after.kind}`;
    comparison.findings.report("C001", "refused", at, change, `write ${before.kind} again`);
    return;
  }
  const owner = {
    place: { label: at.label, pointer: `${at.pointer}/struct` },
    lacksBefore: lacksOf(comparison.before.projection, { name: before.name }),
    lacksAfter: lacksOf(comparison.after.projection, { name: after.name }),
  };
  compareFields(comparison, owner, before.fields, after.fields);
}

function compareUnknown(
  { findings }: Comparison,
  before: EnumType | UnionType,
  after: EnumType | UnionType,
  at: Place,
): void {
  const kept = before.kind === "enum" && before.keepsUnknown;
  const keeps = after.kind === "enum" && after.keepsUnknown;
  if (kept === keeps) return;
  if (kept) {
    const hint = "older programs send values that are not listed; write unknown: keep again";
    findings.report("C002", "refused", at, "kept unknown values and refuses them", hint);
  } else {
    const hint = "older programs refuse what is not listed, and switches over the type have a new case";
    findings.report("C003", "warning", at, "refused unknown values and keeps them", hint);
  }
}

/** The values of an enum or the cases of a union; one may have become the other. */
function compareTagged(
  comparison: Comparison,
  before: EnumType | UnionType,
  after: EnumType | UnionType,
  at: Place,
): void {
  const membersPointer = `${at.pointer}/${after.kind === "enum" ? "values" : "cases"}`;
  const group = {
    noun: after.kind === "enum" ? "value" : "case",
    keepsUnknown: before.kind === "enum" && before.keepsUnknown,
    place: (name: string) => ({ label: `${after.name}.${name}`, pointer: child(membersPointer, name) }),
  } as const;
  const pairs = compareMembers(comparison, group, membersOf(before), membersOf(after));
  if (before.kind !== after.kind) {
    const change = `was of the kind ${before.kind} and is of the kind ${after.kind}: the bytes stay, the TypeScript changes`;
    comparison.findings.report("C032", "note", at, change);
  }
  for (const [from, to] of pairs) {
    const owner = {
      place: { label: `${after.name}.${to.name}`, pointer: `${child(membersPointer, to.name)}/fields` },
      lacksBefore: lacksOf(comparison.before.projection, { type: before.name, name: from.name }),
      lacksAfter: lacksOf(comparison.after.projection, { type: after.name, name: to.name }),
    };
    compareFields(comparison, owner, from.fields, to.fields);
  }
}

function membersOf(type: EnumType | UnionType) {
  const members = type.kind === "enum" ? type.values.map((value) => ({ ...value, fields: [] })) : type.cases;
  return members.map((member) => ({ ...member, wire: canonicalJson(wireOfFields(member.fields)) }));
}
