import { connect, createServer, type Server, type Socket } from "node:net";
import { Happenings } from "./ends.ts";
import { portIn } from "./interop.ts";

/**
 * The network between a client and a server, that can be cut: from then on nothing gets through, and neither side is told.
 * Until then it also notes who answers whose heartbeats.
 */
export class Relay {
  readonly address: string;
  /** A PONG went by, from that side. */
  readonly pongs: Readonly<Record<Side, Happenings<Side>>> = { client: new Happenings(), server: new Happenings() };
  readonly #server: Server;
  readonly #sockets: Socket[] = [];
  /** What goes on of what comes from a side; a test may change it. */
  passes: (bytes: Buffer, from: Side) => Buffer = (bytes) => bytes;
  #isCut = false;

  /** A way to the server at `address` that begins at `relay.address`. */
  static async start(address: string): Promise<Relay> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Relay(server, address);
  }

  private constructor(server: Server, address: string) {
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new Error("a TCP server has a port");
    this.address = `tcp://127.0.0.1:${bound.port}`;
    this.#server = server;
    server.on("connection", (client) => {
      const onward = connect(portIn(address), "127.0.0.1");
      this.#forward("client", client, onward);
      this.#forward("server", onward, client);
    });
  }

  /** Nothing gets through any more: neither bytes nor the end of a connection. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.pause();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #forward(side: Side, from: Socket, to: Socket): void {
    this.#sockets.push(from);
    from.setNoDelay();
    from.on("error", () => {});
    from.on("data", (bytes) => {
      if (this.#isCut) return;
      if (bytes.includes("\x04PONG", 0, "latin1")) this.pongs[side].add(side);
      to.write(this.passes(bytes, side));
    });
    from.on("close", () => {
      if (!this.#isCut) to.destroy();
    });
  }
}

/** Where bytes come from. */
type Side = "client" | "server";
