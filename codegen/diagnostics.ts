import { type EvolutionRuleId, evolutionRules } from "./evolution/evolution-rules.ts";
import { type LintId, lints } from "./lint/lints.ts";
import { type Paint, plain } from "./paint.ts";
import { type RuleId, rules } from "./rules.ts";

/** One thing that is wrong with a schema, and where. */
export interface Diagnostic {
  readonly rule: RuleId | EvolutionRuleId | LintId;
  /** How bad it is; an error where nothing is said. */
  readonly severity?: "warning" | "note";
  /** As given to `loadSchema`; shown as it is. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number;
  /** Code units from `column` that are meant, at least 1; never beyond the line. */
  readonly length: number;
  /** What is wrong. */
  readonly message: string;
  /** What would be right. */
  readonly hint?: string;
  /** The line without its end. */
  readonly sourceLine: string;
}

/** A part of a text, in UTF-16 code units; `end` is behind the last one. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Makes diagnostics about one text. */
export class DiagnosticSink {
  readonly #file: string;
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(text: string, file: string) {
    this.#file = file;
    this.#text = text;
    this.#lineStarts = lineStartsOf(text);
  }

  report(
    rule: Diagnostic["rule"],
    span: Span,
    message: string,
    hint?: string,
    severity?: Diagnostic["severity"],
  ): void {
    const line = this.lineOf(span.start);
    const lineStart = this.#lineStarts[line - 1] ?? 0;
    const sourceLine = this.#text
      .slice(lineStart, this.#lineStarts[line] ?? this.#text.length)
      .replace(/\r?\n$|\r$/, "");
    const column = Math.min(span.start - lineStart, sourceLine.length) + 1;
    const length = Math.max(1, Math.min(span.end - span.start, sourceLine.length - column + 1));
    const graded = severity === undefined ? { rule } : { rule, severity };
    const place = { ...graded, file: this.#file, line, column, length, message, sourceLine };
    const known = this.#diagnostics.some(
      (other) => other.rule === rule && other.line === line && other.column === column && other.message === message,
    );
    if (!known) this.#diagnostics.push(hint === undefined ? place : { ...place, hint });
  }

  /** Number of the line, from 1, that holds the code unit at `offset`. */
  lineOf(offset: number): number {
    let low = 0;
    let high = this.#lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >>> 1;
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** Everything reported so far, in the order of the text. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#diagnostics.toSorted(
      (a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
    );
  }
}

/** Diagnostics for people, one after the other with an empty line between; ends with a line feed. */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  return diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, paint)}\n`).join("\n");
}

/**
 * One diagnostic: place, rule and message, then the line with a caret below what is meant, then the hint.
 *
 *     bad.yaml:20:30 T001 type: only a field can be optional, not an element
 *        |
 *     20 |         name: "list<u16, Name?>"
 *        |                              ^ leave the ? out, or wrap the value in a struct
 */
export function renderDiagnostic(diagnostic: Diagnostic, paint: Paint = plain): string {
  const { rule, severity, file, line, column, message, hint } = diagnostic;
  const excerpt = excerptOf(diagnostic);
  const margin = " ".repeat(String(line).length);
  const style = severity === undefined ? "error" : severity === "warning" ? "warning" : "name";
  const caret = paint(style, "^".repeat(blank(excerpt.marked).length || 1));
  const graded = paint(style, severity === undefined ? rule : `${severity} ${rule}`);
  const place = paint("strong", `${file}:${line}:${column}`);
  return [
    `${place} ${graded} ${topicOf(rule)}: ${printable(message)}`,
    `${margin} |`,
    `${line} | ${printable(excerpt.before + excerpt.marked + excerpt.after)}`.trimEnd(),
    `${margin} | ${blank(excerpt.before)}${caret}${hint === undefined ? "" : ` ${printable(hint)}`}`,
  ].join("\n");
}

function topicOf(rule: Diagnostic["rule"]): string {
  const known: Readonly<Record<Diagnostic["rule"], { readonly topic: string }>> = {
    ...rules,
    ...evolutionRules,
    ...lints,
  };
  return known[rule].topic;
}

/** Longer lines are shown in part, so that the caret stays in sight. */
const excerptLengthMax = 160;

/** The source line in three parts, the middle one meant; cut at both ends when it is too long for a screen. */
function excerptOf({ sourceLine, column, length }: Diagnostic): { before: string; marked: string; after: string } {
  let before = sourceLine.slice(0, column - 1);
  let marked = sourceLine.slice(column - 1, column - 1 + length);
  let after = sourceLine.slice(column - 1 + length);
  if (sourceLine.length > excerptLengthMax) {
    const sideMax = excerptLengthMax / 4;
    if (before.length > sideMax) before = `…${before.slice(-sideMax)}`;
    if (marked.length > 2 * sideMax) marked = marked.slice(0, 2 * sideMax);
    if (after.length > sideMax) after = `${after.slice(0, sideMax)}…`;
  }
  return { before, marked, after };
}

/** Spaces as wide as a text is on a terminal; tabs stay tabs. */
function blank(text: string): string {
  return text
    .replace(/\p{Mn}/gu, "")
    .replace(/[\p{Emoji_Presentation}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\uff01-\uff60]/gu, "  ")
    .replace(/[^\t]/gu, " ");
}

/** Shows control characters instead of sending them to a terminal. Tabs stay: the caret line repeats them. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\t]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 0x20 ? String.fromCodePoint(0x2400 + code) : "\ufffd";
  });
}

function lineStartsOf(text: string): number[] {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
  return starts;
}
