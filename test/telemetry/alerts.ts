import type { MetricName } from "../../runtime/telemetry/metrics.ts";

/** Something that a person should be told of. */
export interface Alert {
  readonly name: string;
  /** What its panel shows. */
  readonly metric: MetricName;
  /** In the language of Prometheus: true when it is time. */
  readonly expression: string;
  /** How long it has to be so. */
  readonly for: string;
  /** What it means, and where to look. */
  readonly meaning: string;
}

export const alerts: readonly Alert[] = [
  {
    name: "NoLeader",
    metric: "hawser.server.leader",
    expression: "sum(hawser_server_leader) == 0",
    for: "30s",
    meaning:
      "Nothing is committed. An election takes seconds; longer means that the members cannot reach the log's store.",
  },
  {
    name: "LeadersChangeOften",
    metric: "hawser.server.leadership.changes",
    expression: "sum(increase(hawser_server_leadership_changes_total[1h])) > 3",
    for: "0s",
    meaning: "Slow disks below the log, a bad network, or a leader whose event loop stands still.",
  },
  {
    name: "ApplyLagsBehind",
    metric: "hawser.server.log.lag",
    expression: "max by (member) (hawser_server_log_lag) > 1000",
    for: "1m",
    meaning: "A member applies more slowly than the cluster commits: look at apply.duration, and at the state machine.",
  },
  {
    name: "CommitsAreSlow",
    metric: "hawser.server.commit.duration",
    expression: "histogram_quantile(0.99, sum by (le) (rate(hawser_server_commit_duration_seconds_bucket[5m]))) > 0.1",
    for: "5m",
    meaning: "The disk, or etcd: its fsync and its network. The client's latency is never better than this.",
  },
  {
    name: "CommitsFail",
    metric: "hawser.server.commit.duration",
    expression: 'sum(rate(hawser_server_commit_duration_seconds_count{outcome="failed"}[5m])) > 0',
    for: "5m",
    meaning: "The store refuses: no majority, no space, or another leader.",
  },
  {
    name: "CallsAreSlow",
    metric: "hawser.client.call.duration",
    expression: "histogram_quantile(0.99, sum by (le) (rate(hawser_client_call_duration_seconds_bucket[5m]))) > 1",
    for: "5m",
    meaning:
      "Lay it beside proposal.duration, commit.duration and apply.duration: what is left is the network, or the client.",
  },
  {
    name: "CallsFail",
    metric: "hawser.client.calls",
    expression:
      'sum(rate(hawser_client_calls_total{outcome!~"ok|ERR_INVALID_REQUEST|ERR_ABORTED|ERR_CLOSED"}[5m])) / sum(rate(hawser_client_calls_total[5m])) > 0.01',
    for: "5m",
    meaning: "More than one call in a hundred: the code of the error says why.",
  },
  {
    name: "SessionsExpire",
    metric: "hawser.server.sessions.ended",
    expression: 'sum(rate(hawser_server_sessions_ended_total{reason="Expired"}[10m])) > 1',
    for: "10m",
    meaning: "Clients vanish without closing their sessions, or the network between is gone.",
  },
  {
    name: "Overloaded",
    metric: "hawser.server.overloads",
    expression: "sum by (limit) (rate(hawser_server_overloads_total[5m])) > 0",
    for: "5m",
    meaning: "More comes in than can be committed, or applied. Clients obey and come again: they see latency.",
  },
  {
    name: "SnapshotsFail",
    metric: "hawser.server.faults",
    expression: 'sum(rate(hawser_server_faults_total{source="snapshot"}[30m])) > 0',
    for: "5m",
    meaning: "The log grows. The report snapshotFailed, and the log of the server, say why.",
  },
  {
    name: "StrangersKnock",
    metric: "hawser.server.authorizations.refused",
    expression: "sum by (reason) (increase(hawser_server_authorizations_refused_total[5m])) > 10",
    for: "0s",
    meaning: "Somebody tries keys or sessions that are not his, or the authorize hook fails (undecided).",
  },
  {
    name: "ServerRequestsPileUp",
    metric: "hawser.server.server_requests.pending",
    expression:
      "sum(hawser_server_server_requests_pending) > 10000 and sum(deriv(hawser_server_server_requests_pending[10m])) > 0",
    for: "10m",
    meaning: "Clients do not acknowledge what they are sent: they are away, or too slow.",
  },
  {
    name: "ClientsDoNotRead",
    metric: "hawser.server.send_queue.throttled",
    expression: "sum(hawser_server_send_queue_throttled) > 0",
    for: "5m",
    meaning: "Clients that do not take their answers; the server reads nothing more from them.",
  },
  {
    name: "MembersArePassedOver",
    metric: "hawser.client.circuits",
    expression: 'sum(hawser_client_circuits{state="open"}) > 0',
    for: "5m",
    meaning: "A member does not answer its clients.",
  },
  {
    name: "EventLoopStandsStill",
    metric: "hawser.process.event_loop.delay",
    expression: 'max(hawser_process_event_loop_delay_seconds{statistic="p99"}) > 0.1',
    for: "1m",
    meaning: "Something holds the process up: the state machine, a snapshot, or the application around it.",
  },
];
