import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runHawser } from "./run-hawser.ts";

/**
 * docs/evolution.md is a walk through the commands: its first schema is a file, its diffs are applied to that, and its
 * commands are run, in order. `npx vitest run test/evolution/walk-through.test.ts -u` writes into it what they print.
 */
const page = fileURLToPath(new URL("../../docs/evolution.md", import.meta.url));
const home = process.cwd();
let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "hawser-walk-"));
  process.chdir(directory);
  git("init", "--quiet");
  git("config", "user.name", "A. Person");
  git("config", "user.email", "person@example.org");
});

afterAll(() => {
  process.chdir(home);
  rmSync(directory, { recursive: true });
});

test("docs/evolution.md shows what the commands print", { timeout: 60_000 }, async () => {
  const text = readFileSync(page, "utf8");
  const parts = text.split(/^(```\w+\n[\s\S]*?^```\n)/m);
  const shown: string[] = [];
  for (const part of parts) shown.push(await followed(part));
  await expect(shown.join("")).toMatchFileSnapshot(page);
  expect(text.match(/^\$ hawser/gm)?.length).toBeGreaterThan(10);
});

/** Does what a part of the page says, and gives the part as it should be. */
async function followed(part: string): Promise<string> {
  const [, language, body = ""] = /^```(\w+)\n([\s\S]*)```\n$/.exec(part) ?? [];
  if (language === "yaml") writeFileSync("orders.yaml", body);
  if (language === "diff") applyDiff(body);
  if (language !== "console") return part;
  const commands = body.split("\n").filter((line) => line.startsWith("$ "));
  const outputs: string[] = [];
  for (const command of commands) outputs.push(`${command}\n${await printedBy(command.slice("$ ".length))}`);
  return `\`\`\`console\n${outputs.join("")}\`\`\`\n`;
}

function applyDiff(diff: string): void {
  const lines = diff.trimEnd().split("\n");
  const side = (mark: string) => lines.filter((line) => !line.startsWith(mark)).map((line) => line.slice(1));
  const [before, after] = [side("+").join("\n"), side("-").join("\n")];
  const schema = readFileSync("orders.yaml", "utf8");
  expect(schema.split(`${before}\n`).length, `the schema has once:\n${before}`).toBe(2);
  writeFileSync(
    "orders.yaml",
    schema.replace(`${before}\n`, () => (after === "" ? "" : `${after}\n`)),
  );
}

async function printedBy(command: string): Promise<string> {
  const [program, ...args] = [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
  if (program === "git") return git(...args);
  expect(program).toBe("hawser");
  const { printed } = await runHawser(args);
  return printed.replace(/\n*$/, printed === "" ? "" : "\n");
}

function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8" });
}
