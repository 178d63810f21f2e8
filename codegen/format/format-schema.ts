import { type Diagnostic, DiagnosticSink } from "../diagnostics.ts";
import type { SchemaValue } from "../document.ts";
import { readSchemaSource } from "../schema-source.ts";
import { commentsOf } from "./comments.ts";
import { inKeyOrder, type SchemaPath } from "./key-order.ts";
import { printTree } from "./print-tree.ts";
import { readSourceTree } from "./source-tree.ts";

/** The text in its canonical layout, or why it cannot be read. */
export type FormatResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Lays a schema out: two spaces for each level, keys of definitions in one order, lines of up to 120 columns, docs in
 * braces in quotes. What is written in braces stays there as long as it fits. Comments, values and the order of names
 * are kept: that is checked, and FormatError is thrown rather than a text returned that says something else.
 *
 * It has to be YAML as schemas use it; whether it is a good schema does not matter. `file` names it in diagnostics.
 */
export function formatSchema(text: string, file: string): FormatResult {
  const before = text.replace(/^\ufeff/, "").replaceAll(/\r\n?/g, "\n");
  const sink = new DiagnosticSink(before, file);
  const source = readSchemaSource(before, sink);
  const { diagnostics } = sink;
  if (source === undefined || diagnostics.length > 0) return { ok: false, diagnostics };
  const after = printTree(readSourceTree(before));
  requireSame(source.data, before, after, file);
  return { ok: true, text: after };
}

/** The formatter has a fault: what it made of a schema does not say the same. */
export class FormatError extends Error {
  override readonly name = "FormatError";
}

function requireSame(data: SchemaValue, before: string, after: string, file: string): void {
  const sink = new DiagnosticSink(after, file);
  const again = readSchemaSource(after, sink);
  if (again === undefined || canonicalText(again.data) !== canonicalText(data)) {
    throw new FormatError(`the formatted text of ${file} would say something else`);
  }
  const lost = missing(texts(before), texts(after));
  if (lost !== undefined) throw new FormatError(`the formatted text of ${file} would not have the comment "${lost}"`);
}

function texts(text: string): string[] {
  return commentsOf(text).map((comment) => comment.text);
}

/** One of some texts that others lack, each as often as it occurs. */
function missing(wanted: readonly string[], present: readonly string[]): string | undefined {
  const left = [...present];
  return wanted.find((text) => {
    const index = left.indexOf(text);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** Equal for two schemas that differ in nothing but the order of keys in definitions. */
function canonicalText(value: SchemaValue, path: SchemaPath = []): string {
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const entries = Object.entries(value);
  const ordered = Array.isArray(value) ? entries : inKeyOrder(path, entries, ([key]) => key);
  return `{${ordered.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalText(entry, [...path, key])}`).join()}}`;
}
