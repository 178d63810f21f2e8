import type { ServerReport } from "../protocol/server-events.ts";
import type { ServerLoad } from "../protocol/server-load.ts";
import type { ServerTally } from "../protocol/server-tally.ts";
import type { Traffic } from "../shell/traffic.ts";
import type { AttributesOf } from "../telemetry/metrics.ts";
import type { Observe, Recorder, Telemetry } from "../telemetry/telemetry.ts";
import type { ListenerLoad } from "../transport/transport.ts";
import type { ConsensusEngine } from "./consensus.ts";
import { RequestTracing } from "./request-tracing.ts";
import { type EngineTimes, engineTimes, TimedEngine } from "./timed-engine.ts";

/** A server as one that can be asked for its figures. */
export interface MeasuredServer {
  memberId(): string;
  sessionCount(): number;
  appliedIndex(): number;
  tally(): Readonly<ServerTally>;
  traffic(): Readonly<Traffic>;
  load(): ServerLoad;
  listenerLoad(): ListenerLoad | undefined;
}

/** What a server with a telemetry does besides: it counts what it reports, times its engine and follows traces. */
export class ServerTelemetry {
  readonly #telemetry: Telemetry;
  readonly #server: MeasuredServer;
  readonly #engine: ConsensusEngine;
  readonly #counts = new ReportCounts();
  #recorder: Recorder | undefined;
  #times: EngineTimes | undefined;
  #proposed: ((seconds: number) => void) | undefined;
  #tracing: RequestTracing | undefined;

  constructor(telemetry: Telemetry, engine: ConsensusEngine, server: MeasuredServer) {
    this.#telemetry = telemetry;
    this.#server = server;
    this.#engine = engine;
  }

  /** Follows commands that are traced; `undefined` while there is none. */
  get tracing(): RequestTracing | undefined {
    return this.#tracing;
  }

  /** Takes how long the first record of a batch has waited until it was committed. */
  readonly committed = (seconds: number): void => this.#proposed?.(seconds);

  /** Options with an engine that is timed, and reports that are counted. */
  watching<Options extends WatchedOptions>(options: Options): Options {
    const { onReport } = options;
    return {
      ...options,
      engine: new TimedEngine(this.#engine, () => this.#times as EngineTimes),
      onReport: (report) => {
        this.#counts.add(report);
        onReport(report);
      },
    };
  }

  /** To be called before the engine is started. */
  attach(): void {
    const member = this.#server.memberId();
    const collect = (observe: Observe) => this.#collect(observe);
    this.#recorder = this.#telemetry.attach({ attributes: { member }, collect });
    this.#times = engineTimes(this.#recorder);
    this.#proposed = this.#recorder.histogram("hawser.server.proposal.duration", {});
    const { tracer } = this.#recorder;
    if (tracer !== undefined) this.#tracing = new RequestTracing(tracer);
  }

  /** The server has stopped. */
  detach(): void {
    this.#tracing?.discard("stopped");
    this.#recorder?.detach();
    this.#recorder = undefined;
  }

  #collect(observe: Observe): void {
    const tally = this.#server.tally();
    const traffic = this.#server.traffic();
    this.#collectSessions(observe);
    this.#collectLog(observe);
    this.#collectConnections(observe);
    this.#counts.collect(observe);
    for (const outcome of keysOf(tally.requests)) {
      observe("hawser.server.requests", tally.requests[outcome], { outcome });
    }
    for (const outcome of keysOf(tally.queries)) {
      observe("hawser.server.queries", tally.queries[outcome], { outcome });
    }
    for (const reason of keysOf(tally.rejected)) {
      observe("hawser.server.handshakes.rejected", tally.rejected[reason], { reason });
    }
    observe("hawser.server.connections.dropped", tally.drops);
    observe("hawser.server.server_requests.sent", tally.serverRequestsSent);
    observe("hawser.server.server_requests.redelivered", tally.serverRequestsRedelivered);
    observe("hawser.server.frames", traffic.receivedFrames, { direction: "received" });
    observe("hawser.server.frames", traffic.sentFrames, { direction: "sent" });
    observe("hawser.server.io", traffic.receivedBytes, { direction: "received" });
    observe("hawser.server.io", traffic.sentBytes, { direction: "sent" });
  }

  #collectSessions(observe: Observe): void {
    const load = this.#server.load();
    for (const state of ["connected", "detached", "ending"] as const) {
      observe("hawser.server.sessions", load[state], { state });
    }
    observe("hawser.server.table.sessions", this.#server.sessionCount());
    observe("hawser.server.requests.pending", load.requestsPending);
    observe("hawser.server.queries.pending", load.readsPending);
    observe("hawser.server.server_requests.pending", load.serverRequestsPending);
  }

  #collectLog(observe: Observe): void {
    const appliedIndex = this.#server.appliedIndex();
    const { leadership, committedIndex } = this.#engine;
    observe("hawser.server.leader", leadership.role === "leader" ? 1 : 0);
    observe("hawser.server.log.applied", appliedIndex);
    if (committedIndex === undefined) return;
    observe("hawser.server.log.committed", committedIndex);
    observe("hawser.server.log.lag", Math.max(0, committedIndex - appliedIndex));
  }

  #collectConnections(observe: Observe): void {
    const load = this.#server.listenerLoad();
    if (load === undefined) return;
    observe("hawser.server.connections", load.connections, { state: "ready" });
    observe("hawser.server.connections", load.handshaking, { state: "handshaking" });
    observe("hawser.server.send_queue.size", load.waitingBytes);
    observe("hawser.server.send_queue.throttled", load.throttled);
  }
}

/** The options that a telemetry changes. */
type WatchedOptions = {
  readonly engine: ConsensusEngine;
  readonly onReport: (report: ServerReport) => void;
};

/** What a server has reported, as numbers that only grow. */
class ReportCounts {
  #created = 0;
  #continued = 0;
  #leaderships = 0;
  #connectionsRefused = 0;
  readonly #ended: Record<AttributesOf<"hawser.server.sessions.ended">["reason"], number> = {
    ClientShutdown: 0,
    Expired: 0,
    CommandRefused: 0,
    QueryRefused: 0,
    WindowExceeded: 0,
  };
  readonly #faults: Record<AttributesOf<"hawser.server.faults">["source"], number> = {
    malformed_frame: 0,
    protocol_violation: 0,
    state_machine: 0,
    snapshot: 0,
  };
  readonly #overloads: Record<AttributesOf<"hawser.server.overloads">["limit"], number> = {
    proposalQueueBytesMax: 0,
    sessionProposalsMax: 0,
    queriesPendingMax: 0,
    other: 0,
  };
  readonly #unauthorized: Record<AttributesOf<"hawser.server.authorizations.refused">["reason"], number> = {
    denied: 0,
    undecided: 0,
    not_owner: 0,
  };
  readonly #rateLimits = new Map<string, RateLimit>();

  add(report: ServerReport): void {
    switch (report.type) {
      case "sessionCreated":
        this.#created += 1;
        return;
      case "sessionContinued":
        this.#continued += 1;
        return;
      case "leading":
        this.#leaderships += 1;
        return;
      case "sessionEnded":
        this.#ended[report.reason] += 1;
        return;
      case "malformedFrame":
        this.#faults.malformed_frame += 1;
        return;
      case "protocolViolation":
        this.#faults.protocol_violation += 1;
        return;
      case "stateMachineError":
        this.#faults.state_machine += 1;
        return;
      case "snapshotFailed":
        this.#faults.snapshot += 1;
        return;
      case "overloaded":
        this.#overloads[limitOf(report.limit)] += 1;
        return;
      case "connectionRefused":
        this.#connectionsRefused += 1;
        return;
      case "unauthorized":
        this.#unauthorized.denied += 1;
        return;
      case "authorizationFailed":
        this.#unauthorized.undecided += 1;
        return;
      case "notOwner":
        this.#unauthorized.not_owner += 1;
        return;
      case "rateLimited":
        this.#rateLimited(report.rate, report.scope);
        return;
      default: // What can be asked for, or is told once.
        return;
    }
  }

  collect(observe: Observe): void {
    observe("hawser.server.sessions.created", this.#created);
    observe("hawser.server.sessions.continued", this.#continued);
    observe("hawser.server.leadership.changes", this.#leaderships);
    observe("hawser.server.connections.refused", this.#connectionsRefused);
    for (const reason of keysOf(this.#ended)) {
      observe("hawser.server.sessions.ended", this.#ended[reason], { reason });
    }
    for (const source of keysOf(this.#faults)) observe("hawser.server.faults", this.#faults[source], { source });
    for (const limit of keysOf(this.#overloads)) observe("hawser.server.overloads", this.#overloads[limit], { limit });
    for (const reason of keysOf(this.#unauthorized)) {
      observe("hawser.server.authorizations.refused", this.#unauthorized[reason], { reason });
    }
    for (const { count, ...attributes } of this.#rateLimits.values()) {
      observe("hawser.server.rate_limits", count, attributes);
    }
  }

  #rateLimited(rate: RateLimit["rate"], scope: RateLimit["scope"]): void {
    const key = `${scope}/${rate}`;
    const limit = this.#rateLimits.get(key) ?? { rate, scope, count: 0 };
    limit.count += 1;
    this.#rateLimits.set(key, limit);
  }
}

type RateLimit = AttributesOf<"hawser.server.rate_limits"> & { count: number };

/** Limits that a report may name some day, and that have no place of their own yet, share one. */
function limitOf(limit: string): AttributesOf<"hawser.server.overloads">["limit"] {
  return limit === "proposalQueueBytesMax" || limit === "sessionProposalsMax" || limit === "queriesPendingMax"
    ? limit
    : "other";
}

function keysOf<Key extends string>(counts: Readonly<Record<Key, number>>): readonly Key[] {
  return Object.keys(counts) as Key[];
}
