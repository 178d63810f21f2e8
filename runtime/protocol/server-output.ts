import type { EndReason, LogRecord } from "../../generated/log/messages.ts";
import type {
  ClientRequest,
  Nonce,
  RejectionReason,
  RequestTrace,
  ServerMessage,
  SessionCloseReason,
  SessionId,
  SessionRejected,
} from "../../generated/protocol/messages.ts";
import type { AuthorizationRequest } from "./authorization.ts";
import { CommandRun } from "./command-run.ts";
import { bytesInBatch, FrameDraft } from "./frame-draft.ts";
import { limits } from "./limits.ts";
import type { ConnectionId, Recipient, ServerEffect, ServerReport } from "./server-events.ts";
import { ServerTally } from "./server-tally.ts";

/**
 * Collects what one `step` of a server wants done. Messages to one connection share frames where they can: the later ones
 * then leave with the first. Nothing that goes to one connection overtakes anything else that does.
 */
export class ServerOutput {
  /** What was answered, and how often. */
  readonly tally: ServerTally = new ServerTally();
  #effects: ServerEffect[] = [];
  /** The commands that were proposed last, if nothing else was proposed since: the next of the session may go with them. */
  #run: CommandRun | undefined;
  /** The connection that was spoken to last, and its last frame: most steps speak to one alone, and need no map. */
  #lastConnectionId: ConnectionId | undefined;
  #lastDraft: FrameDraft<ServerMessage> | undefined;
  /** The last frames of the others; never that of the one above. */
  readonly #drafts = new Map<ConnectionId, FrameDraft<ServerMessage>>();

  /** Returns what was collected and begins anew. */
  take(): readonly ServerEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    this.#run = undefined;
    this.#lastConnectionId = undefined;
    this.#lastDraft = undefined;
    if (this.#drafts.size > 0) this.#drafts.clear();
    return effects;
  }

  send({ connectionId, version }: Recipient, message: ServerMessage): void {
    if (version > 1 && this.#joins(connectionId, message)) return;
    this.#effects.push({ type: "send", connectionId, version, message });
  }

  /** Refuses a handshake. */
  reject(
    recipient: Recipient,
    nonce: Nonce,
    reason: RejectionReason,
    more: Partial<Pick<SessionRejected, "leaderId" | "members" | "retryAfter" | "detail">> = {},
  ): void {
    const isPassing = reason === "Overloaded" || reason === "ClusterUnavailable";
    const { leaderId, members = [], retryAfter = isPassing ? limits.retryAfterMs : undefined, detail } = more;
    this.tally.rejected[reason] += 1;
    const word = recipient.version === 1 ? (REASONS_OF_VERSION_1[reason] ?? reason) : reason;
    this.send(recipient, { type: "SessionRejected", reason: word, nonce, leaderId, retryAfter, members, detail });
  }

  /** Tells a client that its session has ended. */
  sessionEnded(recipient: Recipient, reason: EndReason): void {
    this.send(recipient, { type: "SessionClosed", reason: CLOSE_REASONS[reason] });
  }

  drop(connectionId: ConnectionId): void {
    this.tally.drops += 1;
    this.#speakTo(connectionId, undefined);
    this.#effects.push({ type: "drop", connectionId });
  }

  propose(record: LogRecord): void {
    this.#run = undefined;
    this.#effects.push({ type: "propose", record });
  }

  trace({ connectionId }: Recipient, sessionId: SessionId, message: RequestTrace): void {
    const { requestId, traceId, spanId, flags } = message;
    this.#effects.push({ type: "trace", connectionId, sessionId, requestId, trace: { traceId, spanId, flags } });
  }

  /** Proposes a command, in one record with those before it where it can. */
  proposeCommand(sessionId: SessionId, { requestId, lowestPendingRequestId, payload }: ClientRequest): void {
    if (this.#run?.add(sessionId, requestId, lowestPendingRequestId, payload) === true) return;
    const run = new CommandRun(sessionId, requestId, lowestPendingRequestId, payload);
    this.propose(run.record);
    this.#run = run;
  }

  read(readId: number): void {
    this.#effects.push({ type: "read", readId });
  }

  authorize(authorizationId: number, request: AuthorizationRequest): void {
    this.#effects.push({ type: "authorize", authorizationId, request });
  }

  report(report: ServerReport): void {
    this.#effects.push({ type: "report", report });
  }

  /** Whether the message found room in the connection's last frame; if not, it begins the next one. */
  #joins(connectionId: ConnectionId, message: ServerMessage): boolean {
    const byteLength = bytesInBatch(message);
    if (byteLength === undefined) {
      this.#speakTo(connectionId, undefined);
      return false;
    }
    const draft = connectionId === this.#lastConnectionId ? this.#lastDraft : this.#drafts.get(connectionId);
    if (draft?.add(message, byteLength) === true) {
      const { position, items } = draft;
      this.#effects[position] = { type: "send", connectionId, version: 2, message: { type: "Batch", items } };
      return true;
    }
    this.#speakTo(connectionId, new FrameDraft(this.#effects.length, message, byteLength));
    return false;
  }

  /** From here on this is the connection's last frame; without one its next message begins another. */
  #speakTo(connectionId: ConnectionId, draft: FrameDraft<ServerMessage> | undefined): void {
    if (connectionId !== this.#lastConnectionId) {
      if (this.#lastConnectionId !== undefined && this.#lastDraft !== undefined)
        this.#drafts.set(this.#lastConnectionId, this.#lastDraft);
      this.#drafts.delete(connectionId);
      this.#lastConnectionId = connectionId;
    }
    this.#lastDraft = draft;
  }
}

/** Reasons that version 1 has no word for, and what it says instead. */
const REASONS_OF_VERSION_1: Readonly<Partial<Record<RejectionReason, RejectionReason>>> = {
  UnsupportedVersion: "Other",
  Overloaded: "Other",
  ClusterUnavailable: "NotLeader",
  Unauthorized: "Other",
};

/** The ends of a session in the words of the protocol. */
const CLOSE_REASONS: Readonly<Record<EndReason, SessionCloseReason>> = {
  ClientShutdown: "Shutdown",
  Expired: "SessionExpired",
  CommandRefused: "SessionError",
  QueryRefused: "SessionError",
  WindowExceeded: "SessionError",
};
