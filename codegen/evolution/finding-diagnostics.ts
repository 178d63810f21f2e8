import { type Diagnostic, DiagnosticSink, type Span } from "../diagnostics.ts";
import type { SchemaSource } from "../schema-source.ts";
import type { Finding } from "./findings.ts";

/** A schema as text, to show places in it. */
export interface SchemaText {
  readonly text: string;
  /** As it is named in diagnostics. */
  readonly file: string;
  readonly source: SchemaSource;
}

/** Findings at their lines of the newer schema, in the order of its text; equal ones of several versions are one. */
export function findingDiagnostics(
  findings: readonly Finding[],
  { text, file, source }: SchemaText,
): readonly Diagnostic[] {
  const sink = new DiagnosticSink(text, file);
  for (const [index, finding] of findings.entries()) {
    const equal = findings.filter((other) => isEqual(other, finding));
    if (findings.indexOf(equal[0] ?? finding) !== index) continue;
    const { rule, verdict, message, hint, pointer } = finding;
    const versions = equal.flatMap(({ version }) => (version === undefined ? [] : [version]));
    const severity = verdict === "refused" ? undefined : verdict;
    sink.report(rule, spanOf(source, pointer), `${versionsText(versions)}${message}`, hint, severity);
  }
  return sink.diagnostics;
}

/** `version 1: `, `versions 1 and 2: `, or nothing. */
export function versionsText(versions: readonly number[]): string {
  if (versions.length === 0) return "";
  return `version${versions.length === 1 ? "" : "s"} ${versions.join(" and ")}: `;
}

function isEqual(a: Finding, b: Finding): boolean {
  return a.rule === b.rule && a.verdict === b.verdict && a.message === b.message && a.pointer === b.pointer;
}

/** A value that says one thing is marked itself, a definition by its name. */
function spanOf(source: SchemaSource, pointer: string): Span {
  if (!source.has(pointer)) return source.key(pointer);
  return typeof source.dataAt(pointer) === "object" ? source.key(pointer) : source.value(pointer);
}
