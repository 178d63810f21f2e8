import { ServerProcess, type ServerStatus } from "../key-value/server-process.ts";
import type { ProcessState } from "../owned-process.ts";

/** How a server of the cluster is started, each time. */
export interface ClusterServerOptions {
  readonly name: string;
  readonly members: Readonly<Record<string, string>>;
  readonly etcd: readonly string[];
  /** Told what happens to it, in plain words. */
  note(event: string): void;
}

/** One server of the cluster over all its lives. */
export class ClusterServer {
  readonly name: string;
  readonly #options: ClusterServerOptions;
  #process: ServerProcess | undefined;
  #isStarting = false;
  #status: ServerStatus | undefined;
  #commandsPerSecond = 0;
  #statusAt = 0;
  #termNoted = 0;
  #isToEnd = false;

  constructor(options: ClusterServerOptions) {
    this.name = options.name;
    this.#options = options;
  }

  get state(): ProcessState | "starting" {
    return this.#isStarting ? "starting" : (this.#process?.state ?? "down");
  }

  get pid(): number | undefined {
    return this.state === "down" || this.#isStarting ? undefined : this.#process?.pid;
  }

  /** What it said last, for as long as it runs. */
  get status(): ServerStatus | undefined {
    return this.state === "down" ? undefined : this.#status;
  }

  /** Between the last two times that it said something. */
  get commandsPerSecond(): number {
    return this.#commandsPerSecond;
  }

  /** Resolves when it serves. Rejects with what it said when it does not. */
  async start(): Promise<void> {
    const { name: memberId, members, etcd, note } = this.#options;
    this.#isStarting = true;
    this.#isToEnd = false;
    this.#status = undefined;
    this.#commandsPerSecond = 0;
    try {
      const started = await ServerProcess.start(
        { memberId, members, etcd },
        {
          onStatus: (status) => this.#heard(status),
          onError: (line) => note(`${this.name} says: ${line}`),
        },
      );
      this.#process = started;
      void started.ended.then(() => {
        if (!this.#isToEnd) note(`${this.name} has ended`);
      });
    } finally {
      this.#isStarting = false;
    }
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    this.#isToEnd = true;
    await this.#process?.kill();
  }

  /** SIGTERM. */
  async stop(): Promise<void> {
    this.#isToEnd = true;
    await this.#process?.stop();
  }

  /** SIGSTOP. */
  pause(): void {
    this.#process?.pause();
  }

  /** SIGCONT. */
  resume(): void {
    this.#process?.resume();
  }

  #heard(status: ServerStatus): void {
    const now = performance.now();
    if (this.#status !== undefined) {
      this.#commandsPerSecond = ((status.commands - this.#status.commands) * 1_000) / (now - this.#statusAt);
    }
    this.#status = status;
    this.#statusAt = now;
    const { role, term = 0 } = status;
    if (role !== "leader" || term === this.#termNoted) return;
    this.#termNoted = term;
    this.#options.note(`${this.name} leads in term ${term}`);
  }
}
