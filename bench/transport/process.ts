import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { constants, cpus, setPriority } from "node:os";
import { fileURLToPath } from "node:url";
import type { Answers, Question, Ready } from "./question.ts";

/** One process of a benchmark, which answers questions of some kinds. All of them end when this one does. */
export class Peer<Asked extends { readonly kind: string } = Question, Answered = Answers> {
  /** Where it listens; 0 if it does not. */
  readonly port: number;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.port = port;
  }

  /** Starts a script, named as this folder sees it, and waits until it is ready. */
  static async start<Asked extends { readonly kind: string } = Question, Answered = Answers>(
    script: string,
    ...args: readonly (string | number)[]
  ): Promise<Peer<Asked, Answered>> {
    const path = fileURLToPath(new URL(script, import.meta.url));
    const command = [process.execPath, ...process.execArgv, "--expose-gc", path, ...args.map(String)];
    const [program = "", ...rest] = [...placement(script), ...command];
    const child = spawn(program, rest, {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
      // The zeromq package warns in every process that its draft sockets may change.
      env: { ...process.env, NODE_NO_WARNINGS: "1" },
    });
    alive.add(child);
    child.once("exit", () => alive.delete(child));
    const { port = 0 }: Ready = await nextWord(child, script);
    return new Peer<Asked, Answered>(child, port);
  }

  /** One question at a time. */
  async ask<Kind extends Asked["kind"] & keyof Answered>(
    question: Asked & { readonly kind: Kind },
  ): Promise<Answered[Kind]> {
    const answer = nextWord<Answered[Kind]>(this.#child, question.kind);
    this.#child.send(question);
    return answer;
  }

  /** Lets every other process go first: a guest's machine takes no time from that of the victim. */
  stepBack(): void {
    if (this.#child.pid !== undefined) setPriority(this.#child.pid, constants.priority.PRIORITY_LOW);
  }

  /** Makes the process stand still, so that it takes nothing from those that are measured. */
  pause(): void {
    this.#child.kill("SIGSTOP");
  }

  resume(): void {
    this.#child.kill("SIGCONT");
  }

  /** Ends the process. It is killed, unless a signal is named that it can obey in its own time. */
  async stop(signal: NodeJS.Signals = "SIGKILL"): Promise<void> {
    if (!alive.has(this.#child)) return;
    const exited = once(this.#child, "exit");
    this.#child.kill(signal);
    await exited;
  }
}

/** Ends all processes of the benchmark at once. */
export function killPeers(): void {
  for (const child of alive) child.kill("SIGKILL");
}

/**
 * Servers have a core of their own, and what plays the other machines shares the rest: else it would be the scheduler's
 * mood that is measured. Where that cannot be had, processes run where the system puts them.
 */
function placement(script: string): readonly string[] {
  const cores = cpus().length;
  if (cores < 2 || spawnSync("taskset", ["--version"]).status !== 0) return [];
  return ["taskset", "--cpu-list", script.includes("server.child") ? "0" : `1-${cores - 1}`];
}

async function nextWord<Word>(child: ChildProcess, about: string): Promise<Word> {
  const waiting = new AbortController();
  const { signal } = waiting;
  try {
    return await Promise.race([
      once(child, "message", { signal }).then(([word]) => word as Word),
      once(child, "exit", { signal }).then(([code]): never => {
        throw new Error(`a process ended with ${code} instead of answering: ${about}`);
      }),
    ]);
  } finally {
    waiting.abort();
  }
}

const alive = new Set<ChildProcess>();
