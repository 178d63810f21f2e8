import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SchemaDocument } from "../../codegen/document.ts";
import { generate } from "../../codegen/generate.ts";
import { baseType, checksOf } from "../../codegen/layout.ts";
import { loadSchema } from "../../codegen/load.ts";
import { type Family, type Field, type Protocol, resolveProtocol, type Type } from "../../codegen/protocol.ts";
import { exampleMessages } from "../example-messages.ts";
import type { ModuleCounters, Work } from "./coverage.ts";
import { fromHex } from "./hex.ts";
import type { InstrumentedCode, InstrumentedModule } from "./instrument.ts";

/** What an error of the code under test tells. */
export interface WireFault {
  readonly code: string;
  readonly path: string;
  readonly offset: number;
  readonly message: string;
}

/** The codec of one family of messages, instrumented, and what its schema says of it. */
export interface Target {
  /** Protocol and family: `zraft.client`. */
  readonly name: string;
  readonly work: Work;
  readonly modules: readonly ModuleCounters[];
  readonly seeds: readonly Uint8Array[];
  /** Pieces of frames that mean something: magic, versions, tags. */
  readonly dictionary: readonly Uint8Array[];
  readonly traits: Traits;
  decode(frame: Uint8Array): Decoded;
  encode(decoded: Decoded): Uint8Array;
  encodeInto(decoded: Decoded, target: Uint8Array, offset: number): number;
  byteLength(decoded: Decoded): number;
  isWireError(error: unknown): error is WireFault;
}

/** A message, and the version in which it was written where frames say one. */
export interface Decoded {
  readonly message: unknown;
  readonly version: number | undefined;
}

/** What a schema allows to be different in a frame that is decoded and encoded again. */
interface Traits {
  readonly ignoresTrailing: boolean;
  /** Messages can be inside of others, with bytes of their own behind them. */
  readonly holdsMessages: boolean;
  /** Entries can come in another order, or twice. */
  readonly hasMaps: boolean;
  /** Numbers can be rounded to single precision. */
  readonly hasFloats: boolean;
  /** Names of fields that a version without them drops silently. */
  readonly ignorableFields: ReadonlySet<string>;
  /** Names of fields with a constraint that decoders leave alone. */
  readonly encodeOnlyFields: ReadonlySet<string>;
}

interface SchemaFiles {
  readonly schema: string;
  /** Where the generated codec is; without it, it is generated for the occasion. */
  readonly codec?: string;
}

/** Every schema of the repository that is generated from, and those with which the generator and codecs are tested. */
const schemas: readonly SchemaFiles[] = [
  { schema: "schema/messages.yaml", codec: "generated/protocol/codec.ts" },
  { schema: "schema/log.yaml", codec: "generated/log/codec.ts" },
  { schema: "schema/zmtp-command.yaml", codec: "generated/zmtp-command/codec.ts" },
  { schema: "schema/zmtp-curve.yaml", codec: "generated/zmtp-curve/codec.ts" },
  { schema: "schema/zmtp-curve-box.yaml", codec: "generated/zmtp-curve-box/codec.ts" },
  { schema: "schema/zmtp-greeting.yaml", codec: "generated/zmtp-greeting/codec.ts" },
  { schema: "examples/key-value/kv.yaml", codec: "examples/key-value/generated/codec.ts" },
  { schema: "bench/codec/schemas/batch.yaml", codec: "bench/codec/generated/batch/codec.ts" },
  { schema: "test/codegen/emit/every-type.yaml" },
  { schema: "test/codegen/emit/versions.yaml" },
  { schema: "test/codegen/emit/text-tags.yaml" },
  { schema: "test/fuzz/packed.yaml" },
];

/** The protocol to which the vectors of a file belong. */
const vectorProtocols: Readonly<Record<string, string>> = { protocol: "zraft", key: "kv" };

const root = join(import.meta.dirname, "../..");

/** All targets, or those whose name begins with `prefix`. */
export async function loadTargets(code: InstrumentedCode, work: Work, prefix = ""): Promise<readonly Target[]> {
  const isWireError = wireErrorTest(await code.wire());
  const targets: Target[] = [];
  for (const { schema, codec } of schemas) {
    const { document, protocol } = load(schema);
    const wanted = protocol.families.filter((family) => `${protocol.name}.${family.name}`.startsWith(prefix));
    if (wanted.length === 0) continue;
    const source = codec === undefined ? generated(document, schema) : readFileSync(join(root, codec), "utf8");
    const module = await code.codec(protocol.name, source);
    for (const family of wanted) targets.push({ ...targetOf(protocol, family, document, module), work, isWireError });
  }
  return targets;
}

/** A schema of the repository. */
function load(schema: string): { readonly document: SchemaDocument; readonly protocol: Protocol } {
  const loaded = loadSchema(readFileSync(join(root, schema), "utf8"), schema);
  if (!loaded.ok) throw new Error(`${schema}: ${loaded.diagnostics.map(({ message }) => message).join("; ")}`);
  return { document: loaded.document, protocol: resolveProtocol(loaded.document) };
}

function generated(document: SchemaDocument, schema: string): string {
  const options = {
    emit: ["typescript"],
    wireImport: "hawser/wire",
    importExtension: ".ts",
    sourceName: schema,
  } as const;
  return generate(document, options).find(({ name }) => name === "codec.ts")?.text ?? "";
}

type Codec = Pick<Target, "decode" | "encode" | "encodeInto" | "byteLength">;

function targetOf(
  protocol: Protocol,
  family: Family,
  document: SchemaDocument,
  module: InstrumentedModule,
): Omit<Target, "work" | "isWireError"> {
  const codec = codecOf(protocol, family, module.exports);
  const messages = exampleMessages(document, family.name);
  const examples = protocol.versions.flatMap(({ number }) =>
    messages.flatMap((message) => encodedWhereKnown(codec, { message, version: number })),
  );
  return {
    name: `${protocol.name}.${family.name}`,
    modules: module.counters,
    seeds: [...vectors(protocol.name, family.name), ...examples],
    dictionary: dictionaryOf(protocol, family),
    traits: traitsOf(protocol, family),
    ...codec,
  };
}

function codecOf(protocol: Protocol, { typeName }: Family, functions: Readonly<Record<string, unknown>>): Codec {
  const isVersioned = protocol.frame.version !== undefined;
  const named = (name: string) => functions[name] as (...args: readonly unknown[]) => unknown;
  const decode = named(`decode${typeName}`);
  const encode = named(`encode${typeName}`);
  const encodeInto = named(`encode${typeName}Into`);
  const byteLength = named(`byteLengthOf${typeName}`);
  const version = (decoded: Decoded) => (isVersioned ? [decoded.version] : []);
  return {
    decode: (frame) => (isVersioned ? (decode(frame) as Decoded) : { message: decode(frame), version: undefined }),
    encode: (decoded) => encode(decoded.message, ...version(decoded)) as Uint8Array,
    encodeInto: (decoded, target, offset) => encodeInto(decoded.message, ...version(decoded), target, offset) as number,
    byteLength: (decoded) => byteLength(decoded.message, ...version(decoded)) as number,
  };
}

/** A version that lacks the message has no frame of it. */
function encodedWhereKnown(codec: Codec, decoded: Decoded): readonly Uint8Array[] {
  try {
    return [codec.encode(decoded)];
  } catch (error) {
    if (error instanceof Error && Reflect.get(error, "code") === "ERR_WIRE_NOT_IN_VERSION") return [];
    throw error;
  }
}

/** Frames of the conformance vectors, also those that are refused. */
function vectors(protocol: string, family: string): readonly Uint8Array[] {
  const directory = join(root, "test/conformance/vectors");
  return readdirSync(directory)
    .sort()
    .filter((file) => vectorProtocols[file.split("-")[0] ?? ""] === protocol)
    .flatMap((file) => {
      const text = readFileSync(join(directory, file), "utf8");
      const entries: readonly { readonly family: string; readonly hex: string }[] = JSON.parse(text);
      return entries.filter((entry) => entry.family === family).map(({ hex }) => fromHex(hex));
    });
}

function dictionaryOf({ frame, versions }: Protocol, { messages }: Family): readonly Uint8Array[] {
  const numbers = versions.map(({ number }) => number);
  const tags = messages.flatMap(({ tag }) =>
    typeof tag === "string" ? [Uint8Array.of(tag.length, ...Buffer.from(tag, "latin1"))] : [Uint8Array.of(tag)],
  );
  const openings = numbers.flatMap((number) => [
    ...tags.map((tag) => Uint8Array.of(...frame.magic, number, ...tag)),
    ...tags.map((tag) => Uint8Array.of(...frame.magic, number, 0, ...tag)),
  ]);
  const texts = ["__proto__", "constructor", "é", "€", "😀", "\ufeff", "\ufffd", "\u0000"].map((text) =>
    Buffer.from(text),
  );
  return [...tags, ...openings, ...texts].map((piece) => new Uint8Array(piece));
}

function traitsOf({ frame, types }: Protocol, { messages }: Family): Traits {
  const cases = types.flatMap((type) => (type.kind === "union" ? type.cases : []));
  const fields = [...messages, ...types, ...cases].flatMap((owner) => ("fields" in owner ? owner.fields : []));
  const within = fields.flatMap(({ type }) => partsOf(type));
  return {
    ignoresTrailing: frame.trailing === "ignore",
    holdsMessages: within.some(({ kind }) => kind === "message"),
    hasMaps: within.some(({ kind }) => kind === "map"),
    hasFloats: within.some((type) => type.kind === "primitive" && type.name.startsWith("f")),
    ignorableFields: new Set(fields.filter(({ ignorable }) => ignorable).map(({ name }) => name)),
    encodeOnlyFields: new Set(fields.filter(isEncodeOnly).map(({ name }) => name)),
  };
}

function isEncodeOnly({ type, checks }: Field): boolean {
  return partsOf(type).some((part) =>
    checksOf(part, part === type ? checks : undefined).some(({ encodeOnly }) => encodeOnly),
  );
}

/** A type and what its values are made of, up to the names that have fields of their own. */
function partsOf(type: Type): readonly Type[] {
  const base = baseType(type);
  if (base.kind === "list") return [type, base, ...partsOf(base.element)];
  if (base.kind === "map") return [type, base, ...partsOf(base.key), ...partsOf(base.value)];
  return [type, base];
}

/** Whether an error is the one of the instrumented runtime, which is another class than that of the real one. */
function wireErrorTest(wire: Readonly<Record<string, unknown>>): Target["isWireError"] {
  const wireError = wire["WireError"] as new () => WireFault;
  return (error): error is WireFault => error instanceof wireError;
}
