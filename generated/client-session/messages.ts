// Generated from client-session.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Names a durable session: a UUID in text form.
 * Wire: string<u8>, length at least 1.
 */
export type SessionId = string;

/**
 * Numbers the commands of a session.
 * Wire: u53, range at least 1.
 */
export type RequestId = number;

/**
 * How long something lasts, in milliseconds.
 * Wire: u32, unit ms.
 */
export type Millis = number;

/**
 * CRC-32 (IEEE 802.3).
 * Wire: u32.
 */
export type Checksum = number;

/**
 * A session, and where its next process begins to number commands.
 * Wire: tag 1, since version 1.
 */
export interface ClientSessionToken {
  readonly type: "ClientSessionToken";
  /** Of the token with 0 in the place of this field. */
  readonly checksum: Checksum;
  readonly sessionId: SessionId;
  /** No command of this or a higher number went out before the next token was stored. */
  readonly nextRequestId: RequestId;
  /**
   * The newest version that the session's creator offered. Servers answer the session in it.
   * Wire: u8, range at least 1.
   */
  readonly protocolVersionMax: number;
  /** How long the session outlives the last sign of life; 0 where it is not known. */
  readonly sessionTimeout: Millis;
}

/** Every message of the family `clientSession`. */
export type ClientSessionMessage = ClientSessionToken;
