import { connect, createServer, type Server, type Socket } from "node:net";
import { decodeClientMessage, decodeServerMessage } from "hawser/protocol";
import { limits } from "../../runtime/protocol/limits.ts";
import { FrameReader } from "../../runtime/transport/zmtp/framing.ts";
import { portIn } from "../transport/interop.ts";
import { Capture, type Conversation, type End } from "./capture.ts";

/** A message that went by, as our own decoder reads it. */
export interface PassedMessage {
  readonly family: "client" | "server";
  readonly version: number;
  readonly message: { readonly type: string };
}

/** The network between clients and a server: it writes down what goes by, as a capture and as messages. */
export class RecordingRelay {
  readonly address: string;
  /** As if the server listened at the relay's own port. */
  readonly capture: Capture = new Capture();
  readonly messages: PassedMessage[] = [];
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();

  /** A way to the server at `target` that begins at `relay.address`. */
  static async start(target: string): Promise<RecordingRelay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new RecordingRelay(server, target);
  }

  private constructor(server: Server, target: string) {
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new Error("a TCP server has a port");
    this.address = `tcp://127.0.0.1:${bound.port}`;
    this.#server = server;
    server.on("connection", (client) => {
      const onward = connect(portIn(target), "127.0.0.1");
      const conversation = this.capture.converse({ port: client.remotePort ?? 0 }, { port: bound.port });
      this.#forward("client", conversation, conversation.client, client, onward);
      this.#forward("server", conversation, conversation.server, onward, client);
    });
  }

  /** Ends every connection. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #forward(family: "client" | "server", conversation: Conversation, end: End, from: Socket, to: Socket): void {
    const frames = new PassingFrames();
    this.#sockets.add(from);
    from.setNoDelay();
    from.on("error", () => {});
    from.on("data", (bytes) => {
      for (let at = 0; at < bytes.byteLength; at += segmentBytes) {
        this.capture.send(conversation, end, bytes.subarray(at, at + segmentBytes));
      }
      for (const frame of frames.push(bytes)) {
        const decoded = family === "client" ? decodeClientMessage(frame) : decodeServerMessage(frame);
        this.messages.push({ family, ...decoded });
      }
      to.write(bytes);
    });
    from.on("close", () => {
      this.#sockets.delete(from);
      to.destroy();
    });
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
      if (this.#reader.flags === 0) messages.push(body);
    }
    return messages;
  }
}

/** As on a network with Ethernet. */
const segmentBytes = 1448;
