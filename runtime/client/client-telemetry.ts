import type { ClientStatus } from "../protocol/client-events.ts";
import type { ClientState } from "../protocol/client-state.ts";
import type { ClientFigures } from "../protocol/client-tally.ts";
import type { RequestErrorCode, SessionErrorCode } from "../protocol/errors.ts";
import type { TraceContext } from "../protocol/trace-context.ts";
import type { Traffic } from "../shell/traffic.ts";
import type { AttributesOf } from "../telemetry/metrics.ts";
import type { Observe, Recorder, Span, SpanOptions, Telemetry } from "../telemetry/telemetry.ts";

/** A client as one that can be asked for its figures. */
export interface MeasuredClient {
  state(): ClientState["name"];
  figures(): ClientFigures;
  traffic(): Readonly<Traffic>;
  /** Commands and queries without an answer. */
  pendingCount(): number;
  /** Bytes that wait to be sent, where the transport can say. */
  waitingBytes(): number | undefined;
}

/** What became of a call: `ok`, or the code of its error. */
export type CallOutcome = "ok" | RequestErrorCode | SessionErrorCode;

/** One call that is timed, and followed where its trace is sampled. */
export interface WatchedCall {
  /** To be told to the server; `undefined` for a query, and where the trace is not sampled. */
  readonly trace: TraceContext | undefined;
  /** The call has its one end. */
  settled(outcome: CallOutcome): void;
}

/** What a client with a telemetry does besides: it counts what becomes of it, and times its calls. */
export class ClientTelemetry {
  readonly #client: MeasuredClient;
  readonly #recorder: Recorder;
  readonly #ends: Readonly<Record<CallKind, CallEnds>>;
  readonly #roundTrip: Take;
  readonly #counts = {
    attempts: 0,
    disconnections: 0,
    serverRequests: 0,
    connections: { created: 0, continued: 0 },
    ended: { closed: 0, expired: 0, rejected: 0 },
  };
  #keepAlives = 0;

  constructor(telemetry: Telemetry, client: MeasuredClient) {
    this.#client = client;
    this.#recorder = telemetry.attach({ attributes: {}, collect: (observe) => this.#collect(observe) });
    this.#ends = { command: new CallEnds("command", this.#recorder), query: new CallEnds("query", this.#recorder) };
    this.#roundTrip = this.#recorder.histogram("hawser.client.keep_alive.duration", {});
  }

  /** The application makes a call. Its span belongs to what is going on in the application now. */
  readonly called = (kind: CallKind): WatchedCall => {
    const name = kind === "command" ? "hawser submit" : "hawser query";
    return new TimedCall(this.#ends[kind], this.#recorder.tracer?.startSpan(name, CLIENT_SPAN));
  };

  /** Something has come from the server. */
  received(): void {
    const { keepAlives, roundTripMs } = this.#client.figures().tally;
    if (keepAlives === this.#keepAlives) return;
    this.#keepAlives = keepAlives;
    this.#roundTrip(roundTripMs / 1e3);
  }

  /** A server request was given to the application. */
  delivered(): void {
    this.#counts.serverRequests += 1;
  }

  /** The state of the connection or the session has changed. */
  report(status: ClientStatus): void {
    const counts = this.#counts;
    switch (status.type) {
      case "connecting":
        counts.attempts += 1;
        return;
      case "connected":
        counts.connections[status.continued ? "continued" : "created"] += 1;
        return;
      case "disconnected":
        counts.disconnections += 1;
        return;
      case "sessionExpired":
        counts.ended.expired += 1;
        return;
      case "sessionRejected":
        counts.ended.rejected += 1;
        return;
      case "closed":
        counts.ended.closed += 1;
        return;
      default: // What is counted elsewhere, or can be asked for.
        return;
    }
  }

  /** The client is over. */
  detach(): void {
    this.#recorder.detach();
  }

  #collect(observe: Observe): void {
    const counts = this.#counts;
    const { tally, circuits } = this.#client.figures();
    const state = this.#client.state();
    for (const each of STATES) observe("hawser.client.sessions", each === state ? 1 : 0, { state: each });
    for (const reason of ["closed", "expired", "rejected"] as const) {
      observe("hawser.client.sessions.ended", counts.ended[reason], { reason });
    }
    observe("hawser.client.connection.attempts", counts.attempts);
    for (const session of ["created", "continued"] as const) {
      observe("hawser.client.connections", counts.connections[session], { session });
    }
    observe("hawser.client.disconnections", counts.disconnections);
    observe("hawser.client.redirects", tally.redirects);
    for (const each of ["closed", "open", "half-open"] as const) {
      observe("hawser.client.circuits", circuits[each], { state: each });
    }
    observe("hawser.client.calls.pending", this.#client.pendingCount());
    observe("hawser.client.calls.resent", tally.resent);
    this.#ends.command.collect(observe);
    this.#ends.query.collect(observe);
    observe("hawser.client.server_requests", counts.serverRequests);
    this.#collectTraffic(observe);
  }

  #collectTraffic(observe: Observe): void {
    const { receivedFrames, receivedBytes, sentFrames, sentBytes } = this.#client.traffic();
    observe("hawser.client.frames", receivedFrames, { direction: "received" });
    observe("hawser.client.frames", sentFrames, { direction: "sent" });
    observe("hawser.client.io", receivedBytes, { direction: "received" });
    observe("hawser.client.io", sentBytes, { direction: "sent" });
    const waitingBytes = this.#client.waitingBytes();
    if (waitingBytes !== undefined) observe("hawser.client.send_queue.size", waitingBytes);
  }
}

/** What became of all calls of one kind. */
class CallEnds {
  readonly #kind: CallKind;
  readonly #ok: Take;
  readonly #error: Take;
  readonly #failures = new Map<CallOutcome, number>();
  #successes = 0;

  constructor(kind: CallKind, recorder: Recorder) {
    this.#kind = kind;
    this.#ok = recorder.histogram("hawser.client.call.duration", { kind, outcome: "ok" });
    this.#error = recorder.histogram("hawser.client.call.duration", { kind, outcome: "error" });
  }

  get kind(): CallKind {
    return this.#kind;
  }

  add(outcome: CallOutcome, seconds: number): void {
    if (outcome === "ok") {
      this.#successes += 1;
      this.#ok(seconds);
    } else {
      this.#failures.set(outcome, (this.#failures.get(outcome) ?? 0) + 1);
      this.#error(seconds);
    }
  }

  collect(observe: Observe): void {
    const kind = this.#kind;
    observe("hawser.client.calls", this.#successes, { kind, outcome: "ok" });
    for (const [outcome, count] of this.#failures) observe("hawser.client.calls", count, { kind, outcome });
  }
}

/** One call: a class, because there are so many of them. */
class TimedCall implements WatchedCall {
  readonly #ends: CallEnds;
  readonly #span: Span | undefined;
  readonly #began = performance.now();

  constructor(ends: CallEnds, span: Span | undefined) {
    this.#ends = ends;
    this.#span = span;
  }

  get trace(): TraceContext | undefined {
    return this.#ends.kind === "command" ? this.#span?.context : undefined;
  }

  settled(outcome: CallOutcome): void {
    this.#ends.add(outcome, (performance.now() - this.#began) / 1e3);
    this.#span?.end(outcome === "ok" ? undefined : outcome);
  }
}

type CallKind = "command" | "query";

const CLIENT_SPAN: SpanOptions = { kind: "client" };

type Take = (seconds: number) => void;

const STATES: readonly AttributesOf<"hawser.client.sessions">["state"][] = [
  "idle",
  "connecting",
  "connected",
  "waiting",
  "closing",
];
