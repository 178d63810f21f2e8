import { InvalidArgumentError, ListenError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import type {
  ClientConnection,
  ClientIdentity,
  ConnectionHandlers,
  Listener,
  ListenerHandlers,
  ListenerLoad,
  RoutingId,
  Transport,
} from "./transport.ts";

/**
 * Both ends in one process, for tests and examples: entry point `hawser/transport/memory`. Addresses are
 * `memory://NAME`; every transport has names of its own. Frames arrive in order, in a later turn of the event loop, and
 * as copies, so that neither side can see what the other does to its bytes. The bound on queues holds for what is sent in
 * one turn.
 */
export function createMemoryTransport(): Transport {
  const listeners = new Map<string, MemoryListener>();
  return {
    name: "memory",
    authenticatesClients: true,
    checkAddress,
    connect(address, handlers) {
      checkAddress(address);
      return connect(listeners.get(address), address, handlers);
    },
    async listen(address, handlers) {
      checkAddress(address);
      if (listeners.has(address)) {
        throw new ListenError("ERR_ADDRESS_IN_USE", `${address} is in use, choose another name`);
      }
      const listener = new MemoryListener(address, handlers, () => listeners.delete(address));
      listeners.set(address, listener);
      return listener;
    },
  };
}

function checkAddress(address: string): void {
  if (!/^memory:\/\/.+$/.test(address)) {
    throw new InvalidArgumentError(`address "${address}" cannot be used: write it like memory://NAME`);
  }
}

function connect(
  listener: MemoryListener | undefined,
  address: string,
  handlers: ConnectionHandlers,
): ClientConnection {
  const connection = new MemoryConnection(handlers);
  if (listener === undefined) connection.lose(`nobody listens at ${address}`);
  else connection.attach(listener, listener.accept(connection));
  return connection;
}

class MemoryConnection implements ClientConnection {
  readonly #handlers: ConnectionHandlers;
  readonly #lane = new Lane((frame) => this.#listener?.receive(this.#routingId, frame));
  #listener: MemoryListener | undefined;
  #routingId: RoutingId = 0;
  #isOpen = true;

  constructor(handlers: ConnectionHandlers) {
    this.#handlers = handlers;
  }

  attach(listener: MemoryListener, routingId: RoutingId): void {
    this.#listener = listener;
    this.#routingId = routingId;
  }

  send(frame: Uint8Array): void {
    if (!this.#isOpen || this.#lane.carry(frame)) return;
    later(() => this.#listener?.leave(this.#routingId));
    this.lose(tooMuch);
  }

  get waitingBytes(): number {
    return this.#lane.waitingBytes;
  }

  /** A frame from the server. */
  receive(frame: Uint8Array): void {
    if (this.#isOpen) this.#handlers.received(frame);
  }

  /** The server ended the connection, or was never there. */
  lose(reason: string): void {
    later(() => {
      if (!this.#isOpen) return;
      this.#isOpen = false;
      this.#handlers.lost(reason);
    });
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    later(() => this.#listener?.leave(this.#routingId));
  }
}

class MemoryListener implements Listener {
  readonly address: string;
  readonly #handlers: ListenerHandlers;
  readonly #release: () => void;
  readonly #connections = new Map<RoutingId, { readonly connection: MemoryConnection; readonly lane: Lane }>();
  #lastRoutingId: RoutingId = 0;
  #isOpen = true;

  constructor(address: string, handlers: ListenerHandlers, release: () => void) {
    this.address = address;
    this.#handlers = handlers;
    this.#release = release;
  }

  accept(connection: MemoryConnection): RoutingId {
    this.#lastRoutingId += 1;
    const routingId = this.#lastRoutingId;
    this.#connections.set(routingId, { connection, lane: new Lane((frame) => connection.receive(frame)) });
    later(() => {
      if (this.#isOpen && this.#connections.has(routingId)) this.#handlers.connected(routingId, UNKNOWN);
    });
    return routingId;
  }

  /** A frame from a client. */
  receive(routingId: RoutingId, frame: Uint8Array): void {
    if (this.#isOpen && this.#connections.has(routingId)) this.#handlers.received(routingId, frame);
  }

  /** A client closed its connection. */
  leave(routingId: RoutingId): void {
    if (this.#connections.delete(routingId) && this.#isOpen) this.#handlers.lost(routingId);
  }

  send(routingId: RoutingId, frame: Uint8Array): void {
    const client = this.#connections.get(routingId);
    if (!this.#isOpen || client === undefined || client.lane.carry(frame)) return;
    client.connection.lose(tooMuch);
    this.#connections.delete(routingId);
    later(() => {
      if (this.#isOpen) this.#handlers.lost(routingId);
    });
  }

  drop(routingId: RoutingId): void {
    this.#connections.get(routingId)?.connection.lose("the server ended the connection");
    this.#connections.delete(routingId);
  }

  load(): ListenerLoad {
    let waitingBytes = 0;
    for (const { lane } of this.#connections.values()) waitingBytes += lane.waitingBytes;
    return { connections: this.#connections.size, handshaking: 0, waitingBytes, throttled: 0 };
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#release();
    for (const { connection } of this.#connections.values()) connection.lose("the server went down");
    this.#connections.clear();
  }
}

const tooMuch = `a frame had more than ${limits.frameBytesMax} bytes, or ${limits.connectionQueueBytesMax} bytes would wait`;

/** Within one process nobody has an address or a key. */
const UNKNOWN: ClientIdentity = { address: undefined, publicKey: undefined };

/** One direction of a connection. */
class Lane {
  readonly #deliver: (frame: Uint8Array) => void;
  #waitingBytes = 0;

  /** What was sent and is not delivered yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  constructor(deliver: (frame: Uint8Array) => void) {
    this.#deliver = deliver;
  }

  /** False when the frame is too long or too much would wait. */
  carry(frame: Uint8Array): boolean {
    if (frame.byteLength > limits.frameBytesMax) return false;
    if (this.#waitingBytes + frame.byteLength > limits.connectionQueueBytesMax) return false;
    this.#waitingBytes += frame.byteLength;
    const copy = frame.slice();
    later(() => {
      this.#waitingBytes -= copy.byteLength;
      this.#deliver(copy);
    });
    return true;
  }
}

const waiting: (() => void)[] = [];

/**
 * Runs `task` in the next turn of the event loop, after those given before. Two sides that answer each other at once
 * would never let a timer run if it was still this turn.
 */
function later(task: () => void): void {
  if (waiting.push(task) > 1) return;
  setImmediate(() => {
    for (const each of waiting.splice(0)) each();
  });
}
