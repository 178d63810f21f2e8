import { readBytes, readString } from "./strings.ts";
import { trailingBytes, truncatedValue, WireError } from "./wire-error.ts";

/**
 * The end of a message of a bit-packed version: from its first presence flag or bool on, flags take one bit, and what
 * follows is not moved up to the next byte. The last byte is filled with zero bits.
 *
 * The most significant bit of a byte comes first. Such messages are rare and small, so that clarity goes before speed:
 * what stands across byte boundaries is shifted into whole bytes, or out of them, and read and written like all else.
 */
export class BitReader {
  readonly #bytes: Uint8Array;
  readonly #end: number;
  /** The byte that holds the next bit. */
  #offset: number;
  /** How many bits of that byte are read already: 0 to 7. */
  #used = 0;

  constructor(bytes: Uint8Array, start: number, end: number) {
    this.#bytes = bytes;
    this.#offset = start;
    this.#end = end;
  }

  /** The byte that holds the next bit. */
  get offset(): number {
    return this.#offset;
  }

  bit(path: string): boolean {
    if (this.#offset >= this.#end) throw truncatedValue(path, this.#offset, this.#end, 1);
    const bit = ((this.#bytes[this.#offset] as number) >> (7 - this.#used)) & 1;
    this.#used = (this.#used + 1) & 7;
    if (this.#used === 0) this.#offset++;
    return bit === 1;
  }

  /** A value of `size` bytes, by the function that reads it from whole bytes. */
  scalar<Value>(size: number, read: (bytes: Uint8Array, offset: number, path: string) => Value, path: string): Value {
    const at = this.#offset;
    this.#take(size, path, at);
    try {
      if (this.#used === 0) return read(this.#bytes, at, path);
      this.#shiftInto(scratch, at, size);
      return read(scratch, 0, path);
    } catch (error) {
      throw error instanceof WireError ? new WireError(error.code, path, at, error.problem) : error;
    }
  }

  /** A string of `length` bytes; `at` is where the value begins, with its length. */
  string(length: number, path: string, at: number): string {
    const start = this.#offset;
    this.#take(length, path, at);
    if (this.#used === 0) return readString(this.#bytes, start, start + length, path, at);
    const whole = length <= scratch.length ? scratch : new Uint8Array(length);
    this.#shiftInto(whole, start, length);
    return readString(whole, 0, length, path, at);
  }

  /**
   * The next `length` bytes: a view where they are whole bytes of the frame, else a copy. `at` is where the value begins,
   * with its length.
   */
  bytes(length: number, path: string, at: number): Uint8Array {
    const start = this.#offset;
    this.#take(length, path, at);
    if (this.#used === 0) return readBytes(this.#bytes, start, start + length);
    const whole = new Uint8Array(length);
    this.#shiftInto(whole, start, length);
    return whole;
  }

  /** Moves on by `length` bytes. */
  #take(length: number, path: string, at: number): void {
    const end = this.#offset + length + (this.#used === 0 ? 0 : 1);
    if (end > this.#end) throw truncatedValue(path, at, this.#end, end - at);
    this.#offset += length;
  }

  /** Puts the `length` bytes that begin within the byte at `start` together. */
  #shiftInto(whole: Uint8Array, start: number, length: number): void {
    for (let index = 0; index < length; index++) {
      const pair = ((this.#bytes[start + index] as number) << 8) | (this.#bytes[start + index + 1] as number);
      whole[index] = pair >> (8 - this.#used);
    }
  }

  /** Refuses bits other than zero up to the byte boundary, and bytes after it. */
  requireEnd(path: string): void {
    const rest = this.#used === 0 ? 0 : (this.#bytes[this.#offset] as number) & (0xff >> this.#used);
    const end = this.#offset + (this.#used === 0 ? 0 : 1);
    if (rest !== 0) throw trailingBytes(path, this.#offset, this.#end);
    if (end !== this.#end) throw trailingBytes(path, end, this.#end);
  }
}

/** For what becomes a number or a text at once. */
const scratch = new Uint8Array(256);

/** The counterpart of `BitReader`. The buffer needs one byte more than the message takes. */
export class BitWriter {
  readonly #bytes: Uint8Array;
  #offset: number;
  #used = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#offset = start;
  }

  /** The byte that holds the next bit. */
  get offset(): number {
    return this.#offset;
  }

  /** Where whole bytes are written, for `join` to move them up to the bits before. */
  get nextWhole(): number {
    return this.#offset + (this.#used === 0 ? 0 : 1);
  }

  bit(value: boolean): void {
    const before = this.#used === 0 ? 0 : (this.#bytes[this.#offset] as number);
    this.#bytes[this.#offset] = value ? before | (0x80 >> this.#used) : before;
    this.#used = (this.#used + 1) & 7;
    if (this.#used === 0) this.#offset++;
  }

  /** Takes over the whole bytes from `nextWhole` to `end`: they now follow the last bit. */
  join(end: number): void {
    if (this.#used === 0) {
      this.#offset = end;
      return;
    }
    let before = this.#bytes[this.#offset] as number;
    while (this.#offset + 1 < end) {
      const byte = this.#bytes[this.#offset + 1] as number;
      this.#bytes[this.#offset] = before | (byte >> this.#used);
      before = byte << (8 - this.#used);
      this.#offset++;
    }
    this.#bytes[this.#offset] = before;
  }

  /** Where the message ends. The rest of the last byte is zero already. */
  end(): number {
    return this.nextWhole;
  }
}
