import { InvalidArgumentError } from "../../protocol/errors.ts";
import { limits } from "../../protocol/limits.ts";
import { type CurveOptions, serverKeyFor } from "../../security/curve-options.ts";
import { parseTcpAddress } from "../address.ts";
import type { Transport } from "../transport.ts";
import { ZmtpConnection } from "./connection.ts";
import { Curve } from "./curve/index.ts";
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
  /** Proof of keys and encryption, by the package `sodium-native`. Default: neither, whoever can connect is trusted. */
  readonly curve?: CurveOptions | undefined;
  /** Another way in which peers come to trust each other, instead of `curve`. */
  readonly mechanism?: MechanismMaker;
}

/**
 * ZeroMQ's CLIENT and SERVER sockets over TCP, by an implementation of ZMTP 3.1 in TypeScript: what deployed peers speak.
 * Entry point `hawser/transport/zmtp`. Addresses are `tcp://HOST:PORT`; a listener may write `*` for either half. This one
 * has no credentials: listen where only trusted clients can connect.
 */
export const zmtp: Transport = createZmtpTransport();

/** As `zmtp`, with keys or with other limits. Throws `InvalidArgumentError`. */
export function createZmtpTransport(options: ZmtpOptions = {}): Transport {
  const curve = options.curve === undefined ? undefined : curveOf(options.curve, options.mechanism);
  const mechanism = options.mechanism ?? nullMechanism;
  return {
    name: "zmtp",
    authenticatesClients: curve !== undefined,
    checkAddress(address) {
      parseTcpAddress(address, "connect");
      // A server checks addresses of others too, and needs nobody's key.
      if (curve?.settings.serverKey !== undefined) serverKeyFor(curve.settings, address);
    },
    connect(address, handlers) {
      const parsed = parseTcpAddress(address, "connect");
      const secured = curve === undefined ? mechanism : curve.clientMechanism(address);
      return new ZmtpConnection(parsed, settings("CLIENT", secured, options), handlers);
    },
    async listen(address, handlers) {
      const parsed = parseTcpAddress(address, "listen");
      const secured = curve === undefined ? mechanism : curve.serverMechanism();
      return listenZmtp(address, parsed, settings("SERVER", secured, options), handlers);
    },
  };
}

function curveOf(curve: CurveOptions, mechanism: MechanismMaker | undefined): Curve {
  if (mechanism === undefined) return new Curve(curve);
  throw new InvalidArgumentError("curve and mechanism are both given: leave one of them out");
}

function settings(socketType: SocketType, mechanism: MechanismMaker, options: ZmtpOptions): ZmtpSettings {
  return {
    socketType,
    mechanism,
    frameBytesMax: options.frameBytesMax ?? limits.frameBytesMax,
    queueBytesMax: options.queueBytesMax ?? limits.connectionQueueBytesMax,
    handshakeTimeoutMs: options.handshakeTimeoutMs ?? limits.handshakeTimeoutMs,
    heartbeatIntervalMs: options.heartbeatIntervalMs ?? limits.heartbeatIntervalMs,
  };
}
