/**
 * What a server measures. Every figure of a server has the attribute `member`, its `memberId`; the attributes here are what
 * it has besides, with all values that they can take.
 *
 * A `gauge` and a `counter` are asked for when somebody collects; a `histogram` is told of each event, and holds seconds.
 */
export const serverMetrics = {
  "hawser.server.sessions": {
    kind: "gauge",
    unit: "{session}",
    description:
      "Sessions that this leader serves: those with a connection, those without, and those whose end is on its way into the log. 0 on a follower.",
    attributes: { state: ["connected", "detached", "ending"] },
  },
  "hawser.server.table.sessions": {
    kind: "gauge",
    unit: "{session}",
    description: "Sessions of the cluster, as far as this member has applied the log.",
    attributes: {},
  },
  "hawser.server.sessions.created": {
    kind: "counter",
    unit: "{session}",
    description: "Sessions that were created while this member led.",
    attributes: {},
  },
  "hawser.server.sessions.continued": {
    kind: "counter",
    unit: "{session}",
    description: "Sessions that came back on another connection.",
    attributes: {},
  },
  "hawser.server.sessions.ended": {
    kind: "counter",
    unit: "{session}",
    description: "Sessions that ended, by the reason in the log. Expired: no sign of life came in time.",
    attributes: { reason: ["ClientShutdown", "Expired", "CommandRefused", "QueryRefused", "WindowExceeded"] },
  },
  "hawser.server.handshakes.rejected": {
    kind: "counter",
    unit: "{handshake}",
    description:
      "Handshakes that were refused, by the reason that the client is told. NotLeader is the way to the leader.",
    attributes: {
      reason: [
        "NotLeader",
        "SessionExpired",
        "InvalidCapabilities",
        "Other",
        "UnsupportedVersion",
        "Overloaded",
        "ClusterUnavailable",
        "Unauthorized",
      ],
    },
  },
  "hawser.server.requests": {
    kind: "counter",
    unit: "{request}",
    description:
      "Commands that came, by what became of them. applied: for the first time; repeated: answered from what was kept (a dedup hit); under_way: came again before its answer; evicted: applied, and its answer is no longer kept; in_doubt: perhaps committed, its client asks again; refused: by the state machine, or too large.",
    attributes: {
      outcome: [
        "applied",
        "repeated",
        "under_way",
        "refused",
        "evicted",
        "overloaded",
        "unavailable",
        "in_doubt",
        "not_leader",
        "no_session",
      ],
    },
  },
  "hawser.server.requests.pending": {
    kind: "gauge",
    unit: "{request}",
    description: "Commands that were proposed and are neither applied nor failed.",
    attributes: {},
  },
  "hawser.server.queries": {
    kind: "counter",
    unit: "{query}",
    description: "Queries, by what became of them. unavailable: no read barrier could be passed.",
    attributes: { outcome: ["answered", "refused", "overloaded", "unavailable", "not_leader", "no_session"] },
  },
  "hawser.server.queries.pending": {
    kind: "gauge",
    unit: "{query}",
    description: "Queries that wait for a read barrier.",
    attributes: {},
  },
  "hawser.server.server_requests.pending": {
    kind: "gauge",
    unit: "{request}",
    description: "Server requests of all sessions that their clients have not acknowledged.",
    attributes: {},
  },
  "hawser.server.server_requests.sent": {
    kind: "counter",
    unit: "{request}",
    description: "Server requests that were sent to clients, each time counted.",
    attributes: {},
  },
  "hawser.server.server_requests.redelivered": {
    kind: "counter",
    unit: "{request}",
    description: "Those of them that this leader had sent before: no acknowledgement came, or the connection was lost.",
    attributes: {},
  },
  "hawser.server.overloads": {
    kind: "counter",
    unit: "{message}",
    description: "Messages that were not taken because a limit was met, by the name of the limit.",
    attributes: { limit: ["proposalQueueBytesMax", "sessionProposalsMax", "queriesPendingMax", "other"] },
  },
  "hawser.server.authorizations.refused": {
    kind: "counter",
    unit: "{handshake}",
    description:
      "Clients that were refused a session: by the authorize hook, because it came to no decision, or because the session belongs to another key.",
    attributes: { reason: ["denied", "undecided", "not_owner"] },
  },
  "hawser.server.rate_limits": {
    kind: "counter",
    unit: "{message}",
    description:
      "Connections, handshakes and frames that were over a rate, of their client or of all clients together.",
    attributes: {
      rate: ["connectionsPerSecond", "sessionsPerSecond", "requestsPerSecond", "bytesPerSecond"],
      scope: ["client", "total"],
    },
  },
  "hawser.server.faults": {
    kind: "counter",
    unit: "{fault}",
    description:
      "What should not happen: frames that are no message, messages that their session does not allow, a state machine that throws where it must not or refuses, snapshots that could not be stored.",
    attributes: { source: ["malformed_frame", "protocol_violation", "state_machine", "snapshot"] },
  },
  "hawser.server.leader": {
    kind: "gauge",
    unit: "{leader}",
    description: "1 on the member that leads, 0 on the others.",
    attributes: {},
  },
  "hawser.server.leadership.changes": {
    kind: "counter",
    unit: "{change}",
    description: "How often this member began to lead.",
    attributes: {},
  },
  "hawser.server.log.committed": {
    kind: "gauge",
    unit: "{entry}",
    description: "The newest entry of the log that this member knows to be committed.",
    attributes: {},
  },
  "hawser.server.log.applied": {
    kind: "gauge",
    unit: "{entry}",
    description: "The newest entry of the log that this member has applied.",
    attributes: {},
  },
  "hawser.server.log.lag": {
    kind: "gauge",
    unit: "{entry}",
    description: "Entries that are committed and not applied yet.",
    attributes: {},
  },
  "hawser.server.proposal.duration": {
    kind: "histogram",
    unit: "s",
    description:
      "From the proposal of a batch's oldest record until the batch is committed: the wait for the commit before, and its own.",
    attributes: {},
  },
  "hawser.server.commit.duration": {
    kind: "histogram",
    unit: "s",
    description: "How long the engine took to commit one entry, or to say that it did not.",
    attributes: { outcome: ["committed", "failed"] },
  },
  "hawser.server.apply.duration": {
    kind: "histogram",
    unit: "s",
    description: "How long it took to apply one entry of the log, with the state machine, and to answer its clients.",
    attributes: {},
  },
  "hawser.server.read_barrier.duration": {
    kind: "histogram",
    unit: "s",
    description: "How long a read barrier took, which queries wait for.",
    attributes: { outcome: ["passed", "failed"] },
  },
  "hawser.server.snapshot.duration": {
    kind: "histogram",
    unit: "s",
    description: "How long it took to take a snapshot and to store it.",
    attributes: { outcome: ["stored", "failed"] },
  },
  "hawser.server.connections": {
    kind: "gauge",
    unit: "{connection}",
    description: "Connections, those in the middle of the transport's handshake apart.",
    attributes: { state: ["ready", "handshaking"] },
  },
  "hawser.server.connections.dropped": {
    kind: "counter",
    unit: "{connection}",
    description:
      "Connections that the server ended: for what came over them, or because their session has another one now.",
    attributes: {},
  },
  "hawser.server.connections.refused": {
    kind: "counter",
    unit: "{connection}",
    description:
      "Connections that did not stand: a wrong mechanism, a key that is not on the list, no handshake in time.",
    attributes: {},
  },
  "hawser.server.frames": {
    kind: "counter",
    unit: "{frame}",
    description: "Frames between this server and its clients.",
    attributes: { direction: ["received", "sent"] },
  },
  "hawser.server.io": {
    kind: "counter",
    unit: "By",
    description: "Bytes of those frames, without what the transport adds.",
    attributes: { direction: ["received", "sent"] },
  },
  "hawser.server.send_queue.size": {
    kind: "gauge",
    unit: "By",
    description: "Bytes that wait to be sent, on all connections together.",
    attributes: {},
  },
  "hawser.server.send_queue.throttled": {
    kind: "gauge",
    unit: "{connection}",
    description: "Connections from which nothing is read because their clients do not take what is sent to them.",
    attributes: {},
  },
} as const;

/** What a process measures, whichever ends run in it. */
export const processMetrics = {
  "hawser.process.event_loop.delay": {
    kind: "gauge",
    unit: "s",
    description: "How much later than due timers of this process ran, over the last ten to twenty seconds.",
    attributes: { statistic: ["p50", "p99", "max"] },
  },
} as const;
