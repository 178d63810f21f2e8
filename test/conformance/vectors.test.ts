import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as keyValue from "../../examples/key-value/generated/codec.ts";
import * as protocol from "../../generated/protocol/codec.ts";
import { unsupportedVersion } from "../../runtime/wire/index.ts";

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
  "protocol-1": (family: string, frame: Uint8Array) => decodeProtocol(1, family, frame),
  "protocol-2": (family: string, frame: Uint8Array) => decodeProtocol(2, family, frame),
  "key-value": (family: string, frame: Uint8Array) => keyValueFunction("decode", family)(frame),
};

const encoders: Readonly<Record<string, (family: string, message: never) => Uint8Array>> = {
  "protocol-1": (family, message) => encodeProtocol(1, family, message),
  "protocol-2": (family, message) => encodeProtocol(2, family, message),
  "key-value": (family, message) => keyValueFunction("encode", family)(message) as Uint8Array,
};

describe.each(Object.entries(codecs))("%s", (name, decode) => {
  const vectors: readonly Vector[] = read(`${name}.json`);
  test.each(vectors)("$id", ({ family, message, hex, decodeOnly }) => {
    const frame = Buffer.from(hex, "hex");
    expect(decode(family, frame)).toEqual(name === "protocol-1" ? withDefaults(message) : message);
    if (decodeOnly !== true)
      expect(Buffer.from(encoders[name]?.(family, message as never) ?? []).toString("hex")).toBe(hex);
  });

  const refusals: readonly Refusal[] = read(`${name}-refused.json`);
  test.each(refusals)("$id is refused", ({ family, hex, code, path, offset }) => {
    expect(() => decode(family, Buffer.from(hex, "hex"))).toThrow(expect.objectContaining({ code, path, offset }));
  });
});

test.each([
  ["protocol-1", 17],
  ["protocol-2", 21],
])("every message of %s has a vector", (name, count) => {
  const vectors: readonly Vector[] = read(`${name}.json`);
  const types = new Set(vectors.map(({ family, id }) => `${family}.${id.split(".")[0]}`));
  expect(types.size).toBe(count);
});

/** What a codec of that version alone makes of a frame. */
function decodeProtocol(version: protocol.ProtocolVersion, family: string, frame: Uint8Array): unknown {
  const decode = family === "client" ? protocol.decodeClientMessage : protocol.decodeServerMessage;
  const decoded = decode(frame);
  if (decoded.version !== version) throw unsupportedVersion("frame.version", 5, decoded.version, String(version));
  return decoded.message;
}

function encodeProtocol(version: protocol.ProtocolVersion, family: string, message: never): Uint8Array {
  return family === "client"
    ? protocol.encodeClientMessage(message, version)
    : protocol.encodeServerMessage(message, version);
}

/** A message of version 1 as its readers see it: with the defaults of what later versions have. */
function withDefaults(message: unknown): unknown {
  const { type } = message as { readonly type: string };
  return { ...defaults[type], ...(message as object) };
}

const defaults: Readonly<Record<string, object>> = {
  SessionCreated: { sessionTimeout: 0, members: [] },
  SessionContinued: { sessionTimeout: 0, members: [] },
  SessionRejected: { members: [] },
  ClientResponse: { commitIndex: 0 },
};

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
