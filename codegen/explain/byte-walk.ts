import { baseType, checksOf, isBool, isPresent, isSigned, minimumSize, prefixSize, scalarSize } from "../layout.ts";
import type {
  BytesType,
  Checks,
  Field,
  ListType,
  MapType,
  MessageType,
  StringType,
  Type,
  UnionType,
} from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { BitWalk } from "./bit-walk.ts";
import { requireChecks } from "./checks.ts";
import { bytesText, countText, type FrameWalk, lengthText, noteBytes, quotedText } from "./frame-part.ts";
import { measureText } from "./measures.ts";
import { readFlag, readPrefix, readScalar } from "./scalars.ts";
import { walkInnerMessage } from "./walk-message.ts";
import {
  countOutOfRange,
  invalidUtf8,
  lengthOutOfRange,
  truncatedEntries,
  truncatedValue,
  unknownDiscriminator,
  type WireProblem,
} from "./wire-problem.ts";

/** A value in a frame: a field, or what stands in a list or map. */
export interface WalkedValue {
  readonly path: string;
  readonly type: Type;
  readonly checks: Checks | undefined;
  /** Of the field; that of the type stands in where it has none. */
  readonly doc: string | undefined;
  /** Of the field; that of the type stands in where it has none. */
  readonly unit?: string | undefined;
}

/** Bytes whose presence a decoder checks before it reads them. Several that follow each other share one check. */
interface Stretch {
  readonly path: string;
  readonly size: number;
}

/**
 * Reads values that follow each other in whole bytes, and notes what they mean.
 *
 * It looks at things in the order of generated decoders (typescript/emit-read.ts), which check at once that several fields are
 * there: so it finds the same problem where bytes have more than one. What can be read before that is noted all the same.
 */
export class ByteWalk {
  readonly #walk: FrameWalk;
  readonly #end: number;
  #offset: number;
  /** Bytes from `#offset` on that a check has found to be there. */
  #checkedBytes: number;
  /** What a check has found before the values in front of it were read. */
  #pending: WireProblem | undefined;

  constructor(walk: FrameWalk, start: number, end: number, checkedBytes = 0) {
    this.#walk = walk;
    this.#offset = start;
    this.#end = end;
    this.#checkedBytes = checkedBytes;
  }

  /** Behind the last value. */
  get offset(): number {
    return this.#offset;
  }

  /** The fields of a message, struct or case that the version has; gives the walk of those in single bits, if any. */
  fields(fields: readonly Field[], owner: string): BitWalk | undefined {
    const { version } = this.#walk;
    const present = fields.filter((field) => isPresent(field, version));
    const firstFlag =
      version.packing === "bit" ? present.findIndex((field) => field.optional || isBool(field.type)) : -1;
    const whole = (firstFlag < 0 ? present : present.slice(0, firstFlag)).map((field) => fieldOf(field, owner));
    for (const [index, { value, isOptional }] of whole.entries()) {
      if (isOptional) this.#optional(value);
      else this.value(value, leadingStretches(whole.slice(index + 1)));
    }
    if (firstFlag < 0) return undefined;
    const bits = new BitWalk(this.#walk, this.#offset, this.#end);
    for (const field of present.slice(firstFlag)) bits.field(fieldOf(field, owner));
    return bits;
  }

  value(value: WalkedValue, behind: readonly Stretch[] = []): void {
    const base = baseType(value.type);
    this.#throwPending();
    switch (base.kind) {
      case "struct":
        this.#composite((inner) => inner.fields(base.fields, value.path));
        break;
      case "union":
        this.#composite((inner) => inner.#union(value, base));
        break;
      case "list":
        this.#composite((inner) =>
          base.length === "rest" ? inner.#rest(value, base) : inner.#list(value, base, base.length),
        );
        break;
      case "map":
        this.#composite((inner) => inner.#map(value, base));
        break;
      case "string":
      case "bytes":
      case "message":
        if (base.length === "rest") this.#content(value, base, this.#offset, this.#end);
        else this.#sized(value, base, base.length, behind);
        break;
      default:
        this.#scalar(value, behind);
    }
  }

  #optional(value: WalkedValue): void {
    this.#throwPending();
    this.#require([{ path: value.path, size: 1 }]);
    const at = this.#offset;
    const { text, value: isThere, problem } = readFlag(this.#walk.frame[at] ?? 0, value.path, at);
    this.#note(
      { ...value, doc: docOf(value) },
      1,
      problem === undefined ? (isThere === true ? "present" : "absent") : text,
    );
    if (problem !== undefined) throw this.#pending ?? problem;
    if (isThere !== true) return;
    const inner = new ByteWalk(this.#walk, this.#offset, this.#end);
    inner.value({ ...value, doc: undefined });
    this.#moveTo(inner.offset);
  }

  #scalar(value: WalkedValue, behind: readonly Stretch[]): void {
    const size = scalarSize(value.type) ?? 0;
    this.#require([{ path: value.path, size }, ...behind]);
    const at = this.#offset;
    const bytes = this.#walk.frame.subarray(at, at + size);
    const reading = readScalar(value.type, bytes, this.#walk, value.path, at);
    this.#note({ ...value, doc: reading.doc ?? docOf(value) }, size, measureText(reading, value));
    if (reading.problem !== undefined) throw this.#pending ?? reading.problem;
    this.#check(value, { value: reading.value, size: undefined, at });
  }

  #sized(
    value: WalkedValue,
    base: StringType | BytesType | MessageType,
    prefix: LengthType,
    behind: readonly Stretch[],
  ): void {
    const { frame, protocol } = this.#walk;
    const at = this.#offset;
    const prefixBytes = prefixSize(prefix);
    this.#require([{ path: value.path, size: prefixBytes }]);
    const length = readPrefix(prefix, frame.subarray(at, at + prefixBytes), protocol);
    this.#note({ ...value, doc: docOf(value) }, prefixBytes, lengthText(length));
    if (isSigned(prefix) && length < 0) throw lengthOutOfRange(value.path, at, length, "the smallest is 0");
    const end = this.#offset + length;
    const behindBytes = sum(behind);
    if (this.#end - end < behindBytes) {
      this.#pending = this.#truncated([{ path: value.path, size: prefixBytes + length }, ...behind], at);
      if (this.#pending.offset === at) throw this.#pending;
    }
    this.#content({ ...value, doc: undefined }, base, at, end);
    this.#checkedBytes = behindBytes;
  }

  /** What stands between here and `end`; `at` is where the value begins, with its length. */
  #content(value: WalkedValue, base: StringType | BytesType | MessageType | ListType, at: number, end: number): void {
    const start = this.#offset;
    const bytes = this.#walk.frame.subarray(start, end);
    if (base.kind === "message") {
      walkInnerMessage(this.#walk, start, end, value.path);
      this.#moveTo(end);
      return;
    }
    let text: string | undefined;
    if (base.kind === "string") {
      text = utf8Text(bytes);
      if (start < end || at === start)
        this.#note(value, end - start, text === undefined ? bytesText(bytes) : quotedText(text));
      if (text === undefined) throw this.#pending ?? invalidUtf8(value.path, at);
    } else if (start < end || at === start) {
      this.#note(value, end - start, bytes.length === 0 ? "empty" : bytesText(bytes));
    }
    this.#moveTo(end);
    this.#check(value, { value: text, size: bytes.length, at });
  }

  #composite(read: (inner: ByteWalk) => void): void {
    const inner = new ByteWalk(this.#walk, this.#offset, this.#end);
    read(inner);
    this.#moveTo(inner.offset);
  }

  #union(value: WalkedValue, union: UnionType): void {
    const at = this.#offset;
    const size = prefixSize(union.tag);
    if (this.#end - at < size) throw truncatedValue(value.path, at, this.#end, size);
    const { frame, protocol, version } = this.#walk;
    const tag = readPrefix(union.tag, frame.subarray(at, at + size), protocol);
    const found = union.cases.find((unionCase) => unionCase.tag === tag && isPresent(unionCase, version));
    this.#note({ ...value, doc: found?.doc }, size, found === undefined ? String(tag) : `${tag} ${found.name}`);
    if (found === undefined) throw unknownDiscriminator(value.path, at, tag, union.name);
    this.#composite((inner) => inner.fields(found.fields, value.path));
  }

  #list(value: WalkedValue, { element }: ListType, prefix: LengthType): void {
    const count = this.#count(value, prefix, minimumSize(element, this.#walk.version));
    for (let index = 0; index < count; index++) {
      this.#entry(element, `${value.path}[${index}]`, scalarSize(element) ?? 0);
    }
  }

  /** Elements up to the end of the frame. */
  #rest(value: WalkedValue, { element }: ListType): void {
    const at = this.#offset;
    let count = 0;
    for (; this.#offset < this.#end; count++) this.#entry(element, `${value.path}[${count}]`, 1);
    if (count === 0) this.#note(value, 0, "empty");
    this.#check(value, { value: undefined, size: count, at });
  }

  #map(value: WalkedValue, map: MapType): void {
    const { version } = this.#walk;
    const count = this.#count(value, map.length, minimumSize(map.key, version) + minimumSize(map.value, version));
    for (let index = 0; index < count; index++) {
      const keyEnd = this.#entry(map.key, `${value.path}[${index}]`, 0);
      this.#entry(map.value, `${value.path}[${JSON.stringify(keyEnd.text ?? "")}]`, 0);
    }
  }

  /** One value in a list or map; gives the text that it is, if it is one. */
  #entry(type: Type, path: string, checkedBytes: number): { readonly text: string | undefined } {
    const inner = new ByteWalk(this.#walk, this.#offset, this.#end, checkedBytes);
    inner.value({ path, type, checks: undefined, doc: undefined });
    const base = baseType(type);
    const prefix = base.kind === "string" ? prefixSize(base.length) : 0;
    const text =
      base.kind === "string" ? utf8Text(this.#walk.frame.subarray(this.#offset + prefix, inner.offset)) : undefined;
    this.#moveTo(inner.offset);
    return { text };
  }

  /** Nothing relies on a count before it is known that the frame can hold so many entries. */
  #count(value: WalkedValue, prefix: LengthType, entrySize: number): number {
    const at = this.#offset;
    const size = prefixSize(prefix);
    if (this.#end - at < size) throw truncatedValue(value.path, at, this.#end, size);
    const { frame, protocol } = this.#walk;
    const count = readPrefix(prefix, frame.subarray(at, at + size), protocol);
    this.#note({ ...value, doc: docOf(value) }, size, countText(count));
    if (isSigned(prefix) && count < 0) throw countOutOfRange(value.path, at, count, "the smallest is 0");
    this.#check(value, { value: count, size: count, at });
    const countMax = (this.#end - at - size) / entrySize;
    if (count > countMax) throw truncatedEntries(value.path, at, count, countMax);
    return count;
  }

  #check(value: WalkedValue, checked: Pick<Parameters<typeof requireChecks>[1], "value" | "size" | "at">): void {
    try {
      requireChecks(checksOf(value.type, value.checks), { ...checked, path: value.path });
    } catch (problem) {
      throw this.#pending ?? problem;
    }
  }

  /** Finds out whether the next stretches are there, unless a check has seen to the first of them. */
  #require(stretches: readonly Stretch[]): void {
    const [next] = stretches;
    if (next === undefined || next.size <= this.#checkedBytes) return;
    this.#checkedBytes = sum(stretches);
    if (this.#end - this.#offset >= this.#checkedBytes) return;
    this.#pending = this.#truncated(stretches, this.#offset);
    if (this.#pending.offset === this.#offset) throw this.#pending;
  }

  /** Blames the first of some stretches that is not there. */
  #truncated(stretches: readonly Stretch[], start: number): WireProblem {
    let offset = start;
    for (const { path, size } of stretches) {
      if (size > this.#end - offset) return truncatedValue(path, offset, this.#end, size);
      offset += size;
    }
    throw new Error("every stretch is there");
  }

  #throwPending(): void {
    if (this.#pending !== undefined && this.#offset >= this.#pending.offset) throw this.#pending;
  }

  /** Notes the next bytes and goes behind them. */
  #note({ path, doc }: WalkedValue, size: number, text: string): void {
    const start = this.#offset;
    noteBytes(this.#walk, { start, end: start + size }, { path, text, doc });
    this.#offset += size;
    this.#checkedBytes = Math.max(0, this.#checkedBytes - size);
  }

  #moveTo(offset: number): void {
    this.#offset = offset;
    this.#checkedBytes = 0;
  }
}

/** A field as a value on the wire. */
export interface WalkedField {
  readonly value: WalkedValue;
  readonly isOptional: boolean;
}

function fieldOf({ name, type, checks, doc, unit, optional }: Field, owner: string): WalkedField {
  return { value: { path: `${owner}.${name}`, type, checks, doc, unit }, isOptional: optional };
}

/** The stretches that follow each other up to the first of unknown length. */
function leadingStretches(fields: readonly WalkedField[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { value, isOptional } of fields) {
    const base = baseType(value.type);
    const size = isOptional ? undefined : scalarSize(base);
    if (size !== undefined) {
      stretches.push({ path: value.path, size });
      continue;
    }
    const isSized = base.kind === "string" || base.kind === "bytes" || base.kind === "message";
    if (isOptional) stretches.push({ path: value.path, size: 1 });
    else if (isSized && base.length !== "rest") stretches.push({ path: value.path, size: prefixSize(base.length) });
    break;
  }
  return stretches;
}

/** What the schema says of a value: of the field, or else of its type. */
export function docOf({ doc, type }: WalkedValue): string | undefined {
  return doc ?? ("doc" in type ? type.doc : undefined);
}

/** `undefined` for what is no UTF-8. A byte order mark is a character like any other. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function sum(stretches: readonly Stretch[]): number {
  return stretches.reduce((total, { size }) => total + size, 0);
}
