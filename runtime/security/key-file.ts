import { closeSync, fstatSync, openSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { type CertificateKeys, parseCertificate } from "./certificate.ts";
import { KeyFileError } from "./key-file-error.ts";
import { type KeyPair, keyBytes, keyPairOf } from "./key-pair.ts";

/**
 * The key pair in a file, such as `hawser keygen` writes as NAME.key: a ZeroMQ certificate with both keys. Throws
 * `KeyFileError`; a file that others than its owner can read is refused, for who has the secret key is its owner.
 */
export function readKeyPair(path: string): KeyPair {
  const { publicKey, secretKey } = readCertificate(path, "private");
  if (secretKey === undefined) {
    throw malformed(path, "holds no secret key: name the .key file, not the .pub file");
  }
  const keys = whatIsIn(path, () => keyPairOf(secretKey));
  if (publicKey !== undefined && publicKey !== keys.publicKey) {
    throw malformed(
      path,
      "holds a public key that does not belong to its secret key: make new ones with hawser keygen",
    );
  }
  return keys;
}

/**
 * The key pair of the secret key in the variable `name` of the environment `env`. Throws `InvalidArgumentError` when it is
 * not set, or is no key.
 */
export function keyPairFromEnvironment(env: NodeJS.ProcessEnv = process.env, name = "HAWSER_SECRET_KEY"): KeyPair {
  const secretKey = env[name];
  if (secretKey === undefined || secretKey === "") {
    throw new InvalidArgumentError(
      `the environment variable ${name} is not set: put a secret key of hawser keygen into it`,
    );
  }
  keyBytes(`the secret key in the environment variable ${name}`, secretKey).fill(0);
  return keyPairOf(secretKey);
}

/** The public key in a file, such as `hawser keygen` writes as NAME.pub. Throws `KeyFileError`. */
export function readPublicKey(path: string): string {
  const { publicKey } = readCertificate(path, "public");
  if (publicKey === undefined) throw malformed(path, "holds no public key: name a file that hawser keygen has written");
  whatIsIn(path, () => keyBytes("the public key", publicKey));
  return publicKey;
}

/**
 * The public keys of every file in a directory whose name ends in `.pub`, or the one in a file: what a server takes as
 * `clientKeys`. Throws `KeyFileError` for the first file that holds none.
 */
export function readPublicKeys(path: string): ReadonlySet<string> {
  return new Set(publicKeyFiles(path).map(readPublicKey));
}

function publicKeyFiles(path: string): readonly string[] {
  try {
    if (!statSync(path).isDirectory()) return [path];
    const names = readdirSync(path).filter((name) => name.endsWith(".pub"));
    return names.sort().map((name) => join(path, name));
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readCertificate(path: string, content: "private" | "public"): CertificateKeys {
  return parseCertificate(readBounded(path, content));
}

/** Looks at the file that is read, and not at what has its name a moment later. */
function readBounded(path: string, content: "private" | "public"): string {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch (cause) {
    throw unreadable(path, cause);
  }
  try {
    const { mode, size } = fstatSync(file);
    // Windows has no such modes: there a file is as private as its folder.
    if (content === "private" && process.platform !== "win32" && (mode & othersMode) !== 0) {
      throw exposed(path, mode);
    }
    if (size > fileBytesMax) throw malformed(path, `has ${size} bytes, a key file has at most ${fileBytesMax}`);
    return readFileSync(file, "utf8");
  } catch (error) {
    throw error instanceof KeyFileError ? error : unreadable(path, error);
  } finally {
    closeSync(file);
  }
}

/** What is wrong with a key in a file is wrong with the file. */
function whatIsIn<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw malformed(path, `cannot be used, ${error.message}`);
    throw error;
  }
}

function exposed(path: string, mode: number): KeyFileError {
  const shown = (mode & 0o777).toString(8).padStart(4, "0");
  return new KeyFileError(
    "ERR_KEY_FILE_EXPOSED",
    `key file ${path} has the mode ${shown}, others than its owner can read or change it: chmod 600 ${path}`,
  );
}

function malformed(path: string, why: string): KeyFileError {
  return new KeyFileError("ERR_KEY_FILE_MALFORMED", `key file ${path} ${why}`);
}

function unreadable(path: string, cause: unknown): KeyFileError {
  const why = cause instanceof Error ? cause.message : String(cause);
  const message = `key file ${path} cannot be read, ${why}: check the path, or make it with hawser keygen`;
  return new KeyFileError("ERR_KEY_FILE_UNREADABLE", message, { cause });
}

/** Any right of the group or of others. */
const othersMode = 0o077;
/** A certificate with much metadata has a few hundred bytes. */
const fileBytesMax = 64 * 1024;
