import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as keyValue from "../../examples/key-value/generated/codec.ts";
import * as protocol from "../../generated/protocol/codec.ts";

/**
 * Messages with their bytes, and bytes that are no message with what must be said of them. They were derived from the
 * description of the format, not from this codec. In messages `{"$bigint": "…"}` is a 64-bit number and `{"$bytes": "…"}`
 * are bytes in hexadecimal.
 */
interface Vector {
  readonly id: string;
  readonly family: string;
  readonly message: unknown;
  readonly hex: string;
  readonly note?: string;
  /** An encoder never writes these bytes; a decoder takes them. */
  readonly decodeOnly?: boolean;
}

interface Refusal {
  readonly id: string;
  readonly family: string;
  readonly hex: string;
  readonly code: string;
  readonly path: string;
  readonly offset: number;
}

const codecs = {
  "protocol-1": (family: string, frame: Uint8Array) =>
    (family === "client" ? protocol.decodeClientMessage : protocol.decodeServerMessage)(frame).message,
  "key-value": (family: string, frame: Uint8Array) => keyValueFunction("decode", family)(frame),
};

const encoders: Readonly<Record<string, (family: string, message: never) => Uint8Array>> = {
  "protocol-1": (family, message) =>
    family === "client" ? protocol.encodeClientMessage(message, 1) : protocol.encodeServerMessage(message, 1),
  "key-value": (family, message) => keyValueFunction("encode", family)(message) as Uint8Array,
};

describe.each(Object.entries(codecs))("%s", (name, decode) => {
  const vectors: readonly Vector[] = read(`${name}.json`);
  test.each(vectors)("$id", ({ family, message, hex, decodeOnly }) => {
    const frame = Buffer.from(hex, "hex");
    expect(decode(family, frame)).toEqual(message);
    if (decodeOnly !== true)
      expect(Buffer.from(encoders[name]?.(family, message as never) ?? []).toString("hex")).toBe(hex);
  });

  const refusals: readonly Refusal[] = read(`${name}-refused.json`);
  test.each(refusals)("$id is refused", ({ family, hex, code, path, offset }) => {
    expect(() => decode(family, Buffer.from(hex, "hex"))).toThrow(expect.objectContaining({ code, path, offset }));
  });
});

test("every message, enum value and direction has a vector", () => {
  const vectors: readonly Vector[] = read("protocol-1.json");
  const types = new Set(vectors.map(({ family, id }) => `${family}.${id.split(".")[0]}`));
  expect(types.size).toBe(17);
});

function keyValueFunction(verb: "encode" | "decode", family: string): (value: unknown) => unknown {
  const found: unknown = Reflect.get(keyValue, `${verb}${family.charAt(0).toUpperCase()}${family.slice(1)}Message`);
  if (typeof found !== "function") throw new Error(`there is no family ${family}`);
  return (value) => Reflect.apply(found, undefined, [value]);
}

function read<Item>(name: string): readonly Item[] {
  const text = readFileSync(new URL(`./vectors/${name}`, import.meta.url), "utf8");
  return JSON.parse(text, (_key, value) => {
    if (typeof value !== "object" || value === null) return value;
    if ("$bigint" in value) return BigInt(value.$bigint);
    return "$bytes" in value ? new Uint8Array(Buffer.from(value.$bytes, "hex")) : value;
  });
}
