import { type AdminLimits, adminLimits } from "./admin-limits.ts";

/**
 * Every bound and default in one place, with its unit and its reason. What a deployment may want to change is an option
 * of the client or the server and takes its default from here; the rest is fixed.
 */
export interface Limits extends AdminLimits {
  /** Longest payload of a command, query or server request, and longest result. 1 MiB keeps one entry of the log small. */
  readonly payloadBytesMax: number;
  /** Longest frame that a transport takes from a peer: a payload of the greatest length and room for all other fields. */
  readonly frameBytesMax: number;
  /**
   * Longest entry of the log: a batch, or one command of the greatest length with its session and ids. Leaves room below
   * the 1.5 MiB that etcd takes in one request.
   */
  readonly entryBytesMax: number;
  /** Bytes of records in one batch, though more are waiting. 1 MiB suits every engine's store. */
  readonly batchBytesMax: number;
  /** Commands at which a batch is proposed although more are waiting: bounds the time of one apply. */
  readonly batchRecordsMax: number;
  /**
   * How long a record waits for others that came in the same turn of the event loop. A turn is over in less, but for one in
   * which thousands of clients come at once.
   */
  readonly batchWaitMaxMs: number;
  /**
   * Commands of one session in one record of the log, and bytes of their payloads; a longer one is alone in its record. What
   * a frame brings fits; more would let a session keep the others waiting for longer and gain nothing.
   */
  readonly runCommandsMax: number;
  readonly runBytesMax: number;
  /** Bytes of records that may wait to be proposed; more are refused (in version 1: dropped) and come again. */
  readonly proposalQueueBytesMax: number;
  /**
   * Bytes of proposals that an engine holds between `propose` and the end of `onEntry`; more are refused. Bounds the
   * memory that a slow disk or a slow state machine can take.
   */
  readonly proposalBytesMax: number;
  /** How long an engine applies entries before timers and sockets have their turn. */
  readonly applyBurstMs: number;
  /** Bytes of entries and snapshot chunks at which a transaction of the embedded store is closed: bounds its time. */
  readonly transactionBytesMax: number;
  /** Records that one transaction of the embedded store deletes, so that forgetting a long log delays no proposal. */
  readonly transactionDeletionsMax: number;
  /**
   * Space of the disk that the embedded store leaves free for others; half of it for its own deletions, which need some
   * pages to free many. It must never meet a full disk: the `lmdb` package can crash the process when a write fails.
   */
  readonly diskReserveBytes: number;
  /** How long a second process waits for the word of the one that holds the data directory: only its pid is at stake. */
  readonly directoryLockAnswerMs: number;
  /** Bytes that may wait on one connection. A peer that does not read for so long is dropped; it comes back by itself. */
  readonly connectionQueueBytesMax: number;
  /** Counted for each frame that waits, besides its bytes, so that empty frames cannot pile up without end. */
  readonly waitingFrameOverheadBytes: number;
  /**
   * Bytes for one peer that leave before the end of the turn, so that it can begin while we go on. Less would cost more
   * system calls than it gains.
   */
  readonly sendEarlyBytes: number;
  /** Bytes handed to the kernel at once, so that a peer with a long queue lets the others have their turn. */
  readonly sendBurstBytes: number;
  /** How long one peer's frames are processed before the other peers, timers and disks have their turn. */
  readonly receiveBurstMs: number;
  /** The same where no other peer has sent anything for 10 s. */
  readonly loneReceiveBurstMs: number;
  /** How long a closing connection may take to send what is queued. */
  readonly closeLingerMs: number;
  /** How long a connection may take to finish the transport's handshake. */
  readonly handshakeTimeoutMs: number;
  /** Connections of one listener. As many as sessions: each costs about 7 KB. */
  readonly connectionsMax: number;
  /**
   * Connections in the middle of the handshake. The oldest one is closed for a new one: an honest peer is done in ms, but
   * for a storm of all clients that come back together, which must fit in here as a whole.
   */
  readonly handshakesMax: number;
  /** How long a server of CURVE keeps a key of its cookies; a cookie is good for half of that, a handshake is done before. */
  readonly cookieKeyLifetimeMs: number;
  /** Longest command of the transport itself: some properties of a peer. Messages are frames and may be longer. */
  readonly commandBytesMax: number;
  /** How often an end of a connection looks whether both have said something; if not, it asks for a sign of life. */
  readonly heartbeatIntervalMs: number;
  /** Intervals of silence after which a peer counts as gone. Together below the session timeout: 60 s of 90 s. */
  readonly silentHeartbeatsMax: number;
  /** Connections that wait to be accepted: survives a storm of reconnecting clients. */
  readonly listenBacklog: number;

  /** Messages in one batch: past that nothing is gained, and the first of them need not wait for the rest. */
  readonly frameMessagesMax: number;
  /** Bytes of the messages in one batch. A longer message travels alone. */
  readonly frameMessageBytesMax: number;

  /** Commands and queries of one client that wait for their answer; more are refused with `ERR_OVERLOADED`. */
  readonly requestsInFlightMax: number;
  /**
   * Bytes of their payloads; more are refused likewise. Half of what may wait on a connection, so that everything can be
   * sent again on a new one.
   */
  readonly requestBytesInFlightMax: number;
  /** Server requests that wait in a client for the application; more stay on the server and are sent again. */
  readonly serverRequestsBufferedMax: number;
  /** Status events kept for a reader that does not read: the oldest are dropped, the last one says where we are. */
  readonly statusEventsBufferedMax: number;

  /** Members of a cluster that a server tells its clients of, and that a client learns of from a server. */
  readonly membersMax: number;

  /** Sessions of one cluster. Each costs less than 1 KB, and what is kept for it. */
  readonly sessionsMax: number;
  /** How far a request id may lie above the session's lowest pending one: bounds the answers kept for a session. */
  readonly requestWindow: number;
  /** Bytes of answers kept for one session. Over it the oldest are forgotten: those commands stay applied once. */
  readonly cachedResponseBytesMax: number;
  /**
   * Sessions whose end is on its way because their lease has ended; more wait. As many as one entry of the log holds, so
   * that no command waits behind thousands of ends.
   */
  readonly expiriesInFlightMax: number;
  /** Server requests of one session without an acknowledgement: `send` then returns false to the state machine. */
  readonly serverRequestsPendingMax: number;
  /** Server requests sent to a client and not yet acknowledged; the rest wait for acknowledgements. */
  readonly serverRequestsInFlightMax: number;
  /** Bytes of those payloads; one that is longer goes alone. Well below what may wait on a connection. */
  readonly serverRequestBytesInFlightMax: number;
  /** Commands of one session between proposal and apply; more are refused (in version 1: dropped) and come again. */
  readonly sessionProposalsMax: number;
  /** Queries of all sessions that wait for a read barrier; more are refused (in version 1: dropped) and come again. */
  readonly queriesPendingMax: number;
  /** Pieces of work of all sessions that are not done: `add` then returns undefined to the state machine. */
  readonly workPendingMax: number;
  /** Bytes of their payloads: they are in the memory of every member. */
  readonly workPendingBytesMax: number;
  /**
   * Pieces of work of one capability that a session has at a time. Enough to keep a client busy over a slow network, few
   * enough that a slow client holds up little and a new one gets something to do.
   */
  readonly workHeldMax: number;
  /** Entries in a client's capabilities. */
  readonly capabilitiesMax: number;
  /** Bytes of the names and values in a client's capabilities. */
  readonly capabilityBytesMax: number;
  /** Bytes of the reason for which a command or query was refused, in UTF-8; the rest is cut off. */
  readonly refusalBytesMax: number;
  /** Longest chunk in which the application's state goes into a snapshot. Small enough for every engine's store. */
  readonly snapshotChunkBytesMax: number;

  /** Default of the server's `sessionTimeoutMs`: deployed peers expect 90 s, three keep-alives. */
  readonly sessionTimeoutMs: number;
  /** Default of the server's `sessionTimeoutMinMs`: three keep-alives of a third of a second. */
  readonly sessionTimeoutMinMs: number;
  /** Default of the server's `sessionTimeoutMaxMs`: what a client that is gone leaves behind stays for so long. */
  readonly sessionTimeoutMaxMs: number;
  /** How long a server that cannot take something asks its client to wait. */
  readonly retryAfterMs: number;
  /** The longest that it asks for: who is over a limit for longer is told so again. */
  readonly retryAfterMaxMs: number;
  /** How long whoever decides about a handshake may take. Less than its client waits for the answer. */
  readonly authorizationTimeoutMs: number;
  /** Handshakes about which nothing is decided yet; more are refused. A storm of all clients fits in, as it does before. */
  readonly authorizationsPendingMax: number;
  /**
   * Default of `admission.perClient.connectionsPerSecond`: what one address or key may make others wait for. A tenth of what
   * a server can take, so that one that does nothing but connect leaves room for others.
   */
  readonly connectionsPerSecond: number;
  /** Default of `admission.perClient.sessionsPerSecond`, likewise. */
  readonly sessionsPerSecond: number;
  /**
   * For how many seconds' worth of those one may come at once. Together with them `sessionsMax`: behind one address there
   * may be every client of the cluster, and after a restart they all come back together.
   *
   * Requests and bytes have no default, and neither has the total: a client that is let in may take what it can while
   * nobody else wants it, `sessionProposalsMax` and the turns of the transport keep it from taking more, and only the
   * operator knows what is much.
   */
  readonly admissionBurstSeconds: number;
  /**
   * Clients without a connection of which is remembered what they have had. Each costs less than 1 KB. Who comes from more
   * addresses than that is not held by limits for each, but by those in total.
   */
  readonly idleAccountsMax: number;
  /** Default of the client's `keepAliveIntervalMs`: deployed peers expect 30 s. */
  readonly keepAliveIntervalMs: number;
  /** Default of the client's `connectionTimeoutMs`, for one attempt at one member: deployed peers expect 5 s. */
  readonly connectionTimeoutMs: number;
  /** Default of `resendAfterMs`, after which an unanswered request is sent again: deployed peers expect 10 s. */
  readonly resendAfterMs: number;
  /** Default of the client's `requestTimeoutMs`, after which a command or query fails. */
  readonly requestTimeoutMs: number;
  /** Default of the client's `connectTimeoutMs`, for `connect` as a whole. */
  readonly connectTimeoutMs: number;
  /** How long a stopping server waits until everything that was proposed is applied and answered. */
  readonly drainTimeoutMs: number;
  /** How long `close` waits for the server's word that the session is closed. */
  readonly closeTimeoutMs: number;
  /** First delay between attempts to connect. */
  readonly backoffMinMs: number;
  /** Longest delay between rounds of attempts at members none of which answers. */
  readonly backoffMaxMs: number;
  /** Longest delay between attempts while members answer, but none of them leads: an election is over in seconds. */
  readonly electionBackoffMaxMs: number;
  /** Attempts at one member in a row without an answer after which it is passed over: two may be lost to a restart. */
  readonly circuitFailuresMax: number;
  /** How long it is passed over at least where others can be asked, even if it refused connections at once. */
  readonly circuitOpenMinMs: number;
  /** And at most: as long as two attempts that wait for `connectionTimeoutMs`. */
  readonly circuitOpenMaxMs: number;
  /**
   * Request ids that a client which keeps its session sets aside at once, and which a restart leaves out. Half of them are
   * left when more are set aside: at 50,000 commands a second a disk has 100 ms to store a token.
   */
  readonly requestIdsReserved: number;
  /** Between two looks through a client's calls for what is due: bounds what calls of many deadlines cost. */
  readonly callScanMs: number;
  /** After which a token that could not be stored is stored again. */
  readonly saveRetryMs: number;
  /** Events kept for a reader of `client.events()` that does not read: a few seconds of a busy client. */
  readonly clientEventsBufferedMax: number;
  /** Between two lines of a log about what a hostile peer can bring about at will. */
  readonly logIntervalMs: number;
  /** Commands of one server whose traces are followed at a time: of more, the oldest are let go. */
  readonly tracedRequestsMax: number;
  /** Redirects followed at once; after so many in a row the backoff applies, so that a circle of hints cannot spin. */
  readonly redirectsMax: number;
  /** Log entries after which the server takes a snapshot: bounds the time of a restart. */
  readonly snapshotEntries: number;
  /** Bytes of log entries after which the server takes a snapshot: bounds the store. */
  readonly snapshotBytes: number;
  // Of the engine on etcd: what it asks of a store that is elsewhere.

  /** Longest answer of etcd that is taken: several pages of the log, and many entries of the greatest length. */
  readonly etcdResponseBytesMax: number;
  /** How long calls over a connection go unanswered before it is given up: longer than a member of etcd takes to restart. */
  readonly etcdSilenceMaxMs: number;
  /** How long etcd may take to check a password, which it does slowly on purpose. */
  readonly etcdAuthenticationTimeoutMs: number;
  /** How long a start waits for an etcd that does not answer, or has no majority, before it fails. */
  readonly etcdStartTimeoutMs: number;
  /** One request of the start, of a snapshot or of its loading; those of the log have shorter times of their own. */
  readonly etcdRequestTimeoutMs: number;
  /** How long a request of a snapshot is repeated while etcd does not answer: longer than a member takes to be replaced. */
  readonly etcdPatienceMs: number;
  /** Default of the engine's `electionTimeoutMs`: longer than etcd's own change of leader takes on a good day. */
  readonly etcdElectionTimeoutMs: number;
  /** Default of the engine's `storageQuotaBytes`: etcd's own. */
  readonly etcdStorageQuotaBytes: number;
  /** How often the size of etcd's store is looked at. */
  readonly etcdStorageCheckIntervalMs: number;
  /** How long etcd keeps what keys were before: a member that was away for less need not load the log anew. */
  readonly etcdHistoryMs: number;
  /** Longest snapshot in etcd, all chunks together: more would fill its store, and its caches, in a few rounds. */
  readonly etcdSnapshotBytesMax: number;
  /** Longest chunk of a snapshot in etcd: leaves room below the 1.5 MiB of one request. */
  readonly etcdChunkBytesMax: number;
  /** Keys that one request deletes after a snapshot, so that forgetting a long log delays no proposal. */
  readonly etcdDeletionsMax: number;
  /** Entries of one append: etcd takes 128 operations in a transaction. */
  readonly etcdAppendEntriesMax: number;
  /**
   * After which one attempt at a transaction of the log is repeated elsewhere: etcd itself gives up a request that was
   * lost with its leader after 7 s.
   */
  readonly etcdAttemptTimeoutMs: number;
  /** How long attempts at the same append, barrier or claim go on before it is given up. */
  readonly etcdSettleTimeoutMs: number;
  /** Between an attempt that failed and the next. */
  readonly etcdRetryPauseMs: number;
  /** How long a watch may show nothing before it is asked for a sign of life, and between one such question and the next. */
  readonly etcdProgressIntervalMs: number;
  /** How long it may show nothing before it is replaced: three questions without an answer. */
  readonly etcdWatchSilenceMaxMs: number;
  /** Bytes of a page when the log is loaded. */
  readonly etcdPageBytes: number;
  /** Entries of a page, however short they are. */
  readonly etcdPageEntriesMax: number;
}

const KiB = 1024;
const MiB = 1024 * KiB;

export const limits: Limits = {
  payloadBytesMax: 1 * MiB,
  frameBytesMax: 1 * MiB + 256 * KiB,
  entryBytesMax: 1 * MiB + 256 * KiB,
  batchBytesMax: 1 * MiB,
  batchRecordsMax: 1024,
  batchWaitMaxMs: 5,
  runCommandsMax: 256,
  runBytesMax: 64 * KiB,
  proposalQueueBytesMax: 64 * MiB,
  proposalBytesMax: 64 * MiB,
  applyBurstMs: 5,
  transactionBytesMax: 8 * MiB,
  transactionDeletionsMax: 128,
  diskReserveBytes: 16 * MiB,
  directoryLockAnswerMs: 1_000,
  connectionQueueBytesMax: 16 * MiB,
  waitingFrameOverheadBytes: 64,
  sendEarlyBytes: 72 * KiB,
  sendBurstBytes: 256 * KiB,
  receiveBurstMs: 0.01,
  loneReceiveBurstMs: 0.25,
  closeLingerMs: 1_000,
  handshakeTimeoutMs: 5_000,
  connectionsMax: 100_000,
  handshakesMax: 32_768,
  cookieKeyLifetimeMs: 60_000,
  commandBytesMax: 8 * KiB,
  heartbeatIntervalMs: 30_000,
  silentHeartbeatsMax: 2,
  listenBacklog: 4_096,

  frameMessagesMax: 256,
  frameMessageBytesMax: 64 * KiB,

  requestsInFlightMax: 10_000,
  requestBytesInFlightMax: 8 * MiB,
  serverRequestsBufferedMax: 1_000,
  statusEventsBufferedMax: 100,
  membersMax: 64,

  sessionsMax: 100_000,
  requestWindow: 65_536,
  cachedResponseBytesMax: 16 * MiB,
  expiriesInFlightMax: 1_024,
  serverRequestsPendingMax: 10_000,
  serverRequestsInFlightMax: 256,
  serverRequestBytesInFlightMax: 4 * MiB,
  sessionProposalsMax: 10_000,
  queriesPendingMax: 100_000,
  workPendingMax: 100_000,
  workPendingBytesMax: 256 * MiB,
  workHeldMax: 16,
  capabilitiesMax: 256,
  capabilityBytesMax: 16 * KiB,
  refusalBytesMax: 1 * KiB,
  snapshotChunkBytesMax: 256 * KiB,

  sessionTimeoutMs: 90_000,
  sessionTimeoutMinMs: 1_000,
  sessionTimeoutMaxMs: 3_600_000,
  retryAfterMs: 500,
  retryAfterMaxMs: 60_000,
  authorizationTimeoutMs: 4_000,
  authorizationsPendingMax: 32_768,
  connectionsPerSecond: 2_000,
  sessionsPerSecond: 2_000,
  admissionBurstSeconds: 50,
  idleAccountsMax: 32_768,
  keepAliveIntervalMs: 30_000,
  connectionTimeoutMs: 5_000,
  resendAfterMs: 10_000,
  requestTimeoutMs: 60_000,
  connectTimeoutMs: 30_000,
  drainTimeoutMs: 5_000,
  closeTimeoutMs: 2_000,
  backoffMinMs: 100,
  backoffMaxMs: 30_000,
  electionBackoffMaxMs: 2_000,
  circuitFailuresMax: 3,
  circuitOpenMinMs: 500,
  circuitOpenMaxMs: 10_000,
  requestIdsReserved: 10_000,
  callScanMs: 10,
  saveRetryMs: 1_000,
  clientEventsBufferedMax: 1_000,
  logIntervalMs: 1_000,
  tracedRequestsMax: 4_096,
  redirectsMax: 5,
  snapshotEntries: 10_000,
  snapshotBytes: 64 * MiB,

  etcdResponseBytesMax: 64 * MiB,
  etcdSilenceMaxMs: 2_000,
  etcdAuthenticationTimeoutMs: 5_000,
  etcdStartTimeoutMs: 30_000,
  etcdRequestTimeoutMs: 5_000,
  etcdPatienceMs: 20_000,
  etcdElectionTimeoutMs: 1_000,
  etcdStorageQuotaBytes: 2 * 1024 * MiB,
  etcdStorageCheckIntervalMs: 10_000,
  etcdHistoryMs: 300_000,
  etcdSnapshotBytesMax: 64 * MiB,
  etcdChunkBytesMax: 1 * MiB + 256 * KiB,
  etcdDeletionsMax: 1_000,
  etcdAppendEntriesMax: 64,
  etcdAttemptTimeoutMs: 500,
  etcdSettleTimeoutMs: 5_000,
  etcdRetryPauseMs: 50,
  etcdProgressIntervalMs: 300,
  etcdWatchSilenceMaxMs: 1_200,
  etcdPageBytes: 4 * MiB,
  etcdPageEntriesMax: 1_024,

  ...adminLimits,
};
