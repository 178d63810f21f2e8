import { type Diagnostic, DiagnosticSink } from "./diagnostics.ts";
import type { SchemaDocument } from "./document.ts";
import { checkRules } from "./rules/check-rules.ts";
import { readSchemaSource } from "./schema-source.ts";
import { checkShape } from "./shape.ts";

/** A schema that keeps every rule, or everything that is wrong with it. */
export type LoadResult =
  | { readonly ok: true; readonly document: SchemaDocument }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Takes the text of a schema to a checked document.
 *
 * Three steps, each of which reports all that it finds: YAML; the shape, by schema/meta-schema.json; the semantic rules
 * (see rules.ts). `file` only names the schema in diagnostics. Throws nothing for what is in the text.
 */
export function loadSchema(text: string, file: string): LoadResult {
  const sink = new DiagnosticSink(text, file);
  const source = readSchemaSource(text, sink);
  if (source === undefined) return { ok: false, diagnostics: sink.diagnostics };
  const shape = checkShape(source, sink);
  if (shape === undefined) return { ok: false, diagnostics: sink.diagnostics };
  checkRules(shape, source, sink);
  const { diagnostics } = sink;
  return diagnostics.length === 0 ? { ok: true, document: shape.document } : { ok: false, diagnostics };
}
