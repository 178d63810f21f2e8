import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Nonce, SessionId } from "../../generated/protocol/messages.ts";
import type { LiveSession } from "./live-session.ts";
import type { ConnectionId, Recipient } from "./server-events.ts";

/**
 * A connection with a session, with one that is being created, or with one that has ended, where that can be said: from
 * version 2 on. Others leave no trace in the server's memory.
 */
export interface Connection {
  readonly state: "creating" | "attached" | "ended";
  readonly sessionId: SessionId;
  /** That of the handshake, so that the same one again is recognised. */
  readonly nonce: Nonce;
  /** What the handshake is answered in, and everything after it. */
  readonly version: ProtocolVersion;
  /** While it is attached: found without a second search, for every frame asks for it. */
  readonly session: LiveSession | undefined;
}

/** Which connection has which session. Each session stands behind at most one connection here. */
export class Connections {
  readonly #connections = new Map<ConnectionId, Connection>();
  readonly #creations = new Map<SessionId, ConnectionId>();

  /** Connections whose session is being created. */
  get creatingCount(): number {
    return this.#creations.size;
  }

  get(connectionId: ConnectionId): Connection | undefined {
    return this.#connections.get(connectionId);
  }

  entries(): IterableIterator<[ConnectionId, Connection]> {
    return this.#connections.entries();
  }

  /** The connection that asked for the session and still waits for it. */
  creationOf(sessionId: SessionId): { readonly recipient: Recipient; readonly nonce: Nonce } | undefined {
    const connectionId = this.#creations.get(sessionId);
    const connection = connectionId === undefined ? undefined : this.#connections.get(connectionId);
    if (connectionId === undefined || connection === undefined) return undefined;
    return { recipient: { connectionId, version: connection.version }, nonce: connection.nonce };
  }

  creating({ connectionId, version }: Recipient, sessionId: SessionId, nonce: Nonce): void {
    this.delete(connectionId);
    this.#connections.set(connectionId, { state: "creating", sessionId, nonce, version, session: undefined });
    this.#creations.set(sessionId, connectionId);
  }

  attached({ connectionId, version }: Recipient, session: LiveSession, nonce: Nonce): void {
    const { sessionId } = session;
    this.delete(connectionId);
    this.#connections.set(connectionId, { state: "attached", sessionId, nonce, version, session });
  }

  /** The session of a connection is over. */
  ended(connectionId: ConnectionId): void {
    const connection = this.#connections.get(connectionId);
    this.delete(connectionId);
    if (connection === undefined || connection.version === 1) return;
    this.#connections.set(connectionId, { ...connection, state: "ended", session: undefined });
  }

  delete(connectionId: ConnectionId): void {
    const connection = this.#connections.get(connectionId);
    if (connection?.state === "creating") this.#creations.delete(connection.sessionId);
    this.#connections.delete(connectionId);
  }

  clear(): void {
    this.#connections.clear();
    this.#creations.clear();
  }
}
