import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readKeyPair, readPublicKey } from "../../runtime/security/index.ts";
import { type Outcome, root, runProgram } from "./run-hawser.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-keygen-"));
});
afterEach(() => rmSync(directory, { recursive: true }));

function keygen(...args: readonly string[]): Outcome {
  return runProgram(join(root, "codegen/cli.ts"), ["keygen", ...args], directory);
}

test("writes both files, and shows how to use them and never the secret", () => {
  const { status, stdout, stderr } = keygen("server", "--directory", "keys");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [secretPath, publicPath] = [join(directory, "keys/server.key"), join(directory, "keys/server.pub")];
  const keys = readKeyPair(secretPath);
  expect(readPublicKey(publicPath)).toBe(keys.publicKey);
  expect([secretPath, publicPath].map((path) => statSync(path).mode & 0o777)).toEqual([0o600, 0o644]);
  expect(stdout).toContain(`public key: ${keys.publicKey}\n`);
  expect(stdout).toContain('startServer({ curve: { keys: readKeyPair("keys/server.key")');
  expect(stdout).not.toContain(keys.secretKey);
});

test("replaces nothing, unless that is wanted", () => {
  keygen("server");
  const before = readFileSync(join(directory, "server.key"), "utf8");
  const again = keygen("server");
  expect(again).toMatchObject({ status: 2, stdout: "" });
  expect(again.stderr).toBe(
    "hawser: key file server.key is there already: choose another name, or give --force to replace it for good\n",
  );
  expect(readFileSync(join(directory, "server.key"), "utf8")).toBe(before);
  expect(keygen("server", "--force").status).toBe(0);
  expect(readFileSync(join(directory, "server.key"), "utf8")).not.toBe(before);
});

test.each([
  [[], "keygen needs one name, of whom the keys are to be (see hawser keygen --help)"],
  [["a", "b"], "keygen needs one name"],
  [["../a"], '"../a" cannot be the name of keys: use letters, digits'],
  [[".hidden"], '".hidden" cannot be the name of keys'],
  [["--secret", "a"], "unknown option '--secret' (see hawser keygen --help)"],
])("%j is refused in one line", (args, message) => {
  const { status, stderr } = keygen(...args);
  expect(status).toBe(2);
  expect(stderr).toContain(`hawser: ${message}`);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(readdirSync(directory)).toEqual([]);
});
