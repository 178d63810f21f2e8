import { type ChannelCredentials, credentials } from "@grpc/grpc-js";
import { InvalidArgumentError } from "../../protocol/errors.ts";
import type { Transaction, TransactionResult } from "./etcd-api.ts";
import { EtcdAuthentication } from "./etcd-authentication.ts";
import { EtcdConnection } from "./etcd-connection.ts";
import { EtcdRequestError } from "./etcd-failure.ts";
import { type Method, methods, transactionResultOf, txnRequestOf } from "./etcd-messages.ts";
import { EtcdWatch, type WatchedRange, type WatchHandlers } from "./etcd-watch.ts";

/** How to reach etcd. */
export interface EtcdClientOptions {
  /** `http://host:port`, or all of them `https://host:port`. */
  readonly endpoints: readonly string[];
  readonly tls: EtcdTls;
  readonly user: { readonly name: string; readonly password: string } | undefined;
}

/** Certificates and keys in PEM, as text or bytes: what the files hold, not their names. */
export interface EtcdTls {
  /** Who vouches for etcd's certificates. Default: whom Node trusts. */
  readonly ca?: string | Uint8Array | undefined;
  /** What to show etcd, if it asks for certificates of its clients; with `key`. */
  readonly cert?: string | Uint8Array | undefined;
  readonly key?: string | Uint8Array | undefined;
}

/** What a member of etcd says of itself. */
export interface EtcdStatus {
  readonly version: string;
  /** The same for all members of one cluster. */
  readonly clusterId: number;
  /** Of the store, as far as this member knows. */
  readonly revision: number;
  readonly storageBytes: number;
}

/**
 * Requests to a cluster of etcd: each goes to one member, the same until `rotate` goes on to the next. Calls and watches
 * go to members of their own. Nothing is tried twice, but for a request that was refused because of an outdated token.
 *
 * Errors: `EtcdRequestError`, which says what became of the request.
 */
export class EtcdClient {
  readonly #connections: readonly EtcdConnection[];
  readonly #authentication: EtcdAuthentication | undefined;
  readonly #current: { calls: number; watches: number } = { calls: 0, watches: 0 };

  /** Throws `InvalidArgumentError` for certificates that are none. */
  constructor({ endpoints, tls, user }: EtcdClientOptions) {
    this.#connections = endpoints.map((endpoint) => new EtcdConnection(endpoint, credentialsFor(endpoint, tls)));
    this.#authentication = user === undefined ? undefined : new EtcdAuthentication(user.name, user.password);
  }

  /** Calls, or watches, go to the next endpoint from now on. */
  rotate(of: "calls" | "watches"): void {
    this.#current[of] = (this.#current[of] + 1) % this.#connections.length;
  }

  async transact(transaction: Transaction, timeoutMs: number): Promise<TransactionResult> {
    const response = await this.#call(this.#connectionFor("calls"), methods.txn, txnRequestOf(transaction), timeoutMs);
    return transactionResultOf(transaction, response);
  }

  /** Makes etcd forget what keys were before `revision`. */
  async compact(revision: number, timeoutMs: number): Promise<void> {
    await this.#call(this.#connectionFor("calls"), methods.compact, { revision }, timeoutMs);
  }

  /** What each endpoint says of itself, or why it does not. */
  statuses(timeoutMs: number): Promise<readonly { readonly endpoint: string; readonly status: EtcdStatus | Error }[]> {
    return Promise.all(
      this.#connections.map(async (connection) => {
        const { endpoint } = connection;
        const status = await this.#status(connection, timeoutMs).catch((error: Error) => error);
        return { endpoint, status };
      }),
    );
  }

  /** What the member that requests go to says of itself. */
  status(timeoutMs: number): Promise<EtcdStatus> {
    return this.#status(this.#connectionFor("calls"), timeoutMs);
  }

  watch(range: WatchedRange, handlers: WatchHandlers): EtcdWatch {
    const connection = this.#connectionFor("watches");
    const watch = new EtcdWatch(connection.endpoint, {
      ...handlers,
      events: (events) => {
        connection.answered();
        handlers.events(events);
      },
      progress: () => {
        connection.answered();
        handlers.progress();
      },
    });
    void this.#open(connection, watch, range);
    return watch;
  }

  /** Ends every connection, as soon as the calls under way are over. Watches must have been cancelled. */
  close(): void {
    for (const connection of this.#connections) connection.close();
  }

  #connectionFor(of: "calls" | "watches"): EtcdConnection {
    const connection = this.#connections[this.#current[of]];
    if (connection === undefined) throw new InvalidArgumentError("endpoints is empty");
    return connection;
  }

  async #open(connection: EtcdConnection, watch: EtcdWatch, range: WatchedRange): Promise<void> {
    try {
      const token = await this.#authentication?.token(connection, TOKEN_TIMEOUT_MS);
      const stream = connection.open(methods.watch, token);
      watch.begin(stream, range, () => this.#authentication?.forget(token));
    } catch (error) {
      watch.failed(error);
    }
  }

  async #status(connection: EtcdConnection, timeoutMs: number): Promise<EtcdStatus> {
    const { header, version, dbSize } = await this.#call(connection, methods.status, {}, timeoutMs);
    return { version, clusterId: header?.clusterId ?? 0, revision: header?.revision ?? 0, storageBytes: dbSize };
  }

  async #call<Request, Response>(
    connection: EtcdConnection,
    method: Method<Request, Response>,
    request: Request,
    timeoutMs: number,
  ): Promise<Response> {
    const authentication = this.#authentication;
    if (authentication === undefined) return connection.call(method, request, timeoutMs);
    const end = performance.now() + timeoutMs;
    const remainingMs = () => Math.max(1, Math.ceil(end - performance.now()));
    const token = await authentication.token(connection, timeoutMs);
    try {
      return await connection.call(method, request, remainingMs(), token);
    } catch (error) {
      if (!(error instanceof EtcdRequestError) || !error.wantsNewToken) throw error;
      authentication.forget(token);
      const newToken = await authentication.token(connection, remainingMs());
      return connection.call(method, request, remainingMs(), newToken);
    }
  }
}

function credentialsFor(endpoint: string, { ca, cert, key }: EtcdTls): ChannelCredentials {
  if (!endpoint.startsWith("https:")) return credentials.createInsecure();
  try {
    return credentials.createSsl(pem("ca", ca), pem("key", key), pem("cert", cert));
  } catch (error) {
    if (error instanceof InvalidArgumentError) throw error;
    throw new InvalidArgumentError(`tls cannot be used: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function pem(name: string, value: string | Uint8Array | undefined): Buffer | null {
  if (value === undefined) return null;
  const bytes = Buffer.from(value);
  if (bytes.includes("-----BEGIN ")) return bytes;
  throw new InvalidArgumentError(`tls.${name} is not in PEM: give what the file holds, not its name`);
}

/** A watch may wait longer for its token than a call: it has no end of its own. */
const TOKEN_TIMEOUT_MS = 5_000;
