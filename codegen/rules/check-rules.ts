import type { DiagnosticSink } from "../diagnostics.ts";
import type { SchemaSource } from "../schema-source.ts";
import type { ShapeResult } from "../shape.ts";
import { checkConstraints } from "./constraint-rules.ts";
import { checkExamples } from "./example-rules.ts";
import { checkFlows } from "./flow-rules.ts";
import { checkLayout } from "./layout-rules.ts";
import { checkNames } from "./name-rules.ts";
import { checkRests } from "./rest-rules.ts";
import { RuleContext } from "./rule-context.ts";
import { checkTags } from "./tag-rules.ts";
import { checkTypes } from "./type-rules.ts";
import { checkVersions } from "./version-rules.ts";

/** Checks every semantic rule; all of them, whatever others have found. */
export function checkRules({ document, damaged }: ShapeResult, source: SchemaSource, sink: DiagnosticSink): void {
  const context = new RuleContext(document, source, sink, damaged);
  checkVersions(context);
  checkTags(context);
  checkTypes(context);
  checkRests(context);
  checkLayout(context);
  checkConstraints(context);
  checkExamples(context);
  checkFlows(context);
  checkNames(context);
}
