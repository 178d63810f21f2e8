import {
  type ClientMessage,
  decodeServerMessage,
  encodeClientMessage,
  type ProtocolVersion,
  type ServerMessage,
} from "hawser/protocol";
import { zmtp } from "hawser/transport/zmtp";

/** One connection to the server, over which one question is asked at a time. */
export class Line {
  readonly #connection: { send(frame: Uint8Array): void; close(): Promise<void> };
  readonly #lost: () => void;
  readonly #unasked: (message: ServerMessage) => void;
  #version: ProtocolVersion = 1;
  #answered: ((message: ServerMessage | undefined) => void) | undefined;

  /** `unasked` is told what the server says without being asked by `ask`, and `lost` when the connection is gone. */
  constructor(address: string, unasked: (message: ServerMessage) => void, lost: () => void) {
    this.#unasked = unasked;
    this.#lost = lost;
    this.#connection = zmtp.connect(address, {
      received: (frame) => this.#received(frame),
      lost: () => this.#end(),
    });
  }

  /** Asks, and gives what comes back: `undefined` when the connection was lost instead. */
  ask(message: ClientMessage): Promise<ServerMessage | undefined> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      this.tell(message);
    });
  }

  tell(message: ClientMessage): void {
    // A handshake is always in version 1; its answer says in what everything else is.
    const version = "nonce" in message ? 1 : this.#version;
    this.#connection.send(encodeClientMessage(message, version));
  }

  /** Ends it for good: nobody is told. */
  close(): Promise<void> {
    this.#answered?.(undefined);
    return this.#connection.close();
  }

  #received(frame: Uint8Array): void {
    const { message, version } = decodeServerMessage(frame);
    if ("nonce" in message) this.#version = version;
    const answered = this.#answered;
    this.#answered = undefined;
    if (answered === undefined) this.#unasked(message);
    else answered(message);
  }

  #end(): void {
    this.#answered?.(undefined);
    this.#lost();
  }
}
