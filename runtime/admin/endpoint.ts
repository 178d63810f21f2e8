import { createServer, type Server as HttpServer } from "node:http";
import type { AddressInfo } from "node:net";
import { limits } from "../protocol/limits.ts";
import { listenError } from "../transport/listen-error.ts";
import { formatHttpAddress, isLoopback, resolveHttpAddress } from "./address.ts";
import { AdminAnswers } from "./admin-answers.ts";
import { type AdminOptions, type CheckedAdminOptions, checkAdminOptions, checkReach } from "./options.ts";
import { RequestHandler } from "./request-handler.ts";

/**
 * Answers questions about a server over HTTP: `/healthz` and `/readyz` for whoever starts and stops it, `/metrics` for
 * Prometheus, and a page at `/` for people.
 *
 *     const telemetry = prometheus();
 *     const server = await startServer({ …, telemetry });
 *     const admin = await startAdminEndpoint({ server, telemetry, address: "http://127.0.0.1:7001" });
 *
 * It is no option of `startServer`, so that a server which has none loads no HTTP server and no page.
 *
 * Rejects with `InvalidArgumentError` for a wrong option, an address that others can reach without a token among them, and
 * with `ListenError` when the address cannot be had.
 */
export async function startAdminEndpoint(options: AdminOptions): Promise<AdminEndpoint> {
  const checked = checkAdminOptions(options);
  const tcpAddress = await resolveHttpAddress(checked.tcpAddress).catch((error: unknown) => {
    throw listenError(checked.address, error);
  });
  checkReach(checked, tcpAddress.host);
  const endpoint = new AdminEndpoint(checked, isLoopback(tcpAddress.host));
  await endpoint.start(tcpAddress.host, tcpAddress.port);
  return endpoint;
}

/** A running endpoint. It stops by itself when its server has stopped, for whatever reason. */
export class AdminEndpoint implements AsyncDisposable {
  readonly #options: CheckedAdminOptions;
  readonly #answers: AdminAnswers;
  readonly #http: HttpServer;
  #address: string;
  #sampling: NodeJS.Timeout | undefined;
  #stopping: Promise<void> | undefined;

  /** To be had from `startAdminEndpoint` only. */
  constructor(options: CheckedAdminOptions, isLocal: boolean) {
    const { server, token, telemetry } = options;
    this.#options = options;
    this.#address = options.address;
    this.#answers = new AdminAnswers(server, telemetry);
    const handler = new RequestHandler({ answers: this.#answers, token, isLocal });
    this.#http = createServer(HTTP_OPTIONS, (request, response) => void handler.handle(request, response));
    this.#http.maxConnections = limits.adminConnectionsMax;
  }

  /** Where it listens, with the real port: what to open in a browser. */
  get address(): string {
    return this.#address;
  }

  /** To be called by `startAdminEndpoint` only. */
  async start(host: string, port: number): Promise<void> {
    const bound = await listen(this.#http, host, port, this.#options.address);
    this.#address = formatHttpAddress({ host: bound.address, port: bound.port });
    this.#answers.takeSample();
    this.#sampling = setInterval(() => this.#answers.takeSample(), limits.adminSampleIntervalMs).unref();
    const stop = () => void this.stop();
    this.#options.server.stopped.then(stop, stop);
  }

  /** Takes no more questions, finishes its answers and closes every connection. Safe to call twice. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async #stop(): Promise<void> {
    clearInterval(this.#sampling);
    const closed = new Promise((resolve) => this.#http.close(resolve));
    this.#http.closeIdleConnections();
    const lingering = setTimeout(() => this.#http.closeAllConnections(), limits.closeLingerMs);
    await closed;
    clearTimeout(lingering);
  }
}

function listen(http: HttpServer, host: string, port: number, address: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    http.once("error", (error) => reject(listenError(address, error)));
    http.listen({ host, port }, () => {
      http.removeAllListeners("error");
      resolve(http.address() as AddressInfo);
    });
  });
}

/** Nobody holds a connection for long by being slow. */
const HTTP_OPTIONS = {
  maxHeaderSize: limits.adminHeaderBytesMax,
  headersTimeout: limits.adminRequestTimeoutMs,
  requestTimeout: limits.adminRequestTimeoutMs,
  keepAliveTimeout: limits.adminKeepAliveMs,
  connectionsCheckingInterval: 1_000,
} as const;
