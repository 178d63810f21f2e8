import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { compareOutput, OutputError, writeOutput } from "../../codegen/output.ts";

const header = '// Generated from small.yaml by "hawser generate". Do not edit.\n';
const files = [
  { name: "codec.ts", text: `${header}export const codec = 1;\n` },
  { name: "messages.ts", text: `${header}export const messages = 1;\n` },
];

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "hawser-output-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

describe("writeOutput", () => {
  test("makes the directory and its files", async () => {
    const out = join(directory, "a", "b");
    expect(await writeOutput(out, files)).toEqual([
      { kind: "missing", path: join(out, "codec.ts") },
      { kind: "missing", path: join(out, "messages.ts") },
    ]);
    expect((await readdir(out)).sort()).toEqual(["codec.ts", "messages.ts"]);
    expect(await readFile(join(out, "codec.ts"), "utf8")).toBe(files[0]?.text);
    expect(await compareOutput(out, files)).toEqual([]);
  });

  test("replaces what differs and does not touch what is right", async () => {
    await writeOutput(directory, files);
    const untouched = join(directory, "messages.ts");
    await utimes(untouched, 1, 1);
    await writeFile(join(directory, "codec.ts"), `${header}old`);
    expect(await writeOutput(directory, files)).toEqual([{ kind: "stale", path: join(directory, "codec.ts") }]);
    expect((await stat(untouched)).mtimeMs).toBe(1000);
  });

  test("removes what it generated once, and nothing else", async () => {
    await writeFile(join(directory, "old.ts"), `${header}export {};\n`);
    await writeFile(join(directory, "mine.ts"), "export {};\n");
    await mkdir(join(directory, "sub.ts"));
    await writeFile(join(directory, "sub.ts", "vectors.json"), JSON.stringify({ $comment: header }));
    await writeFile(join(directory, "sub.ts", "notes.json"), "{}");
    expect(await writeOutput(directory, [])).toEqual([
      { kind: "leftover", path: join(directory, "old.ts") },
      { kind: "leftover", path: join(directory, "sub.ts", "vectors.json") },
    ]);
    expect((await readdir(directory)).sort()).toEqual(["mine.ts", "sub.ts"]);
    expect(await readdir(join(directory, "sub.ts"))).toEqual(["notes.json"]);
  });

  test("refuses to replace a file that someone wrote", async () => {
    await writeFile(join(directory, "codec.ts"), "export {};\n");
    const path = join(directory, "codec.ts");
    await expect(writeOutput(directory, files)).rejects.toThrow(
      new OutputError(`${path} was not generated; move it away, or choose another --out`),
    );
    expect(await readdir(directory)).toEqual(["codec.ts"]);
  });

  test("says why a directory cannot be used", async () => {
    const path = join(directory, "file");
    await writeFile(path, "");
    await expect(writeOutput(path, files)).rejects.toThrow(`cannot read ${join(path, "codec.ts")}: not a directory`);
  });
});
