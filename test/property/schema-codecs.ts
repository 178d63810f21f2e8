import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadSchema } from "../../codegen/load.ts";
import { type Family, type Protocol, resolveProtocol, type Version } from "../../codegen/protocol.ts";
import * as counter from "../../examples/counter/generated/codec.ts";
import * as keyValue from "../../examples/key-value/generated/codec.ts";
import * as workQueue from "../../examples/work-queue/generated/codec.ts";
import * as clientSession from "../../generated/client-session/codec.ts";
import * as log from "../../generated/log/codec.ts";
import * as protocol from "../../generated/protocol/codec.ts";

/** One version of one family of a schema, with its generated functions. */
export interface Codec {
  readonly protocol: Protocol;
  readonly family: Family;
  /** The version that is written and read; in some schemas the bytes carry none. */
  readonly version: Version;
  readonly encode: (message: unknown) => Uint8Array;
  readonly encodeInto: (message: unknown, target: Uint8Array, offset: number) => number;
  readonly byteLength: (message: unknown) => number;
  readonly decode: (frame: Uint8Array) => unknown;
}

const root = join(import.meta.dirname, "../..");

function codecsOf(file: string, functions: Readonly<Record<string, unknown>>): Codec[] {
  const loaded = loadSchema(readFileSync(join(root, file), "utf8"), file);
  if (!loaded.ok) throw new Error(`${file} is no schema`);
  const resolved = resolveProtocol(loaded.document);
  const isVersioned = resolved.frame.version !== undefined;
  const inEveryVersion = resolved.versions.flatMap((version) =>
    resolved.families.map((family) => ({ family, version })),
  );
  return inEveryVersion.map(({ family, version }) => {
    const encode = functionNamed(functions, `encode${family.typeName}`);
    const decode = functionNamed(functions, `decode${family.typeName}`);
    const encodeInto = functionNamed(functions, `encode${family.typeName}Into`);
    const byteLength = functionNamed(functions, `byteLengthOf${family.typeName}`);
    const number = isVersioned ? [version.number] : [];
    return {
      protocol: resolved,
      family,
      version,
      encode: (message) => encode(message, ...number) as Uint8Array,
      encodeInto: (message, target, offset) => encodeInto(message, ...number, target, offset) as number,
      byteLength: (message) => byteLength(message, ...number) as number,
      decode: (frame) => (isVersioned ? (decode(frame) as { message: unknown }).message : decode(frame)),
    };
  });
}

function functionNamed(functions: Readonly<Record<string, unknown>>, name: string): (...args: unknown[]) => unknown {
  const found = functions[name];
  if (typeof found !== "function") throw new Error(`${name} is missing`);
  return (...args) => Reflect.apply(found, undefined, args);
}

/** Every version of every family of every schema here. */
export const codecs: readonly Codec[] = [
  ...codecsOf("schema/messages.yaml", protocol),
  ...codecsOf("schema/log.yaml", log),
  ...codecsOf("schema/client-session.yaml", clientSession),
  ...codecsOf("examples/counter/counter.yaml", counter),
  ...codecsOf("examples/key-value/kv.yaml", keyValue),
  ...codecsOf("examples/work-queue/work.yaml", workQueue),
];
