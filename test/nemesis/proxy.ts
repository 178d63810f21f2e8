import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";

/**
 * What a link does. What is held stays in the network, neither side is told, and it arrives late when the link passes
 * again: requests on their way can take effect after everybody has given them up. Who wants it lost cuts first.
 *
 * - `pass`: carries everything.
 * - `blackhole`: holds what both sides send, and the end of connections.
 * - `hold responses`: requests arrive, nothing comes back.
 * - `hold requests`: nothing arrives, what is under way comes back.
 * - `refuse`: ends the connections that there are, and each new one.
 */
export type LinkMode = "pass" | "blackhole" | "hold responses" | "hold requests" | "refuse";

/** What a proxy may be told about its link. */
export interface ProxyOptions {
  /** Where to listen, on loopback. Default: a free port. */
  readonly port?: number | undefined;
  /**
   * Whose connection it is, by bytes that it has sent: asked until it answers. For links that several processes share, so
   * that each can have a mode of its own.
   */
  readonly sourceOf?: ((bytes: Buffer) => string | undefined) | undefined;
}

/**
 * A link between processes: TCP connections from a port of its own to one of somebody else's on loopback, which it breaks
 * in the ways in which networks break. `npm run nemesis` has one for each pair of processes.
 */
export class TcpProxy implements AsyncDisposable {
  /** Where it listens. */
  readonly port: number;
  readonly #server: Server;
  readonly #targetPort: number;
  readonly #sourceOf: ProxyOptions["sourceOf"];
  readonly #passages = new Set<Passage>();
  readonly #modeOfSource = new Map<string, LinkMode>();
  #mode: LinkMode = "pass";

  /** A link to a port at which somebody listens, or will. */
  static async start(targetPort: number, { port = 0, sourceOf }: ProxyOptions = {}): Promise<TcpProxy> {
    const server = createServer({ noDelay: true }).listen(port, "127.0.0.1");
    await once(server, "listening");
    return new TcpProxy(server, targetPort, sourceOf);
  }

  private constructor(server: Server, targetPort: number, sourceOf: ProxyOptions["sourceOf"]) {
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new Error("a TCP server has a port");
    this.port = bound.port;
    this.#server = server;
    this.#targetPort = targetPort;
    this.#sourceOf = sourceOf;
    server.on("connection", (client) => this.#carry(client));
  }

  /** How many connections there are. */
  get connections(): number {
    return this.#passages.size;
  }

  /** From now on, for connections that there are and that come: those of one source, or all, whatever was said of some. */
  set(mode: LinkMode, source?: string): void {
    if (source === undefined) {
      this.#mode = mode;
      this.#modeOfSource.clear();
    } else {
      this.#modeOfSource.set(source, mode);
    }
    for (const passage of this.#passages) passage.set(this.#modeOf(passage.source));
  }

  /**
   * Ends connections at once, of one source or all. What was on its way is lost. Not by a TCP reset: with `resetAndDestroy`
   * Node keeps the handle of a socket that fails meanwhile, and then never exits.
   */
  cut(source?: string): void {
    for (const passage of this.#passages) {
      if (source === undefined || passage.source === source) passage.end();
    }
  }

  /** Ends the link: nobody listens at its port any more. */
  async close(): Promise<void> {
    this.#server.close();
    this.cut();
    if (this.#server.listening) await once(this.#server, "close");
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #carry(client: Socket): void {
    const target = connect({ port: this.#targetPort, host: "127.0.0.1", noDelay: true });
    const passage: Passage = new Passage(client, target, (bytes) => {
      if (bytes === undefined) this.#passages.delete(passage);
      else if (passage.source === undefined) this.#identify(passage, bytes);
    });
    this.#passages.add(passage);
    passage.set(this.#mode);
  }

  #identify(passage: Passage, bytes: Buffer): void {
    passage.source = this.#sourceOf?.(bytes);
    passage.set(this.#modeOf(passage.source));
  }

  #modeOf(source: string | undefined): LinkMode {
    return (source === undefined ? undefined : this.#modeOfSource.get(source)) ?? this.#mode;
  }
}

/** One connection through a proxy. */
class Passage {
  source: string | undefined;
  readonly #client: Socket;
  readonly #target: Socket;
  readonly #requests: Direction;
  readonly #responses: Direction;

  /** `observe` is told what the client sends before it goes on, and of the end by `undefined`. */
  constructor(client: Socket, target: Socket, observe: (bytes?: Buffer) => void) {
    this.#client = client;
    this.#target = target;
    this.#requests = new Direction(client, target, observe);
    this.#responses = new Direction(target, client);
    const closed = () => {
      if (client.closed && target.closed) observe();
    };
    client.on("close", closed);
    target.on("close", closed);
  }

  set(mode: LinkMode): void {
    if (mode === "refuse") this.end();
    this.#requests.hold(mode === "blackhole" || mode === "hold requests");
    this.#responses.hold(mode === "blackhole" || mode === "hold responses");
  }

  end(): void {
    this.#requests.hold(false);
    this.#responses.hold(false);
    this.#client.destroy();
    this.#target.destroy();
  }
}

/** What one side of a connection sends to the other. */
class Direction {
  readonly #from: Socket;
  readonly #to: Socket;
  readonly #held: Buffer[] = [];
  #isHeld = false;
  /** How the sender went, while that is held back. */
  #end: "closed" | "broken" | undefined;

  constructor(from: Socket, to: Socket, observe: (bytes: Buffer) => void = () => {}) {
    this.#from = from;
    this.#to = to;
    from.on("data", (bytes: Buffer) => {
      observe(bytes);
      this.#pass(bytes);
    });
    from.on("error", () => {});
    from.on("close", (hadError) => {
      this.#end = hadError ? "broken" : "closed";
      if (!this.#isHeld) this.#passEnd();
    });
    to.on("drain", () => {
      if (!this.#isHeld) from.resume();
    });
  }

  hold(isHeld: boolean): void {
    if (isHeld === this.#isHeld) return;
    this.#isHeld = isHeld;
    if (isHeld) {
      this.#from.pause();
      return;
    }
    for (const bytes of this.#held.splice(0)) this.#pass(bytes);
    if (this.#end === undefined) this.#from.resume();
    else this.#passEnd();
  }

  #pass(bytes: Buffer): void {
    if (this.#isHeld) this.#held.push(bytes);
    else if (!this.#to.write(bytes)) this.#from.pause();
  }

  #passEnd(): void {
    if (this.#end === "broken") this.#to.destroy();
    else this.#to.end();
  }
}
