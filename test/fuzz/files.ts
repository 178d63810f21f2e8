import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Finding } from "./fuzzer.ts";
import { fromHex, hex } from "./hex.ts";
import { type Attack, isHostileName } from "./hostile.ts";

const corpusFolder = join(import.meta.dirname, "corpus");
const findingsFolder = join(import.meta.dirname, "findings");

/** An input that once broke a promise, as it is kept. */
export interface KeptFinding {
  readonly file: string;
  readonly target: string;
  readonly frame: Uint8Array;
  readonly attack: Attack | undefined;
}

/** Inputs that were kept for a target: a line of hexadecimal digits each. */
export function readCorpus(target: string): readonly Uint8Array[] {
  const file = join(corpusFolder, `${target}.txt`);
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").slice(0, -1).map(fromHex);
}

/** Takes the place of what was kept for the target. */
export function writeCorpus(target: string, inputs: readonly Uint8Array[]): void {
  mkdirSync(corpusFolder, { recursive: true });
  const lines = inputs.map((input) => `${hex(input)}\n`);
  writeFileSync(join(corpusFolder, `${target}.txt`), lines.join(""));
}

/** Keeps a finding, so that the tests replay it from now on, and returns its file. */
export function writeFinding({ target, frame, attack, error }: Finding): string {
  const folder = join(findingsFolder, target);
  mkdirSync(folder, { recursive: true });
  const lines = [hex(frame), ...(attack === undefined ? [] : [JSON.stringify(attack)])];
  const notes = `${error.name}: ${error.message}`.split("\n").map((line) => `# ${line}`);
  const name = createHash("sha256").update(lines.join("\n")).digest("hex").slice(0, 12);
  const file = join(folder, `${name}.hex`);
  writeFileSync(file, `${[...lines, ...notes].join("\n")}\n`);
  return file;
}

export function findingFiles(): readonly string[] {
  if (!existsSync(findingsFolder)) return [];
  return readdirSync(findingsFolder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".hex"))
    .sort()
    .map((name) => join(findingsFolder, name));
}

/** A finding from its file; the folder is named after the target. */
export function readFinding(file: string): KeptFinding {
  const [frame = "", attack = ""] = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => !line.startsWith("#"));
  return {
    file,
    target: basename(dirname(file)),
    frame: fromHex(frame),
    attack: attack === "" ? undefined : parseAttack(attack, file),
  };
}

function parseAttack(text: string, file: string): Attack {
  const attack: Attack = JSON.parse(text);
  if (!isHostileName(attack.value)) {
    throw new Error(`${file} attacks with "${attack.value}", expected a name from test/fuzz/hostile.ts`);
  }
  return attack;
}
