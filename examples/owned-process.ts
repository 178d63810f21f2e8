import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { createInterface } from "node:readline";

/** What to start, and who is told what it says. */
export interface OwnedProcessOptions {
  readonly program: string;
  readonly args: readonly string[];
  /** Default: that of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  onOutput?(line: string): void;
  onError?(line: string): void;
}

/** A process that this one started, can kill and pause, and that does not outlive it, however this one ends. */
export class OwnedProcess {
  readonly #child: ChildProcess;
  /** Resolves when it is over, and everything that it said was passed on. */
  readonly ended: Promise<void>;
  #isPaused = false;

  constructor({ program, args, environment, onOutput, onError }: OwnedProcessOptions) {
    // Detached, so that Ctrl+C reaches this process alone, which then stops its children in good order.
    const stdio = ["ignore", "pipe", "pipe"] as const;
    const child = spawn(program, args, { stdio: [...stdio], detached: true, env: environment ?? process.env });
    createInterface({ input: child.stdout }).on("line", (line) => onOutput?.(line));
    createInterface({ input: child.stderr }).on("line", (line) => onError?.(line));
    child.on("error", (error) => onError?.(error.message));
    this.#child = child;
    this.ended = new Promise((resolve) => child.once("close", () => resolve()));
    endWithThisProcess(child);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  get state(): ProcessState {
    const { pid, exitCode, signalCode } = this.#child;
    if (pid === undefined || exitCode !== null || signalCode !== null) return "down";
    return this.#isPaused ? "paused" : "up";
  }

  /** SIGKILL: the process has no chance to do anything about it. */
  async kill(): Promise<void> {
    await this.#end("SIGKILL");
  }

  /** SIGTERM: the process stops in good order, or is killed when that takes longer than five seconds. */
  async stop(): Promise<void> {
    if (this.#isPaused) this.resume();
    const impatience = setTimeout(() => this.#child.kill("SIGKILL"), STOP_TIMEOUT_MS);
    await this.#end("SIGTERM");
    clearTimeout(impatience);
  }

  /** SIGSTOP: the process stands still, its connections stay open. */
  pause(): void {
    this.#isPaused = this.#child.kill("SIGSTOP");
  }

  /** SIGCONT: it goes on as if nothing had been. */
  resume(): void {
    this.#child.kill("SIGCONT");
    this.#isPaused = false;
  }

  async #end(signal: NodeJS.Signals): Promise<void> {
    if (this.state === "down") return;
    const exited = once(this.#child, "exit");
    this.#child.kill(signal);
    await exited;
  }
}

export type ProcessState = "up" | "paused" | "down";

/**
 * A shell that waits for its standard input to end, which it does when this process is gone, and then kills the child:
 * nothing else would notice that this process was killed.
 */
export function endWithThisProcess(child: ChildProcess): void {
  if (child.pid === undefined) return;
  const reaper = spawn("/bin/sh", ["-c", 'read -r _; kill -9 "$0"', String(child.pid)], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  reaper.unref();
  if (reaper.stdin instanceof Socket) reaper.stdin.unref();
  child.once("exit", () => reaper.kill("SIGKILL"));
}

const STOP_TIMEOUT_MS = 5_000;
