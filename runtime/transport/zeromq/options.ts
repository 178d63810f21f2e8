import { randomBytes } from "node:crypto";
import { encodeClientMessage, encodeServerMessage } from "../../../generated/protocol/codec.ts";
import { limits } from "../../protocol/limits.ts";
import type { CurveSettings } from "../../security/curve-options.ts";
import type { ZeromqSocketOptions } from "./package.ts";
import type { Waiting } from "./socket.ts";

/**
 * Frames that libzmq may hold for one peer besides those that wait in its outbox. It cannot count bytes: with frames of
 * the greatest length this is 320 MiB for a peer that does not read, with usual ones some hundred KiB. Smaller pipes cost
 * wake-ups: with 64 frames each takes a third more time of the processor, with 12 it takes twice as much.
 */
const sendPipeFramesMax = 256;
/**
 * 0 is no limit. With a limit, libzmq 4.3.5 aborts the whole process when a peer sends more than fits, a PING among it,
 * and hangs up before it was read: anybody could end the process. Without one, a peer that floods costs memory while the
 * event loop is behind.
 */
const receivePipeFramesMax = 0;

/** What one end of a connection is made with. */
export interface ZeromqSettings {
  /** Longest frame that is accepted. */
  readonly frameBytesMax: number;
  /** Bytes that may wait to be sent to one peer. */
  readonly queueBytesMax: number;
  readonly waiting: Waiting;
  /** Keys; without them the mechanism is NULL. */
  readonly curve: CurveSettings | undefined;
}

/** By how much a message in CURVE is longer than the frame in it: its name, a counter, flags and what proves its origin. */
const curveOverheadBytes = 33;

/** What both kinds of sockets have in common. No heartbeats: the protocol above has its own signs of life. */
const commonOptions = {
  linger: limits.closeLingerMs,
  receiveHighWaterMark: receivePipeFramesMax,
  sendHighWaterMark: sendPipeFramesMax,
  // The pipe's word is wanted at once. A full pipe is tried again by our own rules.
  sendTimeout: 0,
  handshakeInterval: limits.handshakeTimeoutMs,
} as const;

/** Options of the socket of one client's connection. With CURVE, the server has to prove `serverKey`. */
export function clientSocketOptions(
  endpoint: string,
  settings: ZeromqSettings,
  serverKey: string | undefined,
): ZeromqSocketOptions {
  return {
    ...commonOptions,
    ...keyOptions(settings),
    ...(serverKey === undefined ? {} : { curveServerKey: serverKey }),
    ipv6: isIPv6Endpoint(endpoint),
    maxMessageSize: maxMessageSize(settings),
    reconnectInterval: limits.backoffMinMs,
  };
}

/**
 * Options of a listening socket. libzmq asks the authenticator about each peer under the name `zapDomain`, and lets nobody
 * in where nobody answers: with the name alone it would let in everybody then. The kernel probes idle connections and gives
 * up those that acknowledge nothing, for a peer whose machine has vanished says no goodbye.
 */
export function serverSocketOptions(
  endpoint: string,
  settings: ZeromqSettings,
  zapDomain: string,
): ZeromqSocketOptions {
  return {
    ...commonOptions,
    ...keyOptions(settings),
    ...(settings.curve === undefined ? {} : { curveServer: true }),
    zapDomain,
    zapEnforceDomain: true,
    ipv6: isIPv6Endpoint(endpoint),
    maxMessageSize: maxMessageSize(settings),
    backlog: limits.listenBacklog,
    tcpKeepalive: 1,
    tcpKeepaliveIdle: limits.keepAliveIntervalMs / 1_000,
    tcpKeepaliveInterval: limits.keepAliveIntervalMs / 3_000,
    tcpKeepaliveCount: 3,
    tcpMaxRetransmitTimeout: limits.sessionTimeoutMs,
  };
}

/**
 * What a SERVER shall find in its queue when a peer's connection has ended: the protocol's own message for that, and
 * random bytes, which decoders ignore. So no peer can send the same and pretend that its connection has ended.
 */
export function disconnectFrame(): Buffer {
  return salted(encodeClientMessage({ type: "ConnectionClosed" }, 1));
}

/** What a CLIENT shall find in its queue when its connection has ended, made likewise. */
export function hiccupFrame(): Buffer {
  return salted(encodeServerMessage({ type: "SessionClosed", reason: "ConnectionClosed", leaderId: undefined }, 1));
}

function salted(message: Uint8Array): Buffer {
  // As hard to guess as a UUID.
  return Buffer.concat([message, randomBytes(16)]);
}

function keyOptions({ curve }: ZeromqSettings): Pick<ZeromqSocketOptions, "curvePublicKey" | "curveSecretKey"> {
  if (curve === undefined) return {};
  return { curvePublicKey: curve.keys.publicKey, curveSecretKey: curve.keys.secretKey };
}

/** libzmq counts the message as it travels. */
function maxMessageSize({ frameBytesMax, curve }: ZeromqSettings): number {
  return frameBytesMax + (curve === undefined ? 0 : curveOverheadBytes);
}

function isIPv6Endpoint(endpoint: string): boolean {
  return endpoint.startsWith("tcp://[");
}
