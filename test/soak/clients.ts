import { setTimeout as delay } from "node:timers/promises";
import { NemesisChild } from "../nemesis/child-process.ts";
import type { ClientsMessage, ClientsOrder, ClientsSettings, MemoryUse, SavedLife } from "./process-messages.ts";
import type { SessionWord } from "./session-book.ts";

/** Who is told what clients say. */
export interface ClientsListener {
  said(sessionId: string, word: SessionWord, timeoutMs: number): void;
  counted(counts: Extract<ClientsMessage, { readonly type: "counts" }>): void;
  trouble(text: string): void;
}

/** One process of clients, in all its lives. */
export class SoakClients {
  readonly name: string;
  /** Something is being done to it. */
  isBusy = false;
  readonly #settings: Omit<ClientsSettings, "saved" | "seed">;
  readonly #log: string;
  readonly #listener: ClientsListener;
  /** Sessions that its clients have, with their timeouts. */
  readonly #sessions = new Map<string, number>();
  readonly #saved = new Map<string, SavedLife>();
  #seed: number;
  #child: NemesisChild<ClientsMessage, ClientsOrder> | undefined;
  /** Was killed, and its last words are on their way. */
  #ending: NemesisChild<ClientsMessage, ClientsOrder> | undefined;
  #isFrozen = false;
  #isStopping = false;
  /** Until then it may speak of sessions that ended while it stood still. */
  #doubtfulUntilMs = 0;
  #sampled: ((memory: MemoryUse | undefined) => void) | undefined;
  #idle: () => void = () => {};

  constructor(name: string, settings: Omit<ClientsSettings, "saved">, log: string, listener: ClientsListener) {
    this.name = name;
    this.#settings = settings;
    this.#seed = settings.seed;
    this.#log = log;
    this.#listener = listener;
  }

  /** Starts it, with the sessions that a process before has left. */
  start(): void {
    const saved = [...this.#saved.values()];
    this.#saved.clear();
    this.#seed += 1;
    const child: NemesisChild<ClientsMessage, ClientsOrder> = new NemesisChild({
      script: "../soak/clients.child.ts",
      settings: { ...this.#settings, seed: this.#seed, saved },
      log: this.#log,
      received: (message) => {
        // What a process said before it was killed, and comes late, is over.
        if (this.#child === child || this.#ending === child) this.#received(message);
      },
      ended: (how) => {
        if (this.#child !== child) return;
        this.#child = undefined;
        if (!this.#isStopping || how !== "exit code 0") {
          this.#listener.trouble(`clients ${this.name} ended by themselves: ${how}, ${child.lastWords}`);
        }
        this.#answer(undefined);
        this.#idle();
      },
    });
    this.#child = child;
  }

  /** SIGKILL. Its sessions are left alone. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#child = undefined;
    this.#ending = child;
    child.signal("SIGKILL");
    await child.exited;
    await delay(LAST_WORDS_MS);
    this.#ending = undefined;
    this.#answer(undefined);
    for (const [sessionId, timeoutMs] of this.#sessions) this.#listener.said(sessionId, "leaves", timeoutMs);
    this.#sessions.clear();
  }

  /** Lets it stand still for a while. `isLong`: its sessions may be over afterwards. */
  async freeze(durationMs: number, isLong: boolean): Promise<void> {
    this.#child?.signal("SIGSTOP");
    await delay(LAST_WORDS_MS);
    if (isLong)
      for (const [sessionId, timeoutMs] of this.#sessions) this.#listener.said(sessionId, "leaves", timeoutMs);
    this.#isFrozen = isLong;
    await delay(durationMs);
    this.#isFrozen = false;
    if (isLong)
      for (const [sessionId, timeoutMs] of this.#sessions) this.#listener.said(sessionId, "returns", timeoutMs);
    this.#child?.signal("SIGCONT");
    if (isLong) this.#doubtfulUntilMs = performance.now() + DOUBT_MS;
  }

  /** `undefined` when it has ended, or stands still. */
  async sample(): Promise<MemoryUse | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    const timeout = setTimeout(() => this.#answer(undefined), SAMPLE_TIMEOUT_MS);
    const memory = await new Promise<MemoryUse | undefined>((resolve) => {
      this.#sampled = resolve;
      child.order({ type: "sample" });
    });
    clearTimeout(timeout);
    return memory;
  }

  /** Has it begin nothing new. Resolves when everything that it has begun is over; false when that takes too long. */
  async stop(): Promise<boolean> {
    let timeout: NodeJS.Timeout | undefined;
    const isIdle = await new Promise<boolean>((resolve) => {
      timeout = setTimeout(() => resolve(false), STOP_TIMEOUT_MS);
      this.#idle = () => resolve(true);
      this.#child?.order({ type: "stop" });
    });
    clearTimeout(timeout);
    return isIdle;
  }

  /** Has it look at everything once more, and end. */
  async close(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#isStopping = true;
    const impatience = setTimeout(() => {
      this.#listener.trouble(`clients ${this.name} have not closed their sessions in ${STOP_TIMEOUT_MS} ms`);
      child.signal("SIGKILL");
    }, STOP_TIMEOUT_MS);
    child.order({ type: "close" });
    await child.exited;
    clearTimeout(impatience);
    await delay(LAST_WORDS_MS);
  }

  #received(message: ClientsMessage): void {
    switch (message.type) {
      case "session":
        this.#said(message);
        return;
      case "token": {
        const { sessionId, token, timeoutMs } = message;
        const acknowledged = this.#saved.get(sessionId)?.acknowledged ?? 0;
        this.#saved.set(sessionId, { sessionId, token, timeoutMs, acknowledged });
        return;
      }
      case "counts":
        for (const [sessionId, acknowledged] of message.acknowledged) {
          const saved = this.#saved.get(sessionId);
          if (saved !== undefined) this.#saved.set(sessionId, { ...saved, acknowledged });
        }
        this.#listener.counted(message);
        return;
      case "sample":
        this.#answer(message.memory);
        return;
      case "idle":
        this.#idle();
        return;
      case "trouble":
        this.#listener.trouble(`clients ${this.name}: ${message.text}`);
        return;
    }
  }

  #said({ sessionId, word, timeoutMs }: Extract<ClientsMessage, { readonly type: "session" }>): void {
    if (word === "lives") {
      this.#sessions.set(sessionId, timeoutMs);
    } else {
      this.#sessions.delete(sessionId);
      this.#saved.delete(sessionId);
    }
    // What it wanted to say as it was frozen comes late, or only when it goes on.
    const isLate = word === "lives" && (this.#isFrozen || performance.now() < this.#doubtfulUntilMs);
    this.#listener.said(sessionId, isLate ? (this.#isFrozen ? "leaves" : "returns") : word, timeoutMs);
  }

  #answer(memory: MemoryUse | undefined): void {
    this.#sampled?.(memory);
    this.#sampled = undefined;
  }
}

/** What a process has said before it was ended arrives in this time. */
const LAST_WORDS_MS = 500;
/** In this time a client notices that its session is over. */
const DOUBT_MS = 5_000;
const SAMPLE_TIMEOUT_MS = 10_000;
/** More than the longest call, and the longest time that a client stays away. */
const STOP_TIMEOUT_MS = 150_000;
