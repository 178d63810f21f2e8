import type { EndReason, LogRecord } from "../../generated/log/messages.ts";
import { limits } from "../../runtime/protocol/limits.ts";
import type { SessionInfo } from "../../runtime/protocol/state-machine.ts";
import { Registers, readCommand, readNumber } from "./application.ts";
import { check } from "./violation.ts";

/** What the log makes of one command. */
export interface CommandFate {
  readonly index: number;
  readonly isRefused: boolean;
  /** The number in its result; 0 for a refused one. */
  readonly result: number;
}

/** What the log makes of one session. */
export interface SessionFate {
  readonly sessionId: string;
  readonly sessionIndex: number;
  /** The key that it was created with. */
  readonly owner: string | undefined;
  /** Of its lease, where its client asked for one. */
  readonly timeoutMs: number | undefined;
  /** The numbers in its server requests, in order: request id 1 is the first. */
  readonly serverRequests: number[];
  activeIndex: number;
  lowestPendingRequestId: number;
  acknowledgedId: number;
  endReason: EndReason | undefined;
  readonly commands: Map<number, CommandFate>;
}

/**
 * What the committed log means: a second reading of it, written for clearness, that forgets nothing. The real session table
 * is held against it entry by entry, and so is everything that clients are told.
 */
export class Truth {
  /** Every session that ever was. */
  readonly sessions: Map<string, SessionFate> = new Map();
  /** What became of each command, by its number. */
  readonly commands: Map<number, CommandFate> = new Map();
  /** The digest of the application's state after each entry; the first is that of the beginning. */
  readonly digests: number[] = [0];
  /** How many commands came a second time. */
  repeats = 0;
  readonly #application = new Registers();
  readonly #acknowledged: (sessionId: string) => number;

  /** `acknowledged` says which server request of a session its application has acknowledged last. */
  constructor(acknowledged: (sessionId: string) => number) {
    this.#acknowledged = acknowledged;
  }

  /** Sessions that have not ended. */
  get living(): readonly SessionFate[] {
    return [...this.sessions.values()].filter(({ endReason }) => endReason === undefined);
  }

  isLiving(sessionId: string): boolean {
    const session = this.sessions.get(sessionId);
    return session !== undefined && session.endReason === undefined;
  }

  hasApplied(number: number): boolean {
    return this.#application.hasApplied(number);
  }

  /** An entry was committed. Returns the sessions that it ended for want of a sign of life. */
  committed(index: number, proposedAt: number, records: readonly LogRecord[]): readonly string[] {
    const expired: string[] = [];
    for (const record of records) {
      if (record.type === "CreateSession") {
        this.#create(record, index, proposedAt);
        continue;
      }
      const session = this.sessions.get(record.sessionId);
      if (session === undefined || session.endReason !== undefined) continue;
      if (record.type === "Commands") {
        this.#commands(session, record, index, proposedAt);
      } else if (record.type === "AckServerRequest") {
        this.#acknowledge(session, record.requestId, index);
      } else if (record.type === "CloseSession") {
        this.#end(session, record.reason, index, proposedAt);
      } else if (session.activeIndex <= record.unlessActiveAfter) {
        this.#end(session, "Expired", index, proposedAt);
        expired.push(session.sessionId);
      }
    }
    this.digests.push(this.#application.digest);
    return expired;
  }

  #create(record: LogRecord & { type: "CreateSession" }, index: number, proposedAt: number): void {
    const { sessionId, sessionTimeout, owner } = record;
    check(!this.sessions.has(sessionId), "exactly once", () => `session ${sessionId} was created twice`);
    const session: SessionFate = {
      sessionId,
      sessionIndex: index,
      owner,
      timeoutMs: sessionTimeout,
      serverRequests: [],
      activeIndex: index,
      lowestPendingRequestId: 0,
      acknowledgedId: 0,
      endReason: undefined,
      commands: new Map(),
    };
    this.sessions.set(sessionId, session);
    this.#application.sessionCreated(infoOf(session), this.#context(index, proposedAt));
  }

  #commands(session: SessionFate, record: LogRecord & { type: "Commands" }, index: number, proposedAt: number): void {
    const { firstRequestId, lowestPendingRequestId, payloads } = record;
    session.activeIndex = index;
    session.lowestPendingRequestId = Math.max(session.lowestPendingRequestId, lowestPendingRequestId);
    payloads.forEach((payload, position) => {
      this.#command(session, firstRequestId + position, payload, index, proposedAt);
    });
  }

  #command(session: SessionFate, requestId: number, payload: Uint8Array, index: number, proposedAt: number): void {
    if (session.commands.has(requestId)) {
      this.repeats += 1;
      return;
    }
    if (requestId < session.lowestPendingRequestId) return;
    const { verb, number } = readCommand(payload);
    let fate: CommandFate = { index, isRefused: true, result: 0 };
    if (verb !== "refuse") {
      const context = { ...this.#context(index, proposedAt), session: infoOf(session), requestId };
      fate = { index, isRefused: false, result: readNumber(this.#application.apply(payload, context)) };
    }
    session.commands.set(requestId, fate);
    this.commands.set(number, fate);
  }

  #acknowledge(session: SessionFate, requestId: number, index: number): void {
    const taken = this.#acknowledged(session.sessionId);
    check(requestId <= taken, "server requests", () => {
      return `the log says that ${session.sessionId} has its server requests up to ${requestId}, it has them up to ${taken}`;
    });
    session.activeIndex = index;
    session.acknowledgedId = Math.max(session.acknowledgedId, requestId);
  }

  #end(session: SessionFate, reason: EndReason, index: number, proposedAt: number): void {
    session.endReason = reason;
    this.#application.sessionEnded(infoOf(session), reason, this.#context(index, proposedAt));
  }

  #context(index: number, atUnixMs: number): Parameters<Registers["sessionCreated"]>[1] {
    const send = (sessionId: string, payload: Uint8Array): boolean => {
      const session = this.sessions.get(sessionId);
      if (session === undefined || session.endReason !== undefined) return false;
      const waiting = session.serverRequests.length - session.acknowledgedId;
      if (waiting >= limits.serverRequestsPendingMax) return false;
      session.serverRequests.push(readNumber(payload));
      return true;
    };
    return { index, atUnixMs, send, work: NO_WORK };
  }
}

function infoOf({ sessionId, sessionIndex }: SessionFate): SessionInfo {
  return { sessionId, sessionIndex, capabilities: {}, owner: undefined, createdAtUnixMs: 0 };
}

/** The application gives no work. */
const NO_WORK: Parameters<Registers["sessionCreated"]>[1]["work"] = {
  add: () => undefined,
  complete: () => false,
  cancel: () => false,
};
