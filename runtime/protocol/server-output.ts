import type { EndReason, LogRecord } from "../../generated/log/messages.ts";
import type {
  MemberId,
  Nonce,
  RejectionReason,
  ServerMessage,
  SessionCloseReason,
} from "../../generated/protocol/messages.ts";
import type { ConnectionId, ServerEffect, ServerReport } from "./server-events.ts";

/** Collects what one `step` of a server wants done. */
export class ServerOutput {
  #effects: ServerEffect[] = [];

  /** Returns what was collected and begins anew. */
  take(): readonly ServerEffect[] {
    const effects = this.#effects;
    this.#effects = [];
    return effects;
  }

  send(connectionId: ConnectionId, message: ServerMessage): void {
    this.#effects.push({ type: "send", connectionId, message });
  }

  reject(connectionId: ConnectionId, nonce: Nonce, reason: RejectionReason, leaderId?: MemberId): void {
    this.send(connectionId, { type: "SessionRejected", reason, nonce, leaderId });
  }

  /** Tells a client that its session has ended. */
  sessionEnded(connectionId: ConnectionId, reason: EndReason): void {
    this.send(connectionId, { type: "SessionClosed", reason: CLOSE_REASONS[reason] });
  }

  drop(connectionId: ConnectionId): void {
    this.#effects.push({ type: "drop", connectionId });
  }

  propose(record: LogRecord): void {
    this.#effects.push({ type: "propose", record });
  }

  read(readId: number): void {
    this.#effects.push({ type: "read", readId });
  }

  report(report: ServerReport): void {
    this.#effects.push({ type: "report", report });
  }
}

/** The ends of a session in the words of protocol version 1. */
const CLOSE_REASONS: Readonly<Record<EndReason, SessionCloseReason>> = {
  ClientShutdown: "Shutdown",
  Expired: "SessionExpired",
  CommandRefused: "SessionError",
  QueryRefused: "SessionError",
  WindowExceeded: "SessionError",
};
