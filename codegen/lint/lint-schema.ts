import { type Diagnostic, DiagnosticSink } from "../diagnostics.ts";
import { loadSchema } from "../load.ts";
import { RuleContext } from "../rules/rule-context.ts";
import { readSchemaSource } from "../schema-source.ts";
import { withoutAllowed } from "./allowances.ts";
import { lintDocs } from "./doc-lints.ts";
import { LintContext } from "./lint-context.ts";
import type { LintId } from "./lints.ts";
import { lintNumbers } from "./number-lints.ts";
import { lintSizes } from "./size-lints.ts";
import { lintTags } from "./tag-lints.ts";
import { lintValues } from "./value-lints.ts";

/** What could be better about a schema, or what is wrong with it: then nothing else is looked at. */
export interface LintResult {
  readonly isValid: boolean;
  readonly diagnostics: readonly Diagnostic[];
}

/** Says what is legal in a schema and worse than it could be, but for what comments or `allowed` allow. */
export function lintSchema(text: string, file: string, allowed: readonly LintId[] = []): LintResult {
  const loaded = loadSchema(text, file);
  if (!loaded.ok) return { isValid: false, diagnostics: loaded.diagnostics };
  const sink = new DiagnosticSink(text, file);
  const source = readSchemaSource(text, sink);
  if (source === undefined) throw new Error(`${file} was read a moment ago`);
  const context = new LintContext(new RuleContext(loaded.document, source, sink, []));
  lintDocs(context);
  lintNumbers(context);
  lintSizes(context);
  lintTags(context);
  lintValues(context);
  for (const { lint, span, message, hint } of withoutAllowed(context.findings, text, source)) {
    if (!allowed.includes(lint)) sink.report(lint, span, message, hint, "warning");
  }
  return { isValid: true, diagnostics: sink.diagnostics };
}
