import { randomBytes } from "node:crypto";
import { decodeServerMessage, encodeClientMessage, type ProtocolVersion } from "../../generated/protocol/codec.ts";
import type {
  ServerMessage,
  SessionClosed,
  SessionCreated,
  SessionRejected,
} from "../../generated/protocol/messages.ts";
import type { ClientEffect, ClientEvent } from "../protocol/client-events.ts";
import { ClientSession } from "../protocol/client-session.ts";
import { limits } from "../protocol/limits.ts";
import { newestVersion } from "../protocol/negotiation.ts";
import { Alarm } from "../shell/alarm.ts";
import { WireError } from "../wire/index.ts";
import type { ServerLink } from "./handshake.ts";

/** What became of the wish for a session. */
export type SessionAnswer =
  | {
      readonly type: "created";
      readonly version: ProtocolVersion;
      readonly message: SessionCreated;
      /** Instants of this machine, in milliseconds since the Unix epoch. */
      readonly askedAt: number;
      readonly answeredAt: number;
    }
  | { readonly type: "rejected"; readonly version: ProtocolVersion; readonly message: SessionRejected }
  | { readonly type: "closed"; readonly message: SessionClosed }
  /** The frame is of no message that this package knows. */
  | { readonly type: "unreadable"; readonly frame: Uint8Array; readonly error: WireError }
  | { readonly type: "lost"; readonly reason: string }
  | { readonly type: "none" };

/** What a visit needs to know. */
export interface SessionVisitOptions {
  readonly address: string;
  readonly timeoutMs: number;
  /** The wall clock. */
  readonly unixMs: () => number;
}

/**
 * Opens one session over one connection and closes it again: the shell around a `ClientSession` that goes nowhere else and
 * tries nothing twice.
 */
export class SessionVisit {
  readonly #link: ServerLink;
  readonly #options: SessionVisitOptions;
  readonly #session: ClientSession;
  readonly #alarm: Alarm;
  #answer: SessionAnswer | undefined;
  #wasClosed = false;
  #askedAt = 0;
  #changed = (): void => {};

  constructor(link: ServerLink, options: SessionVisitOptions) {
    this.#link = link;
    this.#options = options;
    this.#session = new ClientSession({
      members: [{ memberId: options.address, address: options.address }],
      capabilities: { client: "hawser-doctor" },
      protocolVersionMax: newestVersion,
      sessionTimeoutMs: leftoverTimeoutMs,
      keepAliveIntervalMs: undefined,
      connectionTimeoutMs: options.timeoutMs,
      resendAfterMs: limits.resendAfterMs,
      epochOffsetMs: performance.timeOrigin,
      random: Math.random,
      // Deployed decoders refuse 0.
      newNonce: () => randomBytes(8).readBigInt64BE() || 1n,
      // Other members are visited one by one, each with all its steps.
      isAddress: () => false,
    });
    this.#alarm = new Alarm(() => this.#deadline());
  }

  /**
   * Asks for a session. When `signal` is aborted the answer is still waited for, a while: a session that is about to be
   * created must be closed.
   */
  async open(signal: AbortSignal): Promise<SessionAnswer> {
    let giveUpTimer: NodeJS.Timeout | undefined;
    const answered = this.#until(() => this.#answer !== undefined);
    const hurry = (): void => {
      giveUpTimer = setTimeout(() => this.#settle({ type: "none" }), limits.closeTimeoutMs);
    };
    signal.addEventListener("abort", hurry);
    this.#askedAt = this.#options.unixMs();
    this.#step({ type: "connect" });
    this.#link.take({
      received: (frame) => this.#received(frame),
      lost: (reason) => this.#lost(reason),
    });
    await answered;
    clearTimeout(giveUpTimer);
    signal.removeEventListener("abort", hurry);
    return this.#answer ?? { type: "none" };
  }

  /** Closes the session; whether the server has confirmed it. */
  async close(): Promise<boolean> {
    const closed = this.#until(() => this.#session.state === "over");
    this.#step({ type: "close" });
    await closed;
    this.#alarm.clear();
    return this.#wasClosed;
  }

  #received(frame: Uint8Array): void {
    if (this.#hasFailed) return;
    try {
      const { version, message } = decodeServerMessage(frame);
      this.#told(version, message);
    } catch (error) {
      if (!(error instanceof WireError)) throw error;
      this.#settle({ type: "unreadable", frame, error });
    }
  }

  #told(version: ProtocolVersion, message: ServerMessage): void {
    const { state } = this.#session;
    if (state === "closing" && message.type === "SessionClosed") this.#wasClosed = true;
    this.#step({ type: "received", version, message });
    if (state !== "connecting") return;
    if (message.type === "SessionCreated" && this.#session.state === "connected") {
      const { unixMs } = this.#options;
      this.#settle({ type: "created", version, message, askedAt: this.#askedAt, answeredAt: unixMs() });
    } else if (this.#session.state !== "connecting") {
      // It was the answer to our question: the session would look elsewhere, or give up.
      if (message.type === "SessionRejected") this.#settle({ type: "rejected", version, message });
      if (message.type === "SessionClosed") this.#settle({ type: "closed", message });
    }
  }

  #lost(reason: string): void {
    if (this.#hasFailed) return;
    this.#step({ type: "connectionLost", reason });
    this.#settle({ type: "lost", reason });
  }

  #deadline(): void {
    this.#step({ type: "deadline" });
    // It would try again now.
    if (this.#session.state === "waiting") this.#settle({ type: "none" });
  }

  #step(event: ClientEvent): void {
    for (const effect of this.#session.step(event, performance.now())) this.#perform(effect);
    this.#alarm.set(this.#session.nextDeadline);
    this.#changed();
  }

  #perform(effect: ClientEffect): void {
    // The connection is there already, and its end is the owner's: nothing else concerns a visit.
    if (effect.type === "send") this.#link.send(encodeClientMessage(effect.message, effect.version));
  }

  /** The first answer counts. After one that is no session, nothing counts any more. */
  #settle(answer: SessionAnswer): void {
    this.#answer ??= answer;
    if (this.#hasFailed) this.#alarm.clear();
    this.#changed();
  }

  get #hasFailed(): boolean {
    return this.#answer !== undefined && this.#answer.type !== "created";
  }

  /** Resolves as soon as `isDone` says so. There is one at a time. */
  #until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#changed = () => {
        if (isDone()) resolve();
      };
    });
  }
}

/** How long a session may stay that could not be closed: a server gives it more where that is too little for it. */
const leftoverTimeoutMs = 5_000;
