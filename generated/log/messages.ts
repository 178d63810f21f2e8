// Generated from log.yaml by "hawser generate". Do not edit: change the schema and generate again.

/**
 * Names a durable session: a UUID in text form.
 * Wire: string<u8>, length at least 1.
 */
export type SessionId = string;

/**
 * A public key that a client has proven to hold, in Z85 (RFC 32): 40 characters.
 * Wire: string<u8>, length at least 1.
 */
export type PublicKey = string;

/**
 * Numbers the requests of one session and direction.
 * Wire: i53.
 */
export type RequestId = number;

/**
 * The nonce of the handshake that created the session.
 * Wire: i64.
 */
export type Nonce = bigint;

/**
 * Milliseconds since the Unix epoch, by the clock of the leader that proposed the entry.
 * Wire: i53, unit ms.
 */
export type Timestamp = number;

/**
 * Belongs to the application.
 * Wire: bytes<u32>.
 */
export type Payload = Uint8Array;

/**
 * How long something lasts, in milliseconds.
 * Wire: u32, unit ms.
 */
export type Millis = number;

/**
 * What a client can do: name to version or setting.
 * Wire: map<u16, string<u16>, string<u16>>.
 */
export type Capabilities = Readonly<Record<string, string>>;

/**
 * The name of something that a client can do.
 * Wire: string<u16>.
 */
export type Capability = string;

/**
 * Numbers the pieces of work of a cluster.
 * Wire: u53.
 */
export type WorkId = number;

/**
 * A position in the replicated log, from 1; 0 is before the first entry.
 * Wire: u53.
 */
export type LogIndex = number;

/**
 * Numbers the leaderships, rising.
 * Wire: u53.
 */
export type Term = number;

/**
 * Names one store for ever: made at random with it.
 * Wire: uuid.
 */
export type StoreId = string;

/**
 * CRC-32 (IEEE 802.3).
 * Wire: u32.
 */
export type Checksum = number;

/**
 * Why a session ended.
 *
 * - `ClientShutdown`: The client closed it. Wire: tag 1, since version 1.
 * - `Expired`: The client gave no sign of life for the length of the lease. Wire: tag 2, since version 1.
 * - `CommandRefused`: The state machine refused one of its commands. Wire: tag 3, since version 1.
 * - `QueryRefused`: The state machine refused one of its queries. Wire: tag 4, since version 1.
 * - `WindowExceeded`: The client kept too many requests pending. Wire: tag 5, since version 1.
 *
 * Wire: u8.
 */
export type EndReason =
  | "ClientShutdown"
  | "Expired"
  | "CommandRefused"
  | "QueryRefused"
  | "WindowExceeded";

/** The number on the wire of each EndReason. */
export const endReasonTags: Readonly<Record<EndReason, number>> = {
  ClientShutdown: 1,
  Expired: 2,
  CommandRefused: 3,
  QueryRefused: 4,
  WindowExceeded: 5,
};

/**
 * One change to the replicated state.
 * Wire: u8 tag, then the fields of the case.
 */
export type LogRecord =
  | LogRecordCreateSession
  | LogRecordAckServerRequest
  | LogRecordCloseSession
  | LogRecordExpireSession
  | LogRecordCommands;

/**
 * A session begins.
 * Wire: tag 1, since version 1.
 */
export interface LogRecordCreateSession {
  readonly type: "CreateSession";
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  readonly capabilities: Capabilities;
  /** Of its lease, where its client asked for one; else each leader takes its own default. */
  readonly sessionTimeout?: Millis | undefined;
  /** Who created it, and alone may continue it; absent for a client without a key. */
  readonly owner?: PublicKey | undefined;
}

/**
 * The client has every server request up to this one.
 * Wire: tag 3, since version 1.
 */
export interface LogRecordAckServerRequest {
  readonly type: "AckServerRequest";
  readonly sessionId: SessionId;
  readonly requestId: RequestId;
}

/**
 * A session ends at once.
 * Wire: tag 4, since version 1.
 */
export interface LogRecordCloseSession {
  readonly type: "CloseSession";
  readonly sessionId: SessionId;
  readonly reason: EndReason;
}

/**
 * A session ends, unless the log shows a sign of life of it after an index.
 * Wire: tag 5, since version 1.
 */
export interface LogRecordExpireSession {
  readonly type: "ExpireSession";
  readonly sessionId: SessionId;
  readonly unlessActiveAfter: LogIndex;
}

/**
 * Commands of one session for the state machine, one or more, whose request ids follow one another.
 * Wire: tag 6, since version 1.
 */
export interface LogRecordCommands {
  readonly type: "Commands";
  readonly sessionId: SessionId;
  /** Of the first command. */
  readonly firstRequestId: RequestId;
  readonly lowestPendingRequestId: RequestId;
  /**
   * Of each command, in order.
   * Wire: list<u16, Payload>, count at least 1.
   */
  readonly payloads: ReadonlyArray<Payload>;
}

/**
 * One part of a snapshot.
 * Wire: u8 tag, then the fields of the case.
 */
export type SnapshotRecord =
  | SnapshotRecordStart
  | SnapshotRecordSession
  | SnapshotRecordResponse
  | SnapshotRecordServerRequest
  | SnapshotRecordWorker
  | SnapshotRecordWork
  | SnapshotRecordWorkEnd
  | SnapshotRecordState
  | SnapshotRecordEnd;

/**
 * Opens the snapshot.
 * Wire: tag 1, since version 1.
 */
export interface SnapshotRecordStart {
  readonly type: "Start";
  /** The last entry that the snapshot contains. */
  readonly appliedIndex: LogIndex;
}

/**
 * One session; its answers and server requests follow.
 * Wire: tag 2, since version 1.
 */
export interface SnapshotRecordSession {
  readonly type: "Session";
  readonly sessionId: SessionId;
  readonly nonce: Nonce;
  readonly createdAt: Timestamp;
  readonly capabilities: Capabilities;
  /** Of its lease, where its client asked for one. */
  readonly sessionTimeout?: Millis | undefined;
  /** Who created it, and alone may continue it; absent for a client without a key. */
  readonly owner?: PublicKey | undefined;
  /** The entry that created the session. */
  readonly sessionIndex: LogIndex;
  /** The last entry that holds a record of the session. */
  readonly activeIndex: LogIndex;
  /** Answers below it are forgotten; absent before the first command. */
  readonly lowestPendingRequestId?: RequestId | undefined;
  /** The last id given to a server request; 0 before the first. */
  readonly lastServerRequestId: RequestId;
}

/**
 * The kept answer to one command of the session before it.
 * Wire: tag 3, since version 1.
 */
export interface SnapshotRecordResponse {
  readonly type: "Response";
  readonly requestId: RequestId;
  /** The entry that holds the command. */
  readonly index: LogIndex;
  /** Absent when the command was refused, or applied and its answer forgotten. */
  readonly result?: Payload | undefined;
  /**
   * Why the state machine refused the command; absent when it was applied.
   * Wire: string<u16>, length at most 1024.
   */
  readonly refusal?: string | undefined;
}

/**
 * A server request of the session before it that is not acknowledged.
 * Wire: tag 4, since version 1.
 */
export interface SnapshotRecordServerRequest {
  readonly type: "ServerRequest";
  readonly requestId: RequestId;
  readonly payload: Payload;
  readonly createdAt: Timestamp;
}

/**
 * One session that can be given more work of a capability. All of one capability come in the order of their
 * turns.
 * Wire: tag 7, since version 1.
 */
export interface SnapshotRecordWorker {
  readonly type: "Worker";
  readonly capability: Capability;
  readonly sessionId: SessionId;
}

/**
 * A piece of work that is not done.
 * Wire: tag 8, since version 1.
 */
export interface SnapshotRecordWork {
  readonly type: "Work";
  readonly workId: WorkId;
  readonly capability: Capability;
  readonly payload: Payload;
  /** The session that has it; absent while it waits for one. */
  readonly holder?: SessionId | undefined;
}

/**
 * Follows the last piece of work.
 * Wire: tag 9, since version 1.
 */
export interface SnapshotRecordWorkEnd {
  readonly type: "WorkEnd";
  /** The last id given to a piece of work; 0 before the first. */
  readonly lastWorkId: WorkId;
}

/**
 * A piece of the application's state, with the boundaries that the state machine gave it.
 * Wire: tag 5, since version 1.
 */
export interface SnapshotRecordState {
  readonly type: "State";
  readonly chunk: Payload;
}

/**
 * Closes the snapshot, so that a cut one is never taken for a whole one.
 * Wire: tag 6, since version 1.
 */
export interface SnapshotRecordEnd {
  readonly type: "End";
  /**
   * Records between the start and this one.
   * Wire: u53.
   */
  readonly recordCount: number;
}

/**
 * A batch of records that a leader proposed together.
 * Wire: tag 1, since version 1.
 */
export interface LogEntry {
  readonly type: "LogEntry";
  /** The time that the state machine sees for every record of the entry. */
  readonly proposedAt: Timestamp;
  /**
   * Applied in this order.
   * Wire: list<u32, LogRecord>.
   */
  readonly records: ReadonlyArray<LogRecord>;
}

/** Every message of the family `log`. */
export type LogMessage = LogEntry;

/**
 * A piece of a snapshot. The records of all chunks, in order, are the snapshot.
 * Wire: tag 1, since version 1.
 */
export interface SnapshotChunk {
  readonly type: "SnapshotChunk";
  /**
   * Start first, End last in the last chunk.
   * Wire: list<u32, SnapshotRecord>.
   */
  readonly records: ReadonlyArray<SnapshotRecord>;
}

/** Every message of the family `snapshot`. */
export type SnapshotMessage = SnapshotChunk;

/**
 * A log entry as a store keeps it, under its index.
 * Wire: tag 1, since version 1.
 */
export interface StoredEntry {
  readonly type: "StoredEntry";
  readonly term: Term;
  /** Of the index and the term, each as eight big-endian bytes, and the payload. */
  readonly checksum: Checksum;
  readonly payload: Payload;
}

/**
 * What the embedded store knows of its member.
 * Wire: tag 2, since version 1.
 */
export interface StoredMember {
  readonly type: "StoredMember";
  /** The last leadership; one more at every start. */
  readonly term: Term;
  /** Of the term as eight big-endian bytes. */
  readonly checksum: Checksum;
}

/**
 * Describes the snapshot whose chunks the embedded store keeps.
 * Wire: tag 3, since version 1.
 */
export interface StoredSnapshot {
  readonly type: "StoredSnapshot";
  readonly index: LogIndex;
  /** Of the entry at that index. */
  readonly term: Term;
  /**
   * How many chunks there are, numbered from 0.
   * Wire: u32.
   */
  readonly chunkCount: number;
  /** Of the index, the term and the chunk count, each as eight big-endian bytes. */
  readonly checksum: Checksum;
}

/**
 * One chunk of a snapshot as a store keeps it: under its own number, and the snapshot's index in the embedded
 * store or the snapshot's number in etcd.
 * Wire: tag 4, since version 1.
 */
export interface StoredChunk {
  readonly type: "StoredChunk";
  /** Of both numbers under which it is kept, each as eight big-endian bytes, and the chunk. */
  readonly checksum: Checksum;
  readonly chunk: Payload;
}

/**
 * What a store in etcd is known by. Written once, before everything else.
 * Wire: tag 5, since version 1.
 */
export interface StoredIdentity {
  readonly type: "StoredIdentity";
  readonly storeId: StoreId;
  /** Of the id as text. */
  readonly checksum: Checksum;
}

/**
 * The length of the log in etcd. Every append writes it, if it is what the appender believes.
 * Wire: tag 6, since version 1.
 */
export interface StoredHead {
  readonly type: "StoredHead";
  /** The newest entry. */
  readonly index: LogIndex;
  /** Of the index as eight big-endian bytes. */
  readonly checksum: Checksum;
}

/**
 * A claim of the leadership in etcd. The term is the revision at which it was written.
 * Wire: tag 7, since version 1.
 */
export interface StoredLeader {
  readonly type: "StoredLeader";
  /**
   * Who leads; absent once a leader has resigned.
   * Wire: string<u16>.
   */
  readonly memberId?: string | undefined;
  /**
   * Random: tells the claims of one member apart.
   * Wire: u53.
   */
  readonly claim: number;
  /** Of the claim as eight big-endian bytes, and the member's id in UTF-8. */
  readonly checksum: Checksum;
}

/**
 * Describes the snapshot whose chunks are in etcd.
 * Wire: tag 8, since version 1.
 */
export interface StoredClusterSnapshot {
  readonly type: "StoredClusterSnapshot";
  readonly index: LogIndex;
  /** Of the leader that wrote it. */
  readonly term: Term;
  /**
   * The number under which its chunks are kept.
   * Wire: u53.
   */
  readonly number: number;
  /**
   * How many chunks there are, numbered from 0.
   * Wire: u32.
   */
  readonly chunkCount: number;
  /** Of the four numbers before it, each as eight big-endian bytes. */
  readonly checksum: Checksum;
}

/** Every message of the family `store`. */
export type StoreMessage =
  | StoredEntry
  | StoredMember
  | StoredSnapshot
  | StoredChunk
  | StoredIdentity
  | StoredHead
  | StoredLeader
  | StoredClusterSnapshot;
