import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { publicCertificate, secretCertificate } from "./certificate.ts";
import { KeyFileError } from "./key-file-error.ts";
import type { KeyPair } from "./key-pair.ts";

/** Where a pair was written. */
export interface KeyFiles {
  /** With both keys, for its owner alone. */
  readonly secretPath: string;
  /** With the public key alone. */
  readonly publicPath: string;
}

/** Where to write a pair, and whether over one that is there. */
export interface KeyFilePlace {
  /** Is made where there is none. */
  readonly directory: string;
  readonly name: string;
  readonly force: boolean;
}

/**
 * Writes NAME.key and NAME.pub. The secret key is in no file that others can read at any time. Throws `KeyFileError` when one
 * of them is there already and `force` is not set; nothing was changed then.
 */
export function writeKeyFiles(keys: KeyPair, { directory, name, force }: KeyFilePlace): KeyFiles {
  const files = { secretPath: join(directory, `${name}.key`), publicPath: join(directory, `${name}.pub`) };
  const write = force ? replaceFile : createFile;
  makeDirectory(directory);
  write(files.secretPath, secretCertificate(keys), ownerMode);
  try {
    write(files.publicPath, publicCertificate(keys), everybodyMode);
  } catch (error) {
    rmSync(files.secretPath, { force: true });
    throw error;
  }
  return files;
}

function makeDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: directoryMode });
  } catch (cause) {
    throw unwritable(directory, cause);
  }
}

function createFile(path: string, text: string, mode: number): void {
  try {
    writeFileSync(path, text, { flag: "wx", mode });
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** By another file that takes its place at once: what was there keeps neither its mode nor its readers. */
function replaceFile(path: string, text: string, mode: number): void {
  const other = `${path}.new`;
  rmSync(other, { force: true });
  createFile(other, text, mode);
  try {
    renameSync(other, path);
  } catch (cause) {
    rmSync(other, { force: true });
    throw unwritable(path, cause);
  }
}

function unwritable(path: string, cause: unknown): KeyFileError {
  if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") {
    const message = `key file ${path} is there already: choose another name, or give --force to replace it for good`;
    return new KeyFileError("ERR_KEY_FILE_EXISTS", message, { cause });
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new KeyFileError("ERR_KEY_FILE_UNWRITABLE", `key file ${path} cannot be written, ${why}`, { cause });
}

const ownerMode = 0o600;
const everybodyMode = 0o644;
const directoryMode = 0o700;
