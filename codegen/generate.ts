import type { SchemaDocument } from "./document.ts";
import { resolveProtocol } from "./protocol.ts";
import { emitCodec } from "./typescript/emit-codec.ts";
import { emitMessages } from "./typescript/emit-messages.ts";

/** What generated files depend on besides the schema. */
export interface GenerateOptions {
  /** Module specifier of the wire runtime, as the generated codec imports it: `hawser/wire` or a relative path. */
  readonly wireImport: string;
  /** Extension in imports between generated files: `.ts` where the compiler rewrites it, else `.js`. */
  readonly importExtension: ".ts" | ".js";
  /** Name of the schema in the header of generated files: its file name, never an absolute path. */
  readonly sourceName: string;
}

export interface GeneratedFile {
  /** Name inside the output directory. */
  readonly name: string;
  readonly text: string;
}

/** Every file that a schema gives; the same bytes for the same input. */
export function generate(document: SchemaDocument, options: GenerateOptions): GeneratedFile[] {
  const protocol = resolveProtocol(document);
  return [
    { name: "messages.ts", text: emitMessages(protocol, options) },
    { name: "codec.ts", text: emitCodec(protocol, options) },
  ];
}
