import type { LogRecord } from "../../generated/log/messages.ts";
import type { RequestId, ServerMessage, SessionId } from "../../generated/protocol/messages.ts";
import { limits } from "../protocol/limits.ts";
import type { ConnectionId, ServerEffect, ServerEvent } from "../protocol/server-events.ts";
import type { Span, Tracer } from "../telemetry/telemetry.ts";

/**
 * The commands of a server that belong to a trace, from their arrival to their answer. Each has up to three spans: the
 * command as a whole, its way into the log, and its entry's way through the state machine.
 *
 * Nothing of it is replicated: after a change of leaders the rest of the trace is with the next one, to which the client
 * sends the command again. At most `limits.tracedRequestsMax` are followed; of more, the oldest end as `untraced`.
 */
export class RequestTracing {
  readonly #tracer: Tracer;
  /** All of them, the oldest first. */
  readonly #requests = new Set<TracedRequest>();
  readonly #bySession = new Map<SessionId, Map<RequestId, TracedRequest>>();
  /** By the connection that waits for the answer. */
  readonly #byConnection = new Map<ConnectionId, Map<RequestId, TracedRequest>>();

  constructor(tracer: Tracer) {
    this.#tracer = tracer;
  }

  /** A client has said that a command of its session is traced. The same may come again, on another connection. */
  begin({ sessionId, requestId, connectionId, trace }: ServerEffect & { readonly type: "trace" }): void {
    const known = this.#bySession.get(sessionId)?.get(requestId);
    if (known !== undefined) {
      take(this.#byConnection, known.connectionId, requestId);
      known.connectionId = connectionId;
      put(this.#byConnection, connectionId, known);
      return;
    }
    const [oldest] = this.#requests;
    if (oldest !== undefined && this.#requests.size >= limits.tracedRequestsMax) this.#end(oldest, "untraced");
    const attributes = { "hawser.request.id": requestId };
    const whole = this.#tracer.startSpan("hawser command", {
      kind: "server",
      parent: trace,
      isRemote: true,
      attributes,
    });
    if (whole.context === undefined) {
      whole.end();
      return;
    }
    const request = { sessionId, requestId, connectionId, whole, step: undefined };
    this.#requests.add(request);
    put(this.#bySession, sessionId, request);
    put(this.#byConnection, connectionId, request);
  }

  /** The server is told of something. */
  happened(event: ServerEvent): void {
    if (this.#requests.size === 0) return;
    if (event.type === "proposalFailed") this.#each(event.record, (request) => this.#end(request, event.failure.type));
    else if (event.type === "leadership") this.discard("leadership");
  }

  /** The server does something. */
  performed(effect: ServerEffect): void {
    if (this.#requests.size === 0) return;
    if (effect.type === "propose") this.#each(effect.record, (request) => this.#step(request, "hawser commit", {}));
    else if (effect.type === "send") this.#sent(effect.connectionId, effect.message);
  }

  /** Records are committed, and about to be applied. */
  applying(index: number, records: readonly LogRecord[]): void {
    if (this.#requests.size === 0) return;
    const attributes = { "hawser.log.index": index };
    for (const record of records) this.#each(record, (request) => this.#step(request, "hawser apply", attributes));
  }

  /** They are applied, and whoever has a connection was answered. */
  applied(records: readonly LogRecord[]): void {
    if (this.#requests.size === 0) return;
    for (const record of records) this.#each(record, (request) => this.#end(request, undefined));
  }

  /** None is followed any further. */
  discard(error: string): void {
    for (const request of this.#requests) this.#end(request, error);
  }

  #sent(connectionId: ConnectionId, message: ServerMessage): void {
    const awaited = this.#byConnection.get(connectionId);
    if (awaited === undefined) return;
    if (message.type === "Batch") {
      for (const item of message.items) this.#sent(connectionId, item);
    } else if (message.type === "ClientResponse" || message.type === "RequestError") {
      const request = awaited.get(message.requestId);
      if (request !== undefined) this.#end(request, message.type === "RequestError" ? message.reason.type : undefined);
    }
  }

  #step(request: TracedRequest, name: string, attributes: Readonly<Record<string, number>>): void {
    request.step?.end();
    request.step = this.#tracer.startSpan(name, { kind: "internal", parent: request.whole.context, attributes });
  }

  #end(request: TracedRequest, error: string | undefined): void {
    this.#requests.delete(request);
    take(this.#bySession, request.sessionId, request.requestId);
    take(this.#byConnection, request.connectionId, request.requestId);
    request.step?.end(error);
    request.whole.end(error);
  }

  /** Those of a record that are followed: few of many, as a rule. */
  #each(record: LogRecord, act: (request: TracedRequest) => void): void {
    if (record.type !== "Commands") return;
    const { firstRequestId, payloads } = record;
    const endRequestId = firstRequestId + payloads.length;
    for (const request of this.#bySession.get(record.sessionId)?.values() ?? []) {
      if (request.requestId >= firstRequestId && request.requestId < endRequestId) act(request);
    }
  }
}

interface TracedRequest {
  readonly sessionId: SessionId;
  readonly requestId: RequestId;
  connectionId: ConnectionId;
  readonly whole: Span;
  /** What is being done for it. */
  step: Span | undefined;
}

function put<Key>(index: Map<Key, Map<RequestId, TracedRequest>>, key: Key, request: TracedRequest): void {
  const requests = index.get(key) ?? new Map<RequestId, TracedRequest>();
  index.set(key, requests.set(request.requestId, request));
}

function take<Key>(index: Map<Key, Map<RequestId, TracedRequest>>, key: Key, requestId: RequestId): void {
  const requests = index.get(key);
  requests?.delete(requestId);
  if (requests?.size === 0) index.delete(key);
}
