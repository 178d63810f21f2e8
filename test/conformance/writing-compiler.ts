import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { compileFunction } from "node:vm";
import type compiler from "kaitai-struct-compiler";

/**
 * Kaitai Struct's compiler, making classes that write as well as read, as it does on the command line with `--read-write`.
 *
 * The compiler of npm has all of that in it and no option for it: its one entry point fixes the configuration, and says
 * there that nothing writes. So its text is read, that one place is changed, and the result is evaluated. The change is
 * in the memory of this process alone: nothing of it is kept, installed or given to anybody.
 */
export function writingCompiler(): typeof compiler {
  const require = createRequire(import.meta.url);
  const path = require.resolve(packageName);
  const { version }: { readonly version: string } = require(`${packageName}/package.json`);
  const text = withWriting(readFileSync(path, "utf8"), version);
  const module: { exports: Partial<typeof compiler> } = { exports: {} };
  // It is made for CommonJS too; and it tells lists by their class, which another context would have of its own.
  compileFunction(text, ["module"], { filename: `${packageName} that writes` })(module);
  const { compile, languages } = module.exports;
  if (compile === undefined || languages === undefined) throw new Error(`${packageName} ${version} gives no compiler`);
  return { compile, languages, version };
}

/** The text of the compiler, with writing on; throws where it is not the text that this was made for. */
export function withWriting(text: string, version: string): string {
  const count = text.split(readingOnly).length - 1;
  if (count === 1) return text.replace(readingOnly, readingAndWriting);
  throw new Error(
    `${packageName} ${version} has "${readingOnly}" ${count} times, expected once as in 0.11.0: install that version, ` +
      `or look for the place where compile makes its RuntimeConfig, and say it in ${import.meta.filename}`,
  );
}

const packageName = "kaitai-struct-compiler";
/** Its parameters are autoRead, readStoresPos, opaqueTypes, zeroCopySubstream, readWrite, and others. */
const readingOnly = "RuntimeConfig((!debug), debug, false, true, false,";
/** As `--read-write` on the command line, which implies `--no-auto-read` and `--zero-copy-substream false`. */
const readingAndWriting = "RuntimeConfig(false, debug, false, false, true,";
