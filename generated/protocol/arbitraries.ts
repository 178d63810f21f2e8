// Generated from messages.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as fc from "fast-check";
import type { ProtocolVersion } from "./codec.ts";
import type {
  Address,
  Capabilities,
  ClientBatch,
  ClientMessage,
  ClientRequest,
  ClientResponse,
  CloseReason,
  CloseSession,
  ClusterChanged,
  ConnectionClosed,
  ContinueSession,
  CorrelationId,
  CreateSession,
  Detail,
  KeepAlive,
  KeepAliveResponse,
  LogIndex,
  Member,
  MemberId,
  Members,
  Millis,
  Nonce,
  Payload,
  Query,
  QueryError,
  QueryFailure,
  QueryResponse,
  RejectionReason,
  RequestError,
  RequestFailure,
  RequestId,
  RequestTrace,
  ServerBatch,
  ServerMessage,
  ServerRequest,
  ServerRequestAck,
  SessionCloseReason,
  SessionClosed,
  SessionContinued,
  SessionCreated,
  SessionId,
  SessionRejected,
  Timestamp,
} from "./messages.ts";

/** Any message of the family `client` that a version has. */
export function clientMessage(version: ProtocolVersion): fc.Arbitrary<ClientMessage> {
  return fc.oneof(
    createSession(version),
    continueSession(version),
    keepAlive(version),
    clientRequest(version),
    serverRequestAck(version),
    closeSession(version),
    connectionClosed(version),
    query(version),
    ...(version >= 2 ? [clientBatch(version)] : []),
    ...(version >= 2 ? [requestTrace(version)] : []),
  );
}

/** Open a new session. */
export function createSession(version: ProtocolVersion): fc.Arbitrary<CreateSession> {
  return fc.record(
    {
      type: fc.constant("CreateSession" as const),
      capabilities: capabilities(),
      nonce: nonce(),
      sessionTimeout: version >= 2 ? fc.option(millis(), { nil: undefined }) : fc.constant(undefined),
    },
    { noNullPrototype: true },
  );
}

/** Resume a session on this connection. */
export function continueSession(_version: ProtocolVersion): fc.Arbitrary<ContinueSession> {
  return fc.record(
    {
      type: fc.constant("ContinueSession" as const),
      sessionId: sessionId(),
      nonce: nonce(),
    },
    { noNullPrototype: true },
  );
}

/** Keep the session alive and measure the round trip. */
export function keepAlive(_version: ProtocolVersion): fc.Arbitrary<KeepAlive> {
  return fc.record(
    {
      type: fc.constant("KeepAlive" as const),
      timestamp: timestamp(),
    },
    { noNullPrototype: true },
  );
}

/** Submit a command. Repeating it with the same id does not apply it twice. */
export function clientRequest(_version: ProtocolVersion): fc.Arbitrary<ClientRequest> {
  return fc.record(
    {
      type: fc.constant("ClientRequest" as const),
      requestId: requestId(),
      lowestPendingRequestId: requestId(),
      payload: payload(),
      createdAt: timestamp(),
    },
    { noNullPrototype: true },
  );
}

/** Confirm that every server request up to this one has arrived. */
export function serverRequestAck(_version: ProtocolVersion): fc.Arbitrary<ServerRequestAck> {
  return fc.record(
    {
      type: fc.constant("ServerRequestAck" as const),
      requestId: requestId(),
    },
    { noNullPrototype: true },
  );
}

/** End the session for good. */
export function closeSession(_version: ProtocolVersion): fc.Arbitrary<CloseSession> {
  return fc.record(
    {
      type: fc.constant("CloseSession" as const),
      reason: closeReason(),
    },
    { noNullPrototype: true },
  );
}

/** The connection is lost; the session goes on. A client never sends it, the server's own socket delivers it. */
export function connectionClosed(_version: ProtocolVersion): fc.Arbitrary<ConnectionClosed> {
  return fc.record(
    {
      type: fc.constant("ConnectionClosed" as const),
    },
    { noNullPrototype: true },
  );
}

/** Read without changing anything. Not replicated. */
export function query(_version: ProtocolVersion): fc.Arbitrary<Query> {
  return fc.record(
    {
      type: fc.constant("Query" as const),
      correlationId: correlationId(),
      payload: payload(),
      createdAt: timestamp(),
    },
    { noNullPrototype: true },
  );
}

/** Several requests in one frame, as if they had come one after the other. It holds no handshake. */
export function clientBatch(version: ProtocolVersion): fc.Arbitrary<ClientBatch> {
  if (version < 2) throw new RangeError(`version ${version} has no Batch`);
  return fc.record(
    {
      type: fc.constant("Batch" as const),
      items: fc.array($heldClient(version), { minLength: 1 }),
    },
    { noNullPrototype: true },
  );
}

/**
 * The trace that a command belongs to, as W3C Trace Context has it. Comes before its ClientRequest, and only
 * where the trace is sampled; a server that has no use for it passes over it.
 */
export function requestTrace(version: ProtocolVersion): fc.Arbitrary<RequestTrace> {
  if (version < 2) throw new RangeError(`version ${version} has no RequestTrace`);
  return fc.record(
    {
      type: fc.constant("RequestTrace" as const),
      requestId: requestId(),
      traceId: fc.uint8Array({ minLength: 16, maxLength: 16 }),
      spanId: fc.uint8Array({ minLength: 8, maxLength: 8 }),
      flags: fc.integer({ min: 0, max: 255 }),
    },
    { noNullPrototype: true },
  );
}

/** A message of the family `client` that another can hold. */
function $heldClient(version: ProtocolVersion): fc.Arbitrary<ClientMessage> {
  return fc.oneof(
    createSession(version),
    continueSession(version),
    keepAlive(version),
    clientRequest(version),
    serverRequestAck(version),
    closeSession(version),
    connectionClosed(version),
    query(version),
    ...(version >= 2 ? [requestTrace(version)] : []),
  );
}

/** Any message of the family `server` that a version has. */
export function serverMessage(version: ProtocolVersion): fc.Arbitrary<ServerMessage> {
  return fc.oneof(
    sessionCreated(version),
    sessionContinued(version),
    sessionRejected(version),
    sessionClosed(version),
    keepAliveResponse(version),
    clientResponse(version),
    serverRequest(version),
    requestError(version),
    queryResponse(version),
    ...(version >= 2 ? [queryError(version)] : []),
    ...(version >= 2 ? [clusterChanged(version)] : []),
    ...(version >= 2 ? [serverBatch(version)] : []),
  );
}

/** The session is open. */
export function sessionCreated(version: ProtocolVersion): fc.Arbitrary<SessionCreated> {
  return fc.record(
    {
      type: fc.constant("SessionCreated" as const),
      sessionId: sessionId(),
      nonce: nonce(),
      sessionTimeout: version >= 2 ? millis() : fc.constant<Millis>(0),
      members: version >= 2 ? members() : fc.constant<Members>([]),
      leaderId: version >= 2 ? fc.option(memberId(), { nil: undefined }) : fc.constant(undefined),
      serverTime: version >= 2 ? fc.option(timestamp(), { nil: undefined }) : fc.constant(undefined),
    },
    { noNullPrototype: true },
  );
}

/** The session is resumed. */
export function sessionContinued(version: ProtocolVersion): fc.Arbitrary<SessionContinued> {
  return fc.record(
    {
      type: fc.constant("SessionContinued" as const),
      nonce: nonce(),
      sessionTimeout: version >= 2 ? millis() : fc.constant<Millis>(0),
      members: version >= 2 ? members() : fc.constant<Members>([]),
      leaderId: version >= 2 ? fc.option(memberId(), { nil: undefined }) : fc.constant(undefined),
      serverTime: version >= 2 ? fc.option(timestamp(), { nil: undefined }) : fc.constant(undefined),
    },
    { noNullPrototype: true },
  );
}

/** The session was not created or continued. */
export function sessionRejected(version: ProtocolVersion): fc.Arbitrary<SessionRejected> {
  return fc.record(
    {
      type: fc.constant("SessionRejected" as const),
      reason: rejectionReason(version),
      nonce: nonce(),
      leaderId: fc.option(memberId(), { nil: undefined }),
      retryAfter: version >= 2 ? fc.option(millis(), { nil: undefined }) : fc.constant(undefined),
      members: version >= 2 ? members() : fc.constant<Members>([]),
      detail: version >= 2 ? fc.option(detail(), { nil: undefined }) : fc.constant(undefined),
    },
    { noNullPrototype: true },
  );
}

/** The server has ended the session or its connection. */
export function sessionClosed(_version: ProtocolVersion): fc.Arbitrary<SessionClosed> {
  return fc.record(
    {
      type: fc.constant("SessionClosed" as const),
      reason: sessionCloseReason(),
      leaderId: fc.option(memberId(), { nil: undefined }),
    },
    { noNullPrototype: true },
  );
}

/** Answer to KeepAlive. */
export function keepAliveResponse(_version: ProtocolVersion): fc.Arbitrary<KeepAliveResponse> {
  return fc.record(
    {
      type: fc.constant("KeepAliveResponse" as const),
      timestamp: timestamp(),
    },
    { noNullPrototype: true },
  );
}

/** The result of a command. */
export function clientResponse(version: ProtocolVersion): fc.Arbitrary<ClientResponse> {
  return fc.record(
    {
      type: fc.constant("ClientResponse" as const),
      requestId: requestId(),
      result: payload(),
      commitIndex: version >= 2 ? logIndex() : fc.constant<LogIndex>(0),
    },
    { noNullPrototype: true },
  );
}

/** Work for the client, sent again until acknowledged. Ids run 1, 2, 3, … within a session. */
export function serverRequest(_version: ProtocolVersion): fc.Arbitrary<ServerRequest> {
  return fc.record(
    {
      type: fc.constant("ServerRequest" as const),
      requestId: requestId(),
      payload: payload(),
      createdAt: timestamp(),
    },
    { noNullPrototype: true },
  );
}

/** A command has no result. */
export function requestError(version: ProtocolVersion): fc.Arbitrary<RequestError> {
  return fc.record(
    {
      type: fc.constant("RequestError" as const),
      requestId: requestId(),
      reason: requestFailure(version),
    },
    { noNullPrototype: true },
  );
}

/** The result of a query. */
export function queryResponse(_version: ProtocolVersion): fc.Arbitrary<QueryResponse> {
  return fc.record(
    {
      type: fc.constant("QueryResponse" as const),
      correlationId: correlationId(),
      result: payload(),
    },
    { noNullPrototype: true },
  );
}

/** A query has no result. */
export function queryError(version: ProtocolVersion): fc.Arbitrary<QueryError> {
  if (version < 2) throw new RangeError(`version ${version} has no QueryError`);
  return fc.record(
    {
      type: fc.constant("QueryError" as const),
      correlationId: correlationId(),
      reason: queryFailure(),
    },
    { noNullPrototype: true },
  );
}

/** The members of the cluster or its leader have changed, and this connection goes on. */
export function clusterChanged(version: ProtocolVersion): fc.Arbitrary<ClusterChanged> {
  if (version < 2) throw new RangeError(`version ${version} has no ClusterChanged`);
  return fc.record(
    {
      type: fc.constant("ClusterChanged" as const),
      members: members(),
      leaderId: fc.option(memberId(), { nil: undefined }),
    },
    { noNullPrototype: true },
  );
}

/** Several answers in one frame, as if they had come one after the other. It holds no answer to a handshake. */
export function serverBatch(version: ProtocolVersion): fc.Arbitrary<ServerBatch> {
  if (version < 2) throw new RangeError(`version ${version} has no Batch`);
  return fc.record(
    {
      type: fc.constant("Batch" as const),
      items: fc.array($heldServer(version), { minLength: 1 }),
    },
    { noNullPrototype: true },
  );
}

/** A message of the family `server` that another can hold. */
function $heldServer(version: ProtocolVersion): fc.Arbitrary<ServerMessage> {
  return fc.oneof(
    sessionCreated(version),
    sessionContinued(version),
    sessionRejected(version),
    sessionClosed(version),
    keepAliveResponse(version),
    clientResponse(version),
    serverRequest(version),
    requestError(version),
    queryResponse(version),
    ...(version >= 2 ? [queryError(version)] : []),
    ...(version >= 2 ? [clusterChanged(version)] : []),
  );
}

/** Names a durable session. Given by the server, a UUID in text form. */
export function sessionId(): fc.Arbitrary<SessionId> {
  return $text(1, 255);
}

/** Names a member of the cluster. */
export function memberId(): fc.Arbitrary<MemberId> {
  return $text(0, Infinity);
}

/** Numbers the requests of one session and direction, each one more than the last. */
export function requestId(): fc.Arbitrary<RequestId> {
  return fc.integer({ min: 0, max: 9007199254740991 });
}

/** Opaque to the server, which sends it back with the answer. */
export function correlationId(): fc.Arbitrary<CorrelationId> {
  return $text(1, Infinity);
}

/** Random; ties the answer of a handshake to its request. */
export function nonce(): fc.Arbitrary<Nonce> {
  return fc.bigInt({ min: -9223372036854775808n, max: 9223372036854775807n }).filter((value) => value !== 0n);
}

/** Milliseconds since the Unix epoch, UTC. */
export function timestamp(): fc.Arbitrary<Timestamp> {
  return fc.integer({ min: -9007199254740991, max: 9007199254740991 });
}

/** Belongs to the application; the protocol does not look inside. */
export function payload(): fc.Arbitrary<Payload> {
  return fc.uint8Array();
}

/** What a client can do: name to version or setting. */
export function capabilities(): fc.Arbitrary<Capabilities> {
  return fc.dictionary($text(0, Infinity), $text(0, Infinity), { minKeys: 1, noNullPrototype: true });
}

/** How long something lasts, in milliseconds. */
export function millis(): fc.Arbitrary<Millis> {
  return fc.integer({ min: 0, max: 4294967295 });
}

/** A position in the replicated log, from 1; 0 where it is not said. */
export function logIndex(): fc.Arbitrary<LogIndex> {
  return fc.integer({ min: 0, max: 9007199254740991 });
}

/** What is wrong with a request, or why it is refused, for people. */
export function detail(): fc.Arbitrary<Detail> {
  return $text(0, 1024);
}

/** Where clients reach a member: a URL of the transport. */
export function address(): fc.Arbitrary<Address> {
  return $text(1, 1024);
}

/** One member of the cluster, and where it listens for clients. */
export function member(): fc.Arbitrary<Member> {
  return fc.record(
    {
      memberId: memberId(),
      address: address(),
    },
    { noNullPrototype: true },
  );
}

/** The members of the cluster as clients reach them; none where it is not said. */
export function members(): fc.Arbitrary<Members> {
  return fc.array(member());
}

/** Why a session was not created or continued. */
export function rejectionReason(version: ProtocolVersion): fc.Arbitrary<RejectionReason> {
  return fc.oneof(
    fc.constant("NotLeader" as const),
    fc.constant("SessionExpired" as const),
    fc.constant("InvalidCapabilities" as const),
    fc.constant("Other" as const),
    ...(version >= 2 ? [fc.constant("UnsupportedVersion" as const)] : []),
    ...(version >= 2 ? [fc.constant("Overloaded" as const)] : []),
    ...(version >= 2 ? [fc.constant("ClusterUnavailable" as const)] : []),
    ...(version >= 2 ? [fc.constant("Unauthorized" as const)] : []),
  );
}

/** Why the server ended a session or its connection. */
export function sessionCloseReason(): fc.Arbitrary<SessionCloseReason> {
  return fc.oneof(
    fc.constant("Shutdown" as const),
    fc.constant("NotLeaderAnymore" as const),
    fc.constant("SessionError" as const),
    fc.constant("ConnectionClosed" as const),
    fc.constant("SessionExpired" as const),
  );
}

/** Why the client ends its session. */
export function closeReason(): fc.Arbitrary<CloseReason> {
  return fc.oneof(
    fc.constant("ClientShutdown" as const),
  );
}

/** Why a command has no result. In version 1 an enumeration of one value. */
export function requestFailure(version: ProtocolVersion): fc.Arbitrary<RequestFailure> {
  return fc.oneof(
    fc.record(
      {
        type: fc.constant("ResponseEvicted" as const),
      },
      { noNullPrototype: true },
    ),
    ...(version >= 2 ? [fc.record(
      {
        type: fc.constant("NotLeader" as const),
        leaderId: fc.option(memberId(), { nil: undefined }),
      },
      { noNullPrototype: true },
    )] : []),
    ...(version >= 2 ? [fc.record(
      {
        type: fc.constant("InvalidRequest" as const),
        detail: detail(),
      },
      { noNullPrototype: true },
    )] : []),
    ...(version >= 2 ? [fc.record(
      {
        type: fc.constant("Overloaded" as const),
        retryAfter: millis(),
      },
      { noNullPrototype: true },
    )] : []),
    ...(version >= 2 ? [fc.record(
      {
        type: fc.constant("SessionExpired" as const),
      },
      { noNullPrototype: true },
    )] : []),
  );
}

/** Why a query has no result. The tags are those of RequestFailure. */
export function queryFailure(): fc.Arbitrary<QueryFailure> {
  return fc.oneof(
    fc.record(
      {
        type: fc.constant("NotLeader" as const),
        leaderId: fc.option(memberId(), { nil: undefined }),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("InvalidRequest" as const),
        detail: detail(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("Overloaded" as const),
        retryAfter: millis(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("SessionExpired" as const),
      },
      { noNullPrototype: true },
    ),
  );
}

/** Texts of a length in UTF-8: printable ASCII, or any characters where there is room for four bytes each. */
function $text(min: number, max: number): fc.Arbitrary<string> {
  const limit = (value: number) => (value === Infinity ? {} : { maxLength: value });
  const ascii = fc.string({ unit: "grapheme-ascii", minLength: min, ...limit(max) });
  const charactersMax = Math.floor(max / 4);
  if (charactersMax < min) return ascii;
  return fc.oneof(ascii, fc.string({ unit: "binary", minLength: min, ...limit(charactersMax) }));
}
