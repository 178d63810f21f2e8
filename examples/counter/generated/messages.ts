// Generated from counter.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * A number that fits a JavaScript number.
 * Wire: i53.
 */
export type Count = number;

/**
 * Add to the counter. The result is the new total.
 * Wire: tag 1, since version 1.
 */
export interface Add {
  readonly type: "Add";
  /** What to add; negative to take away. */
  readonly amount: Count;
}

/** Every message of the family `command`. */
export type CommandMessage = Add;

/**
 * Ask for the total.
 * Wire: tag 1, since version 1.
 */
export interface Read {
  readonly type: "Read";
}

/** Every message of the family `query`. */
export type QueryMessage = Read;

/**
 * What the counter stands at, after the command or at the time of the query.
 * Wire: tag 1, since version 1.
 */
export interface Total {
  readonly type: "Total";
  readonly total: Count;
}

/** Every message of the family `answer`. */
export type AnswerMessage = Total;

/**
 * The whole state.
 * Wire: tag 1, since version 1.
 */
export interface State {
  readonly type: "State";
  readonly total: Count;
}

/** Every message of the family `snapshot`. */
export type SnapshotMessage = State;
