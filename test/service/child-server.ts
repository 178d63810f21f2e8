import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A server program in a process of its own. Its first line of output says that it serves. */
export class ChildServer {
  readonly #script: string;
  readonly #args: readonly string[];
  #child: ChildProcess | undefined;
  /** What it wrote to standard error, of all its lives. */
  errors = "";

  constructor(script: URL, args: readonly string[]) {
    this.#script = fileURLToPath(script);
    this.#args = args;
  }

  /** Resolves with the first line, when the program serves. */
  async start(): Promise<string> {
    const flags = ["--conditions=hawser-source", "--import", "tsx"];
    const child = spawn(process.execPath, [...flags, this.#script, ...this.#args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.#child = child;
    child.stderr.on("data", (text) => {
      this.errors += text;
    });
    const ended = once(child, "close").then(([code]) => {
      throw new Error(`the server ended with ${code}: ${this.errors}`);
    });
    ended.catch(() => {});
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), ended]);
    return String(line);
  }

  /** Sends a signal and waits for the end. Resolves with the exit code, null after a kill. */
  async end(signal: NodeJS.Signals): Promise<number | null> {
    const child = this.#child;
    if (child === undefined) return null;
    this.#child = undefined;
    const exited = once(child, "exit");
    child.kill(signal);
    const [code] = await exited;
    return code;
  }
}

/** A TCP port on loopback that is free now, so that a server can have the same one in each of its lives. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return address.port;
}
