/**
 * What carries frames between clients and servers. One frame is one message; a transport never looks inside it, may
 * lose frames when a connection dies, and delivers those that arrive in the order in which they were sent.
 */

import type { ClientIdentity } from "../protocol/client-identity.ts";

export type { ClientIdentity };

/**
 * A transport's name for one connection of a server. It is local to one server process and may be used again after a
 * restart: never a credential, never stored, never replicated.
 */
export type RoutingId = number;

/** What a client's connection tells its owner. Neither is called after `close`, and `lost` is called at most once. */
export interface ConnectionHandlers {
  /** One frame from the server. The bytes belong to the receiver. */
  received(frame: Uint8Array): void;
  /** The connection is gone, and nothing more will come from it. `reason` is for people. */
  lost(reason: string): void;
}

/** A client's connection to one server. It may still be dialling; frames sent meanwhile wait. */
export interface ClientConnection {
  /**
   * Sends one frame. Delivery is at most once: the protocol above sends again what was not answered. The bytes must not
   * change afterwards. Over `limits.connectionQueueBytesMax` the connection is given up and `lost` is called.
   */
  send(frame: Uint8Array): void;
  /** Bytes that wait to be sent; left out by a transport that cannot say. */
  readonly waitingBytes?: number;
  /** Closes the connection after frames already sent had up to `limits.closeLingerMs` to leave. Safe to call twice. */
  close(): Promise<void>;
}

/** What a listening server is told. None is called after `close`. */
export interface ListenerHandlers {
  /** A client's connection stands. Comes once for each `routingId`, before anything else of it. */
  connected(routingId: RoutingId, client: ClientIdentity): void;
  /** One frame from the client behind `routingId`. The bytes belong to the receiver. */
  received(routingId: RoutingId, frame: Uint8Array): void;
  /** The connection is gone. May come for a `routingId` that never sent anything, and at most once for each. */
  lost(routingId: RoutingId): void;
  /**
   * A connection has ended before it stood: another mechanism or key than is asked for, no handshake in time, or something
   * that is no peer. Its `publicKey` is there where it was proven and is not let in. `reason` is for people.
   */
  refused?(client: ClientIdentity, reason: string): void;
  /** The listener itself failed and serves nobody any more. */
  failed(error: Error): void;
}

/** What a listener has to do with at the moment. */
export interface ListenerLoad {
  /** Connections that stand. */
  readonly connections: number;
  /** Connections in the middle of the transport's handshake. */
  readonly handshaking: number;
  /** Bytes that wait to be sent, on all of them together. */
  readonly waitingBytes: number;
  /** Connections from which nothing is read because too much waits for them. */
  readonly throttled: number;
}

/** A server's listening socket with all of its connections. */
export interface Listener {
  /** Where it listens, with the real port where 0 (or `*`) was asked for: `tcp://127.0.0.1:41217`. */
  readonly address: string;
  /**
   * Sends one frame to one client; does nothing when the connection is gone. The bytes must not change afterwards.
   * A client that does not read, so that more than `limits.connectionQueueBytesMax` wait for it, is dropped.
   */
  send(routingId: RoutingId, frame: Uint8Array): void;
  /**
   * Ends one connection after what was sent to it, where the transport can; else ignores whatever it sends from then on.
   * `lost` is not called for it.
   */
  drop(routingId: RoutingId): void;
  /** What there is to do, counted in time proportional to the connections; left out by a transport that cannot say. */
  load?(): ListenerLoad;
  /** Stops listening and closes every connection after frames already sent had up to `limits.closeLingerMs` to leave. */
  close(): Promise<void>;
}

/** One way to carry frames. Addresses are URLs whose scheme belongs to the transport. */
export interface Transport {
  /** Short name for messages and logs: `zeromq`, `memory`. */
  readonly name: string;
  /**
   * Whether a listener lets only those in who have proven that they may: by a key, or by being in the same process. A server
   * refuses to listen beyond this machine without it, unless it is told to.
   */
  readonly authenticatesClients: boolean;
  /** Throws `InvalidArgumentError` when `address` is none that `connect` takes. Does no I/O. */
  checkAddress(address: string): void;
  /**
   * Throws `InvalidArgumentError` when `address` is not one of this transport's; any trouble of the network comes as
   * `lost`, later.
   */
  connect(address: string, handlers: ConnectionHandlers): ClientConnection;
  /**
   * Rejects with `InvalidArgumentError` for a bad address and `ListenError` (`ERR_ADDRESS_IN_USE`,
   * `ERR_ADDRESS_UNAVAILABLE`) when the address cannot be had.
   */
  listen(address: string, handlers: ListenerHandlers): Promise<Listener>;
}
