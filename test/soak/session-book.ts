/** What a client says of its session. */
export type SessionWord =
  /** It has the session, new or once more. */
  | "lives"
  /** It gives no sign of life from now on, for a time or for ever. */
  | "leaves"
  /** It was frozen, and may find that the session has ended meanwhile. */
  | "returns"
  /** It closes the session: from now on it may be over. */
  | "closes"
  /** It has closed the session. */
  | "closed"
  /** The server has ended the session as one whose client was gone. */
  | "expired"
  /** The server has ended the session for what was asked. */
  | "refused";

interface Page {
  readonly timeoutMs: number;
  state: "here" | "returning" | "away" | "over";
  sinceMs: number;
  /** Its client was frozen, and has not been in touch with the server since. */
  isDoubtful: boolean;
  /** What its client has said, for whoever wonders. */
  words: readonly string[];
}

/**
 * Which sessions there should be, by what clients say, and what is wrong with those that the server has. A lease begins
 * anew with every server, so nothing is overdue sooner than that after its start.
 */
export class SessionBook {
  readonly #pages = new Map<string, Page>();
  readonly #strangersSinceMs = new Map<string, number>();
  readonly #longestTimeoutMs: number;
  #servedSinceMs = 0;

  /** `longestTimeoutMs`: of any session, also of one of which its client could not tell. */
  constructor(longestTimeoutMs: number) {
    this.#longestTimeoutMs = longestTimeoutMs;
  }

  /** Sessions whose client is there. */
  get here(): number {
    return [...this.#pages.values()].filter(({ state }) => state === "here" || state === "returning").length;
  }

  /** A server has begun to serve. */
  served(nowMs: number): void {
    this.#servedSinceMs = nowMs;
  }

  /** A client has said something. Gives what is wrong with it. */
  said(sessionId: string, word: SessionWord, timeoutMs: number, nowMs: number): string | undefined {
    const page = this.#pages.get(sessionId) ?? {
      timeoutMs,
      state: "over",
      sinceMs: nowMs,
      isDoubtful: false,
      words: [],
    };
    const { state, sinceMs, isDoubtful } = page;
    if (word === "leaves" && state === "away") return undefined;
    this.#pages.set(sessionId, page);
    page.state =
      word === "lives" ? "here" : word === "returns" ? "returning" : word === "leaves" ? "away" : ("over" as const);
    page.sinceMs = nowMs;
    page.words = [...page.words.slice(1 - WORDS_MAX), `${word} at ${(nowMs / 1_000).toFixed(1)} s`];
    page.isDoubtful = word === "returns" || (isDoubtful && word !== "lives");
    if (word !== "expired" || isDoubtful) return undefined;
    if (state === "here") return `session ${sessionId} has expired although its client was there${wordsOf(page)}`;
    // Half: its last sign of life may be a keep-alive older than the moment at which the client left.
    if (state === "away" && nowMs - sinceMs < timeoutMs / 2) {
      const afterMs = Math.round(nowMs - sinceMs);
      return `session ${sessionId} has expired ${afterMs} ms after its client left; its timeout is ${timeoutMs} ms${wordsOf(page)}`;
    }
    return undefined;
  }

  /** Says what is wrong with the sessions that the server has now. */
  held(sessionIds: readonly string[], nowMs: number): readonly string[] {
    const problems: string[] = [];
    const held = new Set(sessionIds);
    for (const [sessionId, page] of this.#pages) {
      const { state, sinceMs } = page;
      if (state === "here" && !held.has(sessionId) && nowMs - sinceMs > SETTLE_MS) {
        problems.push(`session ${sessionId} is not in the server, and its client has it${wordsOf(page)}`);
      }
      if (state === "over" && !held.has(sessionId)) this.#pages.delete(sessionId);
      // One that its client never asks for again: what the server thinks of it is all there is to know.
      if (state === "away" && !held.has(sessionId) && nowMs - sinceMs > 2 * this.#longestTimeoutMs) {
        this.#pages.delete(sessionId);
      }
    }
    for (const sessionId of this.#strangersSinceMs.keys()) {
      if (!held.has(sessionId)) this.#strangersSinceMs.delete(sessionId);
    }
    for (const sessionId of held) {
      const overdueMs = this.#overdueMs(sessionId, nowMs);
      if (overdueMs > 0) {
        problems.push(
          `session ${sessionId} is in the server ${Math.round(overdueMs)} ms longer than it may be${wordsOf(this.#pages.get(sessionId))}`,
        );
      }
    }
    return problems;
  }

  /** Above 0 when a session ought to be gone. */
  #overdueMs(sessionId: string, nowMs: number): number {
    const page = this.#pages.get(sessionId);
    if (page?.state === "here" || page?.state === "returning") return 0;
    if (page === undefined && !this.#strangersSinceMs.has(sessionId)) this.#strangersSinceMs.set(sessionId, nowMs);
    const sinceMs = page?.sinceMs ?? this.#strangersSinceMs.get(sessionId) ?? nowMs;
    // Who closes a session while the server comes or goes cannot tell whether the server has heard it.
    const isHeard = page?.state === "over" && sinceMs > this.#servedSinceMs + SETTLE_MS;
    const leaseMs = isHeard ? 0 : (page?.timeoutMs ?? this.#longestTimeoutMs);
    return nowMs - Math.max(sinceMs, this.#servedSinceMs) - leaseMs - SETTLE_MS;
  }
}

function wordsOf(page: Page | undefined): string {
  return page === undefined ? "; nobody spoke of it" : `; ${page.words.join(", ")}`;
}

const WORDS_MAX = 8;
/** What words of clients, and answers of a server that shares a busy machine, may be late. */
const SETTLE_MS = 10_000;
