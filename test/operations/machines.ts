import { execFile } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { json } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { freePorts } from "../../examples/cluster/etcd-process.ts";
import { OwnedProcess } from "../../examples/owned-process.ts";

/**
 * The machines of docs/operations.md, all on this one: addresses become ports of loopback, files are below a directory, and
 * `ssh` and `systemctl` do what they say to processes of ours.
 */
export class Machines implements AsyncDisposable {
  readonly #directory: string;
  /** Ports of loopback by the address that they stand for: `10.0.0.1:2379`. */
  readonly #ports: ReadonlyMap<string, number>;
  readonly #units = new Map<string, Unit>();
  readonly #server = createServer((request, response) => {
    void this.#answer(request).then((answer) => response.end(JSON.stringify(answer)));
  });

  private constructor(directory: string, ports: ReadonlyMap<string, number>) {
    this.#directory = directory;
    this.#ports = ports;
  }

  static async start(directory: string): Promise<Machines> {
    const addresses = MACHINES.flatMap((machine) => PORTS.map((port) => `${machine}:${port}`));
    const free = await freePorts(addresses.length);
    const machines = new Machines(directory, new Map(addresses.map((address, at) => [address, free[at] ?? 0])));
    for (const folder of ["bin", "etc", "var", ...MACHINES.map((machine) => `${machine}/var/lib`)]) {
      mkdirSync(join(directory, folder), { recursive: true });
    }
    machines.#server.listen(0, "127.0.0.1");
    await once(machines.#server, "listening");
    writeFileSync(join(directory, "bin/ssh"), SSH);
    chmodSync(join(directory, "bin/ssh"), 0o755);
    writeFileSync(join(directory, "environment"), "");
    return machines;
  }

  /** Where a client reaches a server: `tcp://127.0.0.1:…` for `10.0.0.1:7000`. */
  address(address: string): string {
    return `tcp://127.0.0.1:${this.#ports.get(address)}`;
  }

  /** Where a file is that the page writes below /etc. */
  file(path: string): string {
    return this.#here(path);
  }

  /** What a unit runs, from its next start on. */
  setUnit(machine: string, name: string, command: string): void {
    const key = `${machine} ${name}`;
    const unit = this.#units.get(key) ?? { command: "", lastLines: [], process: undefined };
    this.#units.set(key, { ...unit, command: this.#onMachine(machine, this.#here(command)) });
  }

  /** Runs commands of the operator, one after the other; what they export stays. Rejects at the first that fails. */
  async run(commands: string): Promise<string> {
    const environment = join(this.#directory, "environment");
    const script = `set -euo pipefail\nsource ${environment}\n${this.#here(commands)}\nexport -p > ${environment}`;
    const { code, output } = await bash(script, {
      ...process.env,
      PATH: `${join(this.#directory, "bin")}:${process.env["PATH"]}`,
      MACHINES: this.#url(),
    });
    if (code !== 0) throw new Error(`exit code ${code}:\n${commands}\n${output}\n${this.#logs()}`);
    return output;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#units.values()].map(({ process }) => process?.kill()));
    this.#server.close();
  }

  /** `ssh MACHINE COMMAND…`. */
  async #answer(request: IncomingMessage): Promise<Answer> {
    const [machine = "", ...words] = (await json(request)) as string[];
    const command = words.join(" ");
    const [, verb, units] = /^systemctl (\w+) (.+)$/.exec(command) ?? [];
    try {
      if (units === undefined) return await bash(this.#onMachine(machine, command), process.env);
      for (const unit of units.split(" ")) await this.#systemctl(machine, verb ?? "", unit);
      return { code: 0, output: "" };
    } catch (error) {
      return { code: 1, output: `${error instanceof Error ? error.message : error}\n` };
    }
  }

  async #systemctl(machine: string, verb: string, name: string): Promise<void> {
    const unit = this.#units.get(`${machine} ${name}`);
    if (unit === undefined) throw new Error(`${machine} has no unit ${name}`);
    if (verb === "stop" || verb === "restart") await unit.process?.stop();
    if (verb === "stop") return;
    const program = { program: "bash", args: ["-c", `exec ${unit.command}`] };
    let speaks = () => {};
    const spoke = new Promise<void>((resolve) => {
      speaks = resolve;
    });
    unit.lastLines.length = 0;
    const keep = (line: string) => unit.lastLines.push(line);
    unit.process = new OwnedProcess({ ...program, onOutput: () => speaks(), onError: keep });
    const isReady = name === "etcd" ? this.#untilHealthy(machine) : spoke;
    const hasEnded = unit.process.ended.then(() => Promise.reject(new Error(`${machine}: ${name} has ended`)));
    await Promise.race([isReady, hasEnded]);
    hasEnded.catch(() => {});
  }

  async #untilHealthy(machine: string): Promise<void> {
    const url = `http://127.0.0.1:${this.#ports.get(`${machine}:2381`)}/health`;
    for (let attempt = 0; attempt < HEALTH_ATTEMPTS; attempt += 1) {
      const response = await fetch(url).catch(() => undefined);
      if (response?.ok) return;
      await delay(HEALTH_INTERVAL_MS);
    }
    throw new Error(`${machine}: etcd is not healthy`);
  }

  /** The text with what is the same for all machines in the places that it has here. */
  #here(text: string): string {
    return text
      .replace(/10\.0\.0\.\d+:\d+/g, (address) => `127.0.0.1:${this.#ports.get(address) ?? "unknown"}`)
      .replace(/IP:10\.0\.0\.\d+/g, "IP:127.0.0.1")
      .replace(/(?<![\w.-])\/(etc\/etcd|etc\/hawser|var\/backups)/g, `${this.#directory}/$1`)
      .replace(/--quota-backend-bytes \d+/, `--quota-backend-bytes ${QUOTA_BYTES}`)
      .replace(/^npx hawser /gm, `${process.execPath} --import tsx ${HAWSER} `)
      .replace(/^npm run kv:server --/, `${process.execPath} --conditions=hawser-source --import tsx ${SERVER}`);
  }

  /** The text with the files of one machine in their place. */
  #onMachine(machine: string, text: string): string {
    return text.replace(/(?<![\w.-])\/var\/lib\//g, `${this.#directory}/${machine}/var/lib/`);
  }

  #url(): string {
    const address = this.#server.address();
    return typeof address === "object" ? `http://127.0.0.1:${address?.port}` : "";
  }

  #logs(): string {
    return [...this.#units]
      .map(
        ([key, { lastLines }]) =>
          `${key}:\n${lastLines
            .slice(-3)
            .map((line) => line.slice(0, 200))
            .join("\n")}`,
      )
      .join("\n");
  }
}

/** What systemd would know of a service. */
interface Unit {
  readonly command: string;
  readonly lastLines: string[];
  process: OwnedProcess | undefined;
}

interface Answer {
  readonly code: number;
  readonly output: string;
}

function bash(script: string, env: NodeJS.ProcessEnv): Promise<Answer> {
  return new Promise((resolve) => {
    execFile("bash", ["-c", script], { env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}

const MACHINES = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"];
const PORTS = [2379, 2380, 2381, 7000];
const HAWSER = join(import.meta.dirname, "../../codegen/cli.ts");
const SERVER = join(import.meta.dirname, "../../examples/key-value/server.ts");
/** In place of gigabytes: small enough to be filled, large enough not to be by what the page does. */
const QUOTA_BYTES = 128 * 2 ** 20;
const HEALTH_ATTEMPTS = 300;
const HEALTH_INTERVAL_MS = 100;

const SSH = `#!/usr/bin/env node
fetch(process.env.MACHINES, { method: "POST", body: JSON.stringify(process.argv.slice(2)) })
  .then((response) => response.json())
  .then(({ code, output }) => process.stdout.write(output, () => process.exit(code)));
`;
