import { connect, createServer, type Server, type Socket } from "node:net";
import { decodeClientMessage, decodeServerMessage, type ProtocolVersion } from "hawser/protocol";
import { limits } from "../../runtime/protocol/limits.ts";
import { FrameReader } from "../../runtime/transport/zmtp/framing.ts";
import { portIn } from "../transport/interop.ts";

/** One message that went by. */
export interface PassingFrame {
  readonly from: Side;
  /** Counts the connections that came through the relay. */
  readonly connection: number;
  readonly version: ProtocolVersion;
  readonly type: string;
}

type Side = "client" | "server";

/**
 * The network between clients and a server that speaks ZMTP, with an address of its own: it notes every message of the
 * protocol, drops connections, holds everything back as a partition does, and leads to another server when told.
 */
export class ProtocolRelay {
  readonly address: string;
  readonly frames: PassingFrame[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #changes = new Set<() => void>();
  #target: string;
  #connections = 0;
  #isCut = false;

  /** A way to the server at `target` that begins at `relay.address`. */
  static async start(target: string): Promise<ProtocolRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new ProtocolRelay(server, target);
  }

  private constructor(server: Server, target: string) {
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new Error("a TCP server has a port");
    this.address = `tcp://127.0.0.1:${bound.port}`;
    this.#server = server;
    this.#target = target;
    server.on("connection", (client) => {
      this.#connections += 1;
      const onward = connect(portIn(this.#target), "127.0.0.1");
      this.#forward("client", this.#connections, client, onward);
      this.#forward("server", this.#connections, onward, client);
    });
  }

  /** Connections from now on lead to another server. */
  lead(target: string): void {
    this.#target = target;
  }

  /** How many connections there are, of both sides of the relay. */
  get openSockets(): number {
    return this.#sockets.size;
  }

  /** Nothing gets through any more, and neither side is told: neither bytes nor the end of a connection. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  /** What was held back gets through, late. */
  heal(): void {
    this.#isCut = false;
    for (const socket of this.#sockets) socket.resume();
  }

  /** Resolves when what went by, or the connections that there are, fulfil a condition. */
  async until(isFulfilled: () => boolean): Promise<void> {
    while (!isFulfilled()) await new Promise<void>((resolve) => this.#changes.add(resolve));
  }

  /** Ends every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #forward(from: Side, connection: number, source: Socket, sink: Socket): void {
    const frames = new PassingFrames();
    this.#sockets.add(source);
    source.setNoDelay();
    source.on("error", () => {});
    source.on("data", (bytes) => {
      for (const frame of frames.push(bytes)) {
        const { version, message } = from === "client" ? decodeClientMessage(frame) : decodeServerMessage(frame);
        this.frames.push({ from, connection, version, type: message.type });
      }
      this.#changed();
      sink.write(bytes);
    });
    source.on("close", () => {
      this.#sockets.delete(source);
      sink.destroy();
      this.#changed();
    });
    if (this.#isCut) source.pause();
  }

  #changed(): void {
    for (const resolve of this.#changes) resolve();
    this.#changes.clear();
  }
}

/** The messages in one direction of a connection, without ZMTP's greeting and commands. */
class PassingFrames {
  readonly #reader = new FrameReader(limits.frameBytesMax);
  #greetingBytes = 64;

  push(bytes: Buffer): readonly Uint8Array[] {
    const skipped = Math.min(this.#greetingBytes, bytes.length);
    this.#greetingBytes -= skipped;
    if (skipped === bytes.length) return [];
    this.#reader.push(Buffer.from(bytes.subarray(skipped)));
    const messages: Uint8Array[] = [];
    for (let body = this.#reader.next(); body !== undefined; body = this.#reader.next()) {
      if (this.#reader.flags === MESSAGE) messages.push(body);
    }
    return messages;
  }
}

/** No command, and nothing follows. */
const MESSAGE = 0;
