import { randomBytes } from "node:crypto";
import { limits } from "../protocol/limits.ts";
import type { ZeromqSocketOptions } from "./zeromq-package.ts";

/**
 * Frames that libzmq may hold for one peer in either direction. It counts frames, not bytes, so that the longest ones
 * decide: together they are no more than `limits.connectionQueueBytesMax`.
 */
const pipeFramesMax = +(process.env['HWM'] ?? 0) || Math.max(1, Math.floor(limits.connectionQueueBytesMax / limits.frameBytesMax));

/**
 * What both kinds of sockets have in common. No heartbeats: together with bounded pipes they can abort the process, and
 * the protocol above has its own signs of life.
 */
const commonOptions = {
  linger: limits.closeLingerMs,
  maxMessageSize: limits.frameBytesMax,
  receiveHighWaterMark: +(process.env['RHWM'] ?? 0) || pipeFramesMax,
  sendHighWaterMark: pipeFramesMax,
  // The pipe's word is wanted at once. A full pipe is tried again by our own rules.
  sendTimeout: 0,
  handshakeInterval: limits.handshakeTimeoutMs,
} as const;

/** Options of the socket of one client's connection. */
export function clientSocketOptions(endpoint: string): ZeromqSocketOptions {
  return { ...commonOptions, ipv6: isIPv6Endpoint(endpoint), reconnectInterval: limits.backoffMinMs };
}

/**
 * Options of a listening socket. The kernel probes idle connections and gives up those that acknowledge nothing, for a
 * peer whose machine has vanished says no goodbye.
 */
export function serverSocketOptions(endpoint: string): ZeromqSocketOptions {
  return {
    ...commonOptions,
    ipv6: isIPv6Endpoint(endpoint),
    backlog: limits.listenBacklog,
    tcpKeepalive: 1,
    tcpKeepaliveIdle: limits.keepAliveIntervalMs / 1_000,
    tcpKeepaliveInterval: limits.keepAliveIntervalMs / 3_000,
    tcpKeepaliveCount: 3,
    tcpMaxRetransmitTimeout: limits.sessionTimeoutMs,
  };
}

/**
 * What a socket shall find in its queue when a connection has ended: `encoded`, the protocol's own message for that,
 * and random bytes, which decoders ignore. So no peer can send the same and pretend that its connection has ended.
 */
export function endFrame(encoded: Uint8Array): Buffer {
  return Buffer.concat([encoded, randomBytes(endFrameSaltBytes)]);
}

/** As unlikely to be guessed as a UUID. */
const endFrameSaltBytes = 16;

function isIPv6Endpoint(endpoint: string): boolean {
  return endpoint.startsWith("tcp://[");
}
