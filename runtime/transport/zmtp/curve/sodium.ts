import { createRequire } from "node:module";
import { InvalidArgumentError } from "../../../protocol/errors.ts";

/** What is used of the package `sodium-native`. Its functions throw for a buffer of the wrong length. */
export interface Sodium {
  /** Fills both with a new key pair of X25519. */
  crypto_box_keypair(publicKey: Uint8Array, secretKey: Uint8Array): void;
  /** Throws when `point` is of low order, so that the product would be the same for every secret. */
  crypto_scalarmult(product: Uint8Array, secretKey: Uint8Array, point: Uint8Array): void;
  crypto_stream_salsa20(stream: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
  /** Encrypts and authenticates. `box` is 16 bytes longer than `content`, which may be its last bytes. */
  crypto_secretbox_easy(box: Uint8Array, content: Uint8Array, nonce: Uint8Array, key: Uint8Array): void;
  /** False for a box that was not made with this nonce and key; `content` is as it was then. */
  crypto_secretbox_open_easy(content: Uint8Array, box: Uint8Array, nonce: Uint8Array, key: Uint8Array): boolean;
  /** Compares in a time that does not depend on the bytes. */
  sodium_memcmp(a: Uint8Array, b: Uint8Array): boolean;
  sodium_memzero(bytes: Uint8Array): void;
  randombytes_buf(bytes: Uint8Array): void;
}

let sodium: Sodium | undefined;

/**
 * Loads the package `sodium-native` the first time that CURVE is wanted: a program without it need not have the package.
 * Throws `InvalidArgumentError` when it is not installed.
 */
export function loadSodium(): Sodium {
  sodium ??= load();
  return sodium;
}

function load(): Sodium {
  const require = createRequire(import.meta.url);
  try {
    return require("sodium-native") as Sodium;
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND";
    const what = isMissing ? "is not installed: npm install sodium-native" : "cannot be loaded on this machine";
    throw new InvalidArgumentError(`CURVE over the transport "zmtp" needs the package sodium-native, which ${what}`, {
      cause,
    });
  }
}
