import { type ChildProcessByStdio, spawn } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import type { Readable } from "node:stream";

/** What is captured on the loopback interface at one port, by the program that Wireshark itself captures with. */
export class Dumpcap {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #port: number;
  readonly #pieces: Buffer[] = [];

  /** Resolves when packets are captured; with the reason where they cannot be. */
  static async start(port: number): Promise<Dumpcap | string> {
    const args = ["-q", "-i", "lo", "-f", `port ${port}`, "-P", "-w", "-"];
    const child = spawn("dumpcap", args, { stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    const started = new Promise<boolean>((resolve) => {
      child.stderr.on("data", (text) => {
        said += text;
        if (said.includes("File: -")) resolve(true);
      });
      child.on("error", (error) => {
        said = error.message;
        resolve(false);
      });
      child.on("exit", () => resolve(false));
    });
    return (await started) ? new Dumpcap(child, port) : said.trim();
  }

  private constructor(child: ChildProcessByStdio<null, Readable, Readable>, port: number) {
    this.#child = child;
    this.#port = port;
    child.stdout.on("data", (piece) => this.#pieces.push(piece));
  }

  /** Everything up to now, as a file. A datagram says where that is: packets are captured in order. */
  async finish(): Promise<Buffer> {
    const socket = createSocket("udp4");
    socket.send(endMark, this.#port, "127.0.0.1");
    while (!Buffer.concat(this.#pieces).includes(endMark)) await once(this.#child.stdout, "data");
    socket.close();
    const exited = once(this.#child, "exit");
    this.#child.kill("SIGINT");
    await exited;
    return Buffer.concat(this.#pieces);
  }
}

const endMark = Buffer.from("nothing more is of interest");
