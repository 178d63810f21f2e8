import { InvalidArgumentError } from "../protocol/errors.ts";
import type { CurveOptions } from "../security/curve-options.ts";
import { describe, withMethods } from "../shell/check-options.ts";
import type { Transport } from "./transport.ts";
import { createZeromqTransport, zeromq } from "./zeromq/index.ts";
import { createZmtpTransport, zmtp } from "./zmtp/index.ts";

/** Transports that can be asked for by name. Both speak ZMTP over TCP, and to each other. */
export type TransportName = "zmtp" | "zeromq";

const named: Readonly<Record<TransportName, Transport>> = { zmtp, zeromq };

const withCurve: Readonly<Record<TransportName, (options: { readonly curve: CurveOptions }) => Transport>> = {
  zmtp: createZmtpTransport,
  zeromq: createZeromqTransport,
};

/** The transport that the options ask for; without a name `zmtp`. Throws `InvalidArgumentError`. */
export function resolveTransport(
  choice: TransportName | Transport | undefined,
  curve: CurveOptions | undefined,
): Transport {
  if (typeof choice === "object") {
    withMethods("transport", choice, ["checkAddress", "connect", "listen"]);
    if (curve === undefined) return choice;
    throw new InvalidArgumentError(
      "curve is given beside a transport that is made already: give it to createZmtpTransport or createZeromqTransport",
    );
  }
  const name = choice ?? "zmtp";
  if (!Object.hasOwn(named, name)) {
    const names = Object.keys(named).map((known) => `"${known}"`);
    throw new InvalidArgumentError(`transport is ${describe(choice)}, it must be ${names.join(", ")} or a transport`);
  }
  return curve === undefined ? named[name] : withCurve[name]({ curve });
}
