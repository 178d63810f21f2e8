import { limits } from "../../protocol/limits.ts";
import type { TcpAddress } from "../address.ts";
import { resolveTcpAddress } from "../address.ts";
import type { ClientConnection, ConnectionHandlers } from "../transport.ts";
import { Dispatcher } from "./dispatcher.ts";
import { Linger } from "./linger.ts";
import { clientSocketOptions, hiccupFrame, type ZeromqSettings } from "./options.ts";
import { Outbox } from "./outbox.ts";
import { FrameSocket } from "./socket.ts";

/**
 * One CLIENT socket with one server. libzmq dials until the server answers. After a loss it would dial again and hand
 * frames meant for the old server process to a new one: the socket is closed at once instead, and its owner connects
 * anew. So it is after a refusal, for a CLIENT that was refused once never dials again.
 */
export class ZeromqConnection implements ClientConnection {
  readonly #handlers: ConnectionHandlers;
  readonly #settings: ZeromqSettings;
  readonly #serverKey: string | undefined;
  readonly #hiccup: Buffer = hiccupFrame();
  readonly #outbox: Outbox;
  readonly #dialled: Promise<void>;
  #socket: FrameSocket | undefined;
  #dispatcher: Dispatcher | undefined;
  /** Set when the connection is lost or closed and its socket must not be opened any more. */
  #isOver = false;
  #isLost = false;
  #closed: Promise<void> | undefined;

  /** With CURVE, the server has to prove `serverKey`. */
  constructor(
    address: TcpAddress,
    serverKey: string | undefined,
    handlers: ConnectionHandlers,
    settings: ZeromqSettings,
  ) {
    this.#handlers = handlers;
    this.#settings = settings;
    this.#serverKey = serverKey;
    this.#outbox = new Outbox(0, settings.queueBytesMax);
    this.#dialled = this.#dial(address);
  }

  send(frame: Uint8Array): void {
    if (this.#isLost || this.#closed !== undefined) return;
    if (!this.#outbox.add(frame)) {
      this.#lose(`more than ${this.#settings.queueBytesMax} bytes wait for the server, which does not read`);
      return;
    }
    this.#dispatcher?.dispatch(this.#outbox);
  }

  close(): Promise<void> {
    this.#closed ??= this.#close(new Linger(this.#isLost ? 0 : limits.closeLingerMs));
    return this.#closed;
  }

  async #dial(address: TcpAddress): Promise<void> {
    try {
      const resolved = resolveTcpAddress(address);
      const endpoint = typeof resolved === "string" ? resolved : await resolved;
      if (this.#isOver) return;
      const socket = new FrameSocket(
        "Client",
        clientSocketOptions(endpoint, this.#settings, this.#serverKey),
        this.#hiccup,
        this.#settings.waiting,
      );
      this.#socket = socket;
      this.#dispatcher = new Dispatcher(socket, (error) => this.#lose(error.message));
      socket.connect(endpoint);
      socket.start({
        received: (frame) => this.#received(frame),
        failed: (error) => this.#lose(error.message),
      });
      if (!this.#outbox.isEmpty) this.#dispatcher.dispatch(this.#outbox);
    } catch (error) {
      this.#lose(error instanceof Error ? error.message : String(error));
    }
  }

  #received(frame: Uint8Array): void {
    if (this.#isLost || this.#closed !== undefined) return;
    if (frame.byteLength === this.#hiccup.byteLength && this.#hiccup.equals(frame)) {
      // After a refusal it may come before the event that says why.
      void this.#socket?.handshake.then(() => this.#lose("the server or the network closed the connection"));
      return;
    }
    this.#handlers.received(frame);
  }

  /** Gives the connection up. The owner hears of it later, for it may be in the middle of `send`. */
  #lose(reason: string): void {
    if (this.#isLost) return;
    this.#isLost = true;
    this.#isOver = true;
    this.#outbox.discard();
    void this.#socket?.close(0);
    queueMicrotask(() => {
      if (this.#closed === undefined) this.#handlers.lost(reason);
    });
  }

  async #close(linger: Linger): Promise<void> {
    // Frames may still wait for the host's name to be resolved.
    if (!this.#outbox.isEmpty) await linger.wait(this.#dialled);
    this.#isOver = true;
    await this.#dispatcher?.finish(linger);
    await this.#socket?.close(linger.remainingMs);
  }
}
