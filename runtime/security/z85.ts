import { InvalidArgumentError } from "../protocol/errors.ts";

/**
 * Z85, ZeroMQ's way to write bytes as text (RFC 32): each 4 bytes are a number of 32 bits, and that is 5 digits to the
 * base 85. Every text stands for one row of bytes, and every row of bytes has one text.
 */

/** The text of `bytes`, whose length must be a multiple of 4. Throws `InvalidArgumentError`. */
export function encodeZ85(bytes: Uint8Array): string {
  if (bytes.byteLength % 4 !== 0) {
    throw new InvalidArgumentError(
      `${bytes.byteLength} bytes cannot be written in Z85, their number must be divisible by 4`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let text = "";
  for (let offset = 0; offset < bytes.byteLength; offset += 4) {
    const value = view.getUint32(offset);
    for (const weight of weights) text += digits.charAt(Math.floor(value / weight) % base);
  }
  return text;
}

/** The bytes of a text; `undefined` when it is not Z85. It never says which text: it may be a secret. */
export function decodeZ85(text: string): Uint8Array | undefined {
  if (text.length % weights.length !== 0) return undefined;
  const bytes = new Uint8Array((text.length / weights.length) * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index += weights.length) {
    let value = 0;
    for (let place = 0; place < weights.length; place++) {
      const digit = digits.indexOf(text.charAt(index + place));
      if (digit < 0) return undefined;
      value = value * base + digit;
    }
    if (value > valueMax) return undefined;
    view.setUint32((index / weights.length) * 4, value);
  }
  return bytes;
}

const digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#";
const base = 85;
const weights: readonly number[] = [base ** 4, base ** 3, base ** 2, base, 1];
/** Five digits reach a little farther than 32 bits. */
const valueMax = 0xffff_ffff;
