/**
 * What clients measure. Those of one process that share a telemetry are added up: an attribute for each client would have
 * as many values as there are clients.
 */
export const clientMetrics = {
  "hawser.client.sessions": {
    kind: "gauge",
    unit: "{session}",
    description: "Clients that are not over, by where their connection stands.",
    attributes: { state: ["idle", "connecting", "connected", "waiting", "closing"] },
  },
  "hawser.client.sessions.ended": {
    kind: "counter",
    unit: "{session}",
    description: "Clients that are over: closed by the application, expired, or refused by the cluster.",
    attributes: { reason: ["closed", "expired", "rejected"] },
  },
  "hawser.client.connection.attempts": {
    kind: "counter",
    unit: "{attempt}",
    description: "Members that were asked for the session.",
    attributes: {},
  },
  "hawser.client.connections": {
    kind: "counter",
    unit: "{connection}",
    description: "Attempts that brought a connection, for a new session or for the one from before.",
    attributes: { session: ["created", "continued"] },
  },
  "hawser.client.disconnections": {
    kind: "counter",
    unit: "{connection}",
    description: "Connections, and attempts at one, that came to nothing.",
    attributes: {},
  },
  "hawser.client.redirects": {
    kind: "counter",
    unit: "{redirect}",
    description: "Answers that another member leads, or that none does.",
    attributes: {},
  },
  "hawser.client.circuits": {
    kind: "gauge",
    unit: "{member}",
    description: "Members by the state of their circuit breaker: asked as ever, passed over, or asked once to see.",
    attributes: { state: ["closed", "open", "half-open"] },
  },
  "hawser.client.calls": {
    kind: "counter",
    unit: "{call}",
    description: "Commands and queries that are settled, by their outcome: ok, or the code of the error.",
    attributes: {
      kind: ["command", "query"],
      outcome: [
        "ok",
        "ERR_ABORTED",
        "ERR_CLOSED",
        "ERR_DISCONNECTED",
        "ERR_INVALID_REQUEST",
        "ERR_INVALID_RESULT",
        "ERR_OVERLOADED",
        "ERR_PAYLOAD_TOO_LARGE",
        "ERR_RESPONSE_EVICTED",
        "ERR_TIMEOUT",
        "ERR_CONNECT_TIMEOUT",
        "ERR_SESSION_EXPIRED",
        "ERR_SESSION_REJECTED",
        "ERR_UNAUTHORIZED",
      ],
    },
  },
  "hawser.client.calls.pending": {
    kind: "gauge",
    unit: "{call}",
    description: "Commands and queries without an answer.",
    attributes: {},
  },
  "hawser.client.calls.resent": {
    kind: "counter",
    unit: "{call}",
    description:
      "Times that a command or query was sent again: on a new connection, for want of an answer, or as the server asked.",
    attributes: {},
  },
  "hawser.client.call.duration": {
    kind: "histogram",
    unit: "s",
    description: "From the call to its answer.",
    attributes: { kind: ["command", "query"], outcome: ["ok", "error"] },
  },
  "hawser.client.keep_alive.duration": {
    kind: "histogram",
    unit: "s",
    description: "From a keep-alive to its answer.",
    attributes: {},
  },
  "hawser.client.server_requests": {
    kind: "counter",
    unit: "{request}",
    description: "Server requests that came, each once.",
    attributes: {},
  },
  "hawser.client.frames": {
    kind: "counter",
    unit: "{frame}",
    description: "Frames between these clients and their servers.",
    attributes: { direction: ["received", "sent"] },
  },
  "hawser.client.io": {
    kind: "counter",
    unit: "By",
    description: "Bytes of those frames, without what the transport adds.",
    attributes: { direction: ["received", "sent"] },
  },
  "hawser.client.send_queue.size": {
    kind: "gauge",
    unit: "By",
    description: "Bytes that wait to be sent, on all connections together.",
    attributes: {},
  },
} as const;
