import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { minimalSchema } from "./minimal-schema.ts";

const cli = fileURLToPath(new URL("../../codegen/cli.ts", import.meta.url));
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;

// Every test starts a process, which takes its time where others run as well.
vi.setConfig({ testTimeout: 60_000 });

let directory: string;
let schema: string;
let watching: Watching | undefined;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-watch-"));
  schema = join(directory, "small.yaml");
});

afterEach(() => {
  watching?.process.kill("SIGKILL");
  watching = undefined;
  rmSync(directory, { recursive: true });
});

/** `hawser watch`, whose lines of both streams can be waited for. */
class Watching {
  readonly process: ChildProcess;
  readonly #lines: AsyncIterator<string>[];

  constructor(...args: readonly string[]) {
    const { FORCE_COLOR: _, ...env } = process.env;
    this.process = spawn(process.execPath, ["--import", tsx, cli, "watch", ...args], { cwd: directory, env });
    const { stdout, stderr } = this.process;
    if (stdout === null || stderr === null) throw new Error("the process has no output");
    this.#lines = [stdout, stderr].map((input) => createInterface({ input })[Symbol.asyncIterator]());
  }

  /** Lines of standard output up to one that is equal to `last`. */
  printed(last: string): Promise<string[]> {
    return this.#upTo(0, last);
  }

  /** The same for standard error. */
  complained(last: string): Promise<string[]> {
    return this.#upTo(1, last);
  }

  async #upTo(stream: number, last: string): Promise<string[]> {
    const lines: string[] = [];
    while (lines.at(-1) !== last) {
      const next = await this.#lines[stream]?.next();
      if (next === undefined || next.done === true) throw new Error(`it ended after ${JSON.stringify(lines)}`);
      lines.push(next.value);
    }
    return lines;
  }
}

function write(fields: string): void {
  writeFileSync(schema, minimalSchema({ fields }));
}

function messages(): string {
  return readFileSync(join(directory, "deep/out/messages.ts"), "utf8");
}

const isCurrent = "deep/out is what small.yaml gives";

test("generates at the start and at every change, also of a file in the place of the old one", async () => {
  write("isUrgent: { type: bool, doc: Whether to hurry. }");
  watching = new Watching("small.yaml", "--out", "deep/out", "--import-extension", ".ts");
  expect(await watching.printed("watching small.yaml")).toEqual([
    "created deep/out/messages.ts",
    "created deep/out/codec.ts",
    isCurrent,
    "watching small.yaml",
  ]);

  write("isLate: { type: bool, doc: Whether to hurry. }");
  expect(await watching.printed(isCurrent)).toEqual([
    "updated deep/out/messages.ts",
    "updated deep/out/codec.ts",
    isCurrent,
  ]);
  expect(messages()).toContain("isLate");

  writeFileSync(join(directory, "other.yaml"), "no schema");
  writeFileSync(`${schema}.new`, minimalSchema({ fields: "isLazy: { type: bool, doc: Whether to hurry. }" }));
  renameSync(`${schema}.new`, schema);
  await watching.printed(isCurrent);
  expect(messages()).toContain("isLazy");
});

test("shows what is wrong, keeps the files, and goes on", async () => {
  write("isUrgent: { type: bool, doc: Whether to hurry. }");
  watching = new Watching("small.yaml", "--out", "deep/out");
  await watching.printed("watching small.yaml");
  const before = messages();

  write("isUrgent: { type: boool, doc: Whether to hurry. }");
  const complaint = await watching.complained("deep/out stays as it is until small.yaml is put right");
  expect(complaint).toContainEqual(expect.stringMatching(/^small\.yaml:\d+:\d+ T002 type: there is no type "boool"$/));
  expect(messages()).toBe(before);

  rmSync(schema);
  await watching.complained("hawser: cannot read small.yaml: no such file or directory");

  write("isLate: { type: bool, doc: Whether to hurry. }");
  await watching.printed(isCurrent);
  expect(messages()).toContain("isLate");
});

test("a schema that is wrong at the start is waited for", async () => {
  writeFileSync(schema, "");
  watching = new Watching("small.yaml", "--out", "deep/out");
  await watching.complained("deep/out stays as it is until small.yaml is put right");
  await watching.printed("watching small.yaml");
  expect(existsSync(join(directory, "deep"))).toBe(false);
  write("isLate: { type: bool, doc: Whether to hurry. }");
  await watching.printed(isCurrent);
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends it in good order", async (signal) => {
  write("isUrgent: { type: bool, doc: Whether to hurry. }");
  watching = new Watching("small.yaml", "--out", "out");
  await watching.printed("watching small.yaml");
  const exit = once(watching.process, "exit");
  watching.process.kill(signal);
  expect(await exit).toEqual([0, null]);
});

test.each([
  ["none.yaml", "cannot read none.yaml: no such file or directory"],
  ["none/small.yaml", "cannot watch none: no such file or directory"],
])("%s cannot be watched", async (path, message) => {
  watching = new Watching(path, "--out", "out");
  const exit = once(watching.process, "exit");
  await watching.complained(`hawser: ${message}`);
  expect(await exit).toEqual([2, null]);
});
