import type {
  MemberId,
  ServerMessage,
  ServerRequest,
  SessionClosed,
  SessionId,
  SessionRejected,
} from "../../generated/protocol/messages.ts";
import { Backoff } from "./backoff.ts";
import type { CallId, ClientEffect, ClientEvent, ClientSessionOptions, ClientStatus, Member } from "./client-events.ts";
import { ClientOutput } from "./client-output.ts";
import { type ClientState, type Connected, type Connecting, redirectProblem, stateDeadline } from "./client-state.ts";
import { RequestError, type RequestErrorCode, SessionError } from "./errors.ts";
import { limits } from "./limits.ts";
import { type Call, outcomeOf, PendingCalls } from "./pending-calls.ts";
import { ServerRequestInbox } from "./server-request-inbox.ts";

/**
 * The protocol of one client: its one session, over as many connections and leaders as it takes.
 *
 * Theory of operation. The client asks one member after the other for a session until the leader grants it, following
 * hints of who leads. What the application submits waits in `PendingCalls` until it is answered: it goes out at once
 * while connected, all of it again on every new connection, and again after `resendAfterMs` without an answer. The
 * cluster applies a repeated command once. The session ends when the application closes it or the cluster says so; until
 * then a lost connection is only a reason to dial again.
 */
export class ClientSession {
  readonly #options: ClientSessionOptions;
  readonly #calls = new PendingCalls();
  readonly #inbox = new ServerRequestInbox();
  readonly #output = new ClientOutput();
  readonly #backoff: Backoff;
  #state: ClientState = { name: "idle" };
  #sessionId: SessionId | undefined;
  #memberIndex = 0;
  #redirects = 0;
  #now = 0;

  constructor(options: ClientSessionOptions) {
    this.#options = options;
    this.#backoff = new Backoff({ minMs: limits.backoffMinMs, maxMs: limits.backoffMaxMs, random: options.random });
  }

  /** The session, once there is one. */
  get sessionId(): SessionId | undefined {
    return this.#sessionId;
  }

  /** The state's name, for tests and diagnostics. */
  get state(): ClientState["name"] {
    return this.#state.name;
  }

  /** When `deadline` is due next, in monotonic milliseconds; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    const callAt = this.#calls.nextDeadline;
    const stateAt = stateDeadline(this.#state);
    if (callAt === undefined || stateAt === undefined) return callAt ?? stateAt;
    return Math.min(callAt, stateAt);
  }

  /** Feeds one event and returns what to do about it, in order. `now`: monotonic milliseconds. */
  step(event: ClientEvent, now: number): readonly ClientEffect[] {
    this.#now = now;
    this.#handle(event);
    return this.#output.take();
  }

  #handle(event: ClientEvent): void {
    switch (event.type) {
      case "connect":
        if (this.#state.name === "idle") this.#dial(this.#member());
        return;
      case "submit":
        this.#submit("command", event);
        return;
      case "query":
        this.#submit("query", event);
        return;
      case "abort":
        this.#abort(event.callId, event.cause);
        return;
      case "taken":
        this.#inbox.take();
        return;
      case "acknowledge":
        if (this.#inbox.acknowledge(event.requestId)) this.#acknowledge();
        return;
      case "received":
        this.#received(event.message);
        return;
      case "connectionLost":
        this.#lost(event.reason);
        return;
      case "deadline":
        this.#deadline();
        return;
      case "close":
        this.#close();
        return;
    }
  }

  // ---------------------------------------------------------------- what the application wants

  #submit(kind: Call["kind"], event: ClientEvent & { type: "submit" | "query" }): void {
    const { callId, payload, timeoutAt } = event;
    if (this.#state.name === "closing" || this.#state.name === "over") {
      this.#output.reject(callId, new RequestError("ERR_CLOSED", "not-applied", "the client is closed"));
    } else if (payload.length > limits.payloadBytesMax) {
      const text = `payload is ${payload.length} bytes, the limit is ${limits.payloadBytesMax}`;
      this.#output.reject(callId, new RequestError("ERR_PAYLOAD_TOO_LARGE", "not-applied", text));
    } else if (this.#calls.isFull(payload.length)) {
      const text = `${this.#calls.size} requests of ${this.#calls.payloadBytes} bytes wait for their answer, the limits are ${limits.requestsInFlightMax} and ${limits.requestBytesInFlightMax}`;
      this.#output.reject(callId, new RequestError("ERR_OVERLOADED", "not-applied", text));
    } else {
      const createdAt = this.#unixMs();
      const call = this.#calls.add({ callId, kind, payload, createdAt, timeoutAt });
      if (this.#state.name === "connected") this.#sendCall(call);
    }
  }

  #abort(callId: CallId, cause: unknown): void {
    const call = this.#calls.get(callId);
    if (call !== undefined) this.#failCall(call, "ERR_ABORTED", `the ${call.kind} was aborted`, { cause });
  }

  #acknowledge(): void {
    if (this.#state.name !== "connected") return;
    this.#output.send({ type: "ServerRequestAck", requestId: this.#inbox.acknowledgedId });
  }

  #close(): void {
    if (this.#state.name === "closing" || this.#state.name === "over") return;
    const isConnected = this.#state.name === "connected";
    for (const call of this.#calls.all()) this.#failCall(call, "ERR_CLOSED", "the client was closed");
    if (!isConnected) {
      this.#finish({ type: "closed" });
      return;
    }
    this.#output.send({ type: "CloseSession", reason: "ClientShutdown" });
    this.#state = { name: "closing", at: this.#now + limits.closeTimeoutMs };
  }

  // ---------------------------------------------------------------- what the server says

  #received(message: ServerMessage): void {
    const state = this.#state;
    if (state.name === "closing") {
      if (message.type === "SessionClosed") this.#finish({ type: "closed" });
      return;
    }
    if (state.name === "connecting") {
      this.#handshake(state, message);
      return;
    }
    if (state.name !== "connected") return;
    state.answerDueAt = undefined;
    switch (message.type) {
      case "ClientResponse":
        this.#resolve(this.#calls.command(message.requestId), message.result);
        return;
      case "QueryResponse":
        this.#resolve(this.#calls.query(message.correlationId), message.result);
        return;
      case "RequestError":
        this.#evicted(this.#calls.command(message.requestId));
        return;
      case "ServerRequest":
        this.#serverRequest(message);
        return;
      case "SessionClosed":
        this.#closed(message);
        return;
      case "KeepAliveResponse": // A sign of life, noted above.
      case "SessionCreated": // The rest are late answers to a handshake that is over.
      case "SessionContinued":
      case "SessionRejected":
        return;
    }
  }

  #handshake(state: Connecting, message: ServerMessage): void {
    if (message.type === "SessionClosed") {
      this.#closed(message);
      return;
    }
    if (!("nonce" in message) || message.nonce !== state.nonce) return;
    if (message.type === "SessionRejected") {
      this.#rejected(message);
      return;
    }
    const continued = this.#sessionId !== undefined;
    if (continued !== (message.type === "SessionContinued")) return;
    if (message.type === "SessionCreated") this.#sessionId = message.sessionId;
    this.#connected(state.member, continued);
  }

  #connected(member: Member, continued: boolean): void {
    const { sessionId } = this;
    if (sessionId === undefined) return;
    this.#backoff.reset();
    this.#redirects = 0;
    const keepAliveAt = this.#now + this.#options.keepAliveIntervalMs;
    this.#state = { name: "connected", keepAliveAt, answerDueAt: undefined };
    this.#output.report({ type: "connected", sessionId, memberId: member.memberId, continued });
    for (const call of this.#calls.all()) this.#sendCall(call);
  }

  #rejected({ reason, leaderId }: SessionRejected): void {
    if (reason === "NotLeader") {
      this.#redirect(leaderId);
    } else if (reason === "SessionExpired" && this.#sessionId !== undefined) {
      this.#expired();
    } else if (this.#sessionId === undefined) {
      const text = `the cluster refused the session: ${reason}`;
      this.#end("sessionRejected", new SessionError("ERR_SESSION_REJECTED", "not-applied", text));
    } else {
      this.#retry(`the session was not continued: ${reason}`);
    }
  }

  #closed({ reason, leaderId }: SessionClosed): void {
    switch (reason) {
      case "NotLeaderAnymore":
        this.#redirect(leaderId);
        return;
      case "SessionExpired":
        this.#expired();
        return;
      case "Shutdown":
        this.#retry("the server is going down");
        return;
      case "SessionError":
        // The server has no session on this connection: perhaps it was restarted. Continuing shows what is left.
        this.#retry("the server does not know this connection's session");
        return;
      case "ConnectionClosed":
        this.#retry("the connection was closed");
        return;
    }
  }

  #expired(): void {
    const text = `session ${this.#sessionId} has expired or was ended by the cluster`;
    this.#end("sessionExpired", new SessionError("ERR_SESSION_EXPIRED", "unknown", text));
  }

  #serverRequest(request: ServerRequest): void {
    const arrival = this.#inbox.arrive(request);
    if (arrival === "deliver") this.#output.deliver(request);
    else if (arrival === "acknowledgeAgain") this.#acknowledge();
  }

  #resolve(call: Call | undefined, result: Uint8Array): void {
    if (call === undefined) return;
    this.#calls.remove(call);
    this.#output.resolve(call.callId, result);
  }

  #evicted(call: Call | undefined): void {
    if (call === undefined) return;
    this.#calls.remove(call);
    const text = "the command was applied, but its result is no longer kept";
    this.#output.reject(call.callId, new RequestError("ERR_RESPONSE_EVICTED", "applied", text));
  }

  // ---------------------------------------------------------------- connections

  #dial(member: Member): void {
    const nonce = this.#options.newNonce();
    this.#state = { name: "connecting", member, nonce, at: this.#now + this.#options.connectionTimeoutMs };
    this.#output.report({ type: "connecting", ...member });
    this.#output.dial(member);
    const { sessionId } = this;
    if (sessionId !== undefined) this.#output.send({ type: "ContinueSession", sessionId, nonce });
    else this.#output.send({ type: "CreateSession", capabilities: this.#options.capabilities, nonce });
  }

  /** Follows a hint at once, unless hints lead in a circle. */
  #redirect(leaderId: MemberId | undefined): void {
    const { members } = this.#options;
    this.#output.report({ type: "leaderChanged", leader: leaderId });
    const index = members.findIndex(({ memberId }) => memberId === leaderId);
    this.#redirects += 1;
    if (leaderId === undefined || index < 0 || this.#redirects > limits.redirectsMax) {
      this.#retry(redirectProblem(leaderId, index));
      return;
    }
    this.#memberIndex = index;
    this.#hangUp();
    this.#dial(this.#member());
  }

  #lost(reason: string): void {
    if (this.#state.name === "closing") this.#finish({ type: "closed" });
    else if (this.#state.name === "connecting" || this.#state.name === "connected") this.#retry(reason);
  }

  /** Gives the connection up and tries the next member after a while. */
  #retry(reason: string): void {
    this.#hangUp();
    // After a lost connection the same member is tried first: most often it is back at once.
    if (this.#state.name === "connecting") this.#memberIndex += 1;
    this.#redirects = 0;
    const retryInMs = this.#backoff.next();
    this.#state = { name: "waiting", at: this.#now + retryInMs };
    this.#output.report({ type: "disconnected", reason, retryInMs });
  }

  #hangUp(): void {
    this.#output.hangUp();
    this.#calls.hold();
  }

  #member(): Member {
    const { members } = this.#options;
    const member = members[this.#memberIndex % members.length];
    if (member === undefined) throw new Error("a client needs at least one member");
    return member;
  }

  // ---------------------------------------------------------------- time

  #deadline(): void {
    for (let call = this.#calls.takeDue(this.#now); call !== undefined; call = this.#calls.takeDue(this.#now)) {
      if (call.timeoutAt <= this.#now) {
        const waitedMs = Math.round(this.#unixMs() - call.createdAt);
        this.#failCall(call, "ERR_TIMEOUT", `the ${call.kind} had no answer within ${waitedMs} ms`);
      } else if (this.#state.name === "connected") {
        this.#sendCall(call);
      }
    }
    const state = this.#state;
    if ((stateDeadline(state) ?? Number.POSITIVE_INFINITY) > this.#now) return;
    switch (state.name) {
      case "waiting":
        this.#dial(this.#member());
        return;
      case "connecting":
        this.#retry(`${state.member.memberId} did not answer within ${this.#options.connectionTimeoutMs} ms`);
        return;
      case "connected":
        this.#keepAlive(state);
        return;
      case "closing":
        this.#finish({ type: "closed" });
        return;
      case "idle":
      case "over":
        return;
    }
  }

  /** Every interval a sign of life goes out, and something must come back within the connection timeout. */
  #keepAlive(state: Connected): void {
    const { connectionTimeoutMs, keepAliveIntervalMs } = this.#options;
    if (state.answerDueAt !== undefined && state.answerDueAt <= this.#now) {
      this.#retry(`the server did not answer a keep-alive within ${connectionTimeoutMs} ms`);
      return;
    }
    if (state.keepAliveAt > this.#now) return;
    this.#output.send({ type: "KeepAlive", timestamp: this.#unixMs() });
    state.keepAliveAt = this.#now + keepAliveIntervalMs;
    state.answerDueAt ??= this.#now + connectionTimeoutMs;
  }

  // ---------------------------------------------------------------- ends

  /** The cluster ended or refused the session: every call that waits fails with it. */
  #end(type: "sessionExpired" | "sessionRejected", error: SessionError): void {
    for (const call of this.#calls.all()) {
      this.#calls.remove(call);
      this.#output.reject(call.callId, new SessionError(error.code, outcomeOf(call), error.message));
    }
    this.#finish({ type, error });
  }

  #finish(status: ClientStatus): void {
    this.#hangUp();
    this.#state = { name: "over" };
    this.#output.report(status);
  }

  #sendCall(call: Call): void {
    this.#output.send(this.#calls.send(call, this.#now, this.#options.resendAfterMs));
  }

  #failCall(call: Call, code: RequestErrorCode, text: string, options?: ErrorOptions): void {
    this.#calls.remove(call);
    this.#output.reject(call.callId, new RequestError(code, outcomeOf(call), text, options));
  }

  #unixMs(): number {
    return Math.round(this.#now + this.#options.epochOffsetMs);
  }
}
