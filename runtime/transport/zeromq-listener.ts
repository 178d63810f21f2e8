import { ListenError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import type { TcpAddress } from "./address.ts";
import { resolveTcpAddress } from "./address.ts";
import type { Listener, ListenerHandlers, RoutingId } from "./transport.ts";
import { Dispatcher } from "./zeromq-dispatcher.ts";
import { Linger } from "./zeromq-linger.ts";
import { disconnectFrame, serverSocketOptions } from "./zeromq-options.ts";
import { Outbox } from "./zeromq-outbox.ts";
import type { Waiting } from "./zeromq-socket.ts";
import { FrameSocket } from "./zeromq-socket.ts";

/** Listens at `parsed`, which was written `address`. Rejects with `ListenError`. */
export async function listenZeromq(
  address: string,
  parsed: TcpAddress,
  handlers: ListenerHandlers,
  waiting: Waiting,
): Promise<Listener> {
  const disconnect = disconnectFrame();
  let socket: FrameSocket | undefined;
  try {
    const endpoint = await resolveTcpAddress(parsed);
    socket = new FrameSocket("Server", serverSocketOptions(endpoint), disconnect, waiting);
    return new ZeromqListener(await socket.bind(endpoint), socket, disconnect, handlers);
  } catch (error) {
    await socket?.close(0);
    throw listenError(address, error);
  }
}

/** One SERVER socket with all of its peers. */
class ZeromqListener implements Listener {
  readonly address: string;
  readonly #socket: FrameSocket;
  readonly #disconnect: Buffer;
  readonly #handlers: ListenerHandlers;
  readonly #dispatcher: Dispatcher;
  /** Peers to which something was sent, and their waiting frames. */
  readonly #outboxes: Map<RoutingId, Outbox> = new Map();
  /**
   * Peers that were dropped and whose connections live on, for libzmq cannot end them: nothing of them is delivered. A
   * peer leaves the set when its connection ends, so that there are never more than open connections.
   */
  readonly #dropped: Set<RoutingId> = new Set();
  #closed: Promise<void> | undefined;

  constructor(address: string, socket: FrameSocket, disconnect: Buffer, handlers: ListenerHandlers) {
    this.address = address;
    this.#socket = socket;
    this.#disconnect = disconnect;
    this.#handlers = handlers;
    this.#dispatcher = new Dispatcher(socket, {
      // The owner has heard of it, or will when the disconnect frame is received.
      gone: (outbox) => this.#outboxes.delete(outbox.routingId),
      failed: (error) => this.#failed(error),
    });
    socket.start({
      received: (frame, routingId) => this.#received(frame, routingId),
      failed: (error) => this.#failed(error),
    });
  }

  send(routingId: RoutingId, frame: Uint8Array): void {
    if (this.#closed !== undefined || this.#dropped.has(routingId)) return;
    const outbox = this.#outboxOf(routingId);
    if (outbox.add(frame)) {
      this.#dispatcher.dispatch(outbox);
      return;
    }
    this.drop(routingId);
    // Later, for the owner is in the middle of `send`.
    queueMicrotask(() => {
      if (this.#closed === undefined) this.#handlers.lost(routingId);
    });
  }

  drop(routingId: RoutingId): void {
    this.#forget(routingId);
    this.#dropped.add(routingId);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  #received(frame: Uint8Array, routingId: RoutingId): void {
    if (this.#closed !== undefined) return;
    if (frame.byteLength === this.#disconnect.byteLength && this.#disconnect.equals(frame)) {
      this.#forget(routingId);
      if (!this.#dropped.delete(routingId)) this.#handlers.lost(routingId);
    } else if (!this.#dropped.has(routingId)) {
      const outbox = this.#outboxes.get(routingId);
      if (outbox !== undefined) this.#dispatcher.retry(outbox);
      this.#handlers.received(routingId, frame);
    }
  }

  #failed(error: Error): void {
    if (this.#closed !== undefined) return;
    this.#handlers.failed(error);
    void this.close();
  }

  #outboxOf(routingId: RoutingId): Outbox {
    let outbox = this.#outboxes.get(routingId);
    if (outbox === undefined) {
      outbox = new Outbox(routingId);
      this.#outboxes.set(routingId, outbox);
    }
    return outbox;
  }

  #forget(routingId: RoutingId): void {
    this.#outboxes.get(routingId)?.discard();
    this.#outboxes.delete(routingId);
  }

  async #close(): Promise<void> {
    const linger = new Linger(limits.closeLingerMs);
    await this.#dispatcher.finish(linger);
    await this.#socket.close(linger.remainingMs);
  }
}

function listenError(address: string, cause: unknown): ListenError {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (code === "EADDRINUSE") {
    return new ListenError(
      "ERR_ADDRESS_IN_USE",
      `address "${address}" is in use: stop what listens there, or listen at another port`,
      { cause },
    );
  }
  const why = cause instanceof Error ? cause.message : String(cause);
  return new ListenError(
    "ERR_ADDRESS_UNAVAILABLE",
    `cannot listen at "${address}", ${why}: use an address of this machine, or * for all of them`,
    { cause },
  );
}
