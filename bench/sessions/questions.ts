/** What the benchmark asks the process of the server. */
export type ServerQuestion = { readonly kind: "cpu" } | { readonly kind: "memory" } | { readonly kind: "expiry" };

export interface ServerAnswers {
  /** Microseconds of the processor that the process has used, all of its threads. */
  readonly cpu: number;
  readonly memory: MemoryFigures;
  readonly expiry: ExpiryFigures;
}

/** After garbage was collected. */
export interface MemoryFigures {
  /** Objects of JavaScript, and the bytes of buffers. */
  readonly heapBytes: number;
  /** Resident memory that is the process's own: without the pages of the store's file, which the system can take back. */
  readonly residentBytes: number;
}

/** Sessions that have expired, and when the first and the last of them did: milliseconds since the Unix epoch. */
export interface ExpiryFigures {
  readonly expired: number;
  readonly firstAt: number;
  readonly lastAt: number;
}

/** What it asks the process that plays all the clients. */
export type CrowdQuestion =
  | { readonly kind: "warmUp"; readonly sessions: number; readonly connections: number }
  | { readonly kind: "create"; readonly sessions: number; readonly connections: number }
  | { readonly kind: "connect"; readonly connections: number }
  | { readonly kind: "connectBare"; readonly connections: number }
  | { readonly kind: "keepAlives"; readonly perSecond: number }
  | { readonly kind: "keepAlivesSent" }
  | { readonly kind: "awaitAll" }
  | { readonly kind: "leave" };

export interface CrowdAnswers {
  /** Sessions were created and closed. */
  readonly warmUp: null;
  /** Sessions are created, one after the other over each connection, and left without one. */
  readonly create: { readonly elapsedMs: number };
  /** So many sessions have a connection of their own, and from here on dial again when they lose it. */
  readonly connect: { readonly elapsedMs: number };
  /** So many connections without sessions, to a server that sends back what it gets. */
  readonly connectBare: null;
  /** The pace of keep-alives, in turn over all connections, is set. */
  readonly keepAlives: null;
  readonly keepAlivesSent: { readonly sent: number; readonly answered: number };
  /** Every session that had a connection has one again. */
  readonly awaitAll: CrowdReturn;
  /** All connections are closed for good. */
  readonly leave: null;
}

/** How a crowd came back that had lost its connections. */
export interface CrowdReturn {
  /** When half of it, and when all of it, was back: milliseconds since the Unix epoch. */
  readonly halfAt: number;
  readonly allAt: number;
  /** Attempts to connect, those that failed with them. */
  readonly attempts: number;
  /** Sessions that the server did not know any more. */
  readonly lost: number;
}

/** What it asks the client whose commands are timed. Instants are milliseconds since the Unix epoch. */
export type ObserverQuestion =
  | { readonly kind: "begin" }
  | { readonly kind: "end"; readonly from: number; readonly until: number };

export interface ObserverAnswers {
  /** It sends commands from here on. */
  readonly begin: null;
  /** It sends none any more. Of those that were due in that time, and after the first answer, the times are these. */
  readonly end: CommandTimes;
}

/** How long commands took, from the instant at which each was due, sent or not. */
export interface CommandTimes {
  readonly commands: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}
