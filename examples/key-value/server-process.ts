import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What a server process is started with. */
export interface ServerProcessOptions {
  readonly address: string;
  readonly data: string;
}

/** The key-value server in a process of its own, so that it can be killed. */
export class ServerProcess {
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess) {
    this.#child = child;
  }

  /** Resolves when the server serves; rejects with what it said when it ends instead. */
  static async start({ address, data }: ServerProcessOptions): Promise<ServerProcess> {
    const script = fileURLToPath(new URL("./server.ts", import.meta.url));
    const args = [...process.execArgv, script, "--address", address, "--data", data];
    // Detached, so that Ctrl+C reaches this process alone, which then stops the server in good order.
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    let complaint = "";
    child.stderr.on("data", (text) => {
      complaint += text;
    });
    const lines = createInterface({ input: child.stdout });
    const ended = once(child, "close").then(() => Promise.reject(new Error(complaint.trim() || "the server ended")));
    await Promise.race([once(lines, "line"), ended]);
    ended.catch(() => {});
    return new ServerProcess(child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** SIGKILL: the process has no chance to do anything about it. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** SIGTERM: the server stops in good order. */
  async stop(): Promise<void> {
    await this.#end("SIGTERM");
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, "exit");
    this.#child.kill(signal);
    await exited;
  }
}
