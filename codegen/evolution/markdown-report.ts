import type { SchemaValue } from "../document.ts";
import type { SchemaSource } from "../schema-source.ts";
import { schemaBaseline } from "./baseline.ts";
import { compareSchemas, type SchemaState, versionNumbers } from "./compare-schemas.ts";
import { evolutionRules } from "./evolution-rules.ts";
import { findingDiagnostics, type SchemaText } from "./finding-diagnostics.ts";
import type { Finding, Verdict } from "./findings.ts";
import { resolveProjection } from "./projected-version.ts";
import { projectVersion } from "./projection.ts";
import { digestsOf } from "./views.ts";

/** The difference between two states of a schema as Markdown, for the description of a pull request. */
export function markdownReport(before: SchemaState & SchemaText, after: SchemaState & SchemaText): string {
  const findings = compareSchemas(schemaBaseline(before.document), after);
  const { protocol } = after.document;
  const sections = [
    `## ${protocol}: ${summary(findings)}`,
    `From \`${before.file}\` to \`${after.file}\`.`,
    versionTable(before, after, findings),
    ...section("Refused", "refused", findings, after),
    ...section("Warnings", "warning", findings, after),
    ...releaseNotes(findings, after),
  ];
  return sections.join("\n\n");
}

function summary(findings: readonly Finding[]): string {
  const refused = findings.filter(({ verdict }) => verdict === "refused").length;
  if (refused === 1) return "1 change breaks a promise";
  if (refused > 1) return `${refused} changes break a promise`;
  return findings.length === 0 ? "nothing changes" : "compatible";
}

function versionTable(before: SchemaState, after: SchemaState, findings: readonly Finding[]): string {
  const rows = [...new Set([...versionNumbers(before.document), ...versionNumbers(after.document)])].map((number) => {
    const from = before.document.versions[String(number)]?.status;
    const to = after.document.versions[String(number)]?.status;
    const status = from === to ? `${to}` : `${from ?? "(none)"} → ${to ?? "(none)"}`;
    const cells = [`${number}`, status, ...digestCells(before, after, number), verdictText(number, findings)];
    return `| ${cells.join(" | ")} |`;
  });
  const head = "| version | status | bytes | values taken | TypeScript | verdict |";
  return [head, "| --- | --- | --- | --- | --- | --- |", ...rows].join("\n");
}

function digestCells(before: SchemaState, after: SchemaState, number: number): string[] {
  const [from, to] = [before, after].map(({ document }) =>
    document.versions[String(number)] === undefined
      ? undefined
      : digestsOf(resolveProjection(projectVersion(document, number))),
  );
  return (["wire", "accept", "source"] as const).map((key) => {
    if (from === undefined || to === undefined) return from === undefined ? "new" : "gone";
    return from[key] === to[key] ? "same" : "changed";
  });
}

function verdictText(number: number, findings: readonly Finding[]): string {
  const verdicts = findings.filter(({ version }) => version === number).map(({ verdict }) => verdict);
  if (verdicts.includes("refused")) return "**refused**";
  return verdicts.includes("warning") ? "compatible, with warnings" : "compatible";
}

function section(title: string, verdict: Verdict, findings: readonly Finding[], after: SchemaText): string[] {
  const items = findings
    .filter((finding) => finding.verdict === verdict)
    .map((finding) => {
      const [diagnostic] = findingDiagnostics([finding], after);
      const hint = finding.hint === undefined ? "" : ` ${sentence(finding.hint)}`;
      const { rule, message } = finding;
      return `- **${rule}** ${evolutionRules[rule].topic}, line ${diagnostic?.line}: ${versionText(finding)}${sentence(message)}${hint}`;
    });
  return items.length === 0 ? [] : [`### ${title}`, items.join("\n")];
}

function versionText({ version }: Finding): string {
  return version === undefined ? "" : `version ${version}: `;
}

/** What readers of a changelog want to know: by version, with the first sentence of each doc. */
function releaseNotes(findings: readonly Finding[], { document, source }: SchemaState): string[] {
  const notes = findings.filter(({ verdict }) => verdict === "note");
  const versions = [undefined, ...versionNumbers(document)];
  const parts = versions.flatMap((number) => {
    const items = notes
      .filter(({ version }) => version === number)
      .map((note) => `- ${sentence(note.message)}${docText(note, source)} (${note.rule})`);
    if (items.length === 0) return [];
    const title = number === undefined ? [] : [`Version ${number} (${document.versions[String(number)]?.status}):`];
    return [...title, items.join("\n")];
  });
  return parts.length === 0 ? [] : ["### Release notes", ...parts];
}

/** Of something new. */
function docText({ rule, pointer }: Finding, source: SchemaSource): string {
  if (rule !== "C010" && rule !== "C011") return "";
  const doc = source.dataAt(`${pointer}/doc`);
  return typeof doc === "string" ? ` ${markdown(firstSentence(doc))}` : "";
}

function firstSentence(doc: SchemaValue): string {
  const text = String(doc).trim().replaceAll(/\s+/g, " ");
  return /^.*?[.:!?](?= |$)/.exec(text)?.[0] ?? text;
}

/** With a capital letter where it begins with a word of prose, and a full stop. */
function sentence(text: string): string {
  const isName = /^[a-z]*\.?[A-Z]|^[a-z]+\./.test(text);
  const first = isName ? text.charAt(0) : text.charAt(0).toUpperCase();
  return markdown(`${first}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`);
}

/** Types such as `list<u16, Item>` are no tags of HTML. */
function markdown(text: string): string {
  return text.replaceAll(/[<*_\\]/g, "\\$&");
}
