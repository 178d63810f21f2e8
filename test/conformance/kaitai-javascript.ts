import { createRequire } from "node:module";
import runtime from "kaitai-struct";
import compiler from "kaitai-struct-compiler";
import { parse } from "yaml";
import type { Reading } from "./reading.ts";

/** What a frame says, by a reader that Kaitai Struct made; throws what the reader throws. */
export type KaitaiReader = (frame: Uint8Array) => Reading;

/** Compiles a .ksy to JavaScript, in this process. */
export async function kaitaiReader(ksy: string): Promise<KaitaiReader> {
  makeRuntimeExact();
  const parsed: { readonly meta: { readonly id: string } } = parse(ksy);
  const files = Object.values(await compileKsy("javascript", parsed));
  const module = { exports: {} as Record<string, new (stream: object) => object> };
  for (const text of files) new Function("exports", "module", "require", text)(module.exports, module, require);
  const Reader = Object.values(module.exports).find((value) => typeof value === "function");
  if (Reader === undefined) throw new Error(`${parsed.meta.id} became ${Object.keys(module.exports).join()}`);
  return (frame) => readingOf(new Reader(new KaitaiStream(Uint8Array.from(frame).buffer)));
}

/** Compiles a parsed .ksy; an error says what the compiler found, which hides it where it did not expect it. */
export async function compileKsy(
  language: string,
  ksy: unknown,
  using: Pick<typeof compiler, "compile"> = compiler,
): Promise<Readonly<Record<string, string>>> {
  try {
    return await using.compile(language, ksy, null, false);
  } catch (error) {
    throw new Error(`${language}: ${String(error)} ${String(Reflect.get(Object(error), "jl_Throwable__f_e") ?? "")}`);
  }
}

function readingOf(value: unknown): Reading {
  if (value instanceof Uint8Array) return `x${Buffer.from(value).toString("hex")}`;
  if (typeof value === "string") return `x${Buffer.from(value).toString("hex")}`;
  if (typeof value === "boolean") return value ? "1" : "0";
  if (Array.isArray(value)) return value.map(readingOf);
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  const members = Object.entries(value).filter(([id, member]) => !id.startsWith("_") && member !== undefined);
  return Object.fromEntries(members.map(([id, member]) => [id, readingOf(member)]));
}

/**
 * The runtime reads 64-bit numbers as floating point, and negative ones wrongly where the lower half is below 2^31; and it
 * drops a byte order mark at the beginning of a text.
 */
function makeRuntimeExact(): void {
  const { prototype } = KaitaiStream;
  const reader = (read: (view: DataView, at: number) => bigint) =>
    function (this: Int64Stream): bigint {
      this.ensureBytesLeft(8);
      const value = read(this._dataView, this.pos);
      this.pos += 8;
      return value;
    };
  prototype["readS8be"] = reader((view, at) => view.getBigInt64(at));
  prototype["readU8be"] = reader((view, at) => view.getBigUint64(at));
  prototype["readS8le"] = reader((view, at) => view.getBigInt64(at, true));
  prototype["readU8le"] = reader((view, at) => view.getBigUint64(at, true));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  Reflect.set(KaitaiStream, "bytesToStr", (bytes: Uint8Array) => decoder.decode(bytes));
}

interface Int64Stream {
  readonly _dataView: DataView;
  pos: number;
  ensureBytesLeft(count: number): void;
}

const require = createRequire(import.meta.url);
/** Its own types say neither that it can be constructed nor what it has. */
const KaitaiStream = runtime.KaitaiStream as unknown as {
  new (bytes: ArrayBufferLike): object;
  readonly prototype: Record<string, (this: Int64Stream) => bigint>;
};
