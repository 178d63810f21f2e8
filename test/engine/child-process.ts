import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A program beside the tests (`*.child.ts`) in a process of its own, that says what it does line by line. */
export class Child {
  readonly lines: string[] = [];
  readonly process: ChildProcess;
  /** What it wrote to standard error. */
  errors = "";
  readonly #watchers: { readonly prefix: string; resolve(line: string): void; reject(error: Error): void }[] = [];
  readonly #ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;

  /** `shell`: a command that ends in `exec "$@"`, to start the program with other limits. */
  constructor(program: string, args: readonly string[], shell?: string) {
    const path = fileURLToPath(new URL(program, import.meta.url));
    const node = [process.execPath, "--conditions=hawser-source", "--import", "tsx", path, ...args];
    const [command = "", ...rest] = shell === undefined ? node : ["/bin/sh", "-c", shell, "sh", ...node];
    this.process = spawn(command, rest, { stdio: ["pipe", "pipe", "pipe"] });
    this.process.stderr?.on("data", (bytes: Buffer) => {
      this.errors += bytes.toString();
    });
    const { stdout } = this.process;
    if (stdout === null) throw new Error("the child has no standard output");
    createInterface({ input: stdout }).on("line", (line) => this.#said(line));
    this.#ended = new Promise((resolve, reject) => {
      this.process.on("error", reject);
      // "close", not "exit": what a killed child had written is still in the pipe.
      this.process.on("close", (code, signal) => {
        resolve({ code, signal });
        for (const watcher of this.#watchers.splice(0)) {
          watcher.reject(
            new Error(`the child ended (${code ?? signal}) before it said "${watcher.prefix}": ${this.errors}`),
          );
        }
      });
    });
  }

  /** The first line that begins with `prefix`, also when it was said before. */
  said(prefix: string): Promise<string> {
    const line = this.lines.find((candidate) => candidate.startsWith(prefix));
    if (line !== undefined) return Promise.resolve(line);
    return new Promise((resolve, reject) => this.#watchers.push({ prefix, resolve, reject }));
  }

  /** Lets a child go on that waits for its standard input. */
  tell(line: string): void {
    this.process.stdin?.write(`${line}\n`);
  }

  /** Kills it as a power cut would, and waits until everything it said is in `lines`. */
  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.#ended;
  }

  ended(): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
    return this.#ended;
  }

  #said(line: string): void {
    this.lines.push(line);
    for (const watcher of this.#watchers.filter(({ prefix }) => line.startsWith(prefix))) {
      this.#watchers.splice(this.#watchers.indexOf(watcher), 1);
      watcher.resolve(line);
    }
  }
}
