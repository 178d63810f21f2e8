import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { publicCertificate, secretCertificate } from "../../../runtime/security/certificate.ts";
import { generateKeyPair, readKeyPair, readPublicKey, readPublicKeys } from "../../../runtime/security/index.ts";
import { writeKeyFiles } from "../../../runtime/security/key-file-writing.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-keys-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

const keys = generateKeyPair();
const other = generateKeyPair();
const failure = (code: string, message = "") =>
  expect.objectContaining({ name: "KeyFileError", code, message: expect.stringContaining(message) });
const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

function file(text: string | Uint8Array, mode = 0o600): string {
  const path = join(directory, "a.key");
  writeFileSync(path, text);
  chmodSync(path, mode);
  return path;
}

describe("key files", () => {
  test("hold what was written, and the secret is its owner's from the first moment", () => {
    const umask = process.umask(0);
    try {
      const { secretPath, publicPath } = writeKeyFiles(keys, {
        directory: join(directory, "new"),
        name: "a",
        force: false,
      });
      expect([secretPath, publicPath].map(modeOf)).toEqual(["600", "644"]);
      expect(modeOf(join(directory, "new"))).toBe("700");
      expect(readKeyPair(secretPath).secretKey).toBe(keys.secretKey);
      expect([readPublicKey(publicPath), readPublicKey(secretPath)]).toEqual([keys.publicKey, keys.publicKey]);
      expect(readFileSync(publicPath, "utf8")).not.toContain(keys.secretKey);
    } finally {
      process.umask(umask);
    }
  });

  test("are not overwritten, unless that is wanted", () => {
    const place = { directory, name: "a", force: false };
    const { secretPath, publicPath } = writeKeyFiles(keys, place);
    expect(() => writeKeyFiles(other, place)).toThrow(failure("ERR_KEY_FILE_EXISTS", `${secretPath} is there already`));
    rmSync(secretPath);
    expect(() => writeKeyFiles(other, place)).toThrow(failure("ERR_KEY_FILE_EXISTS", publicPath));
    expect(readdirSync(directory)).toEqual(["a.pub"]);
    chmodSync(publicPath, 0o666);
    writeKeyFiles(other, { ...place, force: true });
    expect(readKeyPair(secretPath).publicKey).toBe(other.publicKey);
    expect([readPublicKey(publicPath), modeOf(publicPath)]).toEqual([other.publicKey, "644"]);
    expect(readdirSync(directory).sort()).toEqual(["a.key", "a.pub"]);
  });

  test("do not lead elsewhere when they are replaced", () => {
    const victim = join(directory, "victim");
    writeFileSync(victim, "precious");
    symlinkSync(victim, join(directory, "a.key"));
    expect(() => writeKeyFiles(keys, { directory, name: "a", force: false })).toThrow(failure("ERR_KEY_FILE_EXISTS"));
    writeKeyFiles(keys, { directory, name: "a", force: true });
    expect(readFileSync(victim, "utf8")).toBe("precious");
  });

  test("cannot be written where a file stands", () => {
    const path = file("");
    const place = { directory: join(path, "below"), name: "a", force: false };
    expect(() => writeKeyFiles(keys, place)).toThrow(failure("ERR_KEY_FILE_UNWRITABLE"));
  });

  test.each([0o640, 0o604, 0o620, 0o644, 0o777, 0o601])("of mode %o are refused: their owner is not alone", (mode) => {
    const path = file(secretCertificate(keys), mode);
    expect(() => readKeyPair(path)).toThrow(failure("ERR_KEY_FILE_EXPOSED", `chmod 600 ${path}`));
    expect(readPublicKey(path)).toBe(keys.publicKey);
  });

  test("may be readable by their owner alone", () => {
    expect(readKeyPair(file(secretCertificate(keys), 0o400)).secretKey).toBe(keys.secretKey);
  });
});

describe("certificates", () => {
  const section = (...lines: readonly string[]) => `curve\n${lines.map((line) => `    ${line}\n`).join("")}`;
  const both = [`public-key = "${keys.publicKey}"`, `secret-key = "${keys.secretKey}"`];
  const czmq = `#   ****  Generated on 2024-05-01 12:00:00 by CZMQ  ****
#   ZeroMQ CURVE **Secret** Certificate
#   DO NOT PROVIDE THIS FILE TO OTHER USERS nor change its permissions.

metadata
    name = "a client"
    public-key = "not this one"
${section(...both)}`;

  test.each([
    ["as CZMQ writes them", czmq],
    ["with lines of Windows", czmq.replaceAll("\n", "\r\n")],
    ["with tabs", czmq.replaceAll("    ", "\t")],
    ["in single quotes", section(...both.map((line) => line.replaceAll('"', "'")))],
    ["with remarks behind values", section(...both.map((line) => `${line} # mine`))],
    ["without the public key", section(both[1] ?? "")],
    ["with other sections behind", `${section(...both)}metadata\n    secret-key = "no"\n`],
  ])("%s are read", (_what, text) => {
    const read = readKeyPair(file(text));
    expect([read.publicKey, read.secretKey]).toEqual([keys.publicKey, keys.secretKey]);
  });

  test.each([
    ["nothing", "", "holds no secret key"],
    ["no secret key", publicCertificate(keys), "holds no secret key: name the .key file"],
    ["a secret key elsewhere", `metadata\n    secret-key = "${keys.secretKey}"\n`, "holds no secret key"],
    ["half a secret key", section(`secret-key = "${keys.secretKey.slice(20)}"`), "the secret key has 20 characters"],
    [
      "another public key",
      section(`public-key = "${other.publicKey}"`, both[1] ?? ""),
      "holds a public key that does not belong to its secret key",
    ],
    ["a megabyte", "#".repeat(2 ** 20), "has 1048576 bytes, a key file has at most 65536"],
  ])("with %s are refused, and nobody is shown why", (_what, text, message) => {
    const path = file(text);
    expect(() => readKeyPair(path)).toThrow(failure("ERR_KEY_FILE_MALFORMED", `key file ${path} `));
    expect(() => readKeyPair(path)).toThrow(message);
    expect(() => readKeyPair(path)).not.toThrow(keys.secretKey.slice(20));
  });

  test("whatever a file holds, it is read or refused, and never shown", () => {
    const line = fc.constantFrom(
      "curve",
      ...both,
      "    ",
      "\t",
      "=",
      '"',
      "'",
      "#",
      "\0",
      "é",
      "\n",
      keys.secretKey,
      "key",
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (parts) => {
        const path = file(parts.join(""));
        try {
          expect(readKeyPair(path).secretKey).toBe(keys.secretKey);
        } catch (error) {
          expect(error).toEqual(failure("ERR_KEY_FILE_MALFORMED"));
          expect(String(error)).not.toContain(keys.secretKey);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("public keys", () => {
  test("of a directory are those of its .pub files", () => {
    writeKeyFiles(keys, { directory, name: "a", force: false });
    writeKeyFiles(other, { directory, name: "b", force: false });
    writeFileSync(join(directory, "README"), "who is who");
    expect(readPublicKeys(directory)).toEqual(new Set([keys.publicKey, other.publicKey]));
    expect(readPublicKeys(join(directory, "a.pub"))).toEqual(new Set([keys.publicKey]));
    writeFileSync(join(directory, "c.pub"), "curve\n");
    expect(() => readPublicKeys(directory)).toThrow(failure("ERR_KEY_FILE_MALFORMED", "c.pub holds no public key"));
  });

  test("of nobody are none", () => {
    expect(readPublicKeys(directory)).toEqual(new Set());
  });

  test.each([readKeyPair, readPublicKey, readPublicKeys])("that are not there are told: %o", (read) => {
    const path = join(directory, "none");
    expect(() => read(path)).toThrow(failure("ERR_KEY_FILE_UNREADABLE", `key file ${path} cannot be read, ENOENT`));
    mkdirSync(join(directory, "folder.pub"));
    expect(() => readPublicKey(join(directory, "folder.pub"))).toThrow(failure("ERR_KEY_FILE_UNREADABLE", "EISDIR"));
  });
});
