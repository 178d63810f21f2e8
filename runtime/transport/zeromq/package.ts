import { createRequire } from "node:module";
import { InvalidArgumentError } from "../../protocol/errors.ts";

/** What is used of a CLIENT or SERVER socket of the `zeromq` package. */
export interface ZeromqSocket {
  /** Whether a frame can be received. Asking also makes the socket take note of what its I/O thread has told it. */
  readonly readable: boolean;
  readonly lastEndpoint: string | null;
  /** What happens to the socket's connections. Asking for it the first time costs two sockets and two descriptors. */
  readonly events: ZeromqEvents;
  linger: number;
  bind(address: string): Promise<void>;
  connect(address: string): void;
  send(frame: Uint8Array, peer?: { readonly routingId: number }): Promise<void>;
  receive(): Promise<readonly [frame: Buffer, peer?: { readonly routingId: number }]>;
  setStringOption(option: number, value: Buffer): void;
  close(): void;
}

/** What is used of a ROUTER socket of the package. */
export interface ZeromqRouter {
  readonly events: ZeromqEvents;
  bind(address: string): Promise<void>;
  send(parts: readonly (Uint8Array | string)[]): Promise<void>;
  receive(): Promise<readonly Buffer[]>;
  close(): void;
}

/** The events of one socket, of which one at a time may be waited for. The last one is `end`. */
export interface ZeromqEvents {
  receive(): Promise<ZeromqEvent>;
}

/** One of them. */
export interface ZeromqEvent {
  readonly type: string;
  /** Of `handshake:error:protocol`: what the peer did, in capital letters; of `:auth`: the status of ZAP. */
  readonly error?: Error & { readonly code?: string; readonly status?: number };
}

/** Options of the `zeromq` package that are set here, by its names. Times are milliseconds, sizes bytes. */
export interface ZeromqSocketOptions {
  readonly backlog?: number;
  readonly curvePublicKey?: string;
  readonly curveSecretKey?: string;
  /** Of a CLIENT: the public key that the server must have. */
  readonly curveServerKey?: string;
  readonly curveServer?: true;
  readonly handshakeInterval?: number;
  readonly ipv6: boolean;
  readonly linger: number;
  readonly maxMessageSize: number;
  readonly receiveHighWaterMark: number;
  readonly reconnectInterval?: number;
  readonly sendHighWaterMark: number;
  readonly sendTimeout: 0;
  readonly tcpKeepalive?: 1;
  readonly tcpKeepaliveCount?: number;
  readonly tcpKeepaliveIdle?: number;
  readonly tcpKeepaliveInterval?: number;
  readonly tcpMaxRetransmitTimeout?: number;
  /** Under which name libzmq asks the authenticator, and that it lets nobody in who was not asked for. */
  readonly zapDomain?: string;
  readonly zapEnforceDomain?: true;
}

/** Makes sockets of one context, at once and without any I/O of their own. */
export interface ZeromqSockets {
  open(kind: "Client" | "Server", options: ZeromqSocketOptions): ZeromqSocket;
  openRouter(): ZeromqRouter;
}

/**
 * Sockets that one process may have; a client's connection counts as three, for its events are looked at. libzmq's own
 * 1,023 would be the first limit that a load generator meets.
 */
const socketsMax = 65_535;

let sockets: ZeromqSockets | undefined;

/**
 * Loads the `zeromq` package the first time a socket is wanted: it is a native addon of some megabytes, and a program
 * that uses another transport need not have it. Throws `InvalidArgumentError` when it is not installed.
 */
export function loadZeromq(): ZeromqSockets {
  sockets ??= load();
  return sockets;
}

interface ZeromqPackage {
  readonly Context: new (options: { readonly maxSockets: number }) => object;
  readonly Router: new (options: { readonly context: object; readonly linger: 0 }) => ZeromqRouter;
}

type DraftPackage = Readonly<
  Record<"Client" | "Server", new (options: ZeromqSocketOptions & { context: object }) => ZeromqSocket>
>;

function load(): ZeromqSockets {
  const require = createRequire(import.meta.url);
  const { Context, Router } = requireZeromq(require);
  const draft = withoutDraftWarning(() => require("zeromq/draft") as DraftPackage);
  const context = new Context({ maxSockets: socketsMax });
  const open: ZeromqSockets["open"] = (kind, options) => new draft[kind]({ ...options, context });
  // The first socket starts the context's threads, which open descriptors of their own: get that over with, so that a
  // later socket opens exactly those that belong to it.
  open("Client", {
    ipv6: false,
    linger: 0,
    maxMessageSize: 0,
    receiveHighWaterMark: 1,
    sendHighWaterMark: 1,
    sendTimeout: 0,
  }).close();
  return { open, openRouter: () => new Router({ context, linger: 0 }) };
}

function requireZeromq(require: NodeJS.Require): ZeromqPackage {
  try {
    return require("zeromq") as ZeromqPackage;
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND";
    const what = isMissing ? "is not installed: npm install zeromq" : "cannot be loaded";
    throw new InvalidArgumentError(`the transport "zeromq" needs the package zeromq, which ${what}`, { cause });
  }
}

/**
 * The package warns once that its draft sockets may change. Its version is pinned here and its users cannot act on the
 * warning, so this one text is dropped; `load` is synchronous, hence nothing else is on the stack meanwhile.
 */
function withoutDraftWarning<T>(load: () => T): T {
  const emitWarning = process.emitWarning;
  const filtered = (...warning: Parameters<typeof emitWarning>): void => {
    if (!String(warning[0]).startsWith("ZeroMQ draft features are experimental")) {
      Reflect.apply(emitWarning, process, warning);
    }
  };
  process.emitWarning = filtered as typeof emitWarning;
  try {
    return load();
  } finally {
    process.emitWarning = emitWarning;
  }
}
