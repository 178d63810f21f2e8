import type { Chance } from "./chance.ts";

/** What inputs are changed with, beside chance. */
export interface MutationSources {
  readonly dictionary: readonly Uint8Array[];
  /** Another input of the corpus. */
  other(): Uint8Array;
}

/** Longest input: enough for every kind of text and count, and short enough for thousands of executions a second. */
export const INPUT_BYTES_MAX = 8_192;

/** An input like `input`, changed in one to sixteen ways. */
export function mutated(input: Uint8Array, sources: MutationSources, chance: Chance): Uint8Array {
  let result: Uint8Array = input.slice();
  for (let count = 1 << chance.below(5); count > 0; count--) {
    result = chance.pick(mutations)(result, sources, chance);
    if (result.length > INPUT_BYTES_MAX) result = result.slice(0, INPUT_BYTES_MAX);
  }
  return result;
}

type Mutation = (input: Uint8Array, sources: MutationSources, chance: Chance) => Uint8Array;

/** Some stand here twice: they are the ones that get furthest. */
const mutations: readonly Mutation[] = [
  flipBit,
  setByte,
  setByte,
  addToByte,
  setInteger,
  setInteger,
  changeLength,
  changeLength,
  removeBlock,
  removeBlock,
  repeatBlock,
  insertBytes,
  copyBlock,
  splice,
  crossOver,
  insertPiece,
  overwritePiece,
];

function flipBit(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const at = chance.below(input.length);
  if (at < input.length) input[at] = (input[at] as number) ^ (1 << chance.below(8));
  return input;
}

function setByte(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const at = chance.below(input.length);
  if (at < input.length) input[at] = chance.oneIn(2) ? chance.below(256) : chance.pick(notableBytes);
  return input;
}

function addToByte(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const at = chance.below(input.length);
  if (at < input.length) input[at] = (input[at] as number) + chance.between(-16, 16);
  return input;
}

/** A number at the edge of something, or near the number of bytes that follow. */
function setInteger(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const width = chance.pick(widths);
  const at = chance.below(input.length - width + 1);
  if (at + width > input.length) return input;
  const left = BigInt(input.length - at - width + chance.between(-2, 2));
  putInteger(input, at, width, chance.oneIn(3) ? left : chance.pick(notableIntegers), chance.oneIn(2));
  return input;
}

/** A number grows or shrinks a little, and the bytes behind it with it: it may be their length or count. */
function changeLength(input: Uint8Array, { dictionary }: MutationSources, chance: Chance): Uint8Array {
  const width = chance.pick(widths);
  const at = chance.below(input.length - width + 1);
  if (at + width > input.length) return input;
  const isLittle = chance.oneIn(2);
  const delta = chance.oneIn(8) ? chance.between(1, 400) : chance.between(-8, 8);
  putInteger(input, at, width, getInteger(input, at, width, isLittle) + BigInt(delta), isLittle);
  const from = chance.oneIn(2) ? at + width : chance.between(at + width, input.length);
  if (delta < 0) return joined(input.subarray(0, from), input.subarray(Math.min(input.length, from - delta)));
  const piece = chance.pick([chance.bytes(delta), Uint8Array.of(chance.between(0x20, 0x7e)), chance.pick(dictionary)]);
  return joined(input.subarray(0, from), repeated(piece, delta), input.subarray(from));
}

function removeBlock(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const [start, end] = block(input, chance);
  return joined(input.subarray(0, start), input.subarray(end));
}

function repeatBlock(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const [start, end] = block(input, chance);
  const times = chance.oneIn(16) ? chance.between(2, 130) : 1;
  return joined(
    input.subarray(0, end),
    repeated(input.subarray(start, end), times * (end - start)),
    input.subarray(end),
  );
}

function insertBytes(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const at = chance.between(0, input.length);
  const inserted = chance.oneIn(2)
    ? chance.bytes(chance.between(1, 8))
    : new Uint8Array(chance.between(1, 40)).fill(chance.below(256));
  return joined(input.subarray(0, at), inserted, input.subarray(at));
}

function copyBlock(input: Uint8Array, _: MutationSources, chance: Chance): Uint8Array {
  const [start, end] = block(input, chance);
  input.copyWithin(chance.below(input.length), start, end);
  return input;
}

/** A block of another input in the middle of this one. */
function splice(input: Uint8Array, { other }: MutationSources, chance: Chance): Uint8Array {
  const source = other();
  const [start, end] = block(source, chance);
  const at = chance.between(0, input.length);
  return joined(input.subarray(0, at), source.subarray(start, end), input.subarray(at));
}

/** The beginning of this input, and the end of another. */
function crossOver(input: Uint8Array, { other }: MutationSources, chance: Chance): Uint8Array {
  const source = other();
  return joined(input.subarray(0, chance.between(0, input.length)), source.subarray(chance.between(0, source.length)));
}

function insertPiece(input: Uint8Array, { dictionary }: MutationSources, chance: Chance): Uint8Array {
  const at = chance.between(0, input.length);
  return joined(input.subarray(0, at), chance.pick(dictionary), input.subarray(at));
}

/** At the start in half of the cases: that is where most pieces of a dictionary belong. */
function overwritePiece(input: Uint8Array, { dictionary }: MutationSources, chance: Chance): Uint8Array {
  const piece = chance.pick(dictionary);
  const at = chance.oneIn(2) ? 0 : chance.between(0, input.length);
  return joined(input.subarray(0, at), piece, input.subarray(Math.min(input.length, at + piece.length)));
}

/** Start and end of some bytes, mostly few. */
function block(input: Uint8Array, chance: Chance): readonly [number, number] {
  const start = chance.below(input.length);
  const most = input.length - start;
  return [start, start + Math.min(most, chance.between(1, chance.oneIn(3) ? Math.max(1, most) : 12))];
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const result = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const part of parts) {
    result.set(part, offset);
    offset += part.length;
  }
  return result;
}

/** A piece again and again, up to so many bytes. */
function repeated(piece: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => piece[index % piece.length] as number);
}

function getInteger(bytes: Uint8Array, at: number, width: number, isLittle: boolean): bigint {
  const part = Array.from(bytes.subarray(at, at + width));
  return (isLittle ? part.reverse() : part).reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

function putInteger(bytes: Uint8Array, at: number, width: number, value: bigint, isLittle: boolean): void {
  let rest = BigInt.asUintN(width * 8, value);
  for (let index = 0; index < width; index++) {
    bytes[isLittle ? at + index : at + width - 1 - index] = Number(rest & 0xffn);
    rest >>= 8n;
  }
}

const widths: readonly number[] = [1, 2, 4, 8];
const notableBytes: readonly number[] = [0, 1, 2, 0x1f, 0x20, 0x7f, 0x80, 0xbf, 0xc2, 0xe2, 0xf0, 0xfe, 0xff];
const notableIntegers: readonly bigint[] = [8n, 16n, 31n, 32n, 53n, 63n, 64n]
  .map((bits) => 2n ** bits)
  .flatMap((power) => [power, power - 1n, power + 1n, power / 2n, -power, 1n - power, -power - 1n])
  .concat([0n, 1n, -1n, 10n, 24n, 25n, 40n, 41n, 100n, 1_000n]);
