import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { formatTcpAddress, resolveHost, type TcpAddress } from "../transport/address.ts";
import { type Outcome, problem } from "./finding.ts";
import type { StepTime } from "./step-time.ts";

/** Finds the number of a host, as the transport would. */
export async function resolveName(host: string, time: StepTime): Promise<Outcome<string>> {
  try {
    const address = await time.limit(resolveHost(host));
    return { value: address, detail: address };
  } catch (error) {
    time.throwIfInterrupted();
    return notResolved(host, time.hasRunOut ? undefined : codeOf(error), time);
  }
}

/** Opens a TCP connection, which belongs to the caller. */
export async function openSocket(host: string, port: number, time: StepTime): Promise<Outcome<Socket>> {
  const socket = connect({ host, port, noDelay: true });
  // After the step nobody listens for what comes too late.
  socket.on("error", () => {});
  try {
    await once(socket, "connect", { signal: time.signal });
    return { value: socket, detail: `from ${formatTcpAddress(localEnd(socket))}` };
  } catch (error) {
    socket.destroy();
    time.throwIfInterrupted();
    const address = formatTcpAddress({ host, port });
    return time.hasRunOut ? timedOut(address, time) : notConnected(address, port, codeOf(error));
  }
}

function localEnd({ localAddress = "", localPort = 0 }: Socket): TcpAddress {
  return { host: localAddress, port: localPort };
}

function notResolved(host: string, code: string | undefined, time: StepTime): Outcome<never> {
  if (code === "ENOTFOUND") {
    return problem(
      "name-not-resolved",
      `Nobody knows the host "${host}": there is no such name.`,
      "Check how the name is written, and that this machine asks the right name servers; the server's IP address works without a name.",
    );
  }
  const why = code === undefined ? `within ${time.limitMs} ms` : `(${code})`;
  return problem(
    "name-not-resolved",
    `The name servers of this machine gave no answer for the host "${host}" ${why}.`,
    "Check this machine's network and its name servers (/etc/resolv.conf); the server's IP address works without them.",
  );
}

function timedOut(address: string, { limitMs }: StepTime): Outcome<never> {
  return problem(
    "unreachable",
    `Nothing answered at ${address} within ${limitMs} ms: packets get lost, or a firewall swallows them.`,
    "Check the address, that the machine is up, and that firewalls and security groups on the way let TCP through to this port.",
  );
}

function notConnected(address: string, port: number, code: string): Outcome<never> {
  if (code === "ECONNREFUSED") {
    return problem(
      "port-closed",
      `The machine answers, but nothing listens at ${address}.`,
      `Start the server, or use the port that it says it listens at. A server at 127.0.0.1 is reached from its own machine only; a firewall that rejects port ${port} looks the same.`,
    );
  }
  return problem(
    "unreachable",
    `There is no way to ${address} (${code}).`,
    "Check the address, this machine's network and routes, and the firewalls on the way.",
  );
}

function codeOf(error: unknown): string {
  if (error instanceof Error && "code" in error) return String(error.code);
  return String(error);
}
