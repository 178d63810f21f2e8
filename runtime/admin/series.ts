import type { CollectedName, HistogramName } from "../telemetry/metrics.ts";

/** The name of one line in a chart. */
export type SeriesId =
  | "commandsApplied"
  | "commandsRepeated"
  | "queriesAnswered"
  | "requestsFailed"
  | "proposalP50"
  | "proposalP99"
  | "commitP99"
  | "applyP50"
  | "applyP99"
  | "barrierP50"
  | "barrierP99"
  | "sessionsConnected"
  | "sessionsDetached"
  | "sessionsEnding"
  | "sessionsCreated"
  | "sessionsContinued"
  | "sessionsEnded"
  | "handshakesRejected"
  | "logLag"
  | "commandsPending"
  | "queriesPending"
  | "serverRequestsPending"
  | "serverRequestsSent"
  | "serverRequestsRedelivered"
  | "eventLoopP50"
  | "eventLoopP99"
  | "eventLoopMax"
  | "sendQueueBytes"
  | "connectionsReady"
  | "connectionsHandshaking"
  | "connectionsThrottled"
  | "bytesReceived"
  | "bytesSent"
  | "overloads"
  | "rateLimits"
  | "unauthorized"
  | "faults";

/** Where a line comes from. */
export type SeriesSource =
  /** The increase in a second of counters, with these values of an attribute or with all. */
  | { readonly kind: "rate"; readonly of: readonly CounterChoice[] }
  /** A gauge as it is. */
  | { readonly kind: "gauge"; readonly of: CounterChoice }
  /** Of what was timed since the sample before, in seconds: what so much of it took at most. */
  | { readonly kind: "quantile"; readonly of: HistogramName; readonly quantile: number };

/** Figures of a metric: those with one of these values of its attribute, or all. */
export interface CounterChoice {
  readonly name: CollectedName;
  readonly values?: readonly string[];
}

/** Every line of every chart: their order is that of the values in a sample. */
export const series: Readonly<Record<SeriesId, SeriesSource>> = {
  commandsApplied: rate({ name: "hawser.server.requests", values: ["applied"] }),
  commandsRepeated: rate({ name: "hawser.server.requests", values: ["repeated", "under_way"] }),
  queriesAnswered: rate({ name: "hawser.server.queries", values: ["answered"] }),
  requestsFailed: rate(
    {
      name: "hawser.server.requests",
      values: ["refused", "evicted", "overloaded", "unavailable", "in_doubt", "not_leader", "no_session"],
    },
    {
      name: "hawser.server.queries",
      values: ["refused", "overloaded", "unavailable", "not_leader", "no_session"],
    },
  ),
  proposalP50: quantile("hawser.server.proposal.duration", 0.5),
  proposalP99: quantile("hawser.server.proposal.duration", 0.99),
  commitP99: quantile("hawser.server.commit.duration", 0.99),
  applyP50: quantile("hawser.server.apply.duration", 0.5),
  applyP99: quantile("hawser.server.apply.duration", 0.99),
  barrierP50: quantile("hawser.server.read_barrier.duration", 0.5),
  barrierP99: quantile("hawser.server.read_barrier.duration", 0.99),
  sessionsConnected: gauge("hawser.server.sessions", "connected"),
  sessionsDetached: gauge("hawser.server.sessions", "detached"),
  sessionsEnding: gauge("hawser.server.sessions", "ending"),
  sessionsCreated: rate({ name: "hawser.server.sessions.created" }),
  sessionsContinued: rate({ name: "hawser.server.sessions.continued" }),
  sessionsEnded: rate({ name: "hawser.server.sessions.ended" }),
  handshakesRejected: rate({ name: "hawser.server.handshakes.rejected" }),
  logLag: gauge("hawser.server.log.lag"),
  commandsPending: gauge("hawser.server.requests.pending"),
  queriesPending: gauge("hawser.server.queries.pending"),
  serverRequestsPending: gauge("hawser.server.server_requests.pending"),
  serverRequestsSent: rate({ name: "hawser.server.server_requests.sent" }),
  serverRequestsRedelivered: rate({ name: "hawser.server.server_requests.redelivered" }),
  eventLoopP50: gauge("hawser.process.event_loop.delay", "p50"),
  eventLoopP99: gauge("hawser.process.event_loop.delay", "p99"),
  eventLoopMax: gauge("hawser.process.event_loop.delay", "max"),
  sendQueueBytes: gauge("hawser.server.send_queue.size"),
  connectionsReady: gauge("hawser.server.connections", "ready"),
  connectionsHandshaking: gauge("hawser.server.connections", "handshaking"),
  connectionsThrottled: gauge("hawser.server.send_queue.throttled"),
  bytesReceived: rate({ name: "hawser.server.io", values: ["received"] }),
  bytesSent: rate({ name: "hawser.server.io", values: ["sent"] }),
  overloads: rate({ name: "hawser.server.overloads" }),
  rateLimits: rate({ name: "hawser.server.rate_limits" }),
  unauthorized: rate({ name: "hawser.server.authorizations.refused" }),
  faults: rate({ name: "hawser.server.faults" }),
};

/** The names of all lines. */
export const seriesIds: readonly SeriesId[] = Object.keys(series) as SeriesId[];

function rate(...of: readonly CounterChoice[]): SeriesSource {
  return { kind: "rate", of };
}

function gauge(name: CollectedName, value?: string): SeriesSource {
  return { kind: "gauge", of: value === undefined ? { name } : { name, values: [value] } };
}

function quantile(of: HistogramName, share: number): SeriesSource {
  return { kind: "quantile", of, quantile: share };
}
