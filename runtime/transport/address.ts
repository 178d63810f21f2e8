import { lookup } from "node:dns/promises";
import { isIP, isIPv4, isIPv6 } from "node:net";
import { InvalidArgumentError } from "../protocol/errors.ts";

/** The two halves of `tcp://HOST:PORT`. */
export interface TcpAddress {
  /** An IPv4 address, an IPv6 address without brackets, or a host name. */
  readonly host: string;
  /** 0 asks a listener for any free port. */
  readonly port: number;
}

const hostNameBytesMax = 253;

/**
 * Reads `tcp://HOST:PORT` for one of its two uses: a listener may write `*` for every IPv4 address of the machine and
 * `*` or 0 for any free port. Throws `InvalidArgumentError`.
 */
export function parseTcpAddress(address: string, use: "connect" | "listen"): TcpAddress {
  const parts = /^tcp:\/\/(?:\[([^\]]*)\]|([^:[\]]*)):(\*|\d{1,5})$/.exec(address);
  if (parts === null) throw malformed(address, "it is not of the form tcp://HOST:PORT");
  const [, bracketed, bare, portText] = parts;
  const port = portText === "*" ? 0 : Number(portText);
  if (port > 65_535) throw malformed(address, `port ${port} is above 65535`);
  if (use === "connect" && port === 0) throw malformed(address, "a client needs a port from 1 to 65535");
  if (bracketed !== undefined) {
    if (!isIPv6(bracketed)) throw malformed(address, "what stands in brackets is not an IPv6 address");
    return { host: bracketed, port };
  }
  const host = bare ?? "";
  if (host === "*") {
    if (use === "connect") throw malformed(address, "a client needs one host");
    return { host: "0.0.0.0", port };
  }
  // Digits and dots alone are never a name: resolvers read 10.1 as 10.0.0.1, which nobody means.
  const isName = /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?$/i.test(host) && !/^[\d.]+$/.test(host);
  if (!isIPv4(host) && (!isName || host.length > hostNameBytesMax)) {
    throw malformed(address, "its host is neither an IP address nor a host name");
  }
  return { host, port };
}

/**
 * The address with its host as a number, `tcp://[::1]:7000`: at once where it is one already. Rejects with the
 * resolver's error.
 */
export function resolveTcpAddress({ host, port }: TcpAddress): string | Promise<string> {
  if (isIP(host) !== 0) return formatTcpAddress({ host, port });
  return resolveHost(host).then((found) => formatTcpAddress({ host: found, port }));
}

/**
 * The address of a host. An IPv4 address is preferred where a name has both, so that `localhost` means the same to a client
 * and to a server. Rejects with the resolver's error.
 */
export async function resolveHost(host: string): Promise<string> {
  if (isIP(host) !== 0) return host;
  const found = await lookup(host, { order: "ipv4first" });
  return found.address;
}

/** `tcp://HOST:PORT`, with brackets around an IPv6 address. */
export function formatTcpAddress({ host, port }: TcpAddress): string {
  return isIPv6(host) ? `tcp://[${host}]:${port}` : `tcp://${host}:${port}`;
}

function malformed(address: string, why: string): InvalidArgumentError {
  return new InvalidArgumentError(
    `address "${address}" cannot be used, ${why}: write it like tcp://127.0.0.1:7000 or tcp://[::1]:7000`,
  );
}
