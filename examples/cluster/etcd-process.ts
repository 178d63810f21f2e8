import { once } from "node:events";
import { accessSync, constants } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { OwnedProcess, type ProcessState } from "../owned-process.ts";

export { endWithThisProcess } from "../owned-process.ts";

/** There is no etcd to start. The message says how to install it. */
export class EtcdMissingError extends Error {
  override readonly name = "EtcdMissingError";

  constructor(searched: string) {
    super(`etcd was not found (${searched}).\n${HOW_TO_INSTALL}`);
  }
}

/** The program: `$ETCD`, or the first `etcd` on the PATH. Throws an `EtcdMissingError`. */
export function findEtcd(): string {
  const wanted = process.env["ETCD"];
  if (wanted !== undefined && wanted !== "") {
    if (isExecutable(wanted)) return wanted;
    throw new EtcdMissingError(`ETCD=${wanted} is no program`);
  }
  const path = process.env["PATH"] ?? "";
  const found = path
    .split(delimiter)
    .map((directory) => join(directory, "etcd"))
    .find(isExecutable);
  if (found === undefined) throw new EtcdMissingError("not on the PATH, and ETCD is not set");
  return found;
}

/** How a member of a cluster is started. */
export interface EtcdProcessOptions {
  readonly name: string;
  /** Where the member keeps its data. etcd makes the directory. */
  readonly directory: string;
  readonly ports: EtcdPorts;
  /** Every member's name with its peer URL, this one's as well: `a=http://127.0.0.1:2380,b=…`. */
  readonly initialCluster: string;
  /** More flags of etcd. They come last, and the last of two equal flags counts. */
  readonly flags?: readonly string[];
  /** `https` for clients, with the flags `--cert-file` and `--key-file`. Default: `http`. */
  readonly clientScheme?: "http" | "https";
}

/** The ports of one member, all on the loopback interface. Health and figures are plain HTTP, whatever clients speak. */
export interface EtcdPorts {
  readonly client: number;
  readonly peer: number;
  readonly metrics: number;
}

/**
 * One member of etcd in a process of its own, on loopback, which can be killed, paused, wiped and started again. It does
 * not outlive the process that started it, however that one ends.
 */
export class EtcdProcess {
  readonly name: string;
  /** Where clients connect: `http://127.0.0.1:2379`. */
  readonly clientUrl: string;
  /** Where `/health` and `/metrics` are. */
  readonly metricsUrl: string;
  readonly #options: EtcdProcessOptions;
  readonly #lastLines: string[] = [];
  #process: OwnedProcess | undefined;

  /** Nothing is started yet. */
  constructor(options: EtcdProcessOptions) {
    this.#options = options;
    this.name = options.name;
    this.clientUrl = `${options.clientScheme ?? "http"}://127.0.0.1:${options.ports.client}`;
    this.metricsUrl = `http://127.0.0.1:${options.ports.metrics}`;
  }

  get state(): ProcessState {
    return this.#process?.state ?? "down";
  }

  /** Of the running process. */
  get pid(): number | undefined {
    return this.state === "down" ? undefined : this.#process?.pid;
  }

  /** The newest lines of its log, for an error that should say more. */
  get lastLines(): readonly string[] {
    return this.#lastLines;
  }

  /** Starts the process, on the data that it finds, and does not wait: without a majority it would not serve. */
  start(): void {
    if (this.state !== "down") throw new Error(`etcd member ${this.name} runs already, as process ${this.pid}`);
    this.#process = new OwnedProcess({
      program: findEtcd(),
      args: this.#arguments(),
      environment: environmentOfEtcd(),
      onError: (line) => this.#keepLine(line),
    });
  }

  /** Resolves when the member serves: it is up and in a majority. Rejects with the end of its log if it does not. */
  async serving(timeoutMs: number = SERVING_TIMEOUT_MS): Promise<void> {
    const end = performance.now() + timeoutMs;
    while (!(await this.isHealthy())) {
      const problem = this.state === "down" ? "ended" : performance.now() > end && `not healthy in ${timeoutMs} ms`;
      if (problem !== false) throw new Error(`etcd member ${this.name}: ${problem}\n${this.#lastLines.join("\n")}`);
      await delay(POLL_MS);
    }
  }

  /** What the member says of itself now. One that is down, paused or without a majority is not healthy. */
  async isHealthy(): Promise<boolean> {
    try {
      const response = await fetch(`${this.metricsUrl}/health`, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
      return response.ok && ((await response.json()) as { readonly health?: unknown }).health === "true";
    } catch {
      return false;
    }
  }

  /** Starts it again on the same data, after a SIGKILL if it still runs, and waits until it serves. */
  async restart(): Promise<void> {
    await this.kill();
    this.start();
    await this.serving();
  }

  /** SIGKILL: the process has no chance to do anything about it. */
  async kill(): Promise<void> {
    await this.#process?.kill();
  }

  /** SIGTERM: the member stops in good order, and hands over when it leads. */
  async stop(): Promise<void> {
    await this.#process?.stop();
  }

  /** SIGSTOP: the process stands still, its connections stay open. */
  pause(): void {
    this.#process?.pause();
  }

  /** SIGCONT: it goes on as if nothing had been. */
  resume(): void {
    this.#process?.resume();
  }

  /** Removes its data. The member must be down. */
  async wipe(): Promise<void> {
    if (this.state !== "down") throw new Error(`etcd member ${this.name} runs: kill it before its data is removed`);
    await rm(this.#options.directory, { recursive: true, force: true });
  }

  #arguments(): string[] {
    const { name, directory, ports, initialCluster, flags = [] } = this.#options;
    const peerUrl = peerUrlOf(ports);
    return [
      ...["--name", name, "--data-dir", directory],
      ...["--listen-client-urls", this.clientUrl, "--advertise-client-urls", this.clientUrl],
      ...["--listen-peer-urls", peerUrl, "--initial-advertise-peer-urls", peerUrl],
      ...["--initial-cluster", initialCluster, "--listen-metrics-urls", this.metricsUrl],
      ...flags,
    ];
  }

  #keepLine(line: string): void {
    this.#lastLines.push(line);
    if (this.#lastLines.length > LINES_KEPT) this.#lastLines.shift();
  }
}

/** How a cluster is started. */
export interface EtcdClusterOptions {
  /** Where the members keep their data, which then stays when the cluster ends. Default: a directory of its own. */
  readonly directory?: string;
  readonly flags?: readonly string[];
  readonly clientScheme?: "http" | "https";
}

/** A cluster on loopback whose members are called a, b, c, … */
export class EtcdCluster implements AsyncDisposable {
  readonly members: readonly EtcdProcess[];
  readonly #removedAtEnd: string | undefined;

  constructor(members: readonly EtcdProcess[], removedAtEnd?: string) {
    this.members = members;
    this.#removedAtEnd = removedAtEnd;
  }

  /** The client URLs of all members. */
  get endpoints(): string[] {
    return this.members.map(({ clientUrl }) => clientUrl);
  }

  /** The member of that name. */
  member(name: string): EtcdProcess {
    const found = this.members.find((member) => member.name === name);
    if (found === undefined) throw new Error(`there is no etcd member ${name}`);
    return found;
  }

  /** Kills every member, and removes the data unless a directory was given for it. */
  async end(): Promise<void> {
    await Promise.all(this.members.map((member) => member.kill()));
    if (this.#removedAtEnd !== undefined) await rm(this.#removedAtEnd, { recursive: true, force: true });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.end();
  }
}

/** Starts a cluster of `count` members on free ports, and waits until all of them serve. */
export async function startEtcdCluster(count: number, options: EtcdClusterOptions = {}): Promise<EtcdCluster> {
  findEtcd();
  const ownDirectory = options.directory === undefined ? await mkdtemp(join(tmpdir(), "hawser-etcd-")) : undefined;
  const directory = options.directory ?? ownDirectory ?? "";
  const names = Array.from({ length: count }, (_, position) => String.fromCharCode("a".charCodeAt(0) + position));
  const free = await freePorts(3 * count);
  const portsOf = (position: number): EtcdPorts => {
    const [client = 0, peer = 0, metrics = 0] = free.slice(3 * position);
    return { client, peer, metrics };
  };
  const initialCluster = names.map((name, position) => `${name}=${peerUrlOf(portsOf(position))}`).join(",");
  const { flags = [], clientScheme = "http" } = options;
  const members = names.map((name, position) => {
    const ports = portsOf(position);
    return new EtcdProcess({ name, directory: join(directory, name), ports, initialCluster, flags, clientScheme });
  });
  const cluster = new EtcdCluster(members, ownDirectory);
  try {
    for (const member of members) member.start();
    await Promise.all(members.map((member) => member.serving()));
    return cluster;
  } catch (error) {
    await cluster.end();
    throw error;
  }
}

/** Ports of the loopback interface that nobody listens on now. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, "127.0.0.1");
      await once(server, "listening");
      return server;
    }),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("a socket on loopback has no port");
    return address.port;
  });
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}

function peerUrlOf(ports: EtcdPorts): string {
  return `http://127.0.0.1:${ports.peer}`;
}

/** Settings meant for another etcd of this machine must not reach ours. Old versions ask for a word on ARM. */
function environmentOfEtcd(): NodeJS.ProcessEnv {
  const others = Object.entries(process.env).filter(([name]) => !name.startsWith("ETCD_"));
  return { ...Object.fromEntries(others), ...(process.arch === "arm64" && { ETCD_UNSUPPORTED_ARCH: "arm64" }) };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

const HOW_TO_INSTALL = `Install it:
  Debian, Ubuntu:  sudo apt-get install etcd-server
                   sudo systemctl disable --now etcd    (the package starts a member of its own, on port 2379)
  macOS:           brew install etcd
or set ETCD to the path of the program.`;

/** The newest lines of a member's log that are kept. */
const LINES_KEPT = 20;
/** A cluster elects its leader within two seconds; a machine that is busy takes longer. */
const SERVING_TIMEOUT_MS = 30_000;
/** etcd gives its own answer to a question for its health after a second, or after five in newer versions. */
const HEALTH_TIMEOUT_MS = 6_000;
const POLL_MS = 25;
