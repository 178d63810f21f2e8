import { baseType, checksOf, isBool, isSigned, prefixSize, scalarSize } from "../layout.ts";
import type { BytesType, StringType } from "../protocol.ts";
import type { LengthType } from "../type-expression.ts";
import { docOf, utf8Text, type WalkedField, type WalkedValue } from "./byte-walk.ts";
import { requireChecks } from "./checks.ts";
import { bytesText, type FrameWalk, lengthText, notePart, quotedText } from "./frame-part.ts";
import { measureText } from "./measures.ts";
import { readPrefix, readScalar } from "./scalars.ts";
import { invalidUtf8, lengthOutOfRange, trailingBytes, truncatedValue } from "./wire-problem.ts";

/**
 * Reads the end of a message of a bit-packed version: from its first flag on, flags take one bit, and what follows is not
 * moved up to the next byte.
 */
export class BitWalk {
  readonly #walk: FrameWalk;
  readonly #end: number;
  /** Of the next bit, from the start of the frame. */
  #bit: number;

  constructor(walk: FrameWalk, start: number, end: number) {
    this.#walk = walk;
    this.#bit = start * 8;
    this.#end = end;
  }

  field({ value, isOptional }: WalkedField): void {
    if (!isOptional) {
      this.#value(value);
      return;
    }
    if (this.#flag({ ...value, doc: docOf(value) }, "present", "absent")) this.#value({ ...value, doc: undefined });
  }

  /** Refuses bits other than zero up to the byte boundary, and bytes after it, where `isStrict` says so. */
  finish(owner: string, isStrict: boolean): number {
    const at = this.#offset;
    const bitCount = -this.#bit & 7;
    const rest = bitCount === 0 ? 0 : (this.#walk.frame[at] ?? 0) & (0xff >> (8 - bitCount));
    if (bitCount > 0) this.#noteBits(bitCount, owner, rest === 0 ? "filled up with zeros" : "not zero", undefined);
    if (isStrict && rest !== 0) throw trailingBytes(owner, at, this.#end);
    if (isStrict && this.#offset !== this.#end) throw trailingBytes(owner, this.#offset, this.#end);
    return this.#offset;
  }

  /** The byte that holds the next bit. */
  get #offset(): number {
    return this.#bit >> 3;
  }

  #value(value: WalkedValue): void {
    const base = baseType(value.type);
    if (isBool(base)) {
      this.#flag({ ...value, doc: docOf(value) }, "true", "false");
    } else if ((base.kind === "string" || base.kind === "bytes") && base.length !== "rest") {
      this.#sized(value, base, base.length);
    } else {
      const at = this.#offset;
      const bytes = this.#take(scalarSize(base) ?? 0, value.path, at);
      const reading = readScalar(value.type, bytes, this.#walk, value.path, at);
      this.#note(bytes, { ...value, doc: reading.doc ?? docOf(value) }, measureText(reading, value));
      if (reading.problem !== undefined) throw reading.problem;
      const checks = checksOf(value.type, value.checks);
      requireChecks(checks, { value: reading.value, size: undefined, path: value.path, at });
    }
  }

  #sized(value: WalkedValue, base: StringType | BytesType, prefix: LengthType): void {
    const { path } = value;
    const at = this.#offset;
    const prefixBytes = this.#take(prefixSize(prefix), path, at);
    const length = readPrefix(prefix, prefixBytes, this.#walk.protocol);
    this.#note(prefixBytes, { ...value, doc: docOf(value) }, lengthText(length));
    if (isSigned(prefix) && length < 0) throw lengthOutOfRange(path, at, length, "the smallest is 0");
    const bytes = this.#take(length, path, at);
    const text = base.kind === "string" ? utf8Text(bytes) : undefined;
    const shown = text === undefined ? bytesText(bytes) : quotedText(text);
    if (length > 0) this.#note(bytes, { ...value, doc: undefined }, shown);
    if (base.kind === "string" && text === undefined) throw invalidUtf8(path, at);
    requireChecks(checksOf(value.type, value.checks), { value: text, size: length, path, at });
  }

  #flag({ path, doc }: WalkedValue, set: string, clear: string): boolean {
    const at = this.#offset;
    if (at >= this.#end) throw truncatedValue(path, at, this.#end, 1);
    const isSet = (((this.#walk.frame[at] ?? 0) >> (7 - (this.#bit & 7))) & 1) === 1;
    this.#noteBits(1, path, isSet ? set : clear, doc);
    return isSet;
  }

  /** The next bytes, put together where they stand across byte boundaries. `at` is where their value begins. */
  #take(size: number, path: string, at: number): Uint8Array {
    const { frame } = this.#walk;
    const start = this.#offset;
    const used = this.#bit & 7;
    const end = start + size + (used === 0 ? 0 : 1);
    if (end > this.#end) throw truncatedValue(path, at, this.#end, end - at);
    if (used === 0) return frame.subarray(start, end);
    return Uint8Array.from({ length: size }, (_, index) => {
      const pair = ((frame[start + index] ?? 0) << 8) | (frame[start + index + 1] ?? 0);
      return (pair >> (8 - used)) & 0xff;
    });
  }

  #note(bytes: Uint8Array, { path, doc }: WalkedValue, text: string): void {
    notePart(this.#walk.parts, { bit: this.#bit, bitCount: bytes.length * 8, bytes, path, text, doc });
    this.#bit += bytes.length * 8;
  }

  #noteBits(bitCount: number, path: string, text: string, doc: string | undefined): void {
    notePart(this.#walk.parts, { bit: this.#bit, bitCount, bytes: new Uint8Array(0), path, text, doc });
    this.#bit += bitCount;
  }
}
