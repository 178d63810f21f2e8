import type { SchemaDocument } from "./document.ts";
import type { OutputName } from "./output-names.ts";
import { outputs } from "./outputs.ts";
import { resolveProtocol } from "./protocol.ts";

/** What generated files depend on besides the schema. */
export interface GenerateOptions {
  /** What is to be emitted, in this order. */
  readonly emit: readonly OutputName[];
  /** Module specifier of the wire runtime, as the generated codec imports it: `hawser/wire` or a relative path. */
  readonly wireImport: string;
  /** Extension in imports between generated files: `.ts` where the compiler rewrites it, else `.js`. */
  readonly importExtension: ".ts" | ".js";
  /** Name of the schema in the header of generated files: its file name, never an absolute path. */
  readonly sourceName: string;
}

export interface GeneratedFile {
  /** Path inside the output directory, with `/` between its parts. */
  readonly name: string;
  readonly text: string;
}

/** Every file that a schema gives; the same bytes for the same input. */
export function generate(document: SchemaDocument, options: GenerateOptions): GeneratedFile[] {
  const protocol = resolveProtocol(document);
  return options.emit.flatMap((name) => outputs[name](protocol, options, document));
}
