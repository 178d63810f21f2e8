// Generated from registers.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Names a register. One that was never written holds 0.
 * Wire: string<u8>.
 */
export type Key = string;

/**
 * The number of a command, and what it writes: no other command has it.
 * Wire: i53.
 */
export type Serial = number;

/**
 * Of commands, in the order in which they were applied.
 * Wire: list<u16, Serial>.
 */
export type Serials = ReadonlyArray<Serial>;

/**
 * Write a register, whatever it holds. The result is Written.
 * Wire: tag 87 (0x57), since version 1.
 */
export interface Write {
  readonly type: "Write";
  readonly key: Key;
  readonly serial: Serial;
}

/**
 * Write a register if it holds what is expected. The result is Swapped.
 * Wire: tag 83 (0x53), since version 1.
 */
export interface Swap {
  readonly type: "Swap";
  readonly key: Key;
  /** What the register must hold. */
  readonly expected: Serial;
  readonly serial: Serial;
}

/** Every message of the family `command`. */
export type CommandMessage =
  | Write
  | Swap;

/**
 * The register was written.
 * Wire: tag 87 (0x57), since version 1.
 */
export interface Written {
  readonly type: "Written";
}

/**
 * The register was compared.
 * Wire: tag 83 (0x53), since version 1.
 */
export interface Swapped {
  readonly type: "Swapped";
  /**
   * Whether it held what was expected, and was written.
   * Wire: bool.
   */
  readonly isDone: boolean;
}

/** Every message of the family `result`. */
export type ResultMessage =
  | Written
  | Swapped;

/**
 * Ask what a register holds.
 * Wire: tag 82 (0x52), since version 1.
 */
export interface Read {
  readonly type: "Read";
  readonly key: Key;
}

/**
 * Ask which commands were applied.
 * Wire: tag 74 (0x4a), since version 1.
 */
export interface ReadJournal {
  readonly type: "ReadJournal";
  /**
   * How many commands to leave out at the beginning.
   * Wire: u32.
   */
  readonly from: number;
}

/** Every message of the family `query`. */
export type QueryMessage =
  | Read
  | ReadJournal;

/**
 * What the register holds.
 * Wire: tag 82 (0x52), since version 1.
 */
export interface Holds {
  readonly type: "Holds";
  readonly serial: Serial;
}

/**
 * The next commands of the journal; none at its end.
 * Wire: tag 74 (0x4a), since version 1.
 */
export interface Journal {
  readonly type: "Journal";
  readonly serials: Serials;
}

/** Every message of the family `queryResult`. */
export type QueryResultMessage =
  | Holds
  | Journal;

/**
 * How far the state has come. The first record of a snapshot.
 * Wire: tag 1, since version 1.
 */
export interface Position {
  readonly type: "Position";
  /**
   * The log entry of the last command.
   * Wire: i53.
   */
  readonly index: number;
  /**
   * Of everything that was applied, in order.
   * Wire: u32.
   */
  readonly digest: number;
}

/**
 * One register that was written.
 * Wire: tag 2, since version 1.
 */
export interface Register {
  readonly type: "Register";
  readonly key: Key;
  readonly serial: Serial;
}

/**
 * Commands that were applied, after those of the parts before.
 * Wire: tag 3, since version 1.
 */
export interface JournalPart {
  readonly type: "JournalPart";
  readonly serials: Serials;
}

/** Every message of the family `snapshot`. */
export type SnapshotMessage =
  | Position
  | Register
  | JournalPart;
