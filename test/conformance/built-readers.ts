import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Language, writeReaders } from "./languages.ts";
import { BuildError } from "./run-command.ts";
import type { Subject } from "./subjects.ts";

/** Where the readers of a language stand, and the command that runs them there. */
export interface BuiltReaders {
  readonly folder: string;
  readonly argv: readonly string[];
  /** The command that writes frames, where the language can. */
  readonly writerArgv?: readonly string[];
}

/** Builds the readers of a language, or finds them built from the same sources by the same toolchain. */
export async function builtReaders(
  language: Language,
  toolchain: string,
  subjects: readonly Subject[],
): Promise<BuiltReaders> {
  const folder = join(ownFolder(), `${language.target}-${digestOf(language, toolchain, subjects)}`);
  const done = join(folder, "built.json");
  if (existsSync(done)) return { folder, ...JSON.parse(readFileSync(done, "utf8")) };
  rmSync(folder, { recursive: true, force: true });
  await writeReaders(language, folder, subjects);
  const argv = await language.build(folder, subjects);
  const writerArgv = await language.buildWriters?.(folder);
  const commands = { argv, ...(writerArgv === undefined ? {} : { writerArgv }) };
  writeFileSync(done, JSON.stringify(commands));
  return { folder, ...commands };
}

/** Programs are run from here, so that nobody else may have put them there. */
function ownFolder(): string {
  const user = process.getuid?.();
  const folder = join(tmpdir(), `hawser-conformance-${user ?? "builds"}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { uid } = lstatSync(folder);
  if (user !== undefined && uid !== user)
    throw new BuildError(`${folder} belongs to user ${uid}, not to ${user}; remove it, or set TMPDIR`);
  return folder;
}

function digestOf(language: Language, toolchain: string, subjects: readonly Subject[]): string {
  const digest = createHash("sha256").update(toolchain);
  for (const { ksy } of subjects) digest.update(ksy);
  for (const name of ownSources) {
    digest.update(readFileSync(join(import.meta.dirname, name)));
  }
  const sources = join(import.meta.dirname, "languages", language.folder);
  for (const entry of readdirSync(sources, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) digest.update(readFileSync(join(entry.parentPath, entry.name)));
  }
  return digest.digest("hex").slice(0, 16);
}

const ownSources = [
  "languages.ts",
  "writing-compiler.ts",
  "emit-cpp-driver.ts",
  "emit-nim-driver.ts",
  "emit-rust-driver.ts",
];
