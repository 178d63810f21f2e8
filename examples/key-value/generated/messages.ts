// Generated from kv.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * A key or a value.
 * Wire: string<i32>.
 */
export type Text = string;

/**
 * Give a key a value. The result is empty.
 * Wire: tag 83 (0x53), since version 1.
 */
export interface Set {
  readonly type: "Set";
  readonly key: Text;
  /** The new value. */
  readonly value: Text;
}

/**
 * Send this session a Notification whenever the key is set. The result is empty.
 * Wire: tag 87 (0x57), since version 1.
 */
export interface Watch {
  readonly type: "Watch";
  readonly key: Text;
}

/** Every message of the family `command`. */
export type CommandMessage =
  | Set
  | Watch;

/**
 * Ask for the value of a key.
 * Wire: tag 71 (0x47), since version 1.
 */
export interface Get {
  readonly type: "Get";
  readonly key: Text;
}

/** Every message of the family `query`. */
export type QueryMessage = Get;

/**
 * The key was never set.
 * Wire: tag 0, since version 1.
 */
export interface Absent {
  readonly type: "Absent";
}

/**
 * The key has a value.
 * Wire: tag 255 (0xff), since version 1.
 */
export interface Present {
  readonly type: "Present";
  /** What the key was set to last. */
  readonly value: Text;
}

/** Every message of the family `queryResult`. */
export type QueryResultMessage =
  | Absent
  | Present;

/**
 * A watched key was set.
 * Wire: tag 78 (0x4e), since version 1.
 */
export interface Notification {
  readonly type: "Notification";
  readonly key: Text;
  /** The new value. */
  readonly value: Text;
}

/** Every message of the family `notification`. */
export type NotificationMessage = Notification;

/**
 * One key and its value, in a snapshot of the store.
 * Wire: tag 1, since version 1.
 */
export interface Value {
  readonly type: "Value";
  readonly key: Text;
  /** What the key was set to last. */
  readonly value: Text;
}

/**
 * One session that watches a key, in a snapshot of the store.
 * Wire: tag 2, since version 1.
 */
export interface Watcher {
  readonly type: "Watcher";
  readonly key: Text;
  /**
   * The session that watches.
   * Wire: string<u8>.
   */
  readonly sessionId: string;
}

/** Every message of the family `snapshot`. */
export type SnapshotMessage =
  | Value
  | Watcher;
