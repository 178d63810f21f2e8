// Generated from zmtp-command.yaml by "hawser generate". Do not edit: change the schema and generate again.

/** A name and a value that describe the sender. */
export interface Property {
  /**
   * What is told, such as `Socket-Type` or `Identity`. Upper and lower case are the same to readers.
   * Wire: string<u8>, length at least 1.
   */
  readonly name: string;
  /**
   * As the name has it; most are ASCII.
   * Wire: bytes<u32>.
   */
  readonly value: Uint8Array;
}

/**
 * Chosen by the one who pings; the answer repeats it.
 * Wire: bytes<rest>, length at most 16.
 */
export type PingContext = Uint8Array;

/**
 * Ends the handshake of the mechanism NULL; each side sends one. Messages may follow.
 * Wire: tag "READY", since version 1.
 */
export interface Ready {
  readonly type: "Ready";
  /**
   * What the sender says of itself. Unknown names mean nothing.
   * Wire: list<rest, Property>.
   */
  readonly properties: ReadonlyArray<Property>;
}

/**
 * Ends the handshake because the sender refuses the peer, and closes the connection.
 * Wire: tag "ERROR", since version 1.
 */
export interface Failure {
  readonly type: "Failure";
  /**
   * Why, for a person to read. May be empty. One that is not UTF-8 makes the command malformed.
   * Wire: string<u8>.
   */
  readonly reason: string;
}

/**
 * Asks the peer for a sign of life.
 * Wire: tag "PING", since version 1.
 */
export interface Ping {
  readonly type: "Ping";
  /**
   * Unit: tenths of a second. The peer may give the sender up when it hears nothing for so long; 0 asks for no
   * such limit.
   * Wire: u16.
   */
  readonly ttl: number;
  readonly context: PingContext;
}

/**
 * The sign of life that answers a ping.
 * Wire: tag "PONG", since version 1.
 */
export interface Pong {
  readonly type: "Pong";
  readonly context: PingContext;
}

/** Every message of the family `command`. */
export type CommandMessage =
  | Ready
  | Failure
  | Ping
  | Pong;
