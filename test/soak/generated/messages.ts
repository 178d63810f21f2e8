// Generated from tally.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * The number of a command, and what it adds: no other command of the session has it.
 * Wire: i53.
 */
export type Serial = number;

/**
 * How many there are.
 * Wire: i53.
 */
export type Count = number;

/**
 * Names a piece of work: 1, 2, 3, …
 * Wire: u53, range at least 1.
 */
export type WorkId = number;

/**
 * Makes a message long.
 * Wire: bytes<u32>, length at most 2000000.
 */
export type Filling = Uint8Array;

/**
 * Names a session.
 * Wire: string<u8>.
 */
export type SessionId = string;

/**
 * Count one more in the tally of the session. The result is Added.
 * Wire: tag 1, since version 1.
 */
export interface Add {
  readonly type: "Add";
  readonly serial: Serial;
  readonly filling: Filling;
}

/**
 * Be refused.
 * Wire: tag 2, since version 1.
 */
export interface Refuse {
  readonly type: "Refuse";
}

/**
 * Have notices sent to this session. The result is Done.
 * Wire: tag 3, since version 1.
 */
export interface Call {
  readonly type: "Call";
  /**
   * How many.
   * Wire: u16.
   */
  readonly times: number;
}

/**
 * Add work for whoever can do it. The result is Done.
 * Wire: tag 4, since version 1.
 */
export interface Offer {
  readonly type: "Offer";
  /**
   * How many pieces.
   * Wire: u16.
   */
  readonly times: number;
}

/**
 * Say that a piece of work is done. The result is Done, and counts one if the session had it.
 * Wire: tag 5, since version 1.
 */
export interface Finish {
  readonly type: "Finish";
  readonly workId: WorkId;
}

/** Every message of the family `command`. */
export type CommandMessage =
  | Add
  | Refuse
  | Call
  | Offer
  | Finish;

/**
 * The command was counted.
 * Wire: tag 1, since version 1.
 */
export interface Added {
  readonly type: "Added";
  readonly serial: Serial;
  /** How many commands of the session were counted, this one too. */
  readonly count: Count;
}

/**
 * So many notices were sent, pieces were added, or pieces were ended.
 * Wire: tag 2, since version 1.
 */
export interface Done {
  readonly type: "Done";
  readonly count: Count;
}

/** Every message of the family `result`. */
export type ResultMessage =
  | Added
  | Done;

/**
 * Ask for the tally of a session. Refused where there is no such session.
 * Wire: tag 1, since version 1.
 */
export interface Read {
  readonly type: "Read";
  readonly sessionId: SessionId;
}

/**
 * Ask for a long answer.
 * Wire: tag 2, since version 1.
 */
export interface Fetch {
  readonly type: "Fetch";
  /**
   * Bytes of the filling.
   * Wire: u32.
   */
  readonly length: number;
}

/** Every message of the family `query`. */
export type QueryMessage =
  | Read
  | Fetch;

/**
 * What was counted for a session.
 * Wire: tag 1, since version 1.
 */
export interface Tally {
  readonly type: "Tally";
  /** Commands that were counted. */
  readonly count: Count;
  /**
   * Of their serials.
   * Wire: i53.
   */
  readonly sum: number;
  /** Notices that were sent. */
  readonly notices: Count;
}

/**
 * A long answer.
 * Wire: tag 2, since version 1.
 */
export interface Filled {
  readonly type: "Filled";
  readonly filling: Filling;
}

/** Every message of the family `queryResult`. */
export type QueryResultMessage =
  | Tally
  | Filled;

/**
 * A notice that was asked for.
 * Wire: tag 1, since version 1.
 */
export interface Notice {
  readonly type: "Notice";
  /** 1, 2, 3, … in the session. */
  readonly number: Count;
}

/**
 * A piece of work for this session.
 * Wire: tag 2, since version 1.
 */
export interface Work {
  readonly type: "Work";
  readonly workId: WorkId;
}

/** Every message of the family `serverRequest`. */
export type ServerRequestMessage =
  | Notice
  | Work;

/**
 * What was counted for a session.
 * Wire: tag 1, since version 1.
 */
export interface SessionTally {
  readonly type: "SessionTally";
  readonly sessionId: SessionId;
  /** Commands that were counted. */
  readonly count: Count;
  /**
   * Of their serials.
   * Wire: i53.
   */
  readonly sum: number;
  /** Notices that were sent. */
  readonly notices: Count;
}

/**
 * A piece of work that is not done.
 * Wire: tag 2, since version 1.
 */
export interface OpenWork {
  readonly type: "OpenWork";
  readonly workId: WorkId;
}

/**
 * What was counted for all. The last record of a snapshot.
 * Wire: tag 3, since version 1.
 */
export interface Totals {
  readonly type: "Totals";
  /** Commands that were counted. */
  readonly added: Count;
  /** Pieces of work that were added. */
  readonly offered: Count;
  /** Pieces of work that were done. */
  readonly finished: Count;
}

/** Every message of the family `snapshot`. */
export type SnapshotMessage =
  | SessionTally
  | OpenWork
  | Totals;
