import { BlockList, isIPv6 } from "node:net";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { parseTcpAddress, resolveHost, type TcpAddress } from "../transport/address.ts";

/** Reads `http://HOST:PORT`, as a transport reads its addresses. Throws `InvalidArgumentError`. */
export function parseHttpAddress(address: string): TcpAddress {
  const [, hostAndPort] = /^http:\/\/([^/]+)\/?$/.exec(address) ?? [];
  if (hostAndPort !== undefined) {
    try {
      return parseTcpAddress(`tcp://${hostAndPort}`, "listen");
    } catch (error) {
      if (!(error instanceof InvalidArgumentError)) throw error;
    }
  }
  throw new InvalidArgumentError(
    `address "${address}" cannot be used: write it like http://127.0.0.1:7001 or http://[::1]:7001, port 0 takes a free one`,
  );
}

/** The address with its host as a number: only then can be said who reaches it. Rejects with the resolver's error. */
export async function resolveHttpAddress({ host, port }: TcpAddress): Promise<TcpAddress> {
  return { host: await resolveHost(host), port };
}

/** `http://HOST:PORT`. */
export function formatHttpAddress({ host, port }: TcpAddress): string {
  return isIPv6(host) ? `http://[${host}]:${port}` : `http://${host}:${port}`;
}

/** Whether this machine alone can reach a host, which is a number. */
export function isLoopback(host: string): boolean {
  return loopback.check(host, isIPv6(host) ? "ipv6" : "ipv4");
}

/**
 * Whether the header `Host` names this machine. A page of elsewhere can have its own name lead here (DNS rebinding); then its
 * scripts may read what is answered, but the browser says whose name it was.
 */
export function namesThisMachine(hostHeader: string | undefined): boolean {
  const [, bracketed, bare = ""] = /^(?:\[([^\]]+)\]|([^:]+))(?::\d+)?$/.exec(hostHeader ?? "") ?? [];
  if (bracketed !== undefined) return isIPv6(bracketed) && isLoopback(bracketed);
  return bare.toLowerCase() === "localhost" || loopback.check(bare, "ipv4");
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");
