import { randomBytes } from "node:crypto";
import { decodeServerMessage, encodeClientMessage } from "../../generated/protocol/codec.ts";
import type { Member, SessionId } from "../../generated/protocol/messages.ts";
import { type ClientEffect, type ClientEvent, type ClientStatus, isLastStatus } from "../protocol/client-events.ts";
import { type ClientObservation, observations } from "../protocol/client-observation.ts";
import { ClientSession } from "../protocol/client-session.ts";
import { RequestError, SessionError } from "../protocol/errors.ts";
import type { SavedSession } from "../protocol/request-id-reserve.ts";
import { Alarm } from "../shell/alarm.ts";
import { Traffic } from "../shell/traffic.ts";
import { clientLog } from "../telemetry/logging.ts";
import type { ClientConnection, Transport } from "../transport/transport.ts";
import { Calls } from "./calls.ts";
import { Capacity } from "./capacity.ts";
import { ClientTelemetry, type MeasuredClient } from "./client-telemetry.ts";
import type { BytesCodec, ClientCodec, CommandOf, QueryOf, QueryResultOf, ResultOf, ServerRequestOf } from "./codec.ts";
import { Observers } from "./observers.ts";
import { type CallOptions, type CheckedConnectOptions, type ConnectOptions, checkConnectOptions } from "./options.ts";
import { type ReceivedServerRequest, ServerRequests } from "./server-request.ts";
import { encodeSessionToken } from "./session-token.ts";

/**
 * Connects to a cluster and begins a session, or goes on with the one of a former process.
 *
 * Rejects with `InvalidArgumentError` for a wrong option, and with `SessionError`: `ERR_SESSION_REJECTED` when the
 * cluster refused, `ERR_SESSION_EXPIRED` when the session to go on with has ended, `ERR_CONNECT_TIMEOUT` when no leader
 * answered within `connectTimeoutMs`.
 */
export async function connect<Codec extends ClientCodec = BytesCodec>(
  options: ConnectOptions<Codec>,
): Promise<Client<Codec>> {
  const checked = checkConnectOptions(options);
  checked.signal?.throwIfAborted();
  const client = new Client<Codec>(checked);
  try {
    await client.connect({ signal: checked.signal });
  } catch (error) {
    await client.close();
    throw error;
  }
  return client;
}

/**
 * One session with a cluster: the shell around `ClientSession`. It stays usable across lost connections and new leaders
 * until it is closed or the cluster ends the session. `Codec` says what payloads stand for: `Client<typeof codec>`.
 */
export class Client<Codec extends ClientCodec = BytesCodec> implements AsyncDisposable {
  readonly #options: CheckedConnectOptions;
  readonly #session: ClientSession;
  readonly #alarm: Alarm;
  readonly #capacity: Capacity;
  readonly #calls: Calls;
  readonly #serverRequests: ServerRequests;
  readonly #observers = new Observers();
  readonly #traffic = new Traffic();
  readonly #telemetry: ClientTelemetry | undefined;
  readonly #log: (status: ClientStatus) => void;
  readonly #hangUps = new Set<Promise<void>>();
  #connection: ClientConnection | undefined;
  #isSaved: boolean;
  #closed: Promise<void> | undefined;

  /** To be had from `connect` only. */
  constructor(options: CheckedConnectOptions) {
    this.#options = options;
    this.#session = new ClientSession({
      ...options,
      savesSession: options.saveSession !== undefined,
      epochOffsetMs: performance.timeOrigin,
      random: Math.random,
      newNonce,
      isAddress: (address) => isAddress(options.transport, address),
    });
    this.#telemetry = options.telemetry && new ClientTelemetry(options.telemetry, this.#measured());
    this.#log = options.logging === undefined ? () => {} : clientLog(options.logging);
    this.#isSaved = options.saveSession === undefined;
    this.#alarm = new Alarm(() => this.#step({ type: "deadline" }));
    this.#calls = new Calls(options, {
      made: () => this.#capacity.called(),
      due: () => this.#takeMade(),
      watch: this.#telemetry?.called,
      aborted: (call, cause) => this.#step({ type: "abort", call, cause }),
    });
    this.#capacity = new Capacity(() => this.#session.room - this.#calls.madeCount);
    this.#serverRequests = new ServerRequests(options, (event) => this.#step(event));
  }

  /** The session's name in the cluster; the same for the life of the client. */
  get sessionId(): SessionId {
    return this.#session.sessionId ?? "";
  }

  /**
   * The newest entry of the replicated log that is known to hold a command of this session: what was answered so far is in
   * the state as of this entry. 0 before the first answer, and with servers that speak only version 1.
   */
  get commitIndex(): number {
    return this.#session.commitIndex;
  }

  /**
   * Work that the cluster sends to this session, in order, each item once. Ends when the client is closed or the session
   * is over. With `acknowledge: "explicit"` call `ack()` on what you are done with, in any order.
   */
  get serverRequests(): AsyncIterable<ReceivedServerRequest<ServerRequestOf<Codec>>> {
    return this.#serverRequests.stream as AsyncIterable<ReceivedServerRequest<ServerRequestOf<Codec>>>;
  }

  /**
   * Submits a command and resolves with its result. The cluster applies it once, however often connections and leaders
   * fail meanwhile.
   *
   * Rejects with `RequestError` or `SessionError`, whose `outcome` says whether the command was applied.
   */
  submit(command: CommandOf<Codec>, options?: CallOptions): Promise<ResultOf<Codec>> {
    return this.#calls.make("submit", command, options) as Promise<ResultOf<Codec>>;
  }

  /**
   * Asks a question and resolves with the answer, which reflects every command that was answered before the call: reads
   * are linearizable. Rejects like `submit`, with the outcome `not-applied`.
   */
  query(query: QueryOf<Codec>, options?: CallOptions): Promise<QueryResultOf<Codec>> {
    return this.#calls.make("query", query, options) as Promise<QueryResultOf<Codec>>;
  }

  /**
   * Resolves when there is room for one more call, first come, first served; with the reason of `signal` it rejects. Who
   * makes the call at once then, in the same turn of the event loop, does not meet `ERR_OVERLOADED`:
   *
   *     for (const command of commands) {
   *       await client.capacity();
   *       results.push(client.submit(command));
   *     }
   *
   * When the client is over it resolves too: the call says why.
   */
  capacity({ signal }: Pick<CallOptions, "signal"> = {}): Promise<void> {
    return this.#session.state === "over" ? Promise.resolve() : this.#capacity.wait(signal);
  }

  /**
   * The life of the connection and the session: first what it is now, with the members of the cluster where it has said
   * so, then each change. Every call gives a stream of its own, which ends with the client or when its reader leaves. A
   * reader that does not keep up loses the oldest.
   */
  status(): AsyncIterable<ClientStatus> {
    return this.#observers.status();
  }

  /**
   * Everything that drives this client, as it happens: what the application asks for, what the network brings, and timers,
   * each with the state that it met. For diagnosis. Every call gives a stream of its own, which ends with the client or
   * when its reader leaves. A reader that does not keep up loses the oldest; `dropped` counts them.
   */
  events(): AsyncIterable<ClientObservation> & { readonly dropped: number } {
    return this.#observers.events();
  }

  /**
   * Gives the connection up, and every call that waits for an answer: they fail with `ERR_DISCONNECTED`. The session goes
   * on for as long as the cluster keeps it without a sign of life; what is submitted meanwhile waits for `connect()`.
   */
  async disconnect(): Promise<void> {
    this.#step({ type: "disconnect" });
    await Promise.all(this.#hangUps);
  }

  /**
   * Connects again after `disconnect()`. Resolves when the session has a connection, at once where it has one. Rejects with
   * `ERR_CONNECT_TIMEOUT` after `connectTimeoutMs`, or with the reason of `signal`; the client goes on trying then.
   */
  async connect({ signal }: Pick<CallOptions, "signal"> = {}): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    let stopWatching = () => {};
    let onAbort = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        const look = (status: ClientStatus | undefined) => {
          if (status !== undefined && isLastStatus(status)) reject("error" in status ? status.error : closed());
          else if (this.#session.state === "connected" && this.#isSaved) resolve();
        };
        stopWatching = this.#observers.watch(look);
        timer = setTimeout(() => reject(this.#connectTimeout()), this.#options.connectTimeoutMs);
        onAbort = () => reject(signal?.reason);
        signal?.addEventListener("abort", onAbort);
        this.#step({ type: "connect" });
        look(this.#observers.lastStatus);
      });
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      stopWatching();
    }
  }

  /**
   * Ends the session and releases every resource. What still waits fails with `ERR_CLOSED`. Resolves when the cluster
   * has confirmed, or after `limits.closeTimeoutMs`. Safe to call twice.
   */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #close(): Promise<void> {
    await new Promise<void>((resolve) => {
      const look = () => {
        if (this.#session.state === "over") resolve();
      };
      this.#observers.watch(look);
      this.#step({ type: "close" });
      look();
    });
    this.#alarm.clear();
    await Promise.all(this.#hangUps);
  }

  /** This client as one that can be asked for its figures. */
  #measured(): MeasuredClient {
    return {
      state: () => this.#session.state,
      figures: () => this.#session.figures,
      traffic: () => this.#traffic,
      pendingCount: () => this.#session.figures.pendingCount + this.#calls.madeCount,
      waitingBytes: () => this.#connection?.waitingBytes,
    };
  }

  #connectTimeout(): SessionError {
    const { connectTimeoutMs, members } = this.#options;
    const where = members.map(({ memberId, address }) => `${memberId} at ${address}`).join(", ");
    const { trouble } = this.#observers;
    const last = trouble === undefined ? "" : `; last: ${trouble}`;
    const text = `no session within ${connectTimeoutMs} ms from ${where}${last}`;
    return new SessionError("ERR_CONNECT_TIMEOUT", "not-applied", text);
  }

  // ---------------------------------------------------------------- effects

  #step(event: ClientEvent): void {
    this.#takeMade();
    this.#stepAlone(event);
  }

  /** Calls that were made come before whatever happens now. */
  #takeMade(): void {
    const calls = this.#calls.takeMade();
    if (calls.length > 0) this.#stepAlone({ type: "calls", calls });
  }

  #stepAlone(event: ClientEvent): void {
    const now = performance.now();
    if (this.#observers.wantEvents) {
      for (const each of observations(event, this.#session.state, now)) this.#observers.observe(each);
    }
    for (const effect of this.#session.step(event, now)) this.#perform(effect);
    this.#alarm.set(this.#session.nextDeadline);
    this.#capacity.admit();
  }

  #perform(effect: ClientEffect): void {
    switch (effect.type) {
      case "dial":
        this.#dial(effect.member);
        return;
      case "hangUp":
        this.#hangUp();
        return;
      case "send": {
        const frame = encodeClientMessage(effect.message, effect.version);
        this.#traffic.sent(frame);
        this.#connection?.send(frame);
        return;
      }
      case "resolve":
        this.#calls.resolve(effect.call, effect.result);
        return;
      case "reject":
        this.#calls.reject(effect.call, effect.error);
        return;
      case "save":
        this.#save(effect.session);
        return;
      case "deliver":
        this.#telemetry?.delivered();
        this.#serverRequests.deliver(effect.request);
        return;
      case "report":
        this.#report(effect.status);
        return;
    }
  }

  #dial({ address }: Member): void {
    const connection: ClientConnection = this.#options.transport.connect(address, {
      received: (frame) => this.#received(frame),
      lost: (reason) => {
        if (this.#connection === connection) this.#step({ type: "connectionLost", reason });
      },
    });
    this.#connection = connection;
  }

  #hangUp(): void {
    const connection = this.#connection;
    if (connection === undefined) return;
    this.#connection = undefined;
    const closed = connection.close().finally(() => this.#hangUps.delete(closed));
    this.#hangUps.add(closed);
  }

  #received(frame: Uint8Array): void {
    this.#traffic.received(frame);
    let event: ClientEvent;
    try {
      const { version, message } = decodeServerMessage(frame);
      event = { type: "received", version, message };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      event = { type: "connectionLost", reason: `the server sent what is no message: ${problem}` };
    }
    this.#step(event);
    this.#telemetry?.received();
  }

  #save(session: SavedSession): void {
    const { saveSession } = this.#options;
    // In a turn of its own: what it throws, or calls, must not come between the effects of this step.
    Promise.resolve(encodeSessionToken(session))
      .then(saveSession)
      .then(
        () => this.#step({ type: "saved" }),
        (error) => this.#step({ type: "saveFailed", reason: error instanceof Error ? error.message : String(error) }),
      );
  }

  #report(status: ClientStatus): void {
    if (status.type === "sessionSaved") this.#isSaved = true;
    this.#telemetry?.report(status);
    this.#log(status);
    this.#observers.report(status);
    if (!isLastStatus(status)) return;
    this.#telemetry?.detach();
    this.#alarm.clear();
    this.#capacity.end();
    this.#serverRequests.end();
  }
}

function closed(): RequestError {
  return new RequestError("ERR_CLOSED", "not-applied", "the client is closed");
}

function isAddress(transport: Transport, address: string): boolean {
  try {
    transport.checkAddress(address);
    return true;
  } catch {
    return false;
  }
}

/** A random nonce. Deployed decoders refuse 0. */
function newNonce(): bigint {
  return randomBytes(8).readBigInt64BE() || 1n;
}
