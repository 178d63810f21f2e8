import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type {
  Capabilities,
  ClusterChanged,
  Member,
  MemberId,
  QueryFailure,
  RequestFailure,
  ServerMessage,
  ServerRequest,
  SessionClosed,
  SessionContinued,
  SessionCreated,
  SessionId,
  SessionRejected,
} from "../../generated/protocol/messages.ts";
import { Backoff } from "./backoff.ts";
import { ClientCalls } from "./client-calls.ts";
import type { ClientEffect, ClientEvent, ClientSessionOptions, ClientStatus } from "./client-events.ts";
import { ClientOutput } from "./client-output.ts";
import {
  type ClientState,
  type Connected,
  type Connecting,
  defaultKeepAliveIntervalMs,
  redirectProblem,
  retryReasons,
  stateDeadline,
} from "./client-state.ts";
import { SessionError } from "./errors.ts";
import { KnownMembers } from "./known-members.ts";
import { limits } from "./limits.ts";
import { withOffer } from "./negotiation.ts";
import type { Call } from "./pending-calls.ts";
import { ServerRequestInbox } from "./server-request-inbox.ts";

/**
 * The protocol of one client: its one session, over as many connections and leaders as it takes.
 *
 * Theory of operation. The client asks one member after the other for a session until the leader grants it, following
 * hints of who leads. What the application submits waits in `ClientCalls` until it is answered: it goes out at once while
 * connected, all of it again on every new connection, and again after `resendAfterMs` without an answer. The cluster
 * applies a repeated command once. The session ends when the application closes it or the cluster says so; until then a
 * lost connection is only a reason to dial again.
 *
 * Every connection begins in version 1. The server's answer to the handshake sets the version of the rest, in both
 * directions; a frame in another one costs the server the connection.
 */
export class ClientSession {
  readonly #options: ClientSessionOptions;
  readonly #capabilities: Capabilities;
  readonly #output = new ClientOutput();
  readonly #calls: ClientCalls;
  readonly #members: KnownMembers;
  readonly #inbox = new ServerRequestInbox();
  readonly #backoff: Backoff;
  #state: ClientState = { name: "idle" };
  #sessionId: SessionId | undefined;
  #leaderId: MemberId | undefined;
  #sessionTimeoutMs: number;
  #commitIndex = 0;
  #redirects = 0;
  #now = 0;

  constructor(options: ClientSessionOptions) {
    this.#options = options;
    this.#sessionTimeoutMs = options.sessionTimeoutMs ?? 0;
    this.#capabilities = withOffer(options.capabilities, options);
    this.#calls = new ClientCalls(options, this.#output);
    this.#members = new KnownMembers(options.members, options.isAddress);
    this.#backoff = new Backoff({ minMs: limits.backoffMinMs, maxMs: limits.backoffMaxMs, random: options.random });
  }

  /** The session, once there is one. */
  get sessionId(): SessionId | undefined {
    return this.#sessionId;
  }

  /** The newest entry of the log that is known to hold a command of this session; 0 where no server has said so. */
  get commitIndex(): number {
    return this.#commitIndex;
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
        if (this.#state.name === "idle") this.#dial();
        return;
      case "submit":
      case "query":
        this.#submit(event);
        return;
      case "abort":
        this.#calls.abort(event.callId, event.cause);
        return;
      case "taken":
        this.#inbox.take();
        return;
      case "acknowledge":
        if (this.#inbox.acknowledge(event.requestId)) this.#acknowledge();
        return;
      case "received":
        this.#received(event.version, event.message);
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

  #submit(event: ClientEvent & { type: "submit" | "query" }): void {
    if (this.#state.name === "closing" || this.#state.name === "over") {
      this.#calls.refuse(event.callId, "ERR_CLOSED", "the client is closed");
      return;
    }
    const call = this.#calls.add(event, this.#now);
    if (call !== undefined && this.#state.name === "connected") this.#calls.send(call, this.#now);
  }

  #acknowledge(): void {
    if (this.#state.name !== "connected") return;
    this.#output.send({ type: "ServerRequestAck", requestId: this.#inbox.acknowledgedId });
  }

  #close(): void {
    if (this.#state.name === "closing" || this.#state.name === "over") return;
    const isConnected = this.#state.name === "connected";
    this.#calls.closeAll();
    if (!isConnected) {
      this.#finish({ type: "closed" });
      return;
    }
    this.#output.send({ type: "CloseSession", reason: "ClientShutdown" });
    this.#state = { name: "closing", at: this.#now + limits.closeTimeoutMs };
  }

  // ---------------------------------------------------------------- what the server says

  #received(version: ProtocolVersion, message: ServerMessage): void {
    const state = this.#state;
    if (state.name === "closing") {
      if (message.type === "SessionClosed") this.#finish({ type: "closed" });
    } else if (state.name === "connecting") {
      this.#handshake(state, version, message);
    } else if (state.name === "connected") {
      if (version !== state.version) {
        this.#retry(`the server sent version ${version} over a connection of version ${state.version}`);
        return;
      }
      state.answerDueAt = undefined;
      const messages = message.type === "Batch" ? message.items : [message];
      for (const each of messages) if (this.#state === state) this.#told(each);
    }
  }

  #told(message: ServerMessage): void {
    switch (message.type) {
      case "ClientResponse":
        this.#commitIndex = Math.max(this.#commitIndex, message.commitIndex);
        this.#calls.resolve(this.#calls.command(message.requestId), message.result);
        return;
      case "QueryResponse":
        this.#calls.resolve(this.#calls.query(message.correlationId), message.result);
        return;
      case "RequestError":
        this.#failed(this.#calls.command(message.requestId), message.reason);
        return;
      case "QueryError":
        this.#failed(this.#calls.query(message.correlationId), message.reason);
        return;
      case "ServerRequest":
        this.#serverRequest(message);
        return;
      case "ClusterChanged":
        this.#clusterChanged(message);
        return;
      case "SessionClosed":
        this.#closed(message);
        return;
      default: // A sign of life, noted before, or a late answer to a handshake that is over.
        return;
    }
  }

  #failed(call: Call | undefined, reason: RequestFailure | QueryFailure): void {
    if (call !== undefined) this.#calls.failed(call, reason, this.#now);
    if (reason.type === "NotLeader") this.#redirect(reason.leaderId);
    else if (reason.type === "SessionExpired") this.#expired();
  }

  #handshake(state: Connecting, version: ProtocolVersion, message: ServerMessage): void {
    const { protocolVersionMax } = this.#options;
    if (version > protocolVersionMax) {
      this.#retry(`the server answered in version ${version}, this client speaks up to ${protocolVersionMax}`);
    } else if (message.type === "SessionClosed") {
      this.#closed(message);
    } else if ("nonce" in message && message.nonce === state.nonce) {
      if (message.type === "SessionRejected") this.#rejected(message);
      else this.#connected(state.member, version, message);
    }
  }

  #connected(member: Member, version: ProtocolVersion, answer: SessionCreated | SessionContinued): void {
    const continued = this.#sessionId !== undefined;
    if (continued !== (answer.type === "SessionContinued")) return;
    const sessionId = answer.type === "SessionCreated" ? answer.sessionId : this.#sessionId;
    if (sessionId === undefined) return;
    this.#sessionId = sessionId;
    this.#backoff.reset();
    this.#redirects = 0;
    const timeoutMs = answer.sessionTimeout;
    // What a newer server granted holds at an older one, which cannot say so.
    if (timeoutMs > 0) this.#sessionTimeoutMs = timeoutMs;
    const keepAliveIntervalMs = this.#options.keepAliveIntervalMs ?? defaultKeepAliveIntervalMs(this.#sessionTimeoutMs);
    const keepAliveAt = this.#now + keepAliveIntervalMs;
    this.#state = { name: "connected", version, keepAliveIntervalMs, keepAliveAt, answerDueAt: undefined };
    this.#output.speak(version);
    const said = timeoutMs === 0 ? {} : { sessionTimeoutMs: timeoutMs };
    const { memberId } = member;
    this.#output.report({ type: "connected", sessionId, memberId, continued, protocolVersion: version, ...said });
    this.#leaderId = answer.leaderId;
    this.#learn(answer.members);
    this.#calls.sendAll(this.#now);
  }

  #rejected({ reason, leaderId, members, retryAfter }: SessionRejected): void {
    this.#learn(members);
    if (reason === "NotLeader") {
      this.#redirect(leaderId);
    } else if (reason === "SessionExpired" && this.#sessionId !== undefined) {
      this.#expired();
    } else if (reason === "Overloaded" || reason === "ClusterUnavailable") {
      this.#retry(`the session was refused for now: ${reason}`, retryAfter);
    } else if (this.#sessionId === undefined) {
      const text = `the cluster refused the session: ${reason}`;
      this.#end("sessionRejected", new SessionError("ERR_SESSION_REJECTED", "not-applied", text));
    } else {
      this.#retry(`the session was not continued: ${reason}`);
    }
  }

  #closed({ reason, leaderId }: SessionClosed): void {
    if (reason === "NotLeaderAnymore") this.#redirect(leaderId);
    else if (reason === "SessionExpired") this.#expired();
    else this.#retry(retryReasons[reason]);
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

  /** The connection goes on: whoever leads, the member at its other end serves the session. */
  #clusterChanged({ members, leaderId }: ClusterChanged): void {
    this.#learn(members);
    if (leaderId === this.#leaderId) return;
    this.#leaderId = leaderId;
    this.#output.report({ type: "leaderChanged", leader: leaderId });
  }

  #learn(members: readonly Member[]): void {
    if (this.#members.learn(members)) this.#output.report({ type: "members", members: this.#members.all });
  }

  // ---------------------------------------------------------------- connections

  #dial(): void {
    const member = this.#members.current;
    const nonce = this.#options.newNonce();
    this.#state = { name: "connecting", member, nonce, at: this.#now + this.#options.connectionTimeoutMs };
    this.#output.report({ type: "connecting", ...member });
    this.#output.dial(member);
    const { sessionId } = this;
    if (sessionId !== undefined) this.#output.send({ type: "ContinueSession", sessionId, nonce });
    else this.#output.send({ type: "CreateSession", capabilities: this.#capabilities, nonce });
  }

  /** Follows a hint at once, unless hints lead in a circle. */
  #redirect(leaderId: MemberId | undefined): void {
    this.#output.report({ type: "leaderChanged", leader: leaderId });
    this.#redirects += 1;
    const isTooOften = this.#redirects > limits.redirectsMax;
    if (leaderId === undefined || isTooOften || !this.#members.choose(leaderId)) {
      this.#retry(redirectProblem(leaderId, isTooOften));
      return;
    }
    this.#hangUp();
    this.#dial();
  }

  #lost(reason: string): void {
    if (this.#state.name === "closing") this.#finish({ type: "closed" });
    else if (this.#state.name === "connecting" || this.#state.name === "connected") this.#retry(reason);
  }

  /** Gives the connection up and tries the next member after a while, and not before the server wants it. */
  #retry(reason: string, retryAfterMs = 0): void {
    this.#hangUp();
    // After a lost connection the same member is tried first: most often it is back at once.
    if (this.#state.name === "connecting") this.#members.advance();
    this.#redirects = 0;
    const retryInMs = Math.max(this.#backoff.next(), Math.min(retryAfterMs, limits.backoffMaxMs));
    this.#state = { name: "waiting", at: this.#now + retryInMs };
    this.#output.report({ type: "disconnected", reason, retryInMs });
  }

  #hangUp(): void {
    this.#output.hangUp();
    this.#calls.hold();
  }

  // ---------------------------------------------------------------- time

  #deadline(): void {
    this.#calls.deadline(this.#now, this.#state.name === "connected");
    const state = this.#state;
    if ((stateDeadline(state) ?? Number.POSITIVE_INFINITY) > this.#now) return;
    switch (state.name) {
      case "waiting":
        this.#dial();
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
    const { connectionTimeoutMs, epochOffsetMs } = this.#options;
    if (state.answerDueAt !== undefined && state.answerDueAt <= this.#now) {
      this.#retry(`the server did not answer a keep-alive within ${connectionTimeoutMs} ms`);
      return;
    }
    if (state.keepAliveAt > this.#now) return;
    this.#output.send({ type: "KeepAlive", timestamp: Math.round(this.#now + epochOffsetMs) });
    state.keepAliveAt = this.#now + state.keepAliveIntervalMs;
    state.answerDueAt ??= this.#now + connectionTimeoutMs;
  }

  // ---------------------------------------------------------------- ends

  /** The cluster ended or refused the session: every call that waits fails with it. */
  #end(type: "sessionExpired" | "sessionRejected", error: SessionError): void {
    this.#calls.endAll(error);
    this.#finish({ type, error });
  }

  #finish(status: ClientStatus): void {
    this.#hangUp();
    this.#state = { name: "over" };
    this.#output.report(status);
  }
}
