import type { Sodium } from "./sodium.ts";

/**
 * NaCl's boxes as CURVE uses them, XSalsa20 and Poly1305 with keys of X25519. Every box of two key pairs has the same key,
 * which is computed once: the rest is what NaCl calls a secret box.
 */

/** How many bytes longer a box is than what it holds. */
export const boxOverheadBytes = 16;
/** Bytes of every key. */
export const keyBytesLength = 32;
/** Bytes of a long nonce as it travels. */
export const longNonceBytes = 16;

/** A key pair for one connection. */
export interface TransientKeys {
  readonly publicKey: Uint8Array;
  readonly secretKey: Uint8Array;
}

export function newTransientKeys(sodium: Sodium): TransientKeys {
  // Not from the memory that node shares among small buffers, which others would get after us.
  const keys = { publicKey: new Uint8Array(keyBytesLength), secretKey: new Uint8Array(keyBytesLength) };
  sodium.crypto_box_keypair(keys.publicKey, keys.secretKey);
  return keys;
}

/**
 * The key of all boxes between two key pairs, as `crypto_box_beforenm` makes it; `undefined` for a public key that is none,
 * a point of low order. Its owner wipes it.
 *
 * It is HSalsa20 of the product of the keys and sixteen zeros. HSalsa20 is Salsa20 without the last addition of its input,
 * so we let libsodium compute a block of Salsa20, and take away what it has added: four words of constants, and zeros.
 */
export function boxKey(sodium: Sodium, publicKey: Uint8Array, secretKey: Uint8Array): Uint8Array | undefined {
  const product = new Uint8Array(keyBytesLength);
  const block = new Uint8Array(salsaBlockBytes);
  const key = new Uint8Array(keyBytesLength);
  try {
    sodium.crypto_scalarmult(product, secretKey, publicKey);
  } catch {
    return undefined;
  }
  sodium.crypto_stream_salsa20(block, zeroNonce, product);
  const from = new DataView(block.buffer);
  const to = new DataView(key.buffer);
  hsalsaWords.forEach(([word, added], index) => {
    to.setUint32(4 * index, from.getUint32(4 * word, true) - added, true);
  });
  sodium.sodium_memzero(product);
  sodium.sodium_memzero(block);
  return key;
}

/** The box that holds `content`. */
export function sealBox(sodium: Sodium, key: Uint8Array, nonce: Uint8Array, content: Uint8Array): Uint8Array {
  const box = new Uint8Array(boxOverheadBytes + content.byteLength);
  sodium.crypto_secretbox_easy(box, content, nonce, key);
  return box;
}

/** The nonce of a text of eight characters and sixteen random bytes. */
export function longNonce(text: string, random: Uint8Array): Uint8Array {
  return Buffer.concat([Buffer.from(text, "latin1"), random]);
}

/** The nonce of a text of sixteen characters and a number. */
export function shortNonce(text: string, number: number): Uint8Array {
  const nonce = Buffer.alloc(nonceBytes);
  nonce.write(text, "latin1");
  nonce.writeBigUInt64BE(BigInt(number), numberAt);
  return nonce;
}

export function randomBytes(sodium: Sodium, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  sodium.randombytes_buf(bytes);
  return bytes;
}

const nonceBytes = 24;
/** Where the number of a short nonce begins. */
const numberAt = 16;
const salsaBlockBytes = 64;
const zeroNonce: Uint8Array = new Uint8Array(8);
/** Words of a block of Salsa20 that make up HSalsa20, and what was added to each: "expand 32-byte k", and zeros. */
const hsalsaWords: readonly (readonly [word: number, added: number])[] = [
  [0, 0x6170_7865],
  [5, 0x3320_646e],
  [10, 0x7962_2d32],
  [15, 0x6b20_6574],
  [6, 0],
  [7, 0],
  [8, 0],
  [9, 0],
];
