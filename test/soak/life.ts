import { setTimeout as delay } from "node:timers/promises";
import { type CallOptions, type Client, connect, isSessionError, limits } from "hawser/client";
import type { Chance } from "../fuzz/chance.ts";
import type { CallWatch, Ended } from "./call-watch.ts";
import { Ledger } from "./ledger.ts";
import type { SessionWord } from "./session-book.ts";
import {
  type CommandMessage,
  codec,
  filling,
  type QueryResultMessage,
  type ResultMessage,
  type TallyCodec,
  WORKS,
} from "./tallies.ts";

/** What a life is to be like. */
export interface LifeOptions {
  readonly address: string;
  readonly version: 1 | 2;
  readonly isWorker: boolean;
  readonly transport: "zmtp" | "zeromq";
  readonly acknowledge: "taken" | "explicit";
  readonly timeoutMs: number;
  /** Where the token goes that another process can go on with. */
  readonly keep: ((sessionId: string, token: Uint8Array) => Promise<void>) | undefined;
}

/** Who a life tells what, and what it shares with others. */
export interface Surroundings {
  readonly watch: CallWatch;
  readonly chance: Chance;
  say(sessionId: string, word: SessionWord, timeoutMs: number): void;
  trouble(text: string): void;
}

/** What of a life goes over to the next client of its session. */
export interface Legacy {
  readonly token: Uint8Array;
  /** `undefined`: nobody knows, because the process was killed. */
  readonly ledger: Ledger | undefined;
  readonly lastNotice: number | undefined;
  /** The least that was counted. */
  readonly acknowledged: number;
}

/** One client of one session. Everything that it is told is checked. */
export class Life {
  readonly options: LifeOptions;
  readonly surroundings: Surroundings;
  readonly client: Client<TallyCodec>;
  /** Nothing more can come of it: closed, expired or left. */
  isOver = false;
  /** Calls may fail because of what is done to the connection. */
  isLeaving = false;
  /** Does not read what the server sends. */
  isSlow = false;
  token: Uint8Array | undefined;
  #ledger: Ledger;
  #lastNotice: number | undefined;
  #isFirstNotice = true;

  private constructor(
    client: Client<TallyCodec>,
    options: LifeOptions,
    surroundings: Surroundings,
    legacy: Legacy | undefined,
  ) {
    this.client = client;
    this.options = options;
    this.surroundings = surroundings;
    this.#ledger = legacy?.ledger ?? new Ledger();
    this.#lastNotice = legacy === undefined ? 0 : legacy.lastNotice;
  }

  /** Begins one, or goes on with a session. `undefined` when that has ended. */
  static async begin(options: LifeOptions, surroundings: Surroundings, legacy?: Legacy): Promise<Life | undefined> {
    const { watch, trouble } = surroundings;
    let life: Life | undefined;
    let token: Uint8Array | undefined;
    const saveSession = async (bytes: Uint8Array): Promise<void> => {
      token = bytes.slice();
      if (life !== undefined) life.token = token;
      if (life !== undefined) await options.keep?.(life.sessionId, token);
    };
    const ended = await watch.call(legacy === undefined ? "connect" : "go on", limits.connectTimeoutMs, () =>
      connect({
        members: { "node-1": options.address },
        codec,
        transport: options.transport,
        acknowledge: options.acknowledge,
        protocolVersionMax: options.version,
        capabilities: { soak: options.version, ...(options.isWorker ? { [WORKS]: 1 } : {}) },
        ...(options.version === 1 ? { keepAliveIntervalMs: 3_000 } : { sessionTimeoutMs: options.timeoutMs }),
        ...(options.keep === undefined && legacy === undefined ? {} : { saveSession }),
        ...(legacy === undefined ? {} : { session: legacy.token }),
      }),
    );
    if (ended.type === "failed") {
      const isExpected = ended.error.code === "ERR_SESSION_EXPIRED" || ended.wasFrozen;
      if (!isExpected) trouble(`connect failed: ${ended.error.message}`);
      return undefined;
    }
    life = new Life(ended.result, options, surroundings, legacy);
    life.token = token;
    life.say("lives");
    if (token !== undefined) await options.keep?.(life.sessionId, token);
    void life.#follow();
    void life.#read();
    if (legacy !== undefined && legacy.ledger === undefined) await life.#takeOver(legacy);
    return life;
  }

  get sessionId(): string {
    return this.client.sessionId;
  }

  get ledger(): Ledger {
    return this.#ledger;
  }

  get lastNotice(): number | undefined {
    return this.#lastNotice;
  }

  say(word: SessionWord): void {
    this.surroundings.say(this.sessionId, word, this.options.timeoutMs);
  }

  trouble(text: string): void {
    this.surroundings.trouble(`session ${this.sessionId}: ${text}`);
  }

  /** Counts one more, and checks the answer. `allowed`: how it may fail. */
  async add(fillingBytes: number = 0, callOptions: CallOptions = {}, allowed: readonly string[] = []): Promise<void> {
    const asked = this.#ledger.ask();
    const ledger = this.#ledger;
    const command = { type: "Add", serial: asked.serial, filling: filling(fillingBytes) } as const;
    const ended = await this.submit(command, callOptions, allowed, "command");
    if (ended.type === "failed") {
      ledger.failed(asked, ended.error.outcome);
      return;
    }
    const { result } = ended;
    const problem =
      result.type === "Added" ? ledger.answered(asked, result) : `an Add was answered with ${result.type}`;
    if (problem !== undefined) this.trouble(problem);
  }

  /** Submits a command, and complains when it fails as it may not. */
  async submit(
    command: CommandMessage,
    callOptions: CallOptions = {},
    allowed: readonly string[] = [],
    kind: string = command.type.toLowerCase(),
  ): Promise<Ended<ResultMessage>> {
    const timeoutMs = callOptions.timeoutMs ?? limits.requestTimeoutMs;
    const ended = await this.surroundings.watch.call(kind, timeoutMs, () => this.client.submit(command, callOptions));
    this.#check(ended, allowed);
    return ended;
  }

  /** Reads the tally of the session. `undefined` when that failed, as it may. */
  async tally(): Promise<Extract<QueryResultMessage, { readonly type: "Tally" }> | undefined> {
    const { sessionId } = this;
    const floor = this.#ledger.highest;
    const ended = await this.surroundings.watch.call("query", limits.requestTimeoutMs, () =>
      this.client.query({ type: "Read", sessionId }),
    );
    this.#check(ended, []);
    if (ended.type === "failed") return undefined;
    if (ended.result.type !== "Tally") {
      this.trouble(`a Read was answered with ${ended.result.type}`);
      return undefined;
    }
    const problem = this.#ledger.read(ended.result.count, floor);
    if (problem !== undefined) this.trouble(problem);
    return ended.result;
  }

  /** Holds everything against the server's word, when no call of the life is on its way. */
  async settle(): Promise<void> {
    if (this.isOver) return;
    // After it nothing can come that was sent before.
    await this.add();
    const tally = await this.tally();
    if (tally === undefined || this.isOver) return;
    const problem = this.#ledger.settle(tally);
    if (problem !== undefined) this.trouble(problem);
    await this.#noticed(tally.notices);
  }

  /** Goes away without a word. */
  async leave(): Promise<void> {
    this.isLeaving = true;
    this.say("leaves");
    await this.surroundings.watch.call("disconnect", limits.closeLingerMs, () => this.client.disconnect());
  }

  /** Comes back. False when the session has ended meanwhile. */
  async comeBack(): Promise<boolean> {
    const ended = await this.surroundings.watch.call("come back", limits.connectTimeoutMs, () => this.client.connect());
    this.isLeaving = false;
    if (ended.type === "answered") {
      this.say("lives");
      return true;
    }
    if (ended.error.code !== "ERR_SESSION_EXPIRED" && !ended.wasFrozen)
      this.trouble(`it cannot come back: ${ended.error.message}`);
    this.isOver = true;
    return false;
  }

  async close(): Promise<void> {
    this.isLeaving = true;
    const wasOver = this.isOver;
    // Who is killed before the answer comes has closed it nevertheless.
    if (!wasOver) this.say("closes");
    const startedAt = performance.now();
    this.isOver = true;
    const timeoutMs = limits.closeTimeoutMs + limits.closeLingerMs;
    await this.surroundings.watch.call("close", timeoutMs, () => this.client.close());
    if (!wasOver) this.say(performance.now() - startedAt < limits.closeTimeoutMs ? "closed" : "leaves");
  }

  /** Whether a call failed as it may. Sessions that expire are judged by whoever knows when their clients were there. */
  #check(ended: Ended<unknown>, allowed: readonly string[]): void {
    if (ended.type === "answered" || this.isOver) return;
    const { code, message } = ended.error;
    if (isSessionError(ended.error) && code === "ERR_SESSION_EXPIRED") return;
    if (this.isLeaving && (code === "ERR_DISCONNECTED" || code === "ERR_CLOSED")) return;
    if (code === "ERR_TIMEOUT" && ended.wasFrozen) return;
    if (!allowed.includes(code)) this.trouble(`a call failed: ${code}: ${message}`);
  }

  /** Of a process that was killed nobody knows what it asked last. */
  async #takeOver({ acknowledged }: Legacy): Promise<void> {
    const ended = await this.submit({ type: "Add", serial: 0, filling: filling(0) });
    if (ended.type === "failed") return;
    const result = await this.surroundings.watch.call("query", limits.requestTimeoutMs, () =>
      this.client.query({ type: "Read", sessionId: this.sessionId }),
    );
    if (result.type === "failed" || result.result.type !== "Tally") return;
    const { count, sum } = result.result;
    if (count <= acknowledged)
      this.trouble(`${count} commands are counted, and ${acknowledged} were answered to a process before`);
    this.#ledger = new Ledger({ count, sum }, this.#ledger.lastSerial + 1);
  }

  async #follow(): Promise<void> {
    for await (const status of this.client.status()) {
      if (status.type === "connected" && status.continued && !this.isLeaving) this.say("lives");
      if (status.type === "sessionExpired" && !this.isOver) {
        this.isOver = true;
        this.say("expired");
      }
    }
  }

  async #read(): Promise<void> {
    for await (const request of this.client.serverRequests) {
      while (this.isSlow && !this.isOver) await delay(SLOW_LOOK_MS);
      const { payload } = request;
      if (payload.type === "Work") void this.#work(payload.workId);
      else this.#notice(payload.number);
      if (this.options.acknowledge === "taken") continue;
      if (this.surroundings.chance.oneIn(50)) void delay(this.surroundings.chance.below(500)).then(() => request.ack());
      else request.ack();
    }
  }

  #notice(number: number): void {
    this.surroundings.watch.count("notice");
    const last = this.#lastNotice;
    // What a client before has not acknowledged comes once more.
    const isRight = last === undefined || number === last + 1 || (this.#isFirstNotice && number <= last);
    if (!isRight) this.trouble(`notice ${number} came after notice ${last}`);
    this.#isFirstNotice = false;
    this.#lastNotice = number;
  }

  /** Notices that were sent have to come. */
  async #noticed(count: number): Promise<void> {
    if (this.#lastNotice === undefined) return;
    const until = performance.now() + NOTICES_MS;
    while (this.#lastNotice < count && !this.isOver) {
      if (performance.now() > until) {
        this.trouble(`notice ${this.#lastNotice} is the last that came in ${NOTICES_MS} ms, ${count} were sent`);
        return;
      }
      await delay(NOTICES_LOOK_MS);
    }
  }

  /** Does a piece of work, and says so until that is answered. */
  async #work(workId: number): Promise<void> {
    const { chance, watch } = this.surroundings;
    await delay(chance.below(WORK_MS_MAX));
    for (; !this.isOver; await delay(WORK_AGAIN_MS)) {
      if (this.isLeaving) continue;
      const allowed = ["ERR_OVERLOADED", "ERR_DISCONNECTED"];
      const ended = await this.submit({ type: "Finish", workId }, {}, allowed, "work");
      if (ended.type === "failed") continue;
      if (ended.result.type !== "Done") this.trouble(`a Finish was answered with ${ended.result.type}`);
      else if (ended.result.count === 0) watch.count("work that another one has");
      return;
    }
  }
}

const SLOW_LOOK_MS = 50;
const NOTICES_LOOK_MS = 20;
/** Longer than servers and clients wait before they send again. */
const NOTICES_MS = 45_000;
const WORK_MS_MAX = 300;
const WORK_AGAIN_MS = 500;
