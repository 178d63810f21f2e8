// Generated from log.yaml by "hawser generate". Do not edit: change the schema and generate again.
import * as fc from "fast-check";
import type { ProtocolVersion } from "./codec.ts";
import type {
  Capabilities,
  Capability,
  Checksum,
  EndReason,
  LogEntry,
  LogIndex,
  LogMessage,
  LogRecord,
  Millis,
  Nonce,
  Payload,
  PublicKey,
  RequestId,
  SessionId,
  SnapshotChunk,
  SnapshotMessage,
  SnapshotRecord,
  StoreId,
  StoreMessage,
  StoredChunk,
  StoredClusterSnapshot,
  StoredEntry,
  StoredHead,
  StoredIdentity,
  StoredLeader,
  StoredMember,
  StoredSnapshot,
  Term,
  Timestamp,
  WorkId,
} from "./messages.ts";

/** Any message of the family `log` that a version has. */
export function logMessage(version: ProtocolVersion): fc.Arbitrary<LogMessage> {
  return fc.oneof(
    logEntry(version),
  );
}

/** A batch of records that a leader proposed together. */
export function logEntry(_version: ProtocolVersion): fc.Arbitrary<LogEntry> {
  return fc.record(
    {
      type: fc.constant("LogEntry" as const),
      proposedAt: timestamp(),
      records: fc.array(logRecord()),
    },
    { noNullPrototype: true },
  );
}

/** Any message of the family `snapshot` that a version has. */
export function snapshotMessage(version: ProtocolVersion): fc.Arbitrary<SnapshotMessage> {
  return fc.oneof(
    snapshotChunk(version),
  );
}

/** A piece of a snapshot. The records of all chunks, in order, are the snapshot. */
export function snapshotChunk(_version: ProtocolVersion): fc.Arbitrary<SnapshotChunk> {
  return fc.record(
    {
      type: fc.constant("SnapshotChunk" as const),
      records: fc.array(snapshotRecord()),
    },
    { noNullPrototype: true },
  );
}

/** Any message of the family `store` that a version has. */
export function storeMessage(version: ProtocolVersion): fc.Arbitrary<StoreMessage> {
  return fc.oneof(
    storedEntry(version),
    storedMember(version),
    storedSnapshot(version),
    storedChunk(version),
    storedIdentity(version),
    storedHead(version),
    storedLeader(version),
    storedClusterSnapshot(version),
  );
}

/** A log entry as a store keeps it, under its index. */
export function storedEntry(_version: ProtocolVersion): fc.Arbitrary<StoredEntry> {
  return fc.record(
    {
      type: fc.constant("StoredEntry" as const),
      term: term(),
      checksum: checksum(),
      payload: payload(),
    },
    { noNullPrototype: true },
  );
}

/** What the embedded store knows of its member. */
export function storedMember(_version: ProtocolVersion): fc.Arbitrary<StoredMember> {
  return fc.record(
    {
      type: fc.constant("StoredMember" as const),
      term: term(),
      checksum: checksum(),
    },
    { noNullPrototype: true },
  );
}

/** Describes the snapshot whose chunks the embedded store keeps. */
export function storedSnapshot(_version: ProtocolVersion): fc.Arbitrary<StoredSnapshot> {
  return fc.record(
    {
      type: fc.constant("StoredSnapshot" as const),
      index: logIndex(),
      term: term(),
      chunkCount: fc.integer({ min: 0, max: 4294967295 }),
      checksum: checksum(),
    },
    { noNullPrototype: true },
  );
}

/**
 * One chunk of a snapshot as a store keeps it: under its own number, and the snapshot's index in the embedded
 * store or the snapshot's number in etcd.
 */
export function storedChunk(_version: ProtocolVersion): fc.Arbitrary<StoredChunk> {
  return fc.record(
    {
      type: fc.constant("StoredChunk" as const),
      checksum: checksum(),
      chunk: payload(),
    },
    { noNullPrototype: true },
  );
}

/** What a store in etcd is known by. Written once, before everything else. */
export function storedIdentity(_version: ProtocolVersion): fc.Arbitrary<StoredIdentity> {
  return fc.record(
    {
      type: fc.constant("StoredIdentity" as const),
      storeId: storeId(),
      checksum: checksum(),
    },
    { noNullPrototype: true },
  );
}

/** The length of the log in etcd. Every append writes it, if it is what the appender believes. */
export function storedHead(_version: ProtocolVersion): fc.Arbitrary<StoredHead> {
  return fc.record(
    {
      type: fc.constant("StoredHead" as const),
      index: logIndex(),
      checksum: checksum(),
    },
    { noNullPrototype: true },
  );
}

/** A claim of the leadership in etcd. The term is the revision at which it was written. */
export function storedLeader(_version: ProtocolVersion): fc.Arbitrary<StoredLeader> {
  return fc.record(
    {
      type: fc.constant("StoredLeader" as const),
      memberId: fc.option($text(0, Infinity), { nil: undefined }),
      claim: fc.integer({ min: 0, max: 9007199254740991 }),
      checksum: checksum(),
    },
    { noNullPrototype: true },
  );
}

/** Describes the snapshot whose chunks are in etcd. */
export function storedClusterSnapshot(_version: ProtocolVersion): fc.Arbitrary<StoredClusterSnapshot> {
  return fc.record(
    {
      type: fc.constant("StoredClusterSnapshot" as const),
      index: logIndex(),
      term: term(),
      number: fc.integer({ min: 0, max: 9007199254740991 }),
      chunkCount: fc.integer({ min: 0, max: 4294967295 }),
      checksum: checksum(),
    },
    { noNullPrototype: true },
  );
}

/** Names a durable session: a UUID in text form. */
export function sessionId(): fc.Arbitrary<SessionId> {
  return $text(1, 255);
}

/** A public key that a client has proven to hold, in Z85 (RFC 32): 40 characters. */
export function publicKey(): fc.Arbitrary<PublicKey> {
  return $text(1, 255);
}

/** Numbers the requests of one session and direction. */
export function requestId(): fc.Arbitrary<RequestId> {
  return fc.integer({ min: -9007199254740991, max: 9007199254740991 });
}

/** The nonce of the handshake that created the session. */
export function nonce(): fc.Arbitrary<Nonce> {
  return fc.bigInt({ min: -9223372036854775808n, max: 9223372036854775807n });
}

/** Milliseconds since the Unix epoch, by the clock of the leader that proposed the entry. */
export function timestamp(): fc.Arbitrary<Timestamp> {
  return fc.integer({ min: -9007199254740991, max: 9007199254740991 });
}

/** Belongs to the application. */
export function payload(): fc.Arbitrary<Payload> {
  return fc.uint8Array();
}

/** How long something lasts, in milliseconds. */
export function millis(): fc.Arbitrary<Millis> {
  return fc.integer({ min: 0, max: 4294967295 });
}

/** What a client can do: name to version or setting. */
export function capabilities(): fc.Arbitrary<Capabilities> {
  return fc.dictionary($text(0, Infinity), $text(0, Infinity), { noNullPrototype: true });
}

/** The name of something that a client can do. */
export function capability(): fc.Arbitrary<Capability> {
  return $text(0, Infinity);
}

/** Numbers the pieces of work of a cluster. */
export function workId(): fc.Arbitrary<WorkId> {
  return fc.integer({ min: 0, max: 9007199254740991 });
}

/** A position in the replicated log, from 1; 0 is before the first entry. */
export function logIndex(): fc.Arbitrary<LogIndex> {
  return fc.integer({ min: 0, max: 9007199254740991 });
}

/** Numbers the leaderships, rising. */
export function term(): fc.Arbitrary<Term> {
  return fc.integer({ min: 0, max: 9007199254740991 });
}

/** Names one store for ever: made at random with it. */
export function storeId(): fc.Arbitrary<StoreId> {
  return fc.uuid();
}

/** CRC-32 (IEEE 802.3). */
export function checksum(): fc.Arbitrary<Checksum> {
  return fc.integer({ min: 0, max: 4294967295 });
}

/** Why a session ended. */
export function endReason(): fc.Arbitrary<EndReason> {
  return fc.oneof(
    fc.constant("ClientShutdown" as const),
    fc.constant("Expired" as const),
    fc.constant("CommandRefused" as const),
    fc.constant("QueryRefused" as const),
    fc.constant("WindowExceeded" as const),
  );
}

/** One change to the replicated state. */
export function logRecord(): fc.Arbitrary<LogRecord> {
  return fc.oneof(
    fc.record(
      {
        type: fc.constant("CreateSession" as const),
        sessionId: sessionId(),
        nonce: nonce(),
        capabilities: capabilities(),
        sessionTimeout: fc.option(millis(), { nil: undefined }),
        owner: fc.option(publicKey(), { nil: undefined }),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("AckServerRequest" as const),
        sessionId: sessionId(),
        requestId: requestId(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("CloseSession" as const),
        sessionId: sessionId(),
        reason: endReason(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("ExpireSession" as const),
        sessionId: sessionId(),
        unlessActiveAfter: logIndex(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("Commands" as const),
        sessionId: sessionId(),
        firstRequestId: requestId(),
        lowestPendingRequestId: requestId(),
        payloads: fc.array(payload(), { minLength: 1 }),
      },
      { noNullPrototype: true },
    ),
  );
}

/** One part of a snapshot. */
export function snapshotRecord(): fc.Arbitrary<SnapshotRecord> {
  return fc.oneof(
    fc.record(
      {
        type: fc.constant("Start" as const),
        appliedIndex: logIndex(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("Session" as const),
        sessionId: sessionId(),
        nonce: nonce(),
        createdAt: timestamp(),
        capabilities: capabilities(),
        sessionTimeout: fc.option(millis(), { nil: undefined }),
        owner: fc.option(publicKey(), { nil: undefined }),
        sessionIndex: logIndex(),
        activeIndex: logIndex(),
        lowestPendingRequestId: fc.option(requestId(), { nil: undefined }),
        lastServerRequestId: requestId(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("Response" as const),
        requestId: requestId(),
        index: logIndex(),
        result: fc.option(payload(), { nil: undefined }),
        refusal: fc.option($text(0, 1024), { nil: undefined }),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("ServerRequest" as const),
        requestId: requestId(),
        payload: payload(),
        createdAt: timestamp(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("Worker" as const),
        capability: capability(),
        sessionId: sessionId(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("Work" as const),
        workId: workId(),
        capability: capability(),
        payload: payload(),
        holder: fc.option(sessionId(), { nil: undefined }),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("WorkEnd" as const),
        lastWorkId: workId(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("State" as const),
        chunk: payload(),
      },
      { noNullPrototype: true },
    ),
    fc.record(
      {
        type: fc.constant("End" as const),
        recordCount: fc.integer({ min: 0, max: 9007199254740991 }),
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
