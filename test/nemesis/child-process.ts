import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { endWithThisProcess } from "../../examples/cluster/etcd-process.ts";

/** What a process of the fault test is started with. */
export interface ChildProcessOptions<Message> {
  /** A program beside this file. */
  readonly script: string;
  /** Its only argument, as JSON. */
  readonly settings: object;
  /** Where it writes its standard error, after what is there. */
  readonly log: string;
  readonly received: (message: Message) => void;
  /** It has ended, for whatever reason. */
  readonly ended: (how: string) => void;
}

/** A program of the fault test in a process of its own, which does not outlive this one, however this one ends. */
export class NemesisChild<Message, Order extends object> {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #exited: Promise<string>;

  constructor({ script, settings, log, received, ended }: ChildProcessOptions<Message>) {
    const program = fileURLToPath(new URL(script, import.meta.url));
    const args = ["--conditions=hawser-source", "--import", "tsx", program, JSON.stringify(settings)];
    const errors = openSync(log, "a");
    // Detached, so that Ctrl+C reaches the parent alone.
    const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", errors, "ipc"], detached: true });
    closeSync(errors);
    endWithThisProcess(child);
    this.#child = child;
    this.#log = log;
    this.#exited = new Promise((resolve) => {
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    child.on("message", (message) => received(message as Message));
    // Orders to a process that is gone.
    child.on("error", () => {});
    void this.#exited.then(ended);
  }

  /** What it has written to standard error, at the end. */
  get lastWords(): string {
    return readFileSync(this.#log, "utf8").trim().slice(-LAST_WORDS_MAX);
  }

  order(order: Order): void {
    if (this.#child.connected) this.#child.send(order, () => {});
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves when the process has ended: with the signal or the exit code. */
  get exited(): Promise<string> {
    return this.#exited;
  }
}

const LAST_WORDS_MAX = 2_000;
