import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import type { HistoryVerdict } from "./checker.ts";
import { type Operation, toLine } from "./history.ts";

/** There is no Go to build the checker with. */
export class GoMissingError extends Error {
  override readonly name = "GoMissingError";

  constructor() {
    super("go was not found: `sudo apt-get install golang-go` on Debian, `brew install go` on macOS");
  }
}

/**
 * The checker [Porcupine](https://github.com/anishathalye/porcupine) in a small program of ours, as a second opinion that
 * nobody here wrote.
 */
export class Porcupine implements AsyncDisposable {
  readonly #directory: string;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** Builds the program. Throws a `GoMissingError`. */
  static async build(): Promise<Porcupine> {
    const porcupine = new Porcupine(await mkdtemp(join(tmpdir(), "hawser-porcupine-")));
    try {
      const args = ["build", "-o", porcupine.#program, "."];
      await promisify(execFile)("go", args, { cwd: join(import.meta.dirname, "porcupine") });
      return porcupine;
    } catch (error) {
      await porcupine[Symbol.asyncDispose]();
      throw error instanceof Error && "code" in error && error.code === "ENOENT" ? new GoMissingError() : error;
    }
  }

  /** A verdict for each history, in order. */
  async check(histories: Iterable<Iterable<Operation>>): Promise<readonly HistoryVerdict[]> {
    const child = spawn(this.#program, { stdio: ["pipe", "pipe", "pipe"] });
    const [answers, complaints] = [text(child.stdout), text(child.stderr)];
    const ended = new Promise((resolve, reject) => child.once("close", resolve).once("error", reject));
    // What it did not read when it ended early is no trouble of its own: the end says why.
    child.stdin.on("error", () => {});
    for (const history of histories) child.stdin.write(`${Array.from(history, toLine).join("")}\n`);
    child.stdin.end();
    if ((await ended) !== 0) throw new Error(`Porcupine failed: ${await complaints}`);
    return (await answers)
      .trim()
      .split("\n")
      .filter((line) => line !== "")
      .map((line): HistoryVerdict => JSON.parse(line));
  }

  get #program(): string {
    return join(this.#directory, "check");
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.#directory, { recursive: true });
  }
}
