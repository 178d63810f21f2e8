// Generated from zmtp-curve.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * A public key that is made for one connection.
 * Wire: bytes[32].
 */
export type TransientKey = Uint8Array;

/**
 * Numbers what one side has encrypted, from 1 on; the next number is greater. With a text that names the command
 * it makes the nonce.
 * Wire: u53, range at least 1.
 */
export type ShortNonce = number;

/**
 * Random bytes. With a text that names what they are for they make a nonce.
 * Wire: bytes[16].
 */
export type LongNonce = Uint8Array;

/** What the server has to know to go on, encrypted so that only it can read it, and kept by the client for it. */
export interface Cookie {
  readonly nonce: LongNonce;
  /**
   * CookieContent, with a key that the server tells nobody and replaces often.
   * Wire: bytes[80].
   */
  readonly box: Uint8Array;
}

/**
 * Opens the handshake, from the client. It is longer than the answer, so that nobody can have others flooded.
 * Wire: tag "HELLO", since version 1.
 */
export interface Hello {
  readonly type: "Hello";
  /**
   * Version of CURVE.
   * Wire: u8, range 1.
   */
  readonly major: number;
  /**
   * Minor version that belongs to it.
   * Wire: u8, range 0.
   */
  readonly minor: number;
  /**
   * Zeros. Peers may send anything here, and it means nothing.
   * Wire: bytes[72].
   */
  readonly padding: Uint8Array;
  readonly clientTransientKey: TransientKey;
  readonly nonce: ShortNonce;
  /**
   * HelloContent, between the client's transient key and the server's long-term one.
   * Wire: bytes[80].
   */
  readonly box: Uint8Array;
}

/**
 * The server's answer to HELLO. It keeps nothing of the two but the cookie's nonce.
 * Wire: tag "WELCOME", since version 1.
 */
export interface Welcome {
  readonly type: "Welcome";
  readonly nonce: LongNonce;
  /**
   * WelcomeContent, between the server's long-term key and the client's transient one.
   * Wire: bytes[144].
   */
  readonly box: Uint8Array;
}

/**
 * The client's long-term key and the proof that it has it.
 * Wire: tag "INITIATE", since version 1.
 */
export interface Initiate {
  readonly type: "Initiate";
  readonly cookie: Cookie;
  readonly nonce: ShortNonce;
  /**
   * InitiateContent, between the transient keys of both.
   * Wire: bytes<rest>, length at least 144.
   */
  readonly box: Uint8Array;
}

/**
 * Ends the handshake, from the server. Messages may follow.
 * Wire: tag "READY", since version 1.
 */
export interface Ready {
  readonly type: "Ready";
  readonly nonce: ShortNonce;
  /**
   * ReadyContent, between the transient keys of both.
   * Wire: bytes<rest>, length at least 16.
   */
  readonly box: Uint8Array;
}

/**
 * One frame after the handshake, a message or a command; its own frame has no flags.
 * Wire: tag "MESSAGE", since version 1.
 */
export interface Message {
  readonly type: "Message";
  readonly nonce: ShortNonce;
  /**
   * A frame of zmtp-curve-box.yaml, between the transient keys of both.
   * Wire: bytes<rest>, length at least 17.
   */
  readonly box: Uint8Array;
}

/** Every message of the family `command`. */
export type CommandMessage =
  | Hello
  | Welcome
  | Initiate
  | Ready
  | Message;
