import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { allCommands } from "../../codegen/commands/all-commands.ts";
import { type CommandOutput, runCommand } from "../../codegen/commands/command.ts";
import { plain } from "../../codegen/paint.ts";
import { minimalSchema } from "./minimal-schema.ts";
import { type Outcome, root, runProgram } from "./run-hawser.ts";

/** What `hawser lint`, `fmt` and `explain` do with files, exit codes and colours; what they find has tests of its own. */
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-commands-"));
  writeFileSync(join(directory, "bad.yaml"), minimalSchema({ more: "zebra: 1" }));
  writeFileSync(join(directory, "open.yaml"), "a: {");
});

afterAll(() => rmSync(directory, { recursive: true }));

/** Runs a command in this process, in whose output and arguments files of the directory have short names. */
async function hawser(name: string, ...args: readonly string[]): Promise<Outcome> {
  const command = allCommands.find((candidate) => candidate.name === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  const written = { stdout: "", stderr: "" };
  const shorten = (line: string): string => `${line.replaceAll(`${directory}/`, "")}\n`;
  const output: CommandOutput = {
    print: (line) => {
      written.stdout += shorten(line);
    },
    printError: (line) => {
      written.stderr += shorten(line);
    },
    paint: plain,
    paintError: plain,
  };
  const paths = args.map((arg) => (/\.(yaml|txt|bin)$/.test(arg) ? join(directory, arg) : arg));
  const status = await runCommand("hawser", () => command.run(paths, output), output);
  return { status, ...written };
}

function write(name: string, text: string): string {
  writeFileSync(join(directory, name), text);
  return text;
}

const fine = minimalSchema({ fields: 'isUrgent: { type: bool, doc: "Whether to hurry." }' });
const improvable = minimalSchema({ fields: 'isUrgent: { type: bool, doc: "whether to hurry" }' });
const silence = { status: 0, stdout: "", stderr: "" };

describe("hawser lint", () => {
  test("is silent about schemas that are fine", async () => {
    write("fine.yaml", fine);
    expect(await hawser("lint", "fine.yaml", "fine.yaml")).toEqual(silence);
  });

  test("shows what could be better, in every schema", async () => {
    write("improvable.yaml", improvable);
    const { status, stdout, stderr } = await hawser("lint", "improvable.yaml", "bad.yaml");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("improvable.yaml:13:38 warning L010 doc: a doc begins like a sentence");
    expect(stderr).toContain("improvable.yaml has 1 warning\n");
    expect(stderr).toContain('S011 key: unknown key "zebra"');
    expect(stderr).toContain("bad.yaml has 1 error\n");
  });

  test("says nothing about what is allowed", async () => {
    write("improvable.yaml", improvable);
    expect(await hawser("lint", "improvable.yaml", "--allow", "L012", "--allow", "L010")).toEqual(silence);
  });

  test.each([
    [["none.yaml"], "cannot read none.yaml: no such file or directory"],
    [[], "lint needs the path of a schema, or of several (see hawser lint --help)"],
    [["bad.yaml", "--allow", "L001"], 'there is no lint "L001" (see hawser lint --help)'],
  ])("%j is refused in one line", async (args, message) => {
    expect(await hawser("lint", ...args)).toEqual({ status: 2, stdout: "", stderr: `hawser: ${message}\n` });
  });
});

describe("hawser fmt", () => {
  const untidy = "protocol:   a # b\ndoc: 'c'\n";
  const tidy = "protocol: a # b\ndoc: c\n";

  test("writes what is laid out differently, and lists it", async () => {
    write("untidy.yaml", untidy);
    write("tidy.yaml", tidy);
    expect(await hawser("fmt", "untidy.yaml", "tidy.yaml")).toEqual({ ...silence, stdout: "untidy.yaml\n" });
    expect(readFileSync(join(directory, "untidy.yaml"), "utf8")).toBe(tidy);
    expect(await hawser("fmt", "untidy.yaml", "tidy.yaml", "--check")).toEqual(silence);
  });

  test("--check writes nothing", async () => {
    write("untidy.yaml", untidy);
    expect(await hawser("fmt", "untidy.yaml", "untidy.yaml", "--check")).toEqual({
      status: 1,
      stdout: "untidy.yaml\nuntidy.yaml\n",
      stderr: "2 schemas are laid out differently; run hawser fmt without --check\n",
    });
    expect(readFileSync(join(directory, "untidy.yaml"), "utf8")).toBe(untidy);
  });

  test("leaves alone what is no YAML, and goes on", async () => {
    write("untidy.yaml", untidy);
    const { status, stdout, stderr } = await hawser("fmt", "open.yaml", "untidy.yaml");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "untidy.yaml\n" });
    expect(stderr).toContain('S001 yaml: this "{" is never closed');
    expect(readFileSync(join(directory, "open.yaml"), "utf8")).toBe("a: {");
  });

  test("a file that cannot be read is refused in one line", async () => {
    const message = "hawser: cannot read none.yaml: no such file or directory\n";
    expect(await hawser("fmt", "none.yaml")).toEqual({ status: 2, stdout: "", stderr: message });
  });
});

describe("hawser explain", () => {
  const keepAlive = "7a 72 61 66 74 01 03 00 00 01 9b 77 12 a0 00";

  test("takes hexadecimal, a file of it, a file of bytes, and standard input", async () => {
    const bytes = Buffer.from(keepAlive.replaceAll(" ", ""), "hex");
    write("frame.txt", `${keepAlive}\n`);
    writeFileSync(join(directory, "frame.bin"), bytes);
    const shown = await hawser("explain", "--family", "client", ...keepAlive.split(" "));
    expect(shown).toMatchObject({ status: 0, stderr: "" });
    expect(shown.stdout).toMatch(/^zraft, family client: KeepAlive in version 1, 15 bytes\n\n {2}offset {2}bytes/);
    for (const operand of [keepAlive, "frame.txt", "frame.bin"]) {
      expect(await hawser("explain", operand, "--family=client")).toEqual(shown);
    }
    const args = ["explain", "-", "--family", "client"];
    expect(runProgram(join(root, "codegen/cli.ts"), args, directory, { input: bytes })).toEqual(shown);
  });

  test("tries every family, and says which ones fit", async () => {
    // A client's message without fields, behind which bytes are ignored, and a server's with three fields.
    const frame = "7a72616674 01 07 0000000000000001 00000000 0000000000000001";
    const { status, stdout } = await hawser("explain", frame);
    expect(status).toBe(0);
    expect(stdout).toContain("zraft, family client: ConnectionClosed in version 1");
    expect(stdout).toContain("zraft, family server: ServerRequest in version 1");
    expect(stdout).toContain("\nThe bytes fit 2 families, client and server: --family says which one is meant.\n");
  });

  test("says why bytes are no message, for every family", async () => {
    const { status, stdout, stderr } = await hawser("explain", "7a726166740108 0001");
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toMatch(/^zraft, family client: Query in version 1, 9 bytes\n/);
    expect(stdout).toContain("\nQuery.correlationId needs 3 bytes, 2 are left (byte 7, ERR_WIRE_TRUNCATED)\n");
    expect(stdout).toContain("\nIn the family server: RequestError.requestId needs 8 bytes, 2 are left (byte 7,");
  });

  test("reads by another schema", async () => {
    write("fine.yaml", fine);
    const { status, stdout } = await hawser("explain", "01 01", "--schema", "fine.yaml");
    expect(status).toBe(0);
    expect(stdout).toContain("small, family client: Ping, 2 bytes");
    expect(await hawser("explain", "01", "--schema", "bad.yaml")).toMatchObject({ status: 1, stdout: "" });
  });

  test.each([
    [[], "explain needs a frame: HEX, FILE or - (see hawser explain --help)"],
    [
      ["7a7"],
      "cannot read 7a7: no such file or directory, and it is not hexadecimal, since two digits make a byte, and this has 3",
    ],
    [["frame"], "cannot read frame: no such file or directory, and it is not hexadecimal"],
    [["7a", "7"], "expected hexadecimal digits or one file, got 7a 7: two digits make a byte, and this has 3"],
    [["7a", "open.yaml"], "expected hexadecimal digits or one file, got 7a open.yaml"],
    [["00", "--family", "peer"], 'zraft has no family "peer", it has client, server'],
    [["00", "--schema", "none.yaml"], "cannot read none.yaml: no such file or directory"],
  ])("%j is refused in one line", async (args, message) => {
    expect(await hawser("explain", ...args)).toEqual({ status: 2, stdout: "", stderr: `hawser: ${message}\n` });
  });
});

describe.each(allCommands)("hawser $name", ({ name, summary, usage }) => {
  test("explains itself", () => {
    expect(summary).toMatch(/^[a-z].*[^.]$/);
    expect(usage).toMatch(new RegExp(`^[A-Z][^]*\\.\n[^]*\nUsage:\n  hawser ${name} [A-Z]`));
    expect(usage).toMatch(new RegExp(`\nExamples?:\n  hawser ${name} `));
    expect(Math.max(...usage.split("\n").map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  test("refuses what it does not know", async () => {
    const stderr = `hawser: unknown option '--frob' (see hawser ${name} --help)\n`;
    expect(await hawser(name, "--frob")).toEqual({ status: 2, stdout: "", stderr });
    expect(await hawser(name)).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(/^hawser: .+\n$/) });
  });
});

test("colours are there where somebody asks for them, and not where there is no terminal", { timeout: 60_000 }, () => {
  const cli = join(root, "codegen/cli.ts");
  for (const args of [
    ["check", "bad.yaml"],
    ["explain", "7a72"],
  ]) {
    const withEnv = (env: Readonly<Record<string, string>>): string => {
      const { stdout, stderr } = runProgram(cli, args, directory, { env });
      return stdout + stderr;
    };
    const text = withEnv({});
    expect(text).not.toContain("\u001b");
    const [first = "", ...more] = withEnv({ FORCE_COLOR: "1" }).split("\u001b");
    expect(more.length).toBeGreaterThan(2);
    expect(first + more.map((part) => part.replace(/^\[[0-9;]*m/, "")).join("")).toBe(text);
    expect(withEnv({ FORCE_COLOR: "1", NO_COLOR: "1" })).toBe(text);
  }
});
