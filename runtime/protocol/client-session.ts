import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type {
  Member,
  MemberId,
  ServerMessage,
  SessionClosed,
  SessionContinued,
  SessionCreated,
  SessionId,
  SessionRejected,
} from "../../generated/protocol/messages.ts";
import type { Call } from "./call.ts";
import { ClientCalls } from "./client-calls.ts";
import type { ClientEffect, ClientEvent, ClientSessionOptions, ClientStatus } from "./client-events.ts";
import { ClientHandshakes } from "./client-handshakes.ts";
import { ClientOutput } from "./client-output.ts";
import { ClientRoute } from "./client-route.ts";
import {
  type ClientState,
  type Connected,
  type Connecting,
  connected,
  rejection,
  retryReasons,
  stateDeadline,
} from "./client-state.ts";
import type { ClientFigures } from "./client-tally.ts";
import { SessionError } from "./errors.ts";
import { limits } from "./limits.ts";
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
  readonly #handshakes: ClientHandshakes;
  readonly #output = new ClientOutput();
  readonly #calls: ClientCalls;
  readonly #route: ClientRoute;
  readonly #inbox: ServerRequestInbox;
  #state: ClientState = { name: "idle" };
  #sessionId: SessionId | undefined;
  #sessionTimeoutMs: number;
  #now = 0;

  constructor(options: ClientSessionOptions) {
    const { resumed, savesSession = false } = options;
    this.#options = options;
    this.#sessionId = resumed?.sessionId;
    this.#sessionTimeoutMs = resumed?.sessionTimeoutMs ?? options.sessionTimeoutMs ?? 0;
    this.#handshakes = new ClientHandshakes(options);
    const firstRequestId = resumed?.nextRequestId ?? 1;
    this.#calls = new ClientCalls({ ...options, firstRequestId, savesSession }, this.#output);
    this.#route = new ClientRoute(options, this.#output);
    this.#inbox = new ServerRequestInbox(resumed !== undefined, this.#output);
  }

  /** The session, once there is one. */
  get sessionId(): SessionId | undefined {
    return this.#sessionId;
  }

  /** The newest entry of the log that is known to hold a command of this session; 0 where no server has said so. */
  get commitIndex(): number {
    return this.#calls.commitIndex;
  }

  /** The state's name, for tests and diagnostics. */
  get state(): ClientState["name"] {
    return this.#state.name;
  }

  /** What the client has done so far, and how it finds the members of the cluster. */
  get figures(): ClientFigures {
    return { tally: this.#output.tally, pendingCount: this.#calls.size, circuits: this.#route.circuits };
  }

  /** How many more calls there is room for, whatever the length of their payloads. */
  get room(): number {
    return this.#calls.room;
  }

  /** When `deadline` is due next, in monotonic milliseconds; `undefined` while nothing is. */
  get nextDeadline(): number | undefined {
    if (this.#state.name === "over") return undefined;
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
      case "disconnect":
        this.#disconnect();
        return;
      case "submit":
      case "query":
        this.#submit([event]);
        return;
      case "calls":
        this.#submit(event.calls);
        return;
      case "abort":
        this.#calls.abort(event.call, event.cause);
        return;
      case "taken":
        this.#inbox.take();
        return;
      case "acknowledge":
        this.#inbox.acknowledge(event.requestId, this.#state.name === "connected");
        return;
      case "received":
        this.#received(event.version, event.message);
        return;
      case "connectionLost":
        this.#lost(event.reason);
        return;
      case "saved":
      case "saveFailed":
        this.#saved(event);
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

  #submit(calls: readonly Call[]): void {
    for (const call of calls) this.#calls.add(call, this.#now, this.#state.name);
    this.#save();
  }

  /** Has request ids set aside, where it is time and there is a session to do it for. */
  #save(): void {
    const sessionId = this.#sessionId;
    if (sessionId === undefined || this.#state.name === "over") return;
    const { protocolVersionMax } = this.#options.resumed ?? this.#options;
    this.#calls.save(sessionId, protocolVersionMax, this.#sessionTimeoutMs, this.#now);
  }

  #saved(event: ClientEvent & { type: "saved" | "saveFailed" }): void {
    if (this.#state.name === "over") return;
    if (event.type === "saved") this.#calls.saved(this.#now, this.#state.name === "connected");
    else this.#calls.notSaved(event.reason, this.#now);
    this.#save();
  }

  #disconnect(): void {
    const { name } = this.#state;
    if (name === "idle" || name === "closing" || name === "over") return;
    this.#calls.failAll("ERR_DISCONNECTED", "the client was disconnected");
    this.#hangUp();
    this.#state = { name: "idle" };
    this.#output.report({ type: "disconnected", reason: "the application disconnected" });
  }

  #close(): void {
    if (this.#state.name === "closing" || this.#state.name === "over") return;
    const isConnected = this.#state.name === "connected";
    this.#calls.failAll("ERR_CLOSED", "the client was closed");
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
        this.#broken(`the server sent version ${version} over a connection of version ${state.version}`);
        return;
      }
      state.keepAlives.heard();
      this.#route.served();
      const messages = message.type === "Batch" ? message.items : [message];
      for (const each of messages) if (this.#state === state) this.#told(state, each);
    }
  }

  #told(state: Connected, message: ServerMessage): void {
    switch (message.type) {
      case "ClientResponse":
      case "QueryResponse":
        this.#calls.answered(message);
        return;
      case "RequestError":
      case "QueryError":
        this.#calls.failed(message, this.#now);
        if (message.reason.type === "NotLeader") this.#redirect(message.reason.leaderId);
        else if (message.reason.type === "SessionExpired") this.#expired();
        return;
      case "ServerRequest":
        this.#inbox.arrived(message);
        return;
      case "ClusterChanged":
        this.#route.clusterChanged(message);
        return;
      case "SessionClosed":
        this.#closed(message);
        return;
      case "KeepAliveResponse":
        this.#output.tally.keptAlive(state.keepAlives.roundTripMs(message.timestamp, this.#now));
        return;
      default: // A sign of life, noted before, or a late answer to a handshake that is over.
        return;
    }
  }

  #handshake(state: Connecting, version: ProtocolVersion, message: ServerMessage): void {
    const { protocolVersionMax } = this.#options;
    if (version > protocolVersionMax) {
      this.#broken(`the server answered in version ${version}, this client speaks up to ${protocolVersionMax}`);
    } else if (message.type === "SessionClosed") {
      this.#route.answered();
      this.#closed(message);
    } else if ("nonce" in message && message.nonce === state.nonce) {
      this.#route.answered();
      if (message.type === "SessionRejected") this.#rejected(message);
      else this.#connected(state.member, version, message);
    }
  }

  #connected({ memberId }: Member, version: ProtocolVersion, answer: SessionCreated | SessionContinued): void {
    const continued = this.#sessionId !== undefined;
    if (continued !== (answer.type === "SessionContinued")) return;
    const sessionId = answer.type === "SessionCreated" ? answer.sessionId : this.#sessionId;
    if (sessionId === undefined) return;
    this.#sessionId = sessionId;
    const { sessionTimeout } = answer;
    // What a newer server granted holds at an older one, which cannot say so.
    if (sessionTimeout > 0) this.#sessionTimeoutMs = sessionTimeout;
    this.#state = connected(version, this.#options, this.#sessionTimeoutMs, this.#now);
    this.#output.speak(version);
    const said = sessionTimeout === 0 ? {} : { sessionTimeoutMs: sessionTimeout };
    this.#output.report({ type: "connected", sessionId, memberId, continued, protocolVersion: version, ...said });
    this.#route.connected(answer.members, answer.leaderId);
    this.#inbox.connected();
    this.#calls.sendAll(this.#now);
    this.#save();
  }

  #rejected({ reason, leaderId, members, retryAfter, detail }: SessionRejected): void {
    this.#route.learn(members);
    if (reason === "NotLeader") {
      this.#redirect(leaderId);
    } else if (reason === "SessionExpired" && this.#sessionId !== undefined) {
      this.#expired();
    } else if (reason === "Overloaded" || reason === "ClusterUnavailable") {
      this.#retry(`the session was refused for now: ${reason}`, retryAfter);
    } else if (reason === "Unauthorized" || this.#sessionId === undefined) {
      this.#end("sessionRejected", rejection(reason, this.#sessionId, detail));
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

  // ---------------------------------------------------------------- connections

  #dial(): void {
    const member = this.#route.take(this.#now);
    const handshake = this.#handshakes.next(this.#sessionId);
    const at = this.#now + this.#options.connectionTimeoutMs;
    this.#state = { name: "connecting", member, nonce: handshake.nonce, at };
    this.#output.report({ type: "connecting", ...member });
    this.#output.dial(member);
    this.#output.send(handshake);
  }

  /** Follows a hint at once, unless hints lead in a circle. */
  #redirect(leaderId: MemberId | undefined): void {
    const problem = this.#route.redirect(leaderId, this.#now);
    if (problem !== undefined) {
      this.#retry(problem);
      return;
    }
    this.#hangUp();
    this.#dial();
  }

  #lost(reason: string): void {
    if (this.#state.name === "closing") this.#finish({ type: "closed" });
    else if (this.#state.name === "connecting" || this.#state.name === "connected") this.#broken(reason);
  }

  /** The member cannot be reached, or what it says makes no sense. */
  #broken(reason: string): void {
    this.#route.failed(this.#now);
    this.#retry(reason);
  }

  /** Gives the connection up and tries the next member after a while, and not before the server wants it. */
  #retry(reason: string, retryAfterMs = 0): void {
    this.#hangUp();
    // After a lost connection the same member is tried first: most often it is back at once.
    if (this.#state.name === "connecting") this.#route.advance();
    const retryInMs = this.#route.delayMs(retryAfterMs);
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
    this.#save();
    const state = this.#state;
    if ((stateDeadline(state) ?? Number.POSITIVE_INFINITY) > this.#now) return;
    switch (state.name) {
      case "waiting":
        this.#dial();
        return;
      case "connecting":
        this.#broken(`${state.member.memberId} did not answer within ${this.#options.connectionTimeoutMs} ms`);
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

  #keepAlive({ keepAlives }: Connected): void {
    if (keepAlives.isSilent(this.#now)) {
      this.#broken(`the server did not answer a keep-alive within ${this.#options.connectionTimeoutMs} ms`);
      return;
    }
    const timestamp = keepAlives.take(this.#now);
    if (timestamp !== undefined) this.#output.send({ type: "KeepAlive", timestamp });
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
