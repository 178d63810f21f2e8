import type { LogRecord } from "../../generated/log/messages.ts";
import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type {
  ClientMessage,
  Member,
  MemberId,
  RequestId,
  ServerMessage,
  SessionId,
} from "../../generated/protocol/messages.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import type { ClientIdentity } from "./client-identity.ts";
import type { Admission, RateName } from "./rates.ts";
import type { SessionTable, TableEffect } from "./session-table.ts";
import type { SessionEndReason } from "./state-machine.ts";
import type { TraceContext } from "./trace-context.ts";

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
  /** What clients may ask for; `undefined` where nothing is limited. */
  readonly admission?: Admission | undefined;
  /** Whether somebody decides about each handshake: then there is an effect `authorize` for each. */
  readonly authorizes?: boolean;
  /** The wall clock: milliseconds since the Unix epoch. Clients are told; nothing here depends on it. */
  readonly unixMs: () => number;
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
  /** A client's connection stands. */
  | { readonly type: "connected"; readonly connectionId: ConnectionId; readonly client: ClientIdentity }
  /** A client's message arrived. */
  | {
      readonly type: "received";
      readonly connectionId: ConnectionId;
      readonly version: ProtocolVersion;
      readonly message: ClientMessage;
      /** Of the frame. */
      readonly byteLength: number;
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
  /** Somebody has decided about a handshake; what is no decision counts as none. */
  | { readonly type: "authorized"; readonly authorizationId: number; readonly decision: unknown }
  /** Nobody can decide about it. */
  | { readonly type: "authorizationFailed"; readonly authorizationId: number; readonly error: unknown }
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
  /** Have somebody decide about a handshake, then say `authorized` or `authorizationFailed`. */
  | { readonly type: "authorize"; readonly authorizationId: number; readonly request: AuthorizationRequest }
  /** A command of a session that is about to come belongs to a trace; for whoever follows traces. */
  | {
      readonly type: "trace";
      readonly connectionId: ConnectionId;
      readonly sessionId: SessionId;
      readonly requestId: RequestId;
      readonly trace: TraceContext;
    }
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
  /** Whoever decides has refused a client its session. */
  | {
      readonly type: "unauthorized";
      readonly action: AuthorizationRequest["action"];
      readonly client: ClientIdentity;
      readonly sessionId: SessionId | undefined;
      /** What the client was told. */
      readonly detail: string;
    }
  /** Nothing was decided: `authorize` threw, took too long or answered nonsense. The client is refused, for now. */
  | { readonly type: "authorizationFailed"; readonly error: unknown }
  /** A client wanted to go on with a session that belongs to another key, or to none. It is refused. */
  | { readonly type: "notOwner"; readonly sessionId: SessionId; readonly client: ClientIdentity }
  /** A client is over a limit of its own, or all clients together are over theirs. */
  | {
      readonly type: "rateLimited";
      readonly rate: RateName;
      readonly scope: "client" | "total";
      readonly client: ClientIdentity;
      /** Commands and queries that were refused. */
      readonly requests: number;
    }
  /** The server listens where others can reach it, with a transport that lets everybody in. */
  | { readonly type: "insecure"; readonly address: string }
  /** Somebody connected and did not become a client: another mechanism or key than is asked for, or something else. */
  | { readonly type: "connectionRefused"; readonly client: ClientIdentity; readonly reason: string }
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
