import type { ClientStatus } from "../protocol/client-events.ts";
import { limits } from "../protocol/limits.ts";
import type { ServerReport } from "../protocol/server-events.ts";

/** Takes lines of a log: a logger of pino, or anything of that shape. Must not throw. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** What a log is written with. */
export interface LoggingOptions {
  readonly logger: Logger;
  /** In every line: the name of a server, say. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Whether the names of sessions, keys and addresses of clients may be in the log. */
  readonly logSessionIds: boolean;
  /** Monotonic milliseconds. */
  readonly now: () => number;
}

/**
 * Writes what a server reports. Payloads and keys are in no line, and neither are the texts of errors that the application
 * or a peer may have put some into: of those the class and the code are. What a hostile peer can bring about at will comes
 * once in `limits.logIntervalMs`, with the number of those that were left out.
 */
export function serverLog(options: LoggingOptions): (report: ServerReport) => void {
  return new Log<ServerReport>(options, serverLines).write;
}

/** Writes what becomes of a client, likewise. */
export function clientLog(options: LoggingOptions): (status: ClientStatus) => void {
  return new Log<ClientStatus>(options, clientLines).write;
}

class Log<Event extends { readonly type: string }> {
  readonly #options: LoggingOptions;
  readonly #lines: Lines<Event>;
  readonly #gates = new Map<string, { openAt: number; leftOut: number }>();

  constructor(options: LoggingOptions, lines: Lines<Event>) {
    this.#options = options;
    this.#lines = lines;
  }

  readonly write = (event: Event): void => {
    const line = this.#lines[event.type as Event["type"]] as Line<Event>;
    const leftOut = line.isFrequent === true ? this.#leftOut(event.type) : 0;
    if (leftOut === undefined) return;
    const { logger, fields, logSessionIds } = this.#options;
    const level = typeof line.level === "function" ? line.level(event) : line.level;
    const named = logSessionIds ? { ...sessionOf(event), ...line.identity?.(event) } : {};
    const counted = leftOut > 0 ? { leftOut } : {};
    logger[level]({ ...fields, event: event.type, ...line.fields?.(event), ...named, ...counted }, line.message);
  };

  /** How many like it were left out before this one; `undefined` where this one is to be left out too. */
  #leftOut(type: string): number | undefined {
    const now = this.#options.now();
    const gate = this.#gates.get(type) ?? { openAt: Number.NEGATIVE_INFINITY, leftOut: 0 };
    this.#gates.set(type, gate);
    if (now < gate.openAt) {
      gate.leftOut += 1;
      return undefined;
    }
    const { leftOut } = gate;
    gate.openAt = now + limits.logIntervalMs;
    gate.leftOut = 0;
    return leftOut;
  }
}

/** How one kind of event is told. */
interface Line<Event> {
  readonly level: Level | ((event: Event) => Level);
  readonly message: string;
  readonly fields?: (event: Event) => Readonly<Record<string, unknown>>;
  /** What may tell whose it was, besides the session: only for those who want it. */
  readonly identity?: (event: Event) => Readonly<Record<string, unknown>>;
  /** Others can bring it about as often as they like. */
  readonly isFrequent?: true;
}

type Level = "debug" | "info" | "warn" | "error";

type Lines<Event extends { readonly type: string }> = {
  readonly [Type in Event["type"]]: Line<Extract<Event, { readonly type: Type }>>;
};

const serverLines: Lines<ServerReport> = {
  leading: { level: "info", message: "this member leads", fields: ({ term }) => ({ term }) },
  following: { level: "info", message: "this member follows", fields: ({ leader }) => ({ leader }) },
  sessionCreated: { level: "debug", message: "a session was created" },
  sessionContinued: { level: "debug", message: "a session came back" },
  sessionDetached: { level: "debug", message: "a session lost its connection" },
  sessionEnded: {
    level: ({ reason }) => (reason === "ClientShutdown" ? "debug" : "info"),
    message: "a session has ended",
    fields: ({ reason }) => ({ reason }),
  },
  sessionRefused: {
    level: "warn",
    message: "a session was refused",
    fields: ({ reason }) => ({ reason }),
    isFrequent: true,
  },
  unauthorized: {
    level: "warn",
    message: "a client was refused its session",
    fields: ({ action }) => ({ action }),
    identity: ({ client, detail }) => ({ ...client, detail }),
    isFrequent: true,
  },
  authorizationFailed: {
    level: "error",
    message: "nobody could decide about a client",
    fields: ({ error }) => ({ error: classOf(error) }),
    isFrequent: true,
  },
  notOwner: {
    level: "warn",
    message: "a client wanted to go on with a session that is not its own",
    identity: ({ client }) => ({ ...client }),
    isFrequent: true,
  },
  rateLimited: {
    level: "warn",
    message: "a client asks for more than its share",
    fields: ({ rate, scope, requests }) => ({ rate, scope, requests }),
    identity: ({ client }) => ({ ...client }),
    isFrequent: true,
  },
  insecure: {
    level: "warn",
    message: "listens where others can reach it, with a transport that lets everybody in",
    fields: ({ address }) => ({ address }),
  },
  connectionRefused: {
    level: "warn",
    message: "somebody connected and did not become a client",
    fields: ({ reason }) => ({ reason }),
    identity: ({ client }) => ({ ...client }),
    isFrequent: true,
  },
  stateMachineError: {
    level: ({ sessionId }) => (sessionId === undefined ? "error" : "info"),
    message: "the state machine threw",
    fields: ({ error }) => ({ error: classOf(error) }),
    isFrequent: true,
  },
  malformedFrame: {
    level: "warn",
    message: "a peer sent what is no message",
    fields: ({ error }) => ({ error: classOf(error) }),
    isFrequent: true,
  },
  protocolViolation: {
    level: "warn",
    message: "a peer sent what its session does not allow",
    fields: ({ problem }) => ({ problem }),
    isFrequent: true,
  },
  snapshotFailed: {
    level: "error",
    message: "a snapshot could not be stored",
    fields: ({ index, error }) => ({ index, error: { ...classOf(error), message: messageOf(error) } }),
  },
  overloaded: {
    level: "warn",
    message: "a limit was met",
    fields: ({ limit }) => ({ limit }),
    isFrequent: true,
  },
};

const clientLines: Lines<ClientStatus> = {
  connecting: {
    level: "debug",
    message: "asks a member for a session",
    fields: ({ memberId, address }) => ({ memberId, address }),
  },
  connected: {
    level: "info",
    message: "has its session",
    fields: ({ memberId, continued, protocolVersion, sessionTimeoutMs }) => {
      return { memberId, continued, protocolVersion, sessionTimeoutMs };
    },
  },
  members: { level: "info", message: "the cluster said who its members are", fields: ({ members }) => ({ members }) },
  disconnected: {
    level: "warn",
    message: "has no connection",
    fields: ({ reason, retryInMs }) => ({ reason, retryInMs }),
  },
  circuit: {
    level: "info",
    message: "a member's circuit breaker has changed",
    fields: ({ memberId, address, state }) => ({ memberId, address, state }),
  },
  leaderChanged: { level: "info", message: "was told who leads", fields: ({ leader }) => ({ leader }) },
  sessionSaved: { level: "debug", message: "the session is stored" },
  sessionNotSaved: {
    level: "warn",
    message: "the session could not be stored",
    identity: ({ reason }) => ({ reason }),
  },
  sessionExpired: { level: "error", message: "the cluster ended the session", fields: ({ error }) => codeOf(error) },
  sessionRejected: {
    level: "error",
    message: "the cluster refused the session",
    fields: ({ error }) => codeOf(error),
    identity: ({ error }) => ({ reason: error.message }),
  },
  closed: { level: "info", message: "the application closed the client" },
};

/** Which session an event is about. */
function sessionOf(event: object): Readonly<Record<string, unknown>> {
  return "sessionId" in event && event.sessionId !== undefined ? { sessionId: event.sessionId } : {};
}

/** What can be told of an error without its text; of bytes that are no message, where the trouble is. */
function classOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { name: typeof error };
  const path = "path" in error && "offset" in error ? { path: error.path, offset: error.offset } : {};
  return { name: error.name, ...codeOf(error), ...path };
}

function codeOf(error: Error): Readonly<Record<string, unknown>> {
  return "code" in error ? { code: error.code } : {};
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
