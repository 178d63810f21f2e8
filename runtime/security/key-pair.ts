import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { inspect } from "node:util";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { decodeZ85, encodeZ85 } from "./z85.ts";

/** Keys of CURVE, which are those of X25519, in Z85 (RFC 32): 32 bytes in 40 characters each. */
export interface KeyPair {
  /** Known to everybody who is to recognise its owner. */
  readonly publicKey: string;
  /** Known to its owner alone. */
  readonly secretKey: string;
}

/** A new pair, by the operating system's randomness. It does not show its secret key to `console.log` or JSON. */
export function generateKeyPair(): KeyPair {
  return keyPairOf(secretKeyText(generateKeyPairSync("x25519").privateKey));
}

/** The pair that a secret key belongs to. Throws `InvalidArgumentError` for what is no key. */
export function keyPairOf(secretKey: string): KeyPair {
  return new DiscreetKeyPair(secretKey);
}

/** The public key of a secret key. Throws `InvalidArgumentError` for what is no key. */
export function publicKeyOf(secretKey: string): string {
  const bytes = keyBytes("the secret key", secretKey);
  const encoded = Buffer.concat([privateKeyPrefix, bytes]);
  const key = createPrivateKey({ key: encoded, format: "der", type: "pkcs8" });
  bytes.fill(0);
  encoded.fill(0);
  return encodeZ85(createPublicKey(key).export({ format: "der", type: "spki" }).subarray(-keyBytesLength));
}

/**
 * The 32 bytes of a key, which is called `name` in the error. Throws `InvalidArgumentError`, which does not show the text:
 * it may be a secret that was put into the wrong place.
 */
export function keyBytes(name: string, key: unknown): Uint8Array {
  if (typeof key !== "string") {
    throw new InvalidArgumentError(`${name} is ${key === null ? "null" : typeof key}, it must be a text of ${keyForm}`);
  }
  if (key.length !== keyCharacters) {
    throw new InvalidArgumentError(`${name} has ${key.length} characters, it must have ${keyForm}`);
  }
  const bytes = decodeZ85(key);
  if (bytes === undefined) throw new InvalidArgumentError(`${name} is not Z85, it must have ${keyForm}`);
  return bytes;
}

/** Whoever prints it, sees the public key. */
class DiscreetKeyPair implements KeyPair {
  readonly publicKey: string;
  readonly #secretKey: string;

  constructor(secretKey: string) {
    this.publicKey = publicKeyOf(secretKey);
    this.#secretKey = secretKey;
  }

  get secretKey(): string {
    return this.#secretKey;
  }

  [inspect.custom](): string {
    return `KeyPair { publicKey: "${this.publicKey}", secretKey: (hidden) }`;
  }
}

function secretKeyText(key: KeyObject): string {
  const encoded = key.export({ format: "der", type: "pkcs8" });
  const text = encodeZ85(encoded.subarray(-keyBytesLength));
  encoded.fill(0);
  return text;
}

const keyCharacters = 40;
const keyBytesLength = 32;
const keyForm = `${keyCharacters} characters of Z85, as hawser keygen writes them`;
/** What stands before the 32 bytes of a secret key of X25519 in PKCS #8 (RFC 8410). */
const privateKeyPrefix: Buffer = Buffer.from("302e020100300506032b656e04220420", "hex");
