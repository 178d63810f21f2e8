import { limits } from "../../protocol/limits.ts";
import type { TcpAddress } from "../address.ts";
import { resolveTcpAddress } from "../address.ts";
import { listenError } from "../listen-error.ts";
import type { ClientIdentity, Listener, ListenerHandlers, RoutingId } from "../transport.ts";
import { type OpenAdmission, openAdmission } from "./authenticator.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Linger } from "./linger.ts";
import { disconnectFrame, serverSocketOptions, type ZeromqSettings } from "./options.ts";
import { Outbox } from "./outbox.ts";
import { FrameSocket } from "./socket.ts";

/** Listens at `parsed`, which was written `address`, for those who prove one of `clientKeys`. Rejects with `ListenError`. */
export async function listenZeromq(
  address: string,
  parsed: TcpAddress,
  clientKeys: ReadonlySet<string> | "any" | undefined,
  handlers: ListenerHandlers,
  settings: ZeromqSettings,
): Promise<Listener> {
  const disconnect = disconnectFrame();
  let listener: ZeromqListener | undefined;
  let admission: OpenAdmission | undefined;
  let socket: FrameSocket | undefined;
  try {
    const endpoint = await resolveTcpAddress(parsed);
    admission = await openAdmission({
      clientKeys,
      refused: (client, reason) => listener?.refuse(client, reason),
      failed: (error) => listener?.fail(error),
    });
    const options = serverSocketOptions(endpoint, settings, admission.domain);
    socket = new FrameSocket("Server", options, disconnect, settings.waiting);
    listener = new ZeromqListener(await socket.bind(endpoint), socket, admission, disconnect, settings, handlers);
    return listener;
  } catch (error) {
    await socket?.close(0);
    await admission?.close();
    throw listenError(address, error);
  }
}

interface Peer {
  readonly outbox: Outbox;
  /** libzmq cannot end a connection. Nothing of a dropped peer is delivered until it hangs up, or the kernel does. */
  isDropped: boolean;
}

/** One SERVER socket with all of its peers. */
class ZeromqListener implements Listener {
  readonly address: string;
  readonly #socket: FrameSocket;
  readonly #admission: OpenAdmission;
  readonly #disconnect: Buffer;
  readonly #queueBytesMax: number;
  readonly #handlers: ListenerHandlers;
  readonly #dispatcher: Dispatcher;
  /** Peers that have sent a frame and whose connections stand. */
  readonly #peers: Map<RoutingId, Peer> = new Map();
  #closed: Promise<void> | undefined;

  constructor(
    address: string,
    socket: FrameSocket,
    admission: OpenAdmission,
    disconnect: Buffer,
    settings: ZeromqSettings,
    handlers: ListenerHandlers,
  ) {
    this.#queueBytesMax = settings.queueBytesMax;
    this.address = address;
    this.#socket = socket;
    this.#admission = admission;
    this.#disconnect = disconnect;
    this.#handlers = handlers;
    this.#dispatcher = new Dispatcher(socket, (error) => this.fail(error));
    // In a later turn: whoever waits for `listen` must have the listener before the first frame can be delivered.
    setImmediate(() => {
      socket.start({
        received: (frame, routingId) => this.#received(frame, routingId),
        failed: (error) => this.fail(error),
      });
    });
  }

  send(routingId: RoutingId, frame: Uint8Array): void {
    const peer = this.#peers.get(routingId);
    if (this.#closed !== undefined || peer === undefined || peer.isDropped) return;
    if (peer.outbox.add(frame)) {
      this.#dispatcher.dispatch(peer.outbox);
      return;
    }
    peer.isDropped = true;
    peer.outbox.discard();
    // Later, for the owner is in the middle of `send`.
    queueMicrotask(() => {
      if (this.#closed === undefined) this.#handlers.lost(routingId);
    });
  }

  drop(routingId: RoutingId): void {
    const peer = this.#peers.get(routingId);
    // What waits for it is still sent, for it may say why; with the end of its connection the outbox goes too.
    if (peer !== undefined) peer.isDropped = true;
  }

  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  /** Tells the owner of somebody who was not let in; later, for libzmq waits for an answer. */
  refuse(client: ClientIdentity, reason: string): void {
    queueMicrotask(() => {
      if (this.#closed === undefined) this.#handlers.refused?.(client, reason);
    });
  }

  /** Nobody can be served any more. */
  fail(error: Error): void {
    if (this.#closed !== undefined) return;
    this.#handlers.failed(error);
    void this.close();
  }

  #received(frame: Uint8Array, routingId: RoutingId): void {
    if (this.#closed !== undefined) return;
    let peer = this.#peers.get(routingId);
    if (frame.byteLength === this.#disconnect.byteLength && this.#disconnect.equals(frame)) {
      this.#peers.delete(routingId);
      peer?.outbox.discard();
      if (peer?.isDropped !== true) this.#handlers.lost(routingId);
      return;
    }
    if (peer === undefined) {
      peer = { outbox: new Outbox(routingId, this.#queueBytesMax), isDropped: false };
      this.#peers.set(routingId, peer);
      // Of a message nothing is known but where the answer goes: the package does not say whose key let the peer in.
      this.#handlers.connected(routingId, { address: undefined, publicKey: undefined });
    }
    if (!peer.isDropped) this.#handlers.received(routingId, frame);
  }

  async #close(): Promise<void> {
    const linger = new Linger(limits.closeLingerMs);
    await this.#dispatcher.finish(linger);
    await this.#socket.close(linger.remainingMs);
    // After the socket: whoever is in the middle of the handshake is not to be told that its key is wrong.
    await this.#admission.close();
  }
}
