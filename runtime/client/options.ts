import { capabilityProblem } from "../protocol/admission.ts";
import type { Member } from "../protocol/client-events.ts";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import { checkKeys, describe, duration, text } from "../shell/check-options.ts";
import { resolveTransport, type TransportName } from "../transport/named.ts";
import type { Transport } from "../transport/transport.ts";

/** What a client connects with. */
export interface ConnectOptions {
  /** Where each member of the cluster listens, by its name: `{ a: "tcp://10.0.0.1:7000" }`. Tried in this order. */
  readonly members: Readonly<Record<string, string>>;
  /** What this client can do, name to version or setting. The state machine sees it; servers route work by it. */
  readonly capabilities?: Readonly<Record<string, string | number>> | undefined;
  /**
   * When a server request counts as received: `"taken"` (default) when the application takes it from `serverRequests`;
   * `"explicit"` when it calls `ack()`, so that one whose handling was cut short comes again after a reconnect.
   */
  readonly acknowledge?: "taken" | "explicit" | undefined;
  /** Between two signs of life. At most a third of the server's session timeout. Default: 30 s. */
  readonly keepAliveIntervalMs?: number | undefined;
  /** For one attempt at one member, and for the answer to a keep-alive. Default: 5 s. */
  readonly connectionTimeoutMs?: number | undefined;
  /** After which a request without an answer is sent again. Default: 10 s. */
  readonly resendAfterMs?: number | undefined;
  /** After which a command or query fails, unless the call says otherwise. Default: 60 s. */
  readonly requestTimeoutMs?: number | undefined;
  /** For `connect` as a whole. Default: 30 s. */
  readonly connectTimeoutMs?: number | undefined;
  /** Gives up connecting. It has no effect on the client once it is connected. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What carries the frames. `"zmtp"` (default) and `"zeromq"` (by the package of that name, which has to be installed)
   * speak the same over TCP; others are objects, such as that of `hawser/transport/memory`.
   */
  readonly transport?: TransportName | Transport | undefined;
}

/** What one command or query may say for itself. */
export interface CallOptions {
  /** Gives the call up. A command that was already sent may still be applied. */
  readonly signal?: AbortSignal | undefined;
  /** After which the call fails, in milliseconds. Default: the client's `requestTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
}

/** Options with every default filled in. */
export interface CheckedConnectOptions {
  readonly members: readonly Member[];
  readonly capabilities: Readonly<Record<string, string>>;
  readonly acknowledge: "taken" | "explicit";
  readonly keepAliveIntervalMs: number;
  readonly connectionTimeoutMs: number;
  readonly resendAfterMs: number;
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
  readonly transport: Transport;
}

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkConnectOptions(options: ConnectOptions): CheckedConnectOptions {
  checkKeys(options, KEYS, "the options of connect");
  const transport = resolveTransport(options.transport);
  const acknowledge = options.acknowledge ?? "taken";
  if (acknowledge !== "taken" && acknowledge !== "explicit") {
    throw new InvalidArgumentError(`acknowledge is ${describe(acknowledge)}, it must be "taken" or "explicit"`);
  }
  return {
    members: members(options.members, transport),
    capabilities: capabilities(options.capabilities),
    acknowledge,
    keepAliveIntervalMs: duration("keepAliveIntervalMs", options.keepAliveIntervalMs, limits.keepAliveIntervalMs),
    connectionTimeoutMs: duration("connectionTimeoutMs", options.connectionTimeoutMs, limits.connectionTimeoutMs),
    resendAfterMs: duration("resendAfterMs", options.resendAfterMs, limits.resendAfterMs),
    requestTimeoutMs: duration("requestTimeoutMs", options.requestTimeoutMs, limits.requestTimeoutMs),
    connectTimeoutMs: duration("connectTimeoutMs", options.connectTimeoutMs, limits.connectTimeoutMs),
    signal: options.signal,
    transport,
  };
}

function members(value: ConnectOptions["members"], transport: Transport): readonly Member[] {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  if (entries.length === 0) {
    throw new InvalidArgumentError(
      `members is ${describe(value)}, it must name at least one member: { a: "tcp://127.0.0.1:7000" }`,
    );
  }
  return entries.map(([memberId, address]) => {
    transport.checkAddress(text(`members.${memberId}`, address));
    return { memberId, address };
  });
}

/** Deployed servers refuse a client without capabilities, so one that has none says what it is. */
function capabilities(value: ConnectOptions["capabilities"]): Readonly<Record<string, string>> {
  const entries = Object.entries(value ?? {}).map(([name, setting]): [string, string] => {
    if (typeof setting !== "string" && typeof setting !== "number") {
      throw new InvalidArgumentError(`capabilities.${name} is ${describe(setting)}, it must be a string or a number`);
    }
    return [name, String(setting)];
  });
  const checked = Object.fromEntries(entries.length > 0 ? entries : [["client", "hawser"]]);
  const problem = capabilityProblem(checked);
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return checked;
}

const KEYS: readonly (keyof ConnectOptions)[] = [
  "members",
  "capabilities",
  "acknowledge",
  "keepAliveIntervalMs",
  "connectionTimeoutMs",
  "resendAfterMs",
  "requestTimeoutMs",
  "connectTimeoutMs",
  "signal",
  "transport",
];
