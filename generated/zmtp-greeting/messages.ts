// Generated from zmtp-greeting.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Opens a connection. The tag and the first two fields are the signature, by which old peers and strangers are
 * told.
 * Wire: tag 255 (0xff), since version 1.
 */
export interface Greeting {
  readonly type: "Greeting";
  /**
   * Zeros. Peers may send anything here, and it means nothing.
   * Wire: bytes[8].
   */
  readonly padding: Uint8Array;
  /**
   * Closes the signature.
   * Wire: u8, range 127.
   */
  readonly signatureEnd: number;
  /**
   * Greatest major version that the sender speaks.
   * Wire: u8, range at least 3.
   */
  readonly major: number;
  /**
   * Minor version that belongs to it.
   * Wire: u8.
   */
  readonly minor: number;
  /**
   * Name of the security mechanism in ASCII (NULL, PLAIN, CURVE), with zeros behind it. Both sides need the same.
   * Wire: bytes[20].
   */
  readonly mechanism: Uint8Array;
  /**
   * Whether the sender is the server of the mechanism. NULL has none.
   * Wire: bool.
   */
  readonly asServer: boolean;
  /**
   * Zeros, up to 64 bytes.
   * Wire: bytes[31].
   */
  readonly filler: Uint8Array;
}

/** Every message of the family `greeting`. */
export type GreetingMessage = Greeting;
