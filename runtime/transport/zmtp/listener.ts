import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { limits } from "../../protocol/limits.ts";
import { formatTcpAddress, resolveHost, type TcpAddress } from "../address.ts";
import { listenError } from "../listen-error.ts";
import type { Listener, ListenerHandlers, ListenerLoad, RoutingId } from "../transport.ts";
import { socketOptions } from "./connection.ts";
import { type ZmtpSettings, ZmtpSocket } from "./socket.ts";

/** Listens at `parsed`, which was written `address`. Rejects with `ListenError`. */
export async function listenZmtp(
  address: string,
  parsed: TcpAddress,
  settings: ZmtpSettings,
  handlers: ListenerHandlers,
): Promise<Listener> {
  const server = createServer(socketOptions);
  try {
    const host = await resolveHost(parsed.host);
    server.listen({ host, port: parsed.port, backlog: limits.listenBacklog });
    await once(server, "listening");
  } catch (error) {
    throw listenError(address, error);
  }
  return new ZmtpListener(server, settings, handlers);
}

/** A SERVER with all of its clients. */
class ZmtpListener implements Listener {
  readonly address: string;
  readonly #server: Server;
  readonly #settings: ZmtpSettings;
  readonly #handlers: ListenerHandlers;
  /** Connections in the middle of the handshake, the oldest first. */
  readonly #guests = new Set<ZmtpSocket>();
  readonly #clients = new Map<RoutingId, ZmtpSocket>();
  #newestRoutingId: RoutingId = 0;
  /** The client that was sent something last: answers come in bursts, and looking it up takes half as long as sending. */
  #lastRoutingId: RoutingId | undefined;
  #lastClient: ZmtpSocket | undefined;
  /** Connections that are dropped and still send what was sent to them before. */
  readonly #finishing = new Set<Promise<void>>();
  #closed: Promise<void> | undefined;

  constructor(server: Server, settings: ZmtpSettings, handlers: ListenerHandlers) {
    const bound = server.address();
    if (bound === null || typeof bound === "string") throw new TypeError("a listening TCP server has an address");
    this.address = formatTcpAddress({ host: bound.address, port: bound.port });
    this.#server = server;
    this.#settings = settings;
    this.#handlers = handlers;
    server.maxConnections = limits.connectionsMax;
    server.on("connection", (socket) => this.#accept(socket));
    server.on("error", (error) => this.#acceptFailed(error));
  }

  send(routingId: RoutingId, frame: Uint8Array): void {
    if (routingId !== this.#lastRoutingId) {
      this.#lastRoutingId = routingId;
      this.#lastClient = this.#clients.get(routingId);
    }
    this.#lastClient?.send(frame);
  }

  drop(routingId: RoutingId): void {
    const client = this.#clients.get(routingId);
    if (client === undefined) return;
    this.#forget(routingId);
    const finished = client.finish().finally(() => this.#finishing.delete(finished));
    this.#finishing.add(finished);
  }

  load(): ListenerLoad {
    let waitingBytes = 0;
    let throttled = 0;
    for (const client of this.#clients.values()) {
      waitingBytes += client.waitingBytes;
      if (client.isThrottled) throttled += 1;
    }
    return { connections: this.#clients.size, handshaking: this.#guests.size, waitingBytes, throttled };
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #accept(tcp: Socket): void {
    this.#makeRoom();
    const routingId = this.#newRoutingId();
    // It is not known any more when the connection has ended.
    const address = tcp.remoteAddress;
    const socket: ZmtpSocket = new ZmtpSocket(tcp, this.#settings, {
      ready: () => {
        this.#guests.delete(socket);
        this.#clients.set(routingId, socket);
        this.#lastRoutingId = undefined;
        this.#handlers.connected(routingId, { address, publicKey: socket.peerPublicKey });
      },
      received: (frame) => this.#handlers.received(routingId, frame),
      lost: (reason) => {
        const wasGuest = this.#guests.delete(socket);
        if (this.#forget(routingId)) this.#handlers.lost(routingId);
        else if (wasGuest) this.#handlers.refused?.({ address, publicKey: socket.peerPublicKey }, reason);
      },
    });
    this.#guests.add(socket);
  }

  #makeRoom(): void {
    if (this.#guests.size < limits.handshakesMax) return;
    for (const oldest of this.#guests) {
      oldest.destroy();
      this.#guests.delete(oldest);
      return;
    }
  }

  /** False when there was no such client. */
  #forget(routingId: RoutingId): boolean {
    this.#lastRoutingId = undefined;
    this.#lastClient = undefined;
    return this.#clients.delete(routingId);
  }

  #newRoutingId(): RoutingId {
    for (;;) {
      this.#newestRoutingId = (this.#newestRoutingId % routingIdsMax) + 1;
      if (!this.#clients.has(this.#newestRoutingId)) return this.#newestRoutingId;
    }
  }

  #acceptFailed(error: Error): void {
    const isPassing = "code" in error && passingAcceptErrors.has(String(error.code));
    if (isPassing || this.#closed !== undefined) return;
    this.#handlers.failed(error);
    void this.close();
  }

  async #close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const guest of this.#guests) guest.destroy();
    for (const routingId of [...this.#clients.keys()]) this.drop(routingId);
    await Promise.all([...this.#finishing, closed]);
  }
}

/** The greatest integer that V8 keeps without an object of its own wherever it runs: maps find such keys sooner. */
const routingIdsMax = 2 ** 30 - 1;

/** What a listener survives: a connection that was gone before it was accepted, and machines short of something. */
const passingAcceptErrors: ReadonlySet<string> = new Set(["ECONNABORTED", "EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"]);
