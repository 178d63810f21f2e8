// Generated from zmtp-curve-box.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * A public key of X25519.
 * Wire: bytes[32].
 */
export type Key = Uint8Array;

/** That of zmtp-curve.yaml, as the client will send it back. */
export interface Cookie {
  /**
   * Random bytes.
   * Wire: bytes[16].
   */
  readonly nonce: Uint8Array;
  /**
   * CookieContent, with a key that the server tells nobody and replaces often.
   * Wire: bytes[80].
   */
  readonly box: Uint8Array;
}

/** A name and a value that describe the sender. */
export interface Property {
  /**
   * What is told, such as `Socket-Type` or `Identity`. Upper and lower case are the same to readers.
   * Wire: string<u8>, length at least 1.
   */
  readonly name: string;
  /**
   * As the name has it; most are ASCII.
   * Wire: bytes<u32>, length at most 8192.
   */
  readonly value: Uint8Array;
}

/**
 * Proves that the client has its transient key and means this server.
 * Wire: tag 1, since version 1.
 */
export interface HelloContent {
  readonly type: "HelloContent";
  /**
   * Zeros. Peers may send anything here, and it means nothing.
   * Wire: bytes[64].
   */
  readonly zeros: Uint8Array;
}

/**
 * The server's transient key, and what it wants to be told again.
 * Wire: tag 2, since version 1.
 */
export interface WelcomeContent {
  readonly type: "WelcomeContent";
  readonly serverTransientKey: Key;
  readonly cookie: Cookie;
}

/**
 * What the server keeps with the client.
 * Wire: tag 3, since version 1.
 */
export interface CookieContent {
  readonly type: "CookieContent";
  readonly clientTransientKey: Key;
  /**
   * The secret key to the transient key of WELCOME.
   * Wire: bytes[32].
   */
  readonly serverTransientSecretKey: Uint8Array;
}

/**
 * Made by the client with its long-term key for the transient key of the server, so that nobody can use the
 * proof elsewhere.
 * Wire: tag 4, since version 1.
 */
export interface VouchContent {
  readonly type: "VouchContent";
  readonly clientTransientKey: Key;
  readonly serverKey: Key;
}

/**
 * Who the client is.
 * Wire: tag 5, since version 1.
 */
export interface InitiateContent {
  readonly type: "InitiateContent";
  readonly clientKey: Key;
  /**
   * Random bytes.
   * Wire: bytes[16].
   */
  readonly vouchNonce: Uint8Array;
  /**
   * VouchContent, between the client's long-term key and the server's transient one.
   * Wire: bytes[80].
   */
  readonly vouchBox: Uint8Array;
  /**
   * What the client says of itself. Unknown names mean nothing.
   * Wire: list<rest, Property>.
   */
  readonly properties: ReadonlyArray<Property>;
}

/**
 * Who the server is; its key was proven by WELCOME.
 * Wire: tag 6, since version 1.
 */
export interface ReadyContent {
  readonly type: "ReadyContent";
  /**
   * What the server says of itself. Unknown names mean nothing.
   * Wire: list<rest, Property>.
   */
  readonly properties: ReadonlyArray<Property>;
}

/** Every message of the family `content`. */
export type ContentMessage =
  | HelloContent
  | WelcomeContent
  | CookieContent
  | VouchContent
  | InitiateContent
  | ReadyContent;

/**
 * A whole message. The tag is what ZMTP calls the flags, and travels.
 * Wire: tag 0, since version 1.
 */
export interface Message {
  readonly type: "Message";
  /**
   * The message.
   * Wire: bytes<rest>.
   */
  readonly body: Uint8Array;
}

/**
 * A message of which more follows; CLIENT and SERVER have none.
 * Wire: tag 1, since version 1.
 */
export interface Part {
  readonly type: "Part";
  /**
   * The part.
   * Wire: bytes<rest>.
   */
  readonly body: Uint8Array;
}

/**
 * A command of zmtp-command.yaml.
 * Wire: tag 2, since version 1.
 */
export interface Command {
  readonly type: "Command";
  /**
   * The command.
   * Wire: bytes<rest>.
   */
  readonly body: Uint8Array;
}

/** Every message of the family `frame`. */
export type FrameMessage =
  | Message
  | Part
  | Command;
