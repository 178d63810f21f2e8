import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type {
  Capabilities,
  ClientMessage,
  Member,
  MemberId,
  ServerMessage,
  ServerRequest,
  SessionId,
} from "../../generated/protocol/messages.ts";
import type { Call } from "./call.ts";
import type { CircuitState } from "./circuit-breaker.ts";
import type { RequestError, SessionError } from "./errors.ts";
import type { SavedSession } from "./request-id-reserve.ts";

/** What a client's session is made with. All durations are milliseconds. */
export interface ClientSessionOptions {
  /** Where the members of the cluster listen, in the order in which they are tried. */
  readonly members: readonly Member[];
  /** What the application can do. */
  readonly capabilities: Capabilities;
  /** The newest version of the protocol that this client speaks. */
  readonly protocolVersionMax: ProtocolVersion;
  /** How long the session is to outlive the last sign of life; `undefined` leaves it to the server. */
  readonly sessionTimeoutMs: number | undefined;
  /** Between two signs of life; `undefined` for a third of the session timeout, where that is shorter than the default. */
  readonly keepAliveIntervalMs: number | undefined;
  /** For one attempt at one member, and for the answer to a keep-alive. */
  readonly connectionTimeoutMs: number;
  /** After which a request without an answer is sent again. */
  readonly resendAfterMs: number;
  /** Added to `now`, gives milliseconds since the Unix epoch. */
  readonly epochOffsetMs: number;
  /** Numbers from 0 up to 1. */
  readonly random: () => number;
  /** A random signed 64-bit integer other than 0. */
  readonly newNonce: () => bigint;
  /** Whether the transport takes an address. */
  readonly isAddress: (address: string) => boolean;
  /** The session of a former process, to go on with; `undefined` for a new one. */
  readonly resumed?: SavedSession | undefined;
  /** Whether the session is stored for another process: commands wait until their ids are set aside. */
  readonly savesSession?: boolean;
}

/** What happens to a client, for `ClientSession.step`. */
export type ClientEvent =
  /** Find the leader and begin a session, or go on with the one there is. */
  | { readonly type: "connect" }
  /** Give the connection up, and every call that waits; the session goes on, and `connect` comes back to it. */
  | { readonly type: "disconnect" }
  /** A command or a query of the application. */
  | Call
  /** Several, in this order: what was called in one go shares frames. */
  | { readonly type: "calls"; readonly calls: readonly Call[] }
  /** The application no longer waits for a call. */
  | { readonly type: "abort"; readonly call: Call; readonly cause: unknown }
  /** The application took a delivered server request, which makes room for another. */
  | { readonly type: "taken" }
  /** The application has every server request up to this one. */
  | { readonly type: "acknowledge"; readonly requestId: number }
  /** A server's message arrived. */
  | { readonly type: "received"; readonly version: ProtocolVersion; readonly message: ServerMessage }
  /** The connection is gone. */
  | { readonly type: "connectionLost"; readonly reason: string }
  /** What `save` asked for is stored. */
  | { readonly type: "saved" }
  /** It is not. */
  | { readonly type: "saveFailed"; readonly reason: string }
  /** `nextDeadline` has come. */
  | { readonly type: "deadline" }
  /** End the session and everything that waits in it. */
  | { readonly type: "close" };

/** What a client is to do, in order. */
export type ClientEffect =
  /** Open a connection; the one before it, if any, was hung up. */
  | { readonly type: "dial"; readonly member: Member }
  /** Close the connection. */
  | { readonly type: "hangUp" }
  /** Send a message over the connection, in the version that it speaks. */
  | { readonly type: "send"; readonly version: ProtocolVersion; readonly message: ClientMessage }
  /** A call has its result. */
  | { readonly type: "resolve"; readonly call: Call; readonly result: Uint8Array }
  /** A call has failed. */
  | { readonly type: "reject"; readonly call: Call; readonly error: RequestError | SessionError }
  /** Store this for another process, and say `saved` or `saveFailed`. There is one at a time. */
  | { readonly type: "save"; readonly session: SavedSession }
  /** Give a server request to the application. */
  | { readonly type: "deliver"; readonly request: ServerRequest }
  /** The state of the connection or the session has changed. */
  | { readonly type: "report"; readonly status: ClientStatus };

/** The life of a client's connection and session. */
export type ClientStatus =
  /** Asks a member for a session. */
  | { readonly type: "connecting"; readonly memberId: MemberId; readonly address: string }
  /**
   * Has its session. `continued`: it is the one from before, on a new connection. `sessionTimeoutMs`: how long it outlives
   * the last sign of life, where the server says so.
   */
  | {
      readonly type: "connected";
      readonly sessionId: SessionId;
      readonly memberId: MemberId;
      readonly continued: boolean;
      readonly protocolVersion: ProtocolVersion;
      readonly sessionTimeoutMs?: number;
    }
  /** The cluster said who its members are: these are all that will be asked from now on. */
  | { readonly type: "members"; readonly members: readonly Member[] }
  /**
   * Has no connection; the session goes on, and the next attempt comes after `retryInMs`. Without that the application
   * disconnected, and `connect` makes the next attempt.
   */
  | { readonly type: "disconnected"; readonly reason: string; readonly retryInMs?: number }
  /** A member is passed over (`open`), asked once to see (`half-open`), or asked as ever (`closed`). */
  | {
      readonly type: "circuit";
      readonly memberId: MemberId;
      readonly address: string;
      readonly state: CircuitState;
    }
  /** Was told who leads. */
  | { readonly type: "leaderChanged"; readonly leader: MemberId | undefined }
  /** The session is stored: another process can go on with it. */
  | { readonly type: "sessionSaved" }
  /** The session could not be stored. It is tried again; commands whose ids are not set aside wait. */
  | { readonly type: "sessionNotSaved"; readonly reason: string }
  /** The cluster ended the session: its commands fail, and this client is done. */
  | { readonly type: "sessionExpired"; readonly error: SessionError }
  /** The cluster refused the session: this client is done. */
  | { readonly type: "sessionRejected"; readonly error: SessionError }
  /** The application closed the client. */
  | { readonly type: "closed" };

/** Whether the client is done with this status. Others may come before it in the same step, when it is over already. */
export function isLastStatus({ type }: ClientStatus): boolean {
  return type === "sessionExpired" || type === "sessionRejected" || type === "closed";
}
