import { once } from "node:events";
import { createServer, type Socket, connect as tcpConnect } from "node:net";

/** Listens in, and can speak to the server as if the client did. */
export class Tap {
  readonly heard: Buffer[] = [];
  /** What the client has said of it. */
  readonly sent: Buffer[] = [];
  readonly address: string;
  readonly close: () => void;
  #toServer: Socket | undefined;

  static async before(port: number): Promise<Tap> {
    const listening = createServer((fromClient) => tap.#join(fromClient, tcpConnect(port, "127.0.0.1")));
    listening.listen(0, "127.0.0.1");
    await once(listening, "listening");
    const address = listening.address();
    if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
    const tap = new Tap(`tcp://127.0.0.1:${address.port}`, () => listening.close());
    return tap;
  }

  private constructor(address: string, close: () => void) {
    this.address = address;
    this.close = close;
  }

  get text(): string {
    return Buffer.concat(this.heard).toString("latin1");
  }

  /** Says something to the server as if the client did. */
  forge(bytes: Uint8Array): void {
    this.#toServer?.write(bytes);
  }

  #join(fromClient: Socket, toServer: Socket): void {
    this.#toServer = toServer;
    const ways = [
      [fromClient, toServer],
      [toServer, fromClient],
    ] as const;
    for (const [from, to] of ways) {
      from.on("data", (bytes) => {
        this.heard.push(bytes);
        if (from === fromClient) this.sent.push(bytes);
        to.write(bytes);
      });
      from.on("close", () => to.destroy());
      from.on("error", () => {});
    }
  }
}
