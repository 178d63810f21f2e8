import type { LiveSession } from "./live-session.ts";
import type { SessionTable } from "./session-table.ts";

/** What a server has to do with at the moment. */
export interface ServerLoad {
  /** Sessions that this leader serves and that have a connection. */
  readonly connected: number;
  /** Those without one. */
  readonly detached: number;
  /** Those whose end is on its way into the log. */
  readonly ending: number;
  /** Commands that were proposed and are neither applied nor failed. */
  readonly requestsPending: number;
  /** Queries, and questions for a session, that wait for a read barrier. */
  readonly readsPending: number;
  /** Server requests that are not acknowledged. */
  readonly serverRequestsPending: number;
}

/** Counts. Costs time in proportion to the sessions: about 5 ms for 100,000. */
export function serverLoad(table: SessionTable, live: Iterable<LiveSession>, readsPending: number): ServerLoad {
  let connected = 0;
  let detached = 0;
  let ending = 0;
  let requestsPending = 0;
  for (const session of live) {
    if (session.ending) ending += 1;
    else if (session.connection === undefined) detached += 1;
    else connected += 1;
    requestsPending += session.proposalCount;
  }
  let serverRequestsPending = 0;
  for (const session of table.sessions.values()) serverRequestsPending += session.outbox.length;
  return { connected, detached, ending, requestsPending, readsPending, serverRequestsPending };
}
