import { createRequire } from "node:module";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { DiagnosticSink } from "./diagnostics.ts";
import type { SchemaDocument, SchemaValue } from "./document.ts";
import { child, type SchemaSource } from "./schema-source.ts";
import { describeShapeErrors } from "./shape-errors.ts";

/** What the meta-schema says of a schema. */
export interface ShapeResult {
  /** The data, in the shape of the meta-schema. Where only small things are wrong, they are put right in it. */
  readonly document: SchemaDocument;
  /** Pointers to definitions that were put right: what else is said about them may be a consequence. */
  readonly damaged: readonly string[];
}

/**
 * Checks data against schema/meta-schema.json and reports every difference.
 *
 * Unknown keys and missing docs do not keep the semantic rules from being checked as well, so that one run shows as much
 * as it can; with other differences the result is `undefined`, since what depends on them would be guesswork.
 */
export function checkShape(source: SchemaSource, sink: DiagnosticSink): ShapeResult | undefined {
  const errors = shapeErrors(source.data);
  for (const problem of describeShapeErrors(errors, source)) {
    sink.report(problem.rule, problem.span, problem.message, problem.hint);
  }
  const repaired = structuredClone(source.data);
  for (const error of errors) repair(repaired, error);
  if (errors.length > 0 && shapeErrors(repaired).length > 0) return undefined;
  // The meta-schema and SchemaDocument say the same; nothing but care keeps them so.
  return { document: repaired as unknown as SchemaDocument, damaged: errors.map(definitionOf) };
}

/** Leaves of the validation: without the conditions and wrappers around them. */
function shapeErrors(data: SchemaValue): ErrorObject[] {
  const validate = validator();
  if (validate(withoutBigints(data))) return [];
  return (validate.errors ?? []).filter(({ keyword }) => keyword !== "if" && keyword !== "propertyNames");
}

let compiled: ValidateFunction | undefined;

function validator(): ValidateFunction {
  if (compiled === undefined) {
    const options = { strict: true, allErrors: true, verbose: true, allowUnionTypes: true } as const;
    // A process validates one schema. To check the meta-schema too, which a test does, and to optimise the code would take
    // longer than that.
    compiled = new Ajv2020({ ...options, validateSchema: false, code: { optimize: false } }).compile(metaSchema());
  }
  return compiled;
}

/** The JSON Schema of schemas, from the package that this module belongs to, whether it is compiled or not. */
export function metaSchema(): object {
  return createRequire(import.meta.url)("hawser/meta-schema.json");
}

/** JSON Schema knows no bigint; to judge a shape, the nearest number does. */
function withoutBigints(value: SchemaValue): SchemaValue {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value !== "object") return value;
  if (isSequence(value)) return value.map(withoutBigints);
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withoutBigints(entry)]));
}

function isSequence(value: SchemaValue): value is readonly SchemaValue[] {
  return Array.isArray(value);
}

/** Removes an unknown key, or fills in a doc. */
function repair(data: SchemaValue, error: ErrorObject): void {
  const path = error.instancePath.split("/").slice(1).map(unescapePointer);
  if (error.keyword === "additionalProperties") {
    const mapping = mappingAt(data, path);
    if (mapping !== undefined) delete mapping[String(error.params["additionalProperty"])];
  } else if (error.keyword === "required" && error.params["missingProperty"] === "doc") {
    const mapping = mappingAt(data, path);
    if (mapping !== undefined) mapping["doc"] = "?";
  } else if (path.at(-1) === "doc") {
    const mapping = mappingAt(data, path.slice(0, -1));
    if (mapping !== undefined) mapping["doc"] = "?";
  }
}

function mappingAt(data: SchemaValue, path: readonly string[]): Record<string, SchemaValue> | undefined {
  let value: SchemaValue | undefined = data;
  for (const key of path) {
    if (value === null || typeof value !== "object") return undefined;
    value = (value as Readonly<Record<string, SchemaValue>>)[key];
  }
  const isMapping = value !== undefined && value !== null && typeof value === "object" && !isSequence(value);
  return isMapping ? (value as Record<string, SchemaValue>) : undefined;
}

function unescapePointer(key: string): string {
  return key.replaceAll("~1", "/").replaceAll("~0", "~");
}

/** The type, message, flow, version or section that an error is in. */
function definitionOf(error: ErrorObject): string {
  const [section = "", ...rest] = error.instancePath.split("/").slice(1);
  const depth = section === "messages" ? 2 : section === "frame" ? 0 : 1;
  return [section, ...rest.slice(0, depth)].reduce((pointer, key) => child(pointer, unescapePointer(key)), "");
}
