/** The bounds of the admin endpoint, a part of `limits`. It serves a few people and machines, and must not hold up clients. */
export interface AdminLimits {
  /** Connections to the endpoint; more are closed at once. A browser takes six, a machine that collects metrics one. */
  readonly adminConnectionsMax: number;
  /** Bytes of the head of a request. */
  readonly adminHeaderBytesMax: number;
  /** How long a request may take to come. */
  readonly adminRequestTimeoutMs: number;
  /** How long an answer may take to be read. */
  readonly adminAnswerTimeoutMs: number;
  /** How long a connection is kept without a request: longer than the page's pause between two. */
  readonly adminKeepAliveMs: number;
  /** Characters of a token. 16 at random cannot be guessed. */
  readonly adminTokenCharactersMin: number;
  /** The same: what goes into the head of a request without trouble. */
  readonly adminTokenCharactersMax: number;
  /** How many entries a member may be behind what it knows to be committed, and count as ready. */
  readonly adminReadyLagEntriesMax: number;
  /** How often figures are taken for the charts. */
  readonly adminSampleIntervalMs: number;
  /** How many of them are kept: ten minutes, in less than 200 KB. */
  readonly adminSamplesMax: number;
  /** Sessions in one answer. */
  readonly adminSessionsPerPageMax: number;
  /** How far into the sorted sessions a page may lie; who looks for one beyond filters. */
  readonly adminSessionsDepthMax: number;
  /** Characters of what sessions are filtered by. */
  readonly adminFilterCharactersMax: number;
  /** Characters of a session's capabilities that are shown. */
  readonly adminCapabilitiesCharactersMax: number;
  /** How long sessions are looked through before clients have their turn. */
  readonly adminScanBurstMs: number;
  /** How many may wait for their turn to look through the sessions; more are told to come again. */
  readonly adminScansWaitingMax: number;
}

const KiB = 1024;

export const adminLimits: AdminLimits = {
  adminConnectionsMax: 64,
  adminHeaderBytesMax: 8 * KiB,
  adminRequestTimeoutMs: 5_000,
  adminAnswerTimeoutMs: 10_000,
  adminKeepAliveMs: 10_000,
  adminTokenCharactersMin: 16,
  adminTokenCharactersMax: 512,
  adminReadyLagEntriesMax: 100,
  adminSampleIntervalMs: 2_000,
  adminSamplesMax: 300,
  adminSessionsPerPageMax: 100,
  adminSessionsDepthMax: 10_000,
  adminFilterCharactersMax: 128,
  adminCapabilitiesCharactersMax: 256,
  adminScanBurstMs: 2,
  adminScansWaitingMax: 8,
};
