import { baseType, isPresent } from "../layout.ts";
import type { EnumType, FixedBytesType, PrimitiveTypeNode, Protocol, Type, Version } from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { bytesText } from "./frame-part.ts";
import { outOfRange, unknownDiscriminator, type WireProblem, type WireScalar } from "./wire-problem.ts";

/** A value whose type says how many bytes it takes, read from these. */
export interface ScalarReading {
  /** `undefined` for bytes, and where there is a problem. */
  readonly value: WireScalar | undefined;
  readonly text: string;
  /** Of the value, where it has one of its own. */
  readonly doc?: string;
  readonly problem?: WireProblem;
}

/** Reads a value from the bytes that it takes. `path` and `at` say where it stands, for the problem. */
export function readScalar(
  type: Type,
  bytes: Uint8Array,
  { protocol, version }: { readonly protocol: Protocol; readonly version: Version },
  path: string,
  at: number,
): ScalarReading {
  const base = scalarType(type);
  const isLittle = protocol.frame.byteOrder === "little";
  switch (base.kind) {
    case "fixedBytes":
      return { value: undefined, text: bytesText(bytes) };
    case "enum":
      return readEnum(base, Number(readInteger(base.tag, bytes, isLittle)), version, path, at);
    case "primitive":
      return readPrimitive(base, bytes, isLittle, path, at);
  }
}

/** A length, count, version or tag. */
export function readPrefix(type: LengthType, bytes: Uint8Array, { frame }: Protocol): number {
  return Number(readInteger(type, bytes, frame.byteOrder === "little"));
}

function scalarType(type: Type): PrimitiveTypeNode | EnumType | FixedBytesType {
  const base = baseType(type);
  if (base.kind !== "primitive" && base.kind !== "enum" && base.kind !== "fixedBytes") {
    throw new Error(`a ${base.kind} does not say how many bytes it takes`);
  }
  return base;
}

function readEnum(type: EnumType, tag: number, version: Version, path: string, at: number): ScalarReading {
  const found = type.values.find((value) => value.tag === tag && isPresent(value, version));
  if (found !== undefined) return { value: found.name, text: `${tag} ${found.name}`, doc: found.doc };
  if (type.keepsUnknown) return { value: tag, text: `${tag}, which has no name` };
  return { value: undefined, text: String(tag), problem: unknownDiscriminator(path, at, tag, type.name) };
}

function readPrimitive(
  { name }: PrimitiveTypeNode,
  bytes: Uint8Array,
  isLittle: boolean,
  path: string,
  at: number,
): ScalarReading {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  switch (name) {
    case "bool":
      return readFlag(view.getUint8(0), path, at);
    case "f32":
      return numberReading(view.getFloat32(0, isLittle));
    case "f64":
      return numberReading(view.getFloat64(0, isLittle));
    case "uuid": {
      const text = Buffer.from(bytes).toString("hex");
      const uuid = text.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
      return { value: uuid, text: uuid };
    }
    case "i53":
    case "u53": {
      const value = readInteger(name === "i53" ? "i64" : "u64", bytes, isLittle);
      if (value < Number.MIN_SAFE_INTEGER || value > Number.MAX_SAFE_INTEGER) {
        const limit =
          value < 0
            ? `the smallest safe integer is ${Number.MIN_SAFE_INTEGER}`
            : `the largest safe integer is ${Number.MAX_SAFE_INTEGER}`;
        return { value: undefined, text: String(value), problem: outOfRange(path, at, value, limit) };
      }
      return numberReading(Number(value));
    }
    case "i64":
    case "u64":
      return numberReading(readInteger(name, bytes, isLittle));
    default:
      return numberReading(Number(readInteger(name, bytes, isLittle)));
  }
}

/** A presence flag or bool in a byte of its own. */
export function readFlag(byte: number, path: string, at: number): ScalarReading {
  if (byte > 1)
    return { value: undefined, text: String(byte), problem: outOfRange(path, at, byte, "a flag is 0 or 1") };
  return { value: byte === 1, text: String(byte === 1) };
}

function numberReading(value: number | bigint): ScalarReading {
  return { value, text: Object.is(value, -0) ? "-0" : String(value) };
}

function readInteger(type: LengthType | "i64" | "u64", bytes: Uint8Array, isLittle: boolean): bigint {
  const digits = Buffer.from(isLittle ? bytes.toReversed() : bytes).toString("hex");
  const value = BigInt(`0x${digits}`);
  return type.startsWith("i") ? BigInt.asIntN(bytes.length * 8, value) : value;
}
