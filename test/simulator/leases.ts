import type { LogRecord } from "../../generated/log/messages.ts";
import type { ClientMessage, ServerMessage } from "../../generated/protocol/messages.ts";
import type { MemberProcess } from "./member-process.ts";
import type { Link } from "./network.ts";
import { check } from "./violation.ts";

/**
 * Watches what a member says about sessions from the outside: which connection it gave each session, when it last heard
 * from it there, and that it does not give up one that it heard from within its lease.
 */
export class Leases {
  readonly #member: MemberProcess;
  readonly #attached = new Map<string, Link>();
  readonly #sessions = new Map<Link, string>();
  /** When each session last gave a sign of life, by the clock of the member. */
  readonly #heardAt = new Map<string, number>();
  /** In which leadership, and when, the end of a session was proposed. */
  readonly #ends = new WeakMap<LogRecord, { readonly term: number; readonly order: number }>();
  /** When each session was last continued. */
  readonly #continuedAt = new Map<string, number>();
  #sinceMs = 0;

  constructor(member: MemberProcess) {
    this.#member = member;
  }

  clear(): void {
    this.#attached.clear();
    this.#sessions.clear();
    this.#heardAt.clear();
    this.#continuedAt.clear();
  }

  /** The member's role has changed: every session has a whole lease from now on. */
  begin(): void {
    this.clear();
    this.#sinceMs = this.#member.nowMs;
  }

  heard(link: Link, message: ClientMessage): void {
    const sessionId = this.#sessions.get(link);
    if (sessionId !== undefined && !("nonce" in message)) this.#heardAt.set(sessionId, this.#member.nowMs);
  }

  said(link: Link, message: ServerMessage): void {
    if (message.type === "SessionCreated") {
      this.#attach(link, message.sessionId);
    } else if (message.type === "SessionContinued") {
      const { asked } = link;
      check(asked?.nonce === message.nonce, "no fault of ours", () => "a session is continued that nobody asked for");
      this.#continued(asked.sessionId);
      this.#attach(link, asked.sessionId);
    } else if (message.type === "SessionClosed") {
      this.left(link);
    }
  }

  left(link: Link): void {
    const sessionId = this.#sessions.get(link);
    this.#sessions.delete(link);
    if (sessionId !== undefined && this.#attached.get(sessionId) === link) this.#attached.delete(sessionId);
  }

  /** The member proposes a record. The end of a session must not come before that of its lease. */
  proposed(record: LogRecord): void {
    const { leadsInTerm, nowMs, world } = this.#member;
    if (leadsInTerm === undefined || record.type !== "ExpireSession") return;
    // One that is in doubt is proposed again: nothing was said of it meanwhile.
    if (this.#ends.get(record)?.term === leadsInTerm) return;
    this.#ends.set(record, { term: leadsInTerm, order: world.newOrder() });
    const { sessionId } = record;
    const fate = world.truth.sessions.get(sessionId);
    const timeoutMs = fate?.timeoutMs ?? world.profile.serverSessionTimeoutMs;
    const quietMs = nowMs - Math.max(this.#sinceMs, this.#heardAt.get(sessionId) ?? Number.NEGATIVE_INFINITY);
    check(quietMs > timeoutMs - ROUNDING_MS, "lease kept", () => {
      return `${this.#member.memberId} gives ${sessionId} up after ${Math.round(quietMs)} ms of silence, its lease is ${timeoutMs} ms`;
    });
  }

  /**
   * A record of this member has ended a session. It must be of the leadership with which it went into the log, and nobody
   * must have been told since it was proposed that the session goes on.
   */
  ended(record: LogRecord & { readonly sessionId: string }, term: number): void {
    const end = this.#ends.get(record);
    if (end === undefined) return;
    check(end.term === term, "lease kept", () => {
      return `${JSON.stringify(record)} is of leadership ${end.term} and went into the log in ${term}, which grants a new lease`;
    });
    check((this.#continuedAt.get(record.sessionId) ?? 0) < end.order, "end respected", () => {
      return `${this.#member.memberId} continued ${record.sessionId} while its end was on its way into the log`;
    });
  }

  #attach(link: Link, sessionId: string): void {
    const former = this.#attached.get(sessionId);
    if (former !== undefined) this.#sessions.delete(former);
    this.left(link);
    this.#attached.set(sessionId, link);
    this.#sessions.set(link, sessionId);
    this.#heardAt.set(sessionId, this.#member.nowMs);
  }

  /** Who leads never says that a session goes on whose end is in the log. */
  #continued(sessionId: string): void {
    const { leadsInTerm, world, memberId } = this.#member;
    if (leadsInTerm === undefined || !world.consensus.isLed(this.#member, leadsInTerm)) return;
    this.#continuedAt.set(sessionId, world.newOrder());
    check(world.truth.isLiving(sessionId), "end respected", () => {
      return `${memberId} continues ${sessionId}, whose end is in the log`;
    });
  }
}

/** Clocks of processes are converted to and fro. */
const ROUNDING_MS = 1;
