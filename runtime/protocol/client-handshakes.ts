import type { Capabilities, ContinueSession, CreateSession, SessionId } from "../../generated/protocol/messages.ts";
import type { ClientSessionOptions } from "./client-events.ts";
import { withOffer } from "./negotiation.ts";

/**
 * What a client says first over each connection.
 *
 * A new session is asked for with the same nonce until it is there: an attempt whose answer was lost may have created it,
 * and servers know it by its nonce. To go on with a session, each attempt has a nonce of its own.
 */
export class ClientHandshakes {
  readonly #capabilities: Capabilities;
  readonly #newNonce: () => bigint;
  #creation: CreateSession | undefined;

  constructor(
    options: Pick<ClientSessionOptions, "capabilities" | "protocolVersionMax" | "sessionTimeoutMs" | "newNonce">,
  ) {
    this.#capabilities = withOffer(options.capabilities, options);
    this.#newNonce = options.newNonce;
  }

  /** Asks for a new session, or to go on with `sessionId`. */
  next(sessionId: SessionId | undefined): CreateSession | ContinueSession {
    if (sessionId !== undefined) return { type: "ContinueSession", sessionId, nonce: this.#newNonce() };
    this.#creation ??= { type: "CreateSession", capabilities: this.#capabilities, nonce: this.#newNonce() };
    return this.#creation;
  }
}
