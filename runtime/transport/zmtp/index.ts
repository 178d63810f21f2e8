import { limits } from "../../protocol/limits.ts";
import { parseTcpAddress } from "../address.ts";
import type { Transport } from "../transport.ts";
import { ZmtpConnection } from "./connection.ts";
import { listenZmtp } from "./listener.ts";
import type { MechanismMaker } from "./mechanism.ts";
import { nullMechanism } from "./null-mechanism.ts";
import type { SocketType } from "./peer.ts";
import type { ZmtpSettings } from "./socket.ts";

/** What a deployment, or a test, may want to be otherwise. */
export interface ZmtpOptions {
  /** Longest frame that is sent or accepted, in bytes. Default: `limits.frameBytesMax`. */
  readonly frameBytesMax?: number;
  /** Bytes that may wait on one connection. Default: `limits.connectionQueueBytesMax`. */
  readonly queueBytesMax?: number;
  /** How long a connection may take to be made, handshake included. Default: `limits.handshakeTimeoutMs`. */
  readonly handshakeTimeoutMs?: number;
  /** How often each side says something. Default: `limits.heartbeatIntervalMs`. */
  readonly heartbeatIntervalMs?: number;
  /** How peers come to trust each other. Default: NULL, which trusts everybody. */
  readonly mechanism?: MechanismMaker;
}

/**
 * ZeroMQ's CLIENT and SERVER sockets over TCP, by an implementation of ZMTP 3.1 in TypeScript: what deployed peers speak.
 * Entry point `hawser/transport/zmtp`. Addresses are `tcp://HOST:PORT`; a listener may write `*` for either half. There
 * are no credentials: listen where only trusted clients can connect.
 */
export const zmtp: Transport = createZmtpTransport();

/** As `zmtp`, with other limits. */
export function createZmtpTransport(options: ZmtpOptions = {}): Transport {
  return {
    name: "zmtp",
    checkAddress(address) {
      parseTcpAddress(address, "connect");
    },
    connect(address, handlers) {
      return new ZmtpConnection(parseTcpAddress(address, "connect"), settings("CLIENT", options), handlers);
    },
    async listen(address, handlers) {
      return listenZmtp(address, parseTcpAddress(address, "listen"), settings("SERVER", options), handlers);
    },
  };
}

function settings(socketType: SocketType, options: ZmtpOptions): ZmtpSettings {
  return {
    socketType,
    mechanism: options.mechanism ?? nullMechanism,
    frameBytesMax: options.frameBytesMax ?? limits.frameBytesMax,
    queueBytesMax: options.queueBytesMax ?? limits.connectionQueueBytesMax,
    handshakeTimeoutMs: options.handshakeTimeoutMs ?? limits.handshakeTimeoutMs,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? limits.heartbeatIntervalMs,
  };
}
