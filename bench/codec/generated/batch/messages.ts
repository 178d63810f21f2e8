// Generated from batch.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Numbers the requests of a session.
 * Wire: i53, range at least 0, checked when encoding only.
 */
export type BatchRequestId = number;

/**
 * Belongs to the application.
 * Wire: bytes<i32>.
 */
export type BatchPayload = Uint8Array;

/**
 * Milliseconds since the Unix epoch, UTC.
 * Wire: i53, unit ms.
 */
export type BatchTimestamp = number;

/** A command. */
export interface BatchRequest {
  readonly requestId: BatchRequestId;
  readonly lowestPendingRequestId: BatchRequestId;
  readonly payload: BatchPayload;
  readonly createdAt: BatchTimestamp;
}

/**
 * Requests in their order.
 * Wire: tag 1, since version 1.
 */
export interface Batch {
  readonly type: "Batch";
  /**
   * In this order.
   * Wire: list<u32, BatchRequest>.
   */
  readonly requests: ReadonlyArray<BatchRequest>;
}

/** Every message of the family `batch`. */
export type BatchMessage = Batch;
