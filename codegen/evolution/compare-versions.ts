import type { Family } from "../protocol.ts";
import { child } from "../schema-source.ts";
import { canonicalJson } from "./canonical-json.ts";
import { compareFields } from "./compare-fields.ts";
import { compareMembers } from "./compare-members.ts";
import { renameHint } from "./compare-types.ts";
import type { Comparison } from "./comparison.ts";
import type { EvolutionRuleId } from "./evolution-rules.ts";
import { lacksOf } from "./projected-version.ts";
import type { FlowProjection } from "./projection.ts";
import { digestsOf, type VersionDigests, wireOfFields } from "./views.ts";

/** Reports every difference between two states of a version; nothing where their digests are equal. */
export function compareVersions(comparison: Comparison): void {
  const before = digestsOf(comparison.before);
  const after = digestsOf(comparison.after);
  if (canonicalJson(before) === canonicalJson(after)) return;
  compareFrames(comparison);
  compareFamilies(comparison);
  compareFlows(comparison);
  reportUnexplained(comparison, before, after);
}

function compareFrames({ number, before, after, findings }: Comparison): void {
  const { packing: packingBefore, frame: from } = before.projection;
  const { packing, frame: to } = after.projection;
  if (packingBefore !== packing) {
    const place = { label: "packing", pointer: `/versions/${number}/packing` };
    findings.report("C001", "refused", place, `was ${packingBefore} and is ${packing}`, `write ${packingBefore}`);
  }
  for (const key of ["magic", "version", "tag", "byteOrder"] as const) {
    if (from[key] === to[key]) continue;
    const place = { label: `frame.${key}`, pointer: `/frame/${key}` };
    const change = `was ${from[key] ?? "absent"} and is ${to[key] ?? "absent"}`;
    findings.report("C001", "refused", place, change, "put it back; another frame is another protocol");
  }
  if (from.trailing === to.trailing) return;
  const place = { label: "frame.trailing", pointer: "/frame/trailing" };
  const change = `was ${from.trailing} and is ${to.trailing}`;
  if (to.trailing === "reject") {
    const hint = "older programs may send bytes behind the last field; write ignore";
    findings.report("C002", "refused", place, change, hint);
  } else {
    findings.report("C003", "note", place, `${change}; what is sent stays as it is`);
  }
}

function compareFamilies(comparison: Comparison): void {
  const before = comparison.before.protocol.families;
  const after = comparison.after.protocol.families;
  const added = new Set(after.filter(({ name }) => before.every((family) => family.name !== name)));
  for (const family of before) {
    let same = after.find(({ name }) => name === family.name);
    if (same === undefined) {
      same = [...added].find((candidate) => familyWire(candidate) === familyWire(family));
      if (same !== undefined) reportRenamedFamily(comparison, family, same);
    }
    if (same !== undefined) added.delete(same);
    compareFamily(comparison, family, same ?? { ...family, messages: [] });
  }
  for (const family of added) compareFamily(comparison, { ...family, messages: [] }, family);
}

function familyWire({ messages }: Family): string {
  return canonicalJson(messages.map(({ tag, fields }) => [tag, wireOfFields(fields)]));
}

function reportRenamedFamily({ findings }: Comparison, before: Family, after: Family): void {
  const place = { label: `family ${after.name}`, pointer: child("/messages", after.name) };
  const change = `is the new name of ${before.name}: the bytes stay, the names of its functions and types change`;
  findings.report("C030", "refused", place, change, renameHint(before.name));
}

function compareFamily(comparison: Comparison, before: Family, after: Family): void {
  const pointer = child("/messages", after.name);
  const group = {
    noun: "message",
    keepsUnknown: false,
    place: (name: string) => ({ label: `${after.name}.${name}`, pointer: child(pointer, name) }),
  } as const;
  const withWire = (family: Family) =>
    family.messages.map((message) => ({ ...message, wire: canonicalJson(wireOfFields(message.fields)) }));
  for (const [from, to] of compareMembers(comparison, group, withWire(before), withWire(after))) {
    const { label, pointer: at } = group.place(to.name);
    const typeBefore = comparison.before.projection.messages[before.name]?.[from.name]?.typeName ?? from.name;
    const typeAfter = comparison.after.projection.messages[after.name]?.[to.name]?.typeName ?? to.name;
    if (from.name === to.name && typeBefore !== typeAfter) {
      const change = `had the TypeScript type ${typeBefore} and has ${typeAfter}, because of a message of that name in another family`;
      comparison.findings.report("C030", "refused", { label, pointer: at }, change, renameHint(typeBefore));
    }
    const owner = {
      place: { label, pointer: `${at}/fields` },
      lacksBefore: lacksOf(comparison.before.projection, { family: before.name, name: from.name }),
      lacksAfter: lacksOf(comparison.after.projection, { family: after.name, name: to.name }),
    };
    compareFields(comparison, owner, from.fields, to.fields);
  }
}

/** C060. */
function compareFlows({ before, after, findings }: Comparison): void {
  for (const [name, from] of Object.entries(before.projection.flows)) {
    const place = { label: `flow ${name}`, pointer: child("/flows", name) };
    const to = Object.hasOwn(after.projection.flows, name) ? after.projection.flows[name] : undefined;
    if (to === undefined) findings.report("C060", "warning", place, "is deleted", flowHint);
    else {
      for (const change of flowChanges(from, to)) findings.report("C060", "warning", place, change, flowHint);
      const added = to.answer.filter((answer) => !from.answer.includes(answer));
      if (added.length > 0) findings.report("C060", "note", place, `has the further answer ${added.join(", ")}`);
    }
  }
  for (const name of Object.keys(after.projection.flows)) {
    if (Object.hasOwn(before.projection.flows, name)) continue;
    findings.report("C060", "note", { label: `flow ${name}`, pointer: child("/flows", name) }, "is new");
  }
}

const flowHint = "the bytes stay; programs may wait for what the flow promised";

function flowChanges(from: FlowProjection, to: FlowProjection): string[] {
  const gone = from.answer.filter((answer) => !to.answer.includes(answer));
  return [
    ...(from.ask === to.ask ? [] : [`was asked by ${from.ask} and is asked by ${to.ask}`]),
    ...(gone.length === 0 ? [] : [`no longer has the answer ${gone.join(", ")}`]),
    ...(from.match === to.match
      ? []
      : [`matched on ${from.match ?? "nothing"} and matches on ${to.match ?? "nothing"}`]),
  ];
}

/** Rules of changes after which the bytes can differ; with those below them, the values that are taken. */
const wireRules: readonly EvolutionRuleId[] = [
  "C001",
  "C010",
  "C011",
  "C013",
  "C020",
  "C021",
  "C022",
  "C040",
  "C041",
  "C044",
];
const acceptRules: readonly EvolutionRuleId[] = [...wireRules, "C002", "C003"];

/** What differs without any explanation above is refused all the same: the digests decide, the rest explains. */
function reportUnexplained({ number, findings }: Comparison, before: VersionDigests, after: VersionDigests): void {
  const has = (rules: readonly EvolutionRuleId[]) => findings.list.some(({ rule }) => rules.includes(rule));
  const place = { label: "the schema", pointer: `/versions/${number}` };
  if (before.wire !== after.wire && !has(wireRules)) {
    findings.report("C001", "refused", place, "gives other bytes", "put it back as it was");
  }
  if (before.accept !== after.accept && !has(acceptRules)) {
    findings.report("C002", "refused", place, "takes other values", "put it back as it was");
  }
  if (before.source !== after.source && findings.list.length === 0) {
    findings.report("C030", "refused", place, "gives other names in TypeScript", "put it back as it was");
  }
}
