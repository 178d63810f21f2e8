import { lookup } from "node:dns";
import { connect, type LookupFunction } from "node:net";
import { limits } from "../../protocol/limits.ts";
import type { TcpAddress } from "../address.ts";
import type { ClientConnection, ConnectionHandlers } from "../transport.ts";
import { type ZmtpSettings, ZmtpSocket } from "./socket.ts";

/**
 * A CLIENT with one SERVER. It dials once: that nobody answers is told at once, so that its owner can try another member
 * or wait as its backoff says. What was sent before a loss is never sent to a later server process.
 */
export class ZmtpConnection implements ClientConnection {
  readonly #socket: ZmtpSocket;
  #closed: Promise<void> | undefined;

  constructor({ host, port }: TcpAddress, settings: ZmtpSettings, handlers: ConnectionHandlers) {
    // One address, the same as a listener takes for the name: an attempt at the other one could reach somebody else.
    const socket = connect({ host, port, autoSelectFamily: false, lookup: lookupIPv4First, ...socketOptions });
    this.#socket = new ZmtpSocket(socket, settings, {
      ready: () => {},
      received: handlers.received,
      lost: (reason) => {
        if (this.#closed === undefined) handlers.lost(reason);
      },
    });
  }

  get waitingBytes(): number {
    return this.#socket.waitingBytes;
  }

  send(frame: Uint8Array): void {
    this.#socket.send(frame);
  }

  close(): Promise<void> {
    this.#closed ??= this.#socket.finish();
    return this.#closed;
  }
}

/**
 * What is sent leaves at once, for we put small messages together ourselves. The kernel probes idle connections: a peer
 * that speaks ZMTP 3.0 has no heartbeats.
 */
export const socketOptions: {
  readonly noDelay: true;
  readonly keepAlive: true;
  readonly keepAliveInitialDelay: number;
} = { noDelay: true, keepAlive: true, keepAliveInitialDelay: limits.keepAliveIntervalMs };

const lookupIPv4First: LookupFunction = (host, options, done) => {
  lookup(host, { ...options, order: "ipv4first" }, done);
};
