import { randomBytes } from "node:crypto";
import { limits, type SessionId } from "hawser/protocol";
import { Line } from "./line.ts";
import type { Paced } from "./pace.ts";
import type { CrowdReturn } from "./questions.ts";

/**
 * Many clients in one process. They speak by hawser's transport and codecs, and do what `hawser/client` does to begin and
 * keep a session and to come back to it, and no more: as many whole clients would be slower than the server, and it would
 * be they who are measured.
 */
export class Crowd {
  readonly #port: number;
  readonly #sessionIds: SessionId[] = [];
  readonly #clients: CrowdClient[] = [];

  constructor(port: number) {
    this.#port = port;
  }

  /** Those with a connection of their own. */
  get clients(): readonly Paced[] {
    return this.#clients;
  }

  /** Creates sessions, one after the other over each of some connections. No session keeps its connection. */
  async create(sessions: number, connections: number): Promise<void> {
    await this.#overLines(sessions, connections, async (line) => {
      this.#sessionIds.push(await createOver(line));
    });
  }

  /** Creates sessions likewise, and closes each again: what the first ones cost is no part of those that follow. */
  async warmUp(sessions: number, connections: number): Promise<void> {
    await this.#overLines(sessions, connections, async (line) => {
      await createOver(line);
      await line.ask({ type: "CloseSession", reason: "ClientShutdown" });
    });
  }

  /** Gives so many sessions a connection each, some hundred at a time. */
  async connect(connections: number): Promise<void> {
    const waiting = this.#sessionIds.slice(0, connections).reverse();
    const worker = async (): Promise<void> => {
      for (let sessionId = waiting.pop(); sessionId !== undefined; sessionId = waiting.pop()) {
        const client = new CrowdClient(addressOf(this.#port, this.#clients.length), sessionId);
        this.#clients.push(client);
        await client.connected;
      }
    };
    await Promise.all(Array.from({ length: DIALS_AT_A_TIME }, worker));
  }

  /** Waits until every session that had a connection, and that is not over, has one. */
  async awaitAll(): Promise<CrowdReturn> {
    await Promise.all(this.#clients.map(({ connected }) => connected));
    const times = this.#clients.map(({ connectedAt }) => connectedAt).sort((one, other) => one - other);
    return {
      halfAt: times[times.length >> 1] ?? 0,
      allAt: times.at(-1) ?? 0,
      attempts: this.#clients.reduce((total, { attempts }) => total + attempts, 0),
      lost: this.#clients.filter(({ isOver }) => isOver).length,
    };
  }

  /** Closes every connection, and opens none again. */
  async leave(): Promise<void> {
    await Promise.all(this.#clients.splice(0).map((client) => client.leave()));
  }

  async #overLines(times: number, connections: number, act: (line: Line) => Promise<void>): Promise<void> {
    let left = times;
    const worker = async (place: number): Promise<void> => {
      const line = new Line(addressOf(this.#port, place), failOn, ignore);
      for (; left > 0; ) {
        left -= 1;
        await act(line);
      }
      await line.close();
    };
    await Promise.all(Array.from({ length: connections }, (_, place) => worker(place)));
  }
}

/** A client that has a session, and dials again when it has lost its connection. */
class CrowdClient implements Paced {
  readonly #address: string;
  readonly #sessionId: SessionId;
  /** Resolves when it has a connection, or when its session is over. */
  connected: Promise<void> = Promise.resolve();
  /** Milliseconds since the Unix epoch. */
  connectedAt = 0;
  /** Attempts to connect since it had a connection. */
  attempts = 0;
  isOver = false;
  sent = 0;
  answered = 0;
  #line: Line | undefined;
  #hasLeft = false;

  constructor(address: string, sessionId: SessionId) {
    this.#address = address;
    this.#sessionId = sessionId;
    this.#begin();
  }

  keepAlive(): void {
    if (this.#line === undefined) return;
    this.sent += 1;
    this.#line.tell({ type: "KeepAlive", timestamp: Date.now() });
  }

  async leave(): Promise<void> {
    this.#hasLeft = true;
    await this.#line?.close();
  }

  #begin(): void {
    this.attempts = 0;
    this.connected = this.#connect();
  }

  /** As `hawser/client`: at once, and then after pauses that double, each a quarter longer or shorter by chance. */
  async #connect(): Promise<void> {
    for (let pauseMs = limits.backoffMinMs; !this.#hasLeft && !this.isOver; pauseMs *= 2) {
      this.attempts += 1;
      if (await this.#dial()) return;
      await pause(Math.min(pauseMs, limits.backoffMaxMs) * (0.75 + Math.random() / 2));
    }
  }

  async #dial(): Promise<boolean> {
    const line: Line = new Line(
      this.#address,
      ({ type }) => {
        if (type === "KeepAliveResponse") this.answered += 1;
      },
      () => {
        if (this.#line !== line) return;
        this.#line = undefined;
        if (!this.#hasLeft) this.#begin();
      },
    );
    const timer = setTimeout(() => void line.close(), limits.connectionTimeoutMs);
    const answer = await line.ask({ type: "ContinueSession", sessionId: this.#sessionId, nonce: newNonce() });
    clearTimeout(timer);
    if (answer?.type === "SessionContinued") {
      this.#line = line;
      this.connectedAt = Date.now();
      return true;
    }
    if (answer?.type === "SessionRejected") {
      this.isOver = answer.reason === "SessionExpired";
      await line.close();
    }
    return false;
  }
}

/** Asks for a session, and shows with a keep-alive that the answer has come, as clients do sooner or later. */
async function createOver(line: Line): Promise<SessionId> {
  const capabilities = { role: "crowd", "zraft-versions": "1..2" };
  const created = await line.ask({ type: "CreateSession", capabilities, nonce: newNonce() });
  if (created?.type !== "SessionCreated") throw new Error(`no session but ${JSON.stringify(created)}`);
  await line.ask({ type: "KeepAlive", timestamp: Date.now() });
  return created.sessionId;
}

/** All of 127.0.0.0/8 is this machine: several addresses have more ports together than one. */
function addressOf(port: number, place: number): string {
  return `tcp://127.0.0.${1 + (place % ADDRESSES)}:${port}`;
}

function newNonce(): bigint {
  return randomBytes(8).readBigInt64LE();
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, delayMs));
}

function failOn(message: { readonly type: string }): never {
  throw new Error(`the server said ${message.type} without being asked`);
}

function ignore(): void {}

const ADDRESSES = 8;
const DIALS_AT_A_TIME = 256;
