import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

/** How a program ended, and what it wrote. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The root of the repository. */
export const root: string = fileURLToPath(new URL("../../", import.meta.url));

/** Runs a program of this project in a directory, as if there were no terminal and nobody had asked for colours. */
export function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  {
    env = {},
    input = "",
  }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string | Uint8Array } = {},
): Outcome {
  const { FORCE_COLOR: _force, NO_COLOR: _no, ...inherited } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", tsx, program, ...args], {
    cwd,
    encoding: "utf8",
    env: { ...inherited, ...env },
    input,
  });
  return { status, stdout, stderr };
}

const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href;
