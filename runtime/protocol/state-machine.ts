import type { Capabilities, SessionId } from "../../generated/protocol/messages.ts";

/**
 * What an application replicates. Every member runs the same commands in the same order, so everything here except
 * `query` must be deterministic, also the messages of errors: no clock, no randomness, no I/O. What time it is, the context
 * says.
 *
 * Commands, queries and results are bytes whose meaning is the application's. Views on them stay valid, but a state
 * machine that keeps a part of a command should copy it: the view keeps the whole log entry in memory.
 */
export interface StateMachine {
  /**
   * Runs one command and returns its result, at most `limits.payloadBytesMax` bytes.
   *
   * Throws to refuse the command, and must do so before it changes anything. The error is reported on the server, and its
   * message, of which the first `limits.refusalBytesMax` bytes are kept with the session, goes to the client that sent the
   * command; in version 1 of the protocol, which has no word for it, the client's session is ended instead.
   */
  apply(command: Uint8Array, context: CommandContext): Uint8Array;
  /**
   * Answers one query without changing anything. It sees every command that was answered before the query was sent.
   * Throws to refuse the query: the client that sent it is told the error's message; in version 1 of the protocol its
   * session is ended.
   */
  query(query: Uint8Array): Uint8Array;
  /**
   * Gives the whole state, in chunks of at most `limits.payloadBytesMax` bytes. No command is applied until the last
   * chunk was taken, so the state need not be copied first.
   */
  snapshot(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
  /** Replaces the whole state by one that `snapshot` gave: the same chunks in the same order. */
  restore(chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /** A session has begun. */
  sessionCreated?(session: SessionInfo, context: ApplyContext): void;
  /** A session has ended; nothing can be sent to it any more. */
  sessionEnded?(session: SessionInfo, reason: SessionEndReason, context: ApplyContext): void;
}

/** What a state machine may know and do while it applies something. Valid during the call only. */
export interface ApplyContext {
  /** The entry of the log that is being applied. */
  readonly index: number;
  /** The time for this entry, by the clock of the leader that proposed it: milliseconds since the Unix epoch. */
  readonly atUnixMs: number;
  /**
   * Sends a server request to a session: it is stored with the state, delivered in order, and sent again until the
   * client acknowledges it. Returns false, and does nothing, when there is no such session or when
   * `limits.serverRequestsPendingMax` of its server requests are not acknowledged yet.
   */
  send(sessionId: SessionId, payload: Uint8Array): boolean;
  /** Work for any session that has a capability. */
  readonly work: Work;
}

/** Names a piece of work: 1, 2, 3, … in the order in which they were added. */
export type WorkId = number;

/**
 * Work for whichever session can do it. A piece goes as a server request to one session that has the capability, in turns
 * among those that have it, at most `limits.workHeldMax` at a time to each; without one it waits. It stays with its session
 * across lost connections, and goes to another one when the session ends before the piece was completed. So a client may
 * be told of a piece that somebody else has begun: only `complete` tells whose it is.
 */
export interface Work {
  /**
   * Adds a piece of work. `payloadOf` gives the server request for it, in which the client should find the id.
   *
   * Returns the id, or `undefined` when `limits.workPendingMax` pieces, or `limits.workPendingBytesMax` bytes of them, are
   * not done yet: throw then, to refuse the command. Throws `RangeError` for a payload over `limits.payloadBytesMax`.
   */
  add(capability: string, payloadOf: (workId: WorkId) => Uint8Array): WorkId | undefined;
  /**
   * Ends a piece of work that the session of this command has. False, and without effect, when it has not: it was
   * completed or cancelled, or the session ended meanwhile and another one has it. Session events have no command, so it is
   * false there.
   */
  complete(workId: WorkId): boolean;
  /** Ends a piece of work, whoever has it. False when there is no such piece. */
  cancel(workId: WorkId): boolean;
}

/** The context of a command. */
export interface CommandContext extends ApplyContext {
  /** The session that submitted it. */
  readonly session: SessionInfo;
  /** Its number within the session. */
  readonly requestId: number;
}

/** A session as the application sees it. */
export interface SessionInfo {
  readonly sessionId: SessionId;
  /** What the client said that it can do. Names that begin with `zraft-` are the protocol's. */
  readonly capabilities: Capabilities;
  /**
   * The public key that its client has proven to hold, in Z85: fit to decide what the session's commands may do.
   * `undefined` where the transport asks for none.
   */
  readonly owner: string | undefined;
  /** The entry of the log that created the session: grows from session to session, fit as a fencing token. */
  readonly sessionIndex: number;
  /** When it was created, by the clock of the leader of that time: milliseconds since the Unix epoch. */
  readonly createdAtUnixMs: number;
}

/** Why a session ended. `docs/guarantees.md` says when each comes about. */
export type SessionEndReason = "ClientShutdown" | "Expired" | "CommandRefused" | "QueryRefused" | "WindowExceeded";
