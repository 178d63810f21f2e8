// Generated from version-1.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Names a durable session. Given by the server, a UUID in text form.
 * Wire: string<u8>, length at least 1, checked when encoding only.
 */
export type SessionId = string;

/**
 * Names a member of the cluster.
 * Wire: string<u16>.
 */
export type MemberId = string;

/**
 * Numbers the requests of one session and direction, each one more than the last.
 * Wire: i53, range at least 0, checked when encoding only.
 */
export type RequestId = number;

/**
 * Opaque to the server, which sends it back with the answer.
 * Wire: string<u16>, length at least 1.
 */
export type CorrelationId = string;

/**
 * Random; ties the answer of a handshake to its request.
 * Wire: i64, not 0.
 */
export type Nonce = bigint;

/**
 * Milliseconds since the Unix epoch, UTC.
 * Wire: i53, unit ms.
 */
export type Timestamp = number;

/**
 * Belongs to the application; the protocol does not look inside.
 * Wire: bytes<i32>.
 */
export type Payload = Uint8Array;

/**
 * What a client can do: name to version or setting.
 * Wire: map<u16, string<u16>, string<u16>>, count at least 1.
 */
export type Capabilities = Readonly<Record<string, string>>;

/**
 * Why a session was not created or continued.
 *
 * - `NotLeader`: This member does not lead the cluster. Wire: tag 1, since version 1.
 * - `SessionExpired`: The session is unknown or has expired. Wire: tag 2, since version 1.
 * - `InvalidCapabilities`: The capabilities are malformed or not supported. Wire: tag 3, since version 1.
 * - `Other`: None of the others. Wire: tag 4, since version 1.
 *
 * Wire: u8.
 */
export type RejectionReason =
  | "NotLeader"
  | "SessionExpired"
  | "InvalidCapabilities"
  | "Other";

/** The number on the wire of each RejectionReason. */
export const rejectionReasonTags: Readonly<Record<RejectionReason, number>> = {
  NotLeader: 1,
  SessionExpired: 2,
  InvalidCapabilities: 3,
  Other: 4,
};

/**
 * Why the server ended a session or its connection.
 *
 * - `Shutdown`: The server ends the connection in good order. Wire: tag 1, since version 1.
 * - `NotLeaderAnymore`: The server does not lead the cluster, or no longer. Wire: tag 2, since version 1.
 * - `SessionError`: The client sent what the state of the session does not allow. Wire: tag 3, since version 1.
 * - `ConnectionClosed`: The connection is gone. Never sent: the client's own socket delivers it. Wire: tag 4,
 * since version 1.
 * - `SessionExpired`: No keep-alive came in time. Wire: tag 5, since version 1.
 *
 * Wire: u8.
 */
export type SessionCloseReason =
  | "Shutdown"
  | "NotLeaderAnymore"
  | "SessionError"
  | "ConnectionClosed"
  | "SessionExpired";

/** The number on the wire of each SessionCloseReason. */
export const sessionCloseReasonTags: Readonly<Record<SessionCloseReason, number>> = {
  Shutdown: 1,
  NotLeaderAnymore: 2,
  SessionError: 3,
  ConnectionClosed: 4,
  SessionExpired: 5,
};

/**
 * Why the client ends its session.
 *
 * - `ClientShutdown`: The client is going down in good order. Wire: tag 1, since version 1.
 *
 * Wire: u8.
 */
export type CloseReason = "ClientShutdown";

/** The number on the wire of each CloseReason. */
export const closeReasonTags: Readonly<Record<CloseReason, number>> = {
  ClientShutdown: 1,
};

/**
 * Why a command has no result. In version 1 an enumeration of one value.
 * Wire: u8 tag, then the fields of the case.
 */
export type RequestFailure = RequestFailureResponseEvicted;

/**
 * The answer is no longer kept (see lowestPendingRequestId).
 * Wire: tag 1, since version 1.
 */
export interface RequestFailureResponseEvicted {
  readonly type: "ResponseEvicted";
}

/**
 * Open a new session.
 * Wire: tag 1, since version 1.
 */
export interface CreateSession {
  readonly type: "CreateSession";
  readonly capabilities: Capabilities;
  readonly nonce: Nonce;
}

/**
 * Resume a session on this connection.
 * Wire: tag 2, since version 1.
 */
export interface ContinueSession {
  readonly type: "ContinueSession";
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
}

/**
 * Keep the session alive and measure the round trip.
 * Wire: tag 3, since version 1.
 */
export interface KeepAlive {
  readonly type: "KeepAlive";
  readonly timestamp: Timestamp;
}

/**
 * Submit a command. Repeating it with the same id does not apply it twice.
 * Wire: tag 4, since version 1.
 */
export interface ClientRequest {
  readonly type: "ClientRequest";
  readonly requestId: RequestId;
  /** Answers below this id are no longer awaited; the server may forget them. */
  readonly lowestPendingRequestId: RequestId;
  readonly payload: Payload;
  readonly createdAt: Timestamp;
}

/**
 * Confirm that every server request up to this one has arrived.
 * Wire: tag 5, since version 1.
 */
export interface ServerRequestAck {
  readonly type: "ServerRequestAck";
  readonly requestId: RequestId;
}

/**
 * End the session for good.
 * Wire: tag 6, since version 1.
 */
export interface CloseSession {
  readonly type: "CloseSession";
  readonly reason: CloseReason;
}

/**
 * The connection is lost; the session goes on. A client never sends it, the server's own socket delivers it.
 * Wire: tag 7, since version 1.
 */
export interface ConnectionClosed {
  readonly type: "ConnectionClosed";
}

/**
 * Read without changing anything. Not replicated.
 * Wire: tag 8, since version 1.
 */
export interface Query {
  readonly type: "Query";
  readonly correlationId: CorrelationId;
  readonly payload: Payload;
  readonly createdAt: Timestamp;
}

/** Every message of the family `client`. */
export type ClientMessage =
  | CreateSession
  | ContinueSession
  | KeepAlive
  | ClientRequest
  | ServerRequestAck
  | CloseSession
  | ConnectionClosed
  | Query;

/**
 * The session is open.
 * Wire: tag 1, since version 1.
 */
export interface SessionCreated {
  readonly type: "SessionCreated";
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
}

/**
 * The session is resumed.
 * Wire: tag 2, since version 1.
 */
export interface SessionContinued {
  readonly type: "SessionContinued";
  readonly nonce: Nonce;
}

/**
 * The session was not created or continued.
 * Wire: tag 3, since version 1.
 */
export interface SessionRejected {
  readonly type: "SessionRejected";
  readonly reason: RejectionReason;
  readonly nonce: Nonce;
  /** Who leads the cluster, where known. */
  readonly leaderId?: MemberId | undefined;
}

/**
 * The server has ended the session or its connection.
 * Wire: tag 4, since version 1.
 */
export interface SessionClosed {
  readonly type: "SessionClosed";
  readonly reason: SessionCloseReason;
  /** Who leads the cluster, where known. */
  readonly leaderId?: MemberId | undefined;
}

/**
 * Answer to KeepAlive.
 * Wire: tag 5, since version 1.
 */
export interface KeepAliveResponse {
  readonly type: "KeepAliveResponse";
  /** That of the KeepAlive. */
  readonly timestamp: Timestamp;
}

/**
 * The result of a command.
 * Wire: tag 6, since version 1.
 */
export interface ClientResponse {
  readonly type: "ClientResponse";
  readonly requestId: RequestId;
  readonly result: Payload;
}

/**
 * Work for the client, sent again until acknowledged. Ids run 1, 2, 3, … within a session.
 * Wire: tag 7, since version 1.
 */
export interface ServerRequest {
  readonly type: "ServerRequest";
  readonly requestId: RequestId;
  readonly payload: Payload;
  readonly createdAt: Timestamp;
}

/**
 * A command has no result.
 * Wire: tag 8, since version 1.
 */
export interface RequestError {
  readonly type: "RequestError";
  readonly requestId: RequestId;
  readonly reason: RequestFailure;
}

/**
 * The result of a query.
 * Wire: tag 9, since version 1.
 */
export interface QueryResponse {
  readonly type: "QueryResponse";
  readonly correlationId: CorrelationId;
  readonly result: Payload;
}

/** Every message of the family `server`. */
export type ServerMessage =
  | SessionCreated
  | SessionContinued
  | SessionRejected
  | SessionClosed
  | KeepAliveResponse
  | ClientResponse
  | ServerRequest
  | RequestError
  | QueryResponse;
