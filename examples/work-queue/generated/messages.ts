// Generated from work.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Names a piece of work: 1, 2, 3, …
 * Wire: u53, range at least 1.
 */
export type WorkId = number;

/**
 * Names a picture.
 * Wire: string<u16>, length at least 1.
 */
export type Picture = string;

/**
 * Names a worker.
 * Wire: string<u8>.
 */
export type Name = string;

/**
 * Names a session.
 * Wire: string<u8>.
 */
export type SessionId = string;

/**
 * Have a picture resized by whoever can do it. Whoever asks is told when it is done.
 * Wire: tag 1, since version 1.
 */
export interface Resize {
  readonly type: "Resize";
  readonly picture: Picture;
}

/**
 * Say that a piece of work is done. Refused unless the session has it.
 * Wire: tag 2, since version 1.
 */
export interface Done {
  readonly type: "Done";
  readonly workId: WorkId;
}

/** Every message of the family `command`. */
export type CommandMessage =
  | Resize
  | Done;

/**
 * The picture will be resized.
 * Wire: tag 1, since version 1.
 */
export interface Accepted {
  readonly type: "Accepted";
  readonly workId: WorkId;
}

/**
 * The work is done, and nobody else will do it.
 * Wire: tag 2, since version 1.
 */
export interface Confirmed {
  readonly type: "Confirmed";
}

/** Every message of the family `result`. */
export type ResultMessage =
  | Accepted
  | Confirmed;

/**
 * Work for a session that can resize.
 * Wire: tag 1, since version 1.
 */
export interface ResizeThis {
  readonly type: "ResizeThis";
  readonly workId: WorkId;
  readonly picture: Picture;
}

/**
 * A picture that this session asked for is resized.
 * Wire: tag 2, since version 1.
 */
export interface Resized {
  readonly type: "Resized";
  readonly picture: Picture;
  readonly worker: Name;
}

/** Every message of the family `serverRequest`. */
export type ServerRequestMessage =
  | ResizeThis
  | Resized;

/**
 * One picture that is not resized yet.
 * Wire: tag 1, since version 1.
 */
export interface Order {
  readonly type: "Order";
  readonly workId: WorkId;
  readonly picture: Picture;
  readonly customer: SessionId;
}

/** Every message of the family `snapshot`. */
export type SnapshotMessage = Order;
