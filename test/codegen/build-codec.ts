import { mkdtempSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { SchemaDocument } from "../../codegen/document.ts";
import { generate } from "../../codegen/generate.ts";
import { resolveProtocol } from "../../codegen/protocol.ts";

/** The generated functions of one family. */
export interface BuiltCodec {
  /** In a version, where frames say one. */
  readonly encode: (message: unknown, version: number) => Uint8Array;
  /** Without the version. */
  readonly decode: (frame: Uint8Array) => unknown;
}

/** Generates the codec of a schema into a folder of its own inside of `folder`, and loads it: a codec for each family. */
export async function buildCodec(document: SchemaDocument, folder: string): Promise<ReadonlyMap<string, BuiltCodec>> {
  const target = mkdtempSync(join(folder, "schema-"));
  const wireImport = relative(target, join(import.meta.dirname, "../../runtime/wire/index.ts"));
  const options = { emit: ["typescript"], wireImport, importExtension: ".ts", sourceName: "schema.yaml" } as const;
  for (const { name, text } of generate(document, options)) writeFileSync(join(target, name), text);
  const functions: Readonly<Record<string, unknown>> = await import(join(target, "codec.ts"));
  return codecsOf(document, functions);
}

/** The functions of a generated codec, by family. */
export function codecsOf(
  document: SchemaDocument,
  functions: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, BuiltCodec> {
  const isVersioned = document.frame.version !== undefined;
  const named = (name: string) => {
    const found = functions[name];
    if (typeof found !== "function") throw new Error(`the codec has no ${name}`);
    return (...args: readonly unknown[]): unknown => Reflect.apply(found, undefined, args);
  };
  return new Map(
    resolveProtocol(document).families.map(({ name, typeName }) => {
      const encode = named(`encode${typeName}`);
      const decode = named(`decode${typeName}`);
      const codec: BuiltCodec = {
        encode: (message, version) => (isVersioned ? encode(message, version) : encode(message)) as Uint8Array,
        decode: (frame) => (isVersioned ? (decode(frame) as { message: unknown }).message : decode(frame)),
      };
      return [name, codec] as const;
    }),
  );
}
