import { setImmediate as nextTurn } from "node:timers/promises";
import { limits } from "../protocol/limits.ts";
import type { ServedSession } from "../server/server-status.ts";
import type { SessionRow, SessionState, SessionsAnswer, SortKey } from "./answers.ts";

/** Which sessions are wanted. */
export interface SessionsQuestion {
  readonly sort: SortKey;
  readonly descending: boolean;
  /** Part of an id, an owner's key, an address or the capabilities; empty for all. In lower case. */
  readonly filter: string;
  readonly state: SessionState | "all";
  readonly offset: number;
  readonly limit: number;
}

/** Reads the parameters of a request; a text says what is wrong with them. */
export function readSessionsQuestion(parameters: URLSearchParams): SessionsQuestion | string {
  const {
    sort = "age",
    order = "desc",
    filter = "",
    state = "all",
    offset = "0",
    limit = "50",
    ...others
  } = Object.fromEntries(parameters);
  const [unknown] = Object.keys(others);
  if (unknown !== undefined) {
    return `there is no parameter "${cut(unknown)}"; known are sort, order, filter, state, offset and limit`;
  }
  if (!isSortKey(sort)) return `sort is "${cut(sort)}", it must be one of ${Object.keys(SORTED_BY).join(", ")}`;
  if (order !== "asc" && order !== "desc") return `order is "${cut(order)}", it must be asc or desc`;
  if (!isState(state)) return `state is "${cut(state)}", it must be one of ${STATES.join(", ")}`;
  const { adminFilterCharactersMax, adminSessionsPerPageMax, adminSessionsDepthMax } = limits;
  if (filter.length > adminFilterCharactersMax) {
    return `filter has ${filter.length} characters, the limit is ${adminFilterCharactersMax}`;
  }
  const count = countFrom(limit);
  if (count === undefined || count < 1 || count > adminSessionsPerPageMax) {
    return `limit is "${cut(limit)}", it must be a number from 1 to ${adminSessionsPerPageMax}`;
  }
  const first = countFrom(offset);
  if (first === undefined || first + count > adminSessionsDepthMax) {
    const most = adminSessionsDepthMax - count;
    return `offset is "${cut(offset)}", it must be a number from 0 to ${most}: use a filter to see others`;
  }
  return { sort, descending: order === "desc", filter: filter.toLowerCase(), state, offset: first, limit: count };
}

/**
 * Looks through the sessions, a little at a time, so that clients do not wait for it, and keeps no more than the page needs.
 * `isWanted` says whether somebody still waits for the answer; `undefined`: nobody did.
 */
export async function sessionsPage(
  sessions: Iterable<ServedSession>,
  question: SessionsQuestion,
  isWanted: () => boolean,
): Promise<SessionsAnswer | undefined> {
  const first = new FirstRows(question);
  let total = 0;
  let matching = 0;
  let pauseAt = performance.now() + limits.adminScanBurstMs;
  for (const session of sessions) {
    total += 1;
    const row = rowOf(session);
    if (matches(row, question)) {
      matching += 1;
      first.add(row);
    }
    if (performance.now() < pauseAt) continue;
    await nextTurn();
    if (!isWanted()) return undefined;
    pauseAt = performance.now() + limits.adminScanBurstMs;
  }
  return { total, matching, offset: question.offset, rows: first.rows() };
}

/** The first rows in the order that is wanted, up to the end of the page: of the rest none is kept for long. */
class FirstRows {
  readonly #question: SessionsQuestion;
  readonly #wanted: number;
  #rows: SessionRow[] = [];

  constructor(question: SessionsQuestion) {
    this.#question = question;
    this.#wanted = question.offset + question.limit;
  }

  add(row: SessionRow): void {
    this.#rows.push(row);
    if (this.#rows.length >= 2 * this.#wanted) this.#trim();
  }

  rows(): readonly SessionRow[] {
    this.#trim();
    return this.#rows.slice(this.#question.offset);
  }

  /** Sorting keeps rows that are equal in the order in which they came: oldest first. */
  #trim(): void {
    const { sort, descending } = this.#question;
    const key = SORTED_BY[sort];
    this.#rows.sort((left, right) => compare(key(left), key(right), descending));
    if (this.#rows.length > this.#wanted) this.#rows.length = this.#wanted;
  }
}

function rowOf(session: ServedSession): SessionRow {
  return {
    sessionId: session.sessionId,
    state: stateOf(session),
    ageMs: session.ageMs,
    leaseLeftMs: session.leaseLeftMs ?? null,
    sessionTimeoutMs: session.sessionTimeoutMs ?? null,
    requestsPending: session.requestsPending,
    serverRequestsPending: session.serverRequestsPending,
    workHeld: session.workHeld,
    protocolVersion: session.protocolVersion ?? null,
    owner: session.owner ?? null,
    address: session.address ?? null,
    capabilities: capabilitiesText(session.capabilities),
  };
}

function stateOf({ sessionTimeoutMs, leaseLeftMs, connected }: ServedSession): SessionState {
  if (sessionTimeoutMs === undefined) return "unknown";
  if (leaseLeftMs === undefined) return "ending";
  return connected ? "connected" : "detached";
}

function capabilitiesText(capabilities: Readonly<Record<string, string>>): string {
  const text = Object.entries(capabilities)
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");
  const { adminCapabilitiesCharactersMax: max } = limits;
  return text.length <= max ? text : `${text.slice(0, max - 1)}…`;
}

function matches(row: SessionRow, { filter, state }: SessionsQuestion): boolean {
  if (state !== "all" && row.state !== state) return false;
  if (filter === "") return true;
  const { sessionId, owner, address, capabilities } = row;
  return [sessionId, owner, address, capabilities].some((value) => value?.toLowerCase().includes(filter));
}

/** What there is nothing of comes last, whichever way. */
function compare(left: string | number | null, right: string | number | null, descending: boolean): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  return left < right === descending ? 1 : -1;
}

function isSortKey(value: string): value is SortKey {
  return Object.hasOwn(SORTED_BY, value);
}

function isState(value: string): value is SessionState | "all" {
  return (STATES as readonly string[]).includes(value);
}

function countFrom(text: string): number | undefined {
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function cut(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

const STATES: readonly (SessionState | "all")[] = ["all", "connected", "detached", "ending", "unknown"];

const SORTED_BY: Readonly<Record<SortKey, (row: SessionRow) => string | number | null>> = {
  sessionId: (row) => row.sessionId,
  state: (row) => row.state,
  age: (row) => row.ageMs,
  leaseLeft: (row) => row.leaseLeftMs,
  requestsPending: (row) => row.requestsPending,
  serverRequestsPending: (row) => row.serverRequestsPending,
  workHeld: (row) => row.workHeld,
  protocolVersion: (row) => row.protocolVersion,
  owner: (row) => row.owner,
  address: (row) => row.address,
};
