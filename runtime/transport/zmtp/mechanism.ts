/** Names and values that a peer tells about itself in the handshake. Names are lower case: they differ in more. */
export type Properties = ReadonlyMap<string, Uint8Array>;

/** What the handshake goes on with. */
export type MechanismStep =
  | { readonly type: "continue"; readonly commands: readonly Uint8Array[] }
  | {
      readonly type: "refuse";
      /** The peer is told why, in an ERROR of at most 255 bytes. */
      readonly reason: string;
      /** The key that the peer has proven, in Z85, although it is not let in. */
      readonly peerPublicKey?: string;
    }
  | {
      readonly type: "done";
      readonly commands: readonly Uint8Array[];
      /** What the peer has told about itself. */
      readonly properties: Properties;
      /** The key that the peer has proven, in Z85. */
      readonly peerPublicKey?: string;
      /** How frames travel from here on; without it as they are. */
      readonly seal?: Seal;
    };

/**
 * How two peers come to trust each other (RFC 37, "The Security Mechanisms"). Both name theirs in the greeting, and it must
 * be the same; then commands go back and forth until both sides are done. One object serves one connection. It does no
 * I/O and throws `ZmtpError` for what it cannot accept.
 */
export interface Mechanism {
  /** Up to 20 capital letters, digits, `-`, `_`, `.` and `+`: `NULL`, `CURVE`. */
  readonly name: string;
  /** Whether this side is the one that lets the other in. Always false for a mechanism without such a side. */
  readonly asServer: boolean;
  /** The commands that begin the handshake on this side; none where the other side begins. */
  start(): readonly Uint8Array[];
  /** Takes one command of the peer. */
  receive(command: Uint8Array): MechanismStep;
  /** Forgets its secrets. It is not used any more. */
  wipe(): void;
}

/** Makes the mechanism of one connection, which is to tell `properties` about this side. */
export type MechanismMaker = (properties: Properties) => Mechanism;

/**
 * Encryption of what follows the handshake: every message and command travels as the body of a message. Frames are sealed
 * when they leave, in that order, for a command may pass messages that wait.
 */
export interface Seal {
  /** How many bytes longer than a frame the body is that carries it. */
  readonly overheadBytes: number;
  /** Writes the body that carries a frame with these flags to `offset` of `target`, and returns where it ends. */
  sealInto(flags: number, body: Uint8Array, target: Uint8Array, offset: number): number;
  /**
   * The frame in a received body, which may be overwritten with it. Throws `ZmtpError` for what was not sealed by the
   * peer.
   */
  open(body: Uint8Array): { readonly flags: number; readonly body: Uint8Array };
  /** Forgets its secrets. It is not used any more. */
  wipe(): void;
}
