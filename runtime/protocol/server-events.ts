import type { LogRecord } from "../../generated/log/messages.ts";
import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { ClientMessage, Member, MemberId, ServerMessage, SessionId } from "../../generated/protocol/messages.ts";
import type { SessionTable, TableEffect } from "./session-table.ts";
import type { SessionEndReason } from "./state-machine.ts";

/** What an endpoint is made with. */
export interface ServerEndpointOptions {
  /** The replicated sessions of this member. The endpoint reads it and never changes it. */
  readonly table: SessionTable;
  /** This member's name. */
  readonly memberId: MemberId;
  /** Where clients reach the members of the cluster; none leaves clients with what they were configured with. */
  readonly members: readonly Member[];
  /** The newest version of the protocol that this server speaks. */
  readonly protocolVersionMax: ProtocolVersion;
  /** How long a session outlives its client's last sign of life, in milliseconds, unless the client asks for more or less. */
  readonly sessionTimeoutMs: number;
  /** The least that a client can ask for. */
  readonly sessionTimeoutMinMs: number;
  /** The most that a client can ask for. */
  readonly sessionTimeoutMaxMs: number;
  /** After how long without an acknowledgement a server request is sent again, in milliseconds. */
  readonly resendAfterMs: number;
  /** A new session id: random, and never given before. */
  readonly newSessionId: () => SessionId;
}

/** A transport's name for one connection, local to one server process. */
export type ConnectionId = number;

/** Where an answer goes, and in which version. */
export interface Recipient {
  readonly connectionId: ConnectionId;
  readonly version: ProtocolVersion;
}

/** This member's role, as its engine announced it. */
export type Role =
  | { readonly role: "leader"; readonly term: number }
  | { readonly role: "follower"; readonly leader?: MemberId | undefined };

/** What happens to a server, for `ServerEndpoint.step`. */
export type ServerEvent =
  /** A client's message arrived. */
  | {
      readonly type: "received";
      readonly connectionId: ConnectionId;
      readonly version: ProtocolVersion;
      readonly message: ClientMessage;
    }
  /** Bytes arrived that are no message of the protocol. */
  | { readonly type: "malformed"; readonly connectionId: ConnectionId; readonly error: Error }
  /** A log entry was applied to the session table. */
  | { readonly type: "applied"; readonly effects: readonly TableEffect[] }
  /** This member's state is recent enough for the reads of `readId`. */
  | { readonly type: "readReady"; readonly readId: number }
  /** The reads of `readId` cannot be made linearizable here and now. */
  | { readonly type: "readFailed"; readonly readId: number }
  /** A proposed record is not in the log, or perhaps not. */
  | { readonly type: "proposalFailed"; readonly record: LogRecord; readonly failure: ProposalFailure }
  /** The member's role has changed. */
  | { readonly type: "leadership"; readonly leadership: Role }
  /** Clients reach the members of the cluster at these addresses from now on. */
  | { readonly type: "members"; readonly members: readonly Member[] }
  /** The connection is gone. */
  | { readonly type: "connectionLost"; readonly connectionId: ConnectionId }
  /** `nextDeadline` has come. */
  | { readonly type: "deadline" }
  /** The server is going down. */
  | { readonly type: "shutdown" };

/** Why a record that was proposed did not come back as applied. Only after `ambiguous` it may still do so. */
export type ProposalFailure =
  | { readonly type: "notLeader"; readonly leader: MemberId | undefined }
  | { readonly type: "unavailable" }
  | { readonly type: "ambiguous" };

/** What a server is to do, in order. */
export type ServerEffect =
  /** Send a message to a client, in the version that its connection speaks. */
  | {
      readonly type: "send";
      readonly connectionId: ConnectionId;
      readonly version: ProtocolVersion;
      readonly message: ServerMessage;
    }
  /** Put a record into the log. */
  | { readonly type: "propose"; readonly record: LogRecord }
  /** Pass a read barrier, then say `readReady` or `readFailed`. */
  | { readonly type: "read"; readonly readId: number }
  /** End a connection. */
  | { readonly type: "drop"; readonly connectionId: ConnectionId }
  /** Tell whoever watches the server. */
  | { readonly type: "report"; readonly report: ServerReport };

/** What a server tells whoever watches it. None of it is needed to run one. */
export type ServerReport =
  | { readonly type: "leading"; readonly term: number }
  | { readonly type: "following"; readonly leader: MemberId | undefined }
  | { readonly type: "sessionCreated"; readonly sessionId: SessionId }
  | { readonly type: "sessionContinued"; readonly sessionId: SessionId }
  | { readonly type: "sessionDetached"; readonly sessionId: SessionId }
  | { readonly type: "sessionEnded"; readonly sessionId: SessionId; readonly reason: SessionEndReason }
  | { readonly type: "sessionRefused"; readonly reason: string }
  /** The state machine threw: what the session's client asked for is refused. */
  | { readonly type: "stateMachineError"; readonly sessionId: SessionId | undefined; readonly error: unknown }
  /** A peer sent what is no message; its connection is dropped. */
  | { readonly type: "malformedFrame"; readonly error: Error }
  /** A peer sent what its session does not allow. */
  | { readonly type: "protocolViolation"; readonly problem: string }
  /** A snapshot could not be stored; the log is kept, and the next one is tried in time. */
  | { readonly type: "snapshotFailed"; readonly index: number; readonly error: unknown }
  /** A limit was met: the message was not taken, and its client will send it again. */
  | { readonly type: "overloaded"; readonly limit: string };
