import { isDeepStrictEqual } from "node:util";
import type { SchemaDocument } from "../document.ts";
import { child, type SchemaSource } from "../schema-source.ts";
import type { Baseline, BaselineVersion } from "./baseline.ts";
import { compareVersions } from "./compare-versions.ts";
import type { EvolutionRuleId } from "./evolution-rules.ts";
import { exampleDigests } from "./examples.ts";
import { type Finding, Findings } from "./findings.ts";
import { resolveProjection } from "./projected-version.ts";
import { projectVersion, type VersionProjection } from "./projection.ts";
import { checkTaken } from "./taken.ts";

/** A schema that keeps its own rules, and where its parts stand in its text. */
export interface SchemaState {
  readonly document: SchemaDocument;
  readonly source: SchemaSource;
}

/** Everything that changed from a baseline to a schema, judged; versions in order, then what concerns all of them. */
export function compareSchemas(baseline: Baseline, current: SchemaState): readonly Finding[] {
  const findings: Finding[] = [...compareStatuses(baseline, current)];
  for (const number of versionNumbers(current.document)) {
    findings.push(...compareVersion(baseline, current, number));
  }
  const explaining: readonly EvolutionRuleId[] = ["C021", "C022", "C030"];
  const explained = findings
    .filter(({ rule, verdict }) => verdict === "refused" && explaining.includes(rule))
    .map(({ pointer }) => pointer);
  const taken = new Findings(undefined, false);
  checkTaken(baseline.taken, current.document, taken, explained);
  findings.push(...taken.list);
  return findings.length === 0 ? compareProse(baseline, current.document) : withoutEchoes(findings);
}

/** What is refused or warned of in one version needs no mention in others. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const definitionOf = ({ pointer }: Finding) => pointer.replace(/\/(tag|default|ignorable)$/, "");
  const grave = findings.filter(({ verdict }) => verdict !== "note").map(definitionOf);
  return findings.filter((finding) => finding.verdict !== "note" || !grave.includes(definitionOf(finding)));
}

/** Numbers of the declared versions, rising. */
export function versionNumbers(document: SchemaDocument): readonly number[] {
  return Object.keys(document.versions)
    .map(Number)
    .toSorted((a, b) => a - b);
}

/** C050. */
function compareStatuses(baseline: Baseline, { document }: SchemaState): readonly Finding[] {
  return [...baseline.versions].flatMap(([number, { status }]) => {
    const findings = new Findings(number, false);
    const now = document.versions[String(number)]?.status;
    if (status === "draft" || now === "frozen" || now === "retired") return [];
    const place = { label: "it", pointer: `/versions/${number}/status` };
    const change = `was ${status} and is ${now ?? "deleted"}`;
    findings.report(
      "C050",
      "refused",
      place,
      change,
      "peers speak it; it stays frozen until nobody does, then retired",
    );
    return findings.list;
  });
}

function compareVersion(baseline: Baseline, current: SchemaState, number: number): readonly Finding[] {
  const status = current.document.versions[String(number)]?.status;
  const known = baseline.versions.get(number);
  if (status === "retired" || status === undefined) return [];
  if (known !== undefined && known.status !== "draft" && status === "frozen") {
    const findings = compareFrozen(known, current, number);
    return [...findings.list];
  }
  if (baseline.document === undefined) return [];
  const before = known?.projection ?? predecessor(baseline, current.document, number);
  if (before === undefined) return [];
  return compareProjections(before, current, number, true).list;
}

function compareFrozen(known: BaselineVersion, current: SchemaState, number: number): Findings {
  const findings = compareProjections(known.projection, current, number, false);
  const isSame = findings.list.every(({ rule }) => keepsExamples.includes(rule));
  if (isSame) compareExamples(known, exampleDigests(current.document, number), findings);
  return findings;
}

/** After other changes, another example may be the only one that is left. */
const keepsExamples: readonly EvolutionRuleId[] = ["C003", "C013", "C030", "C031", "C032", "C042", "C043", "C060"];

/** What a version that is new grows out of: the version before it, as it was, or as it is where that is new as well. */
function predecessor(baseline: Baseline, document: SchemaDocument, number: number): VersionProjection | undefined {
  if (document.versions[String(number - 1)] === undefined) return undefined;
  return baseline.versions.get(number - 1)?.projection ?? projectVersion(document, number - 1);
}

function compareProjections(
  before: VersionProjection,
  { document, source }: SchemaState,
  number: number,
  isDraft: boolean,
): Findings {
  const findings = new Findings(number, isDraft);
  compareVersions({
    number,
    before: resolveProjection(before),
    after: resolveProjection(projectVersion(document, number)),
    findings,
    isDraft,
    comparedTypes: new Set(),
    draftVersion: versionNumbers(document).findLast((one) => document.versions[String(one)]?.status === "draft"),
    isDeclared: (pointer) => source.has(pointer),
  });
  return findings;
}

/** C052: further examples may come, those that are there stay. Those of a message with a new name have one as well. */
function compareExamples(before: BaselineVersion, after: Readonly<Record<string, string>>, findings: Findings): void {
  const names = Object.keys(after).map((name) => name.split(".", 2).join("."));
  for (const [name, digest] of Object.entries(before.examples)) {
    const [owner = "", member = "", example] = name.split(".");
    if (after[name] === digest || !names.includes(`${owner}.${member}`)) continue;
    // Types begin with a capital letter, families do not.
    const isCase = /^[A-Z]/.test(owner);
    const pointer = isCase
      ? child(`${child("/types", owner)}/cases`, member)
      : child(child("/messages", owner), member);
    const place = {
      label: `example ${name}`,
      pointer: example === undefined ? pointer : child(`${pointer}/examples`, example),
    };
    const change = after[name] === undefined ? "is deleted, and is a test vector" : "changed, and is a test vector";
    const hint = "put it back, and write another one under examples; or allow it with --allow C052 --because TEXT";
    findings.report("C052", "refused", place, change, hint);
  }
}

/** C061: what is left when nothing of the protocol changed. */
function compareProse({ document }: Baseline, current: SchemaDocument): readonly Finding[] {
  if (document === undefined || isDeepStrictEqual(document, current)) return [];
  const findings = new Findings(undefined, false);
  const place = { label: "the schema", pointer: "/doc" };
  findings.report("C061", "note", place, "changed in its docs, units, deprecations, examples or limits only");
  return findings.list;
}
