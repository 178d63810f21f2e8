import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands } from "../../codegen/commands/all-commands.ts";
import { minimalSchema } from "./minimal-schema.ts";
import { type Outcome, root, runProgram } from "./run-hawser.ts";

const commands = allCommands.map(({ name }) => name);

let directory: string;

function hawser(...args: string[]): Outcome {
  return runProgram(join(root, "codegen/cli.ts"), args, directory);
}

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-cli-"));
  writeFileSync(
    join(directory, "small.yaml"),
    minimalSchema({ fields: "isUrgent: { type: bool, doc: Whether to hurry. }" }),
  );
  writeFileSync(join(directory, "bad.yaml"), minimalSchema({ more: "zebra: 1" }));
  writeFileSync(join(directory, "latin1.yaml"), Buffer.from([0x61, 0x3a, 0x20, 0xe4, 0x0a]));
});

afterAll(() => rmSync(directory, { recursive: true }));

describe("hawser", () => {
  test("explains itself", () => {
    const { status, stdout, stderr } = hawser("--help");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(stdout).toContain("  generate  write what a schema gives: TypeScript and more\n");
    expect([...stdout.matchAll(/^ {2}([a-z]+) {2,}[a-z]/gm)].map(([, name]) => name)).toEqual(commands);
    expect(hawser("generate", "--help").stdout).toContain(
      "Example:\n  hawser generate schema/orders.yaml --out src/generated",
    );
  });

  test("knows its version", () => {
    const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(hawser("--version")).toEqual({ status: 0, stdout: `${manifest.version}\n`, stderr: "" });
  });

  test.each([
    [[], `expected a command: ${commands.join(", ")} (see hawser --help)`],
    [["frob"], `unknown command "frob", expected one of ${commands.join(", ")} (see hawser --help)`],
    [["chekc"], 'unknown command "chekc", did you mean check? (see hawser --help)'],
    [["check"], "check needs the path of a schema (see hawser check --help)"],
    [["generate", "a", "b"], "generate takes one schema, got a b"],
    [["check", "--frob", "a"], "unknown option '--frob' (see hawser check --help)"],
    [["check", "none.yaml"], "cannot read none.yaml: no such file or directory"],
    [["check", "."], "cannot read .: it is a directory"],
    [["check", "latin1.yaml"], "cannot read latin1.yaml: it is not UTF-8 text"],
    [["generate", "small.yaml"], "generate needs --out DIR (see hawser generate --help)"],
    [
      ["generate", "small.yaml", "--out", "o", "--import-extension", ".mjs"],
      '--import-extension is .js or .ts, not ".mjs"',
    ],
  ])("%j is refused in one line", (args, message) => {
    expect(hawser(...args)).toEqual({ status: 2, stdout: "", stderr: `hawser: ${message}\n` });
  });

  test("check is silent about a schema that is fine", () => {
    expect(hawser("check", "small.yaml")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test("check and generate show what is wrong with a schema, and write nothing", () => {
    const check = hawser("check", "bad.yaml");
    expect(check).toMatchObject({ status: 1, stdout: "" });
    expect(check.stderr).toContain('S011 key: unknown key "zebra"');
    expect(check.stderr.trimEnd().split("\n").at(-1)).toBe("bad.yaml has 1 error");
    expect(hawser("generate", "bad.yaml", "--out", "bad-out")).toEqual(check);
    expect(readdirSync(directory)).not.toContain("bad-out");
  });

  test("generate writes what differs, and --check says what would be written", { timeout: 60_000 }, () => {
    const args = ["generate", "small.yaml", "--out", "out"];
    const missing = hawser(...args, "--check");
    expect(missing).toMatchObject({ status: 1, stdout: "" });
    expect(missing.stderr).toBe(
      "missing out/messages.ts\nmissing out/codec.ts\nout is not what small.yaml gives; generate it again without --check\n",
    );
    expect(hawser(...args)).toEqual({
      status: 0,
      stdout: "created out/messages.ts\ncreated out/codec.ts\n",
      stderr: "",
    });
    expect(hawser(...args)).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(hawser(...args, "--check")).toEqual({ status: 0, stdout: "", stderr: "" });

    const codec = readFileSync(join(directory, "out/codec.ts"), "utf8");
    expect(codec).toContain('from "hawser/wire"');
    expect(codec).toContain('from "./messages.js"');
    const options = ["--wire-import", "../wire.ts", "--import-extension", ".ts"];
    expect(hawser(...args, ...options).stdout).toBe("updated out/codec.ts\n");
    expect(readFileSync(join(directory, "out/codec.ts"), "utf8")).toContain('from "../wire.ts"');
    expect(hawser(...args, "--check").stderr).toMatch(/^stale out\/codec\.ts\n/);
  });

  test("says what to install when a package of the generator is missing", () => {
    const bare = mkdtempSync(join(tmpdir(), "hawser-bare-"));
    try {
      // Without what is generated: the generator must run before that is there.
      for (const part of ["codegen", "runtime"]) cpSync(join(root, part), join(bare, part), { recursive: true });
      cpSync(join(root, "package.json"), join(bare, "package.json"));
      const outcome = runProgram(join(bare, "codegen/cli.ts"), ["check", join(directory, "small.yaml")], bare);
      expect(outcome).toMatchObject({ status: 2, stdout: "" });
      expect(outcome.stderr).toMatch(
        /^hawser: needs the package (yaml|ajv|ts-morph); install it with: npm install --save-dev yaml ajv ts-morph\n$/,
      );
    } finally {
      rmSync(bare, { recursive: true });
    }
  });
});

describe("npm run codegen", () => {
  const project = join(root, "codegen/project.ts");

  test("explains itself", () => {
    const { status, stdout } = runProgram(project, ["--help"], directory);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("npm run codegen -- --check") });
  });

  test("accepts nothing but --check and --help", () => {
    expect(runProgram(project, ["--frob"], directory)).toEqual({
      status: 2,
      stdout: "",
      stderr: "codegen: expected nothing, --check or --help, got --frob\n",
    });
  });

  test("finds the generated files of the repository up to date", () => {
    expect(runProgram(project, ["--check"], directory)).toEqual({ status: 0, stdout: "", stderr: "" });
  });
});
