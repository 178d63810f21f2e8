import { spawn } from "node:child_process";

/** What a program wrote, and what it ended with. */
export interface Ending {
  readonly output: string;
  readonly errors: string;
  readonly status: number | NodeJS.Signals | null;
}

/** A reader cannot be built or run. */
export class BuildError extends Error {
  override readonly name = "BuildError";
}

/** Runs a program in a folder to its end. */
export async function run(
  folder: string,
  [command = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ending> {
  const child = spawn(command, args, {
    cwd: folder,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
    timeout: timeoutMs,
  });
  const parts = { output: [] as Buffer[], errors: [] as Buffer[] };
  child.stdout.on("data", (part: Buffer) => parts.output.push(part));
  child.stderr.on("data", (part: Buffer) => parts.errors.push(part));
  return await new Promise((resolve, reject) => {
    child.once("error", (error) => reject(new BuildError(`${command} cannot be run: ${error.message}`)));
    child.once("close", (code, signal) =>
      resolve({
        output: Buffer.concat(parts.output).toString(),
        errors: Buffer.concat(parts.errors).toString(),
        status: code ?? signal,
      }),
    );
  });
}

/** The same for a step of a build; throws BuildError where it fails. */
export async function runStep(
  folder: string,
  argv: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { output, errors, status } = await run(folder, argv, environment);
  if (status === 0) return;
  throw new BuildError(`${argv.slice(0, 6).join(" ")} ended with ${status}:\n${`${output}${errors}`.slice(0, 4000)}`);
}

/** No step takes nearly as long, on two slow cores. */
const timeoutMs = 300_000;
