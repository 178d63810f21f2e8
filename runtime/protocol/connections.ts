import type { Nonce, SessionId } from "../../generated/protocol/messages.ts";
import type { ConnectionId } from "./server-events.ts";

/** A connection with a session, or with one that is being created. Others leave no trace in the server's memory. */
export interface Connection {
  readonly state: "creating" | "attached";
  readonly sessionId: SessionId;
  /** That of the handshake, so that the same one again is recognised. */
  readonly nonce: Nonce;
}

/** Which connection has which session. Each session stands behind at most one connection here. */
export class Connections {
  readonly #connections = new Map<ConnectionId, Connection>();
  readonly #creations = new Map<SessionId, ConnectionId>();

  /** Connections whose session is being created. */
  get creatingCount(): number {
    return this.#creations.size;
  }

  /** Connections with a session. */
  get attachedCount(): number {
    return this.#connections.size - this.#creations.size;
  }

  get(connectionId: ConnectionId): Connection | undefined {
    return this.#connections.get(connectionId);
  }

  entries(): IterableIterator<[ConnectionId, Connection]> {
    return this.#connections.entries();
  }

  /** The connection that asked for the session and still waits for it. */
  creationOf(sessionId: SessionId): { readonly connectionId: ConnectionId; readonly nonce: Nonce } | undefined {
    const connectionId = this.#creations.get(sessionId);
    const connection = connectionId === undefined ? undefined : this.#connections.get(connectionId);
    return connectionId === undefined || connection === undefined
      ? undefined
      : { connectionId, nonce: connection.nonce };
  }

  creating(connectionId: ConnectionId, sessionId: SessionId, nonce: Nonce): void {
    this.delete(connectionId);
    this.#connections.set(connectionId, { state: "creating", sessionId, nonce });
    this.#creations.set(sessionId, connectionId);
  }

  attached(connectionId: ConnectionId, sessionId: SessionId, nonce: Nonce): void {
    this.delete(connectionId);
    this.#connections.set(connectionId, { state: "attached", sessionId, nonce });
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
