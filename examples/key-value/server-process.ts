import { fileURLToPath } from "node:url";
import { OwnedProcess, type ProcessState } from "../owned-process.ts";

/** What a server process is started with: its data in a directory, or a cluster on etcd. */
export type ServerProcessOptions =
  | { readonly address: string; readonly data: string }
  | {
      readonly memberId: string;
      /** Where clients reach all members, this one as well, by their names. */
      readonly members: Readonly<Record<string, string>>;
      /** The client URLs of etcd. */
      readonly etcd: readonly string[];
    };

/** What a member says of itself every half second, when it is asked to. */
export interface ServerStatus {
  readonly role: "leader" | "follower";
  /** Of a leader. */
  readonly term?: number;
  /** The last log entry that it has applied. */
  readonly appliedIndex: number;
  readonly sessions: number;
  /** Commands that this process has applied. */
  readonly commands: number;
  /** What the whole store holds, in short. Only when nothing was applied since the status before. */
  readonly digest?: string;
}

/** Who is told what a server says while it runs. */
export interface ServerListeners {
  onStatus?(status: ServerStatus): void;
  /** A line that it wrote about what is wrong. */
  onError?(line: string): void;
}

/** The key-value server in a process of its own, so that it can be killed. */
export class ServerProcess {
  readonly #process: OwnedProcess;

  private constructor(process: OwnedProcess) {
    this.#process = process;
  }

  /** Resolves when the server serves; rejects with what it said when it ends instead. */
  static async start(options: ServerProcessOptions, listeners: ServerListeners = {}): Promise<ServerProcess> {
    const script = fileURLToPath(new URL("./server.ts", import.meta.url));
    const complaints: string[] = [];
    let serves = () => {};
    const serving = new Promise<void>((resolve) => {
      serves = resolve;
    });
    const started = new OwnedProcess({
      program: process.execPath,
      args: [...process.execArgv, script, ...argumentsOf(options), ...(listeners.onStatus ? ["--status"] : [])],
      onOutput(line) {
        serves();
        if (line.startsWith("{")) listeners.onStatus?.(JSON.parse(line));
      },
      onError(line) {
        if (complaints.length < COMPLAINTS_MAX) complaints.push(line);
        listeners.onError?.(line);
      },
    });
    const ended = started.ended.then(() => {
      throw new Error(complaints.join("\n").trim() || "the server ended");
    });
    await Promise.race([serving, ended]);
    ended.catch(() => {});
    return new ServerProcess(started);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  get state(): ProcessState {
    return this.#process.state;
  }

  /** Resolves when the process is over, for whatever reason. */
  get ended(): Promise<void> {
    return this.#process.ended;
  }

  /** SIGKILL: the process has no chance to do anything about it. */
  kill(): Promise<void> {
    return this.#process.kill();
  }

  /** SIGTERM: the server stops in good order. */
  stop(): Promise<void> {
    return this.#process.stop();
  }

  /** SIGSTOP: the process stands still, its connections stay open. */
  pause(): void {
    this.#process.pause();
  }

  /** SIGCONT: it goes on as if nothing had been. */
  resume(): void {
    this.#process.resume();
  }
}

function argumentsOf(options: ServerProcessOptions): string[] {
  if ("data" in options) return ["--address", options.address, "--data", options.data];
  const members = Object.entries(options.members).map(([memberId, address]) => `${memberId}=${address}`);
  return ["--etcd", options.etcd.join(","), "--member", options.memberId, "--members", members.join(",")];
}

/** Lines that are kept for the error of a server that does not start. */
const COMPLAINTS_MAX = 20;
