import { execFile } from "node:child_process";
import { basename, dirname } from "node:path";
import { promisify } from "node:util";

/** A file at a commit cannot be read; the message names the commit, the path and the reason. */
export class GitError extends Error {
  override readonly name = "GitError";
}

/**
 * The text of a file as it is at a commit: a branch, a tag, `HEAD~2`, … A path that begins with `./` is relative to
 * `directory`, another one to the root of the repository that `directory` is in.
 */
export async function readGitFile(ref: string, path: string, directory: string): Promise<string> {
  if (!/^[^-\s:~^?*[\\][^\s:?*[\\]*$/.test(ref))
    throw new GitError(`"${ref}" is no name of a commit, such as main or v1.2`);
  try {
    const object = `${ref}:${path}`;
    const { stdout } = await promisify(execFile)("git", ["-C", directory, "show", "--end-of-options", object], {
      encoding: "utf8",
      // What git says goes into messages that are in English.
      env: { ...process.env, LC_ALL: "C" },
      maxBuffer: gitOutputBytesMax,
    });
    return stdout;
  } catch (error) {
    throw new GitError(`cannot read ${path} at ${ref}: ${gitReason(error)}`, { cause: error });
  }
}

/** The text of a file in the working tree as it is at a commit. */
export function readGitVersionOf(file: string, ref: string): Promise<string> {
  return readGitFile(ref, `./${basename(file)}`, dirname(file));
}

/** Far beyond the size of a schema. */
const gitOutputBytesMax: number = 16 * 1024 * 1024;

function gitReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ENOENT") return "git is not installed";
  const said = "stderr" in error ? String(error.stderr) : error.message;
  const [line = ""] = said.split("\n").filter((text) => text.startsWith("fatal: "));
  return line === "" ? "git failed" : line.slice("fatal: ".length);
}
