import type { Protocol } from "../protocol.ts";

/** An integer of up to four bytes in the byte order of the protocol; negative ones in two's complement. */
export function integerBytes(size: number, value: number, { frame }: Protocol): readonly number[] {
  const bytes: number[] = [];
  for (let index = 0; index < size; index++) bytes.push(Math.floor(value / 256 ** index) & 0xff);
  return frame.byteOrder === "little" ? bytes : bytes.reverse();
}

/** One of eight bytes, which need not be one that a double holds. */
export function bigIntegerBytes(value: bigint, { frame }: Protocol): Uint8Array {
  const bytes = Buffer.alloc(8);
  const unsigned = BigInt.asUintN(64, value);
  if (frame.byteOrder === "little") bytes.writeBigUInt64LE(unsigned);
  else bytes.writeBigUInt64BE(unsigned);
  return bytes;
}
