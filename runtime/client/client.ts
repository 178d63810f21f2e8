import { randomBytes } from "node:crypto";
import { decodeServerMessage, encodeClientMessage } from "../../generated/protocol/codec.ts";
import type { Member, ServerRequest, SessionId } from "../../generated/protocol/messages.ts";
import type { CallId, ClientEffect, ClientEvent, ClientStatus } from "../protocol/client-events.ts";
import { ClientSession } from "../protocol/client-session.ts";
import { InvalidArgumentError, RequestError, SessionError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import { Alarm } from "../shell/alarm.ts";
import { describe, duration } from "../shell/check-options.ts";
import type { ClientConnection, Transport } from "../transport/transport.ts";
import { type CallOptions, type CheckedConnectOptions, type ConnectOptions, checkConnectOptions } from "./options.ts";
import { Stream } from "./stream.ts";

/**
 * Connects to a cluster and begins a session.
 *
 * Rejects with `InvalidArgumentError` for a wrong option, and with `SessionError`: `ERR_SESSION_REJECTED` when the
 * cluster refused, `ERR_CONNECT_TIMEOUT` when no leader answered within `connectTimeoutMs`.
 */
export async function connect(options: ConnectOptions): Promise<Client> {
  const checked = checkConnectOptions(options);
  checked.signal?.throwIfAborted();
  const client = new Client(checked);
  await client.start();
  return client;
}

/**
 * One session with a cluster: the shell around `ClientSession`. It stays usable across lost connections and new leaders
 * until it is closed or the cluster ends the session.
 */
export class Client implements AsyncDisposable {
  readonly #options: CheckedConnectOptions;
  readonly #session: ClientSession;
  readonly #alarm: Alarm;
  readonly #calls = new Map<CallId, PendingCall>();
  readonly #serverRequests: Stream<ReceivedServerRequest>;
  readonly #statusReaders = new Set<Stream<ClientStatus>>();
  readonly #hangUps = new Set<Promise<void>>();
  #connection: ClientConnection | undefined;
  #lastCallId: CallId = 0;
  #lastStatus: ClientStatus | undefined;
  #onStatus: (status: ClientStatus) => void = () => {};
  #closed: Promise<void> | undefined;

  /** To be had from `connect` only. */
  constructor(options: CheckedConnectOptions) {
    this.#options = options;
    this.#session = new ClientSession({
      ...options,
      epochOffsetMs: performance.timeOrigin,
      random: Math.random,
      newNonce,
      isAddress: (address) => isAddress(options.transport, address),
    });
    this.#alarm = new Alarm(() => this.#step({ type: "deadline" }));
    this.#serverRequests = new Stream(limits.serverRequestsBufferedMax, (request) => this.#taken(request));
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
   * is over. With `acknowledge: "explicit"` call `ack()` on what you are done with.
   */
  get serverRequests(): AsyncIterable<ReceivedServerRequest> {
    return this.#serverRequests;
  }

  /**
   * Submits a command and resolves with its result. The cluster applies it once, however often connections and leaders
   * fail meanwhile.
   *
   * Rejects with `RequestError` or `SessionError`, whose `outcome` says whether the command was applied.
   */
  submit(command: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    return this.#call("submit", command, options);
  }

  /**
   * Asks a question and resolves with the answer, which reflects every command that was answered before the call: reads
   * are linearizable. Rejects like `submit`, with the outcome `not-applied`.
   */
  query(query: Uint8Array, options: CallOptions = {}): Promise<Uint8Array> {
    return this.#call("query", query, options);
  }

  /**
   * The life of the connection and the session: first what it is now, then each change. Every call gives a stream of its
   * own, which ends with the client.
   */
  status(): AsyncIterable<ClientStatus> {
    const stream = new Stream<ClientStatus>(limits.statusEventsBufferedMax);
    if (this.#lastStatus !== undefined) stream.push(this.#lastStatus);
    if (this.#session.state === "over") stream.end();
    else this.#statusReaders.add(stream);
    return stream;
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

  /** To be called by `connect` only. */
  async start(): Promise<void> {
    const { connectTimeoutMs, signal } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    try {
      await new Promise<void>((resolve, reject) => {
        this.#onStatus = (status) => {
          if (status.type === "connected") resolve();
          else if (status.type === "sessionRejected" || status.type === "sessionExpired") reject(status.error);
        };
        timer = setTimeout(() => reject(this.#connectTimeout()), connectTimeoutMs);
        onAbort = () => reject(signal?.reason);
        signal?.addEventListener("abort", onAbort);
        this.#step({ type: "connect" });
      });
    } catch (error) {
      await this.close();
      throw error;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
      this.#onStatus = () => {};
    }
  }

  async #close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#onStatus = () => {
        if (this.#session.state === "over") resolve();
      };
      this.#step({ type: "close" });
      if (this.#session.state === "over") resolve();
    });
    this.#alarm.clear();
    await Promise.all(this.#hangUps);
  }

  #call(type: "submit" | "query", payload: Uint8Array, { signal, timeoutMs }: CallOptions): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      if (!(payload instanceof Uint8Array)) {
        throw new InvalidArgumentError(`the payload is ${describe(payload)}, it must be a Uint8Array`);
      }
      const afterMs = duration("timeoutMs", timeoutMs, this.#options.requestTimeoutMs);
      if (signal?.aborted) {
        const text = "the signal was aborted before the call";
        throw new RequestError("ERR_ABORTED", "not-applied", text, { cause: signal.reason });
      }
      this.#lastCallId += 1;
      const callId = this.#lastCallId;
      const onAbort = () => this.#step({ type: "abort", callId, cause: signal?.reason });
      signal?.addEventListener("abort", onAbort);
      this.#calls.set(callId, { resolve, reject, release: () => signal?.removeEventListener("abort", onAbort) });
      this.#step({ type, callId, payload, timeoutAt: performance.now() + afterMs });
    });
  }

  #taken(request: ReceivedServerRequest): void {
    this.#step({ type: "taken" });
    if (this.#options.acknowledge === "taken") request.ack();
  }

  #connectTimeout(): SessionError {
    const { connectTimeoutMs, members } = this.#options;
    const where = members.map(({ memberId, address }) => `${memberId} at ${address}`).join(", ");
    const status = this.#lastStatus;
    const last = status?.type === "disconnected" ? `; last: ${status.reason}` : "";
    const text = `no session within ${connectTimeoutMs} ms from ${where}${last}`;
    return new SessionError("ERR_CONNECT_TIMEOUT", "not-applied", text);
  }

  // ---------------------------------------------------------------- effects

  #step(event: ClientEvent): void {
    for (const effect of this.#session.step(event, performance.now())) this.#perform(effect);
    this.#alarm.set(this.#session.nextDeadline);
  }

  #perform(effect: ClientEffect): void {
    switch (effect.type) {
      case "dial":
        this.#dial(effect.member);
        return;
      case "hangUp":
        this.#hangUp();
        return;
      case "send":
        this.#connection?.send(encodeClientMessage(effect.message, effect.version));
        return;
      case "resolve":
        this.#settled(effect.callId)?.resolve(effect.result);
        return;
      case "reject":
        this.#settled(effect.callId)?.reject(effect.error);
        return;
      case "deliver":
        this.#serverRequests.push(this.#receivedServerRequest(effect.request));
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
    let event: ClientEvent;
    try {
      const { version, message } = decodeServerMessage(frame);
      event = { type: "received", version, message };
    } catch (error) {
      const problem = error instanceof Error ? error.message : String(error);
      event = { type: "connectionLost", reason: `the server sent what is no message: ${problem}` };
    }
    this.#step(event);
  }

  #receivedServerRequest({ requestId, payload, createdAt }: ServerRequest): ReceivedServerRequest {
    return {
      requestId,
      payload,
      createdAtUnixMs: createdAt,
      ack: () => this.#step({ type: "acknowledge", requestId }),
    };
  }

  #settled(callId: CallId): PendingCall | undefined {
    const call = this.#calls.get(callId);
    this.#calls.delete(callId);
    call?.release();
    return call;
  }

  #report(status: ClientStatus): void {
    this.#lastStatus = status;
    for (const reader of this.#statusReaders) reader.push(status);
    this.#onStatus(status);
    if (this.#session.state !== "over") return;
    this.#alarm.clear();
    this.#serverRequests.end();
    for (const reader of this.#statusReaders) reader.end();
    this.#statusReaders.clear();
  }
}

/** Work that the cluster sent to this client. */
export interface ReceivedServerRequest {
  /** Its number in the session: 1, 2, 3, … */
  readonly requestId: number;
  /** What the state machine sent. */
  readonly payload: Uint8Array;
  /** When it was sent, by the clock of the leader of that time: milliseconds since the Unix epoch. */
  readonly createdAtUnixMs: number;
  /** Tells the cluster that this and every earlier one was received. Does nothing the second time. */
  ack(): void;
}

interface PendingCall {
  readonly resolve: (result: Uint8Array) => void;
  readonly reject: (error: RequestError | SessionError) => void;
  /** Lets go of the caller's signal. */
  readonly release: () => void;
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
