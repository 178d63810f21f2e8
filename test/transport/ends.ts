import type {
  ClientConnection,
  ClientIdentity,
  Listener,
  RoutingId,
  Transport,
} from "../../runtime/transport/transport.ts";

/** Things that happened and were not looked at yet, in order. */
export class Happenings<T> {
  readonly #past: T[] = [];
  readonly #readers: ((thing: T) => void)[] = [];
  /** How many there have been. */
  count = 0;

  add(thing: T): void {
    this.count += 1;
    const reader = this.#readers.shift();
    if (reader === undefined) this.#past.push(thing);
    else reader(thing);
  }

  /** The oldest that was not looked at; waits for one. */
  next(): Promise<T> {
    const [first] = this.#past;
    if (first === undefined) return new Promise((resolve) => this.#readers.push(resolve));
    this.#past.shift();
    return Promise.resolve(first);
  }
}

/** A client's connection that keeps what it is told. */
export class ClientEnd {
  readonly received: Happenings<Uint8Array> = new Happenings();
  readonly lost: Happenings<string> = new Happenings();
  readonly connection: ClientConnection;

  constructor(transport: Transport, address: string) {
    this.connection = transport.connect(address, {
      received: (frame) => this.received.add(frame),
      lost: (reason) => this.lost.add(reason),
    });
  }

  /** Sends `text` to an echoing server and waits for it to come back. */
  async echo(text: string): Promise<string> {
    this.connection.send(Buffer.from(text));
    return Buffer.from(await this.received.next()).toString();
  }
}

/** A listener that keeps what it is told, or sends every frame back. */
export class ServerEnd {
  readonly connected: Happenings<{ readonly routingId: RoutingId; readonly client: ClientIdentity }> = new Happenings();
  readonly received: Happenings<{ readonly routingId: RoutingId; readonly frame: Uint8Array }> = new Happenings();
  readonly lost: Happenings<RoutingId> = new Happenings();
  readonly refused: Happenings<{ readonly client: ClientIdentity; readonly reason: string }> = new Happenings();
  readonly failed: Happenings<Error> = new Happenings();
  readonly listener: Listener;

  static async listen(transport: Transport, address: string, options: { echoes?: boolean } = {}): Promise<ServerEnd> {
    let end: ServerEnd | undefined;
    const listener = await transport.listen(address, {
      connected: (routingId, client) => end?.connected.add({ routingId, client }),
      received(routingId, frame) {
        if (options.echoes === true) end?.listener.send(routingId, frame);
        else end?.received.add({ routingId, frame });
      },
      lost: (routingId) => end?.lost.add(routingId),
      refused: (client, reason) => end?.refused.add({ client, reason }),
      failed: (error) => end?.failed.add(error),
    });
    end = new ServerEnd(listener);
    return end;
  }

  private constructor(listener: Listener) {
    this.listener = listener;
  }
}
