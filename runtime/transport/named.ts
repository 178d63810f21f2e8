import { InvalidArgumentError } from "../protocol/errors.ts";
import { describe, withMethods } from "../shell/check-options.ts";
import type { Transport } from "./transport.ts";
import { zeromq } from "./zeromq/index.ts";
import { zmtp } from "./zmtp/index.ts";

/** Transports that can be asked for by name. Both speak ZMTP over TCP, and to each other. */
export type TransportName = "zmtp" | "zeromq";

const named: Readonly<Record<TransportName, Transport>> = { zmtp, zeromq };

/** The transport that an option asks for; without one `zmtp`. Throws `InvalidArgumentError`. */
export function resolveTransport(choice: TransportName | Transport | undefined): Transport {
  if (typeof choice === "object") {
    withMethods("transport", choice, ["checkAddress", "connect", "listen"]);
    return choice;
  }
  const name = choice ?? "zmtp";
  if (!Object.hasOwn(named, name)) {
    const names = Object.keys(named).map((known) => `"${known}"`);
    throw new InvalidArgumentError(`transport is ${describe(choice)}, it must be ${names.join(", ")} or a transport`);
  }
  return named[name];
}
