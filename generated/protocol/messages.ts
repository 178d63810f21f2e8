// Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.

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
 * How long something lasts, in milliseconds.
 * Wire: u32, unit ms.
 */
export type Millis = number;

/**
 * A position in the replicated log, from 1; 0 where it is not said.
 * Wire: u53.
 */
export type LogIndex = number;

/**
 * What is wrong with a request, or why it is refused, for people.
 * Wire: string<u16>, length at most 1024.
 */
export type Detail = string;

/**
 * Where clients reach a member: a URL of the transport.
 * Wire: string<u16>, length 1 to 1024.
 */
export type Address = string;

/** One member of the cluster, and where it listens for clients. */
export interface Member {
  readonly memberId: MemberId;
  readonly address: Address;
}

/**
 * The members of the cluster as clients reach them; none where it is not said.
 * Wire: list<u16, Member>.
 */
export type Members = ReadonlyArray<Member>;

/**
 * Why a session was not created or continued.
 *
 * - `NotLeader`: This member does not lead the cluster. Wire: tag 1, since version 1.
 * - `SessionExpired`: The session is unknown or has expired. Wire: tag 2, since version 1.
 * - `InvalidCapabilities`: The capabilities are malformed or not supported. Wire: tag 3, since version 1.
 * - `Other`: None of the others. Wire: tag 4, since version 1.
 * - `UnsupportedVersion`: The server does not speak the version of the handshake. Wire: tag 5, since version 2.
 * - `Overloaded`: There are too many sessions, or too many are asked for; see retryAfter. Wire: tag 6, since
 * version 2.
 * - `ClusterUnavailable`: Nothing can be committed, or decided, at present; see retryAfter. Wire: tag 7, since
 * version 2.
 * - `Unauthorized`: This client may not have the session; see detail. Wire: tag 8, since version 2.
 *
 * Wire: u8.
 */
export type RejectionReason =
  | "NotLeader"
  | "SessionExpired"
  | "InvalidCapabilities"
  | "Other"
  | "UnsupportedVersion"
  | "Overloaded"
  | "ClusterUnavailable"
  | "Unauthorized";

/** The number on the wire of each RejectionReason. */
export const rejectionReasonTags: Readonly<Record<RejectionReason, number>> = {
  NotLeader: 1,
  SessionExpired: 2,
  InvalidCapabilities: 3,
  Other: 4,
  UnsupportedVersion: 5,
  Overloaded: 6,
  ClusterUnavailable: 7,
  Unauthorized: 8,
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
export type RequestFailure =
  | RequestFailureResponseEvicted
  | RequestFailureNotLeader
  | RequestFailureInvalidRequest
  | RequestFailureOverloaded
  | RequestFailureSessionExpired;

/**
 * The answer is no longer kept (see lowestPendingRequestId).
 * Wire: tag 1, since version 1.
 */
export interface RequestFailureResponseEvicted {
  readonly type: "ResponseEvicted";
}

/**
 * This member does not lead the cluster, and did not put the command into the log.
 * Wire: tag 2, since version 2.
 */
export interface RequestFailureNotLeader {
  readonly type: "NotLeader";
  /** Who leads, where known. */
  readonly leaderId?: MemberId | undefined;
}

/**
 * The command was refused for what it holds. It changed nothing, and never will.
 * Wire: tag 3, since version 2.
 */
export interface RequestFailureInvalidRequest {
  readonly type: "InvalidRequest";
  readonly detail: Detail;
}

/**
 * Too much waits already, the client asks for more than its share, or nothing can be committed. The command was
 * not taken, this time, and may be sent again.
 * Wire: tag 4, since version 2.
 */
export interface RequestFailureOverloaded {
  readonly type: "Overloaded";
  /** How long to wait before it is sent again. */
  readonly retryAfter: Millis;
}

/**
 * The session has ended.
 * Wire: tag 5, since version 2.
 */
export interface RequestFailureSessionExpired {
  readonly type: "SessionExpired";
}

/**
 * Why a query has no result. The tags are those of RequestFailure.
 * Wire: u8 tag, then the fields of the case.
 */
export type QueryFailure =
  | QueryFailureNotLeader
  | QueryFailureInvalidRequest
  | QueryFailureOverloaded
  | QueryFailureSessionExpired;

/**
 * This member does not lead the cluster.
 * Wire: tag 2, since version 2.
 */
export interface QueryFailureNotLeader {
  readonly type: "NotLeader";
  /** Who leads, where known. */
  readonly leaderId?: MemberId | undefined;
}

/**
 * The query was refused for what it holds.
 * Wire: tag 3, since version 2.
 */
export interface QueryFailureInvalidRequest {
  readonly type: "InvalidRequest";
  readonly detail: Detail;
}

/**
 * Too much waits already, the client asks for more than its share, or nothing can be read at present. The query
 * may be sent again.
 * Wire: tag 4, since version 2.
 */
export interface QueryFailureOverloaded {
  readonly type: "Overloaded";
  /** How long to wait before it is sent again. */
  readonly retryAfter: Millis;
}

/**
 * The session has ended.
 * Wire: tag 5, since version 2.
 */
export interface QueryFailureSessionExpired {
  readonly type: "SessionExpired";
}

/**
 * Open a new session.
 * Wire: tag 1, since version 1.
 */
export interface CreateSession {
  readonly type: "CreateSession";
  readonly capabilities: Capabilities;
  readonly nonce: Nonce;
  /**
   * How long the session is to outlive the client's last sign of life; absent leaves it to the server.
   * Wire: since version 2.
   */
  readonly sessionTimeout?: Millis | undefined;
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

/**
 * Several requests in one frame, as if they had come one after the other. It holds no handshake.
 * Wire: tag 9, since version 2.
 */
export interface ClientBatch {
  readonly type: "Batch";
  /**
   * In this order.
   * Wire: list<u16, message<u32>>, count at least 1.
   */
  readonly items: ReadonlyArray<ClientMessage>;
}

/**
 * The trace that a command belongs to, as W3C Trace Context has it. Comes before its ClientRequest, and only
 * where the trace is sampled; a server that has no use for it passes over it.
 * Wire: tag 10 (0xa), since version 2.
 */
export interface RequestTrace {
  readonly type: "RequestTrace";
  /** That of the ClientRequest. */
  readonly requestId: RequestId;
  /**
   * Names the trace.
   * Wire: bytes[16].
   */
  readonly traceId: Uint8Array;
  /**
   * The span of the client that waits for the answer.
   * Wire: bytes[8].
   */
  readonly spanId: Uint8Array;
  /**
   * Those of the traceparent; bit 0: sampled.
   * Wire: u8.
   */
  readonly flags: number;
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
  | Query
  | ClientBatch
  | RequestTrace;

/**
 * The session is open.
 * Wire: tag 1, since version 1.
 */
export interface SessionCreated {
  readonly type: "SessionCreated";
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  /**
   * How long the session outlives the client's last sign of life; 0 where it is not said.
   * Wire: since version 2.
   */
  readonly sessionTimeout: Millis;
  /** Wire: since version 2. */
  readonly members: Members;
  /**
   * Who leads the cluster, where known.
   * Wire: since version 2.
   */
  readonly leaderId?: MemberId | undefined;
  /**
   * The server's clock when it answered.
   * Wire: since version 2.
   */
  readonly serverTime?: Timestamp | undefined;
}

/**
 * The session is resumed.
 * Wire: tag 2, since version 1.
 */
export interface SessionContinued {
  readonly type: "SessionContinued";
  readonly nonce: Nonce;
  /**
   * How long the session outlives the client's last sign of life; 0 where it is not said.
   * Wire: since version 2.
   */
  readonly sessionTimeout: Millis;
  /** Wire: since version 2. */
  readonly members: Members;
  /**
   * Who leads the cluster, where known.
   * Wire: since version 2.
   */
  readonly leaderId?: MemberId | undefined;
  /**
   * The server's clock when it answered.
   * Wire: since version 2.
   */
  readonly serverTime?: Timestamp | undefined;
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
  /**
   * How long to wait before the next attempt.
   * Wire: since version 2.
   */
  readonly retryAfter?: Millis | undefined;
  /** Wire: since version 2. */
  readonly members: Members;
  /**
   * Why, in the words of the application, where it decided.
   * Wire: since version 2.
   */
  readonly detail?: Detail | undefined;
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
  /**
   * The entry of the log that applied the command.
   * Wire: since version 2.
   */
  readonly commitIndex: LogIndex;
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

/**
 * A query has no result.
 * Wire: tag 10 (0xa), since version 2.
 */
export interface QueryError {
  readonly type: "QueryError";
  readonly correlationId: CorrelationId;
  readonly reason: QueryFailure;
}

/**
 * The members of the cluster or its leader have changed, and this connection goes on.
 * Wire: tag 11 (0xb), since version 2.
 */
export interface ClusterChanged {
  readonly type: "ClusterChanged";
  readonly members: Members;
  /** Who leads the cluster, where known. */
  readonly leaderId?: MemberId | undefined;
}

/**
 * Several answers in one frame, as if they had come one after the other. It holds no answer to a handshake.
 * Wire: tag 12 (0xc), since version 2.
 */
export interface ServerBatch {
  readonly type: "Batch";
  /**
   * In this order.
   * Wire: list<u16, message<u32>>, count at least 1.
   */
  readonly items: ReadonlyArray<ServerMessage>;
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
  | QueryResponse
  | QueryError
  | ClusterChanged
  | ServerBatch;
