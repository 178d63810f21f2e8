import { InvalidArgumentError } from "../protocol/errors.ts";
import type { Server } from "../server/server.ts";
import { checkKeys, text, withMethods } from "../shell/check-options.ts";
import type { PrometheusTelemetry } from "../telemetry/prometheus.ts";
import type { TcpAddress } from "../transport/address.ts";
import { isLoopback, parseHttpAddress } from "./address.ts";
import { Token } from "./token.ts";

/** What an admin endpoint is started with. */
export interface AdminOptions {
  /** Whose endpoint it is. It stops when that server does. */
  readonly server: Server;
  /**
   * Where to listen: `http://127.0.0.1:7001`; port 0 takes a free one. Anything but this machine's own addresses needs a
   * token. Default: `http://127.0.0.1:0`.
   */
  readonly address?: string | undefined;
  /**
   * What whoever asks has to know, for everything but `/healthz`, `/readyz` and the empty page: 16 characters or more, from
   * the environment or a file. Sent as `Authorization: Bearer …`. Default: none, and every process of this machine may ask.
   */
  readonly token?: string | undefined;
  /** The telemetry that the server was started with: `/metrics` and the charts show it. Default: there are neither. */
  readonly telemetry?: PrometheusTelemetry | undefined;
}

/** Options with every default filled in. */
export interface CheckedAdminOptions {
  readonly server: Server;
  readonly address: string;
  readonly tcpAddress: TcpAddress;
  readonly token: Token | undefined;
  readonly telemetry: PrometheusTelemetry | undefined;
}

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkAdminOptions(options: AdminOptions): CheckedAdminOptions {
  checkKeys(options, KEYS, "the options of startAdminEndpoint");
  const { server, telemetry } = options;
  withMethods("server", server, ["status", "eachSession", "stop"]);
  if (telemetry !== undefined) withMethods("telemetry", telemetry, ["text", "figures"]);
  const address = text("address", options.address ?? "http://127.0.0.1:0");
  return {
    server,
    address,
    tcpAddress: parseHttpAddress(address),
    token: options.token === undefined ? undefined : new Token(options.token),
    telemetry,
  };
}

/** Throws `InvalidArgumentError` where others than this machine could ask without a token. `host`: a number. */
export function checkReach({ address, token }: CheckedAdminOptions, host: string): void {
  if (token !== undefined || isLoopback(host)) return;
  throw new InvalidArgumentError(
    `address ${address} can be reached from other machines, and there is no token: give a token, or listen at http://127.0.0.1:PORT`,
  );
}

const KEYS: readonly (keyof AdminOptions)[] = ["server", "address", "token", "telemetry"];
