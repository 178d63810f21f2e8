import type { ContinueSession, CreateSession } from "../../generated/protocol/messages.ts";
import type { ClientIdentity } from "./client-identity.ts";
import { limits } from "./limits.ts";
import type { ConnectionId, Recipient } from "./server-events.ts";

/** A handshake about which nothing is decided yet. */
export interface PendingAuthorization {
  readonly authorizationId: number;
  /** Who waits, with the version of the handshake. */
  readonly recipient: Recipient;
  readonly message: CreateSession | ContinueSession;
  /** Who is behind the connection. */
  readonly client: ClientIdentity;
  /** Until when something must be decided, in monotonic milliseconds. */
  readonly until: number;
}

/**
 * Handshakes about which nothing is decided yet, the oldest first: one for each connection, so that none takes the room of
 * all. Those whose connection is gone take their room until something is decided, because somebody still works on them.
 */
export class PendingAuthorizations {
  readonly #pending = new Map<number, PendingAuthorization>();
  readonly #byConnection = new Map<ConnectionId, PendingAuthorization>();
  #lastId = 0;

  /** When `takeOverdue` has something next; `undefined` while nothing waits. */
  get nextDeadline(): number | undefined {
    return this.#oldest?.until;
  }

  /** Whether there is room for one more. */
  get hasRoom(): boolean {
    return this.#pending.size < limits.authorizationsPendingMax;
  }

  /** The handshake of a connection that waits. */
  of(connectionId: ConnectionId): PendingAuthorization | undefined {
    return this.#byConnection.get(connectionId);
  }

  /** A handshake waits from now on. */
  add(asking: Pick<PendingAuthorization, "recipient" | "message" | "client">, now: number): PendingAuthorization {
    this.#lastId += 1;
    const until = now + limits.authorizationTimeoutMs;
    const pending = { ...asking, authorizationId: this.#lastId, until };
    this.#pending.set(this.#lastId, pending);
    this.#byConnection.set(asking.recipient.connectionId, pending);
    return pending;
  }

  /** Takes one away about which something is decided; `undefined` where it is too late for that. */
  take(authorizationId: number): PendingAuthorization | undefined {
    const pending = this.#pending.get(authorizationId);
    if (pending === undefined) return undefined;
    this.#pending.delete(authorizationId);
    this.#byConnection.delete(pending.recipient.connectionId);
    return pending;
  }

  /** Takes one away that has waited too long. */
  takeOverdue(now: number): PendingAuthorization | undefined {
    const oldest = this.#oldest;
    return oldest !== undefined && oldest.until <= now ? this.take(oldest.authorizationId) : undefined;
  }

  /** Gives everything up, and returns who waited. */
  clear(): readonly PendingAuthorization[] {
    const waiting = [...this.#pending.values()];
    this.#pending.clear();
    this.#byConnection.clear();
    return waiting;
  }

  get #oldest(): PendingAuthorization | undefined {
    // It is asked for in every step, and there is mostly none: to find that out a map's iterator costs too much.
    if (this.#pending.size === 0) return undefined;
    for (const oldest of this.#pending.values()) return oldest;
    return undefined;
  }
}
