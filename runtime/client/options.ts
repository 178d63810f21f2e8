import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Member } from "../../generated/protocol/messages.ts";
import { capabilityProblem } from "../protocol/admission.ts";
import { InvalidArgumentError } from "../protocol/errors.ts";
import { limits } from "../protocol/limits.ts";
import { type ClientOffer, reservedPrefix, withOffer } from "../protocol/negotiation.ts";
import type { SavedSession } from "../protocol/request-id-reserve.ts";
import { type CurveOptions, checkCurveOptions } from "../security/curve-options.ts";
import {
  checkKeys,
  describe,
  duration,
  memberList,
  optionalDuration,
  protocolVersion,
} from "../shell/check-options.ts";
import { type CheckedObservation, checkObservation, type ObservationOptions } from "../telemetry/options.ts";
import { resolveTransport, type TransportName } from "../transport/named.ts";
import type { Transport } from "../transport/transport.ts";
import { type BytesCodec, type ClientCodec, checkCodec } from "./codec.ts";
import { decodeSessionToken } from "./session-token.ts";

/** What a client connects with. `Codec` is what its payloads stand for; bytes where it is left out. */
export interface ConnectOptions<Codec extends ClientCodec = BytesCodec> extends ObservationOptions {
  /**
   * Where members of the cluster listen, by their names: `{ a: "tcp://10.0.0.1:7000" }`. Tried in this order, and before
   * those that the cluster tells of. One that answers is enough where the servers know their `members`.
   */
  readonly members: Readonly<Record<string, string>>;
  /**
   * What this client can do, name to version or setting. The state machine sees it; servers route work by it. Names that
   * begin with `zraft-` belong to the protocol.
   */
  readonly capabilities?: Readonly<Record<string, string | number>> | undefined;
  /** What commands, queries, their results and server requests stand for. Default: every payload is a `Uint8Array`. */
  readonly codec?: Codec | undefined;
  /**
   * The session of a process that has ended, to go on with: what `saveSession` was given last. Commands of that process
   * whose answer never came may still be applied. What the session was created with stays: `capabilities` and
   * `sessionTimeoutMs` change nothing. `connect` rejects with `ERR_SESSION_EXPIRED` when the cluster has ended it.
   */
  readonly session?: Uint8Array | undefined;
  /**
   * Stores a token by which another process can go on with the session, in place of the last one, and resolves when it
   * would survive a crash. Called before `connect` resolves, then once in about 5,000 commands; commands wait for it only
   * when it takes long. After a failure it is called again a second later. docs/client.md says what it is for.
   */
  readonly saveSession?: ((token: Uint8Array) => Promise<void> | void) | undefined;
  /**
   * When a server request counts as received: `"taken"` (default) when the application takes it from `serverRequests`;
   * `"explicit"` when it calls `ack()`, so that one whose handling was cut short comes again to the process that goes on
   * with the session: at least once, and in order.
   */
  readonly acknowledge?: "taken" | "explicit" | undefined;
  /**
   * How long the session is to outlive this client's last sign of life. The server keeps it within its own bounds, and
   * the status `connected` says what it granted. Default: what the server does by itself. Not with version 1.
   */
  readonly sessionTimeoutMs?: number | undefined;
  /**
   * Between two signs of life. Default: a third of the session timeout where the server says what it is, at most 30 s. What
   * is given here should be at most that too.
   */
  readonly keepAliveIntervalMs?: number | undefined;
  /** For one attempt at one member, and for the answer to a keep-alive. Default: 5 s. */
  readonly connectionTimeoutMs?: number | undefined;
  /** After which a request without an answer is sent again. Default: 10 s. */
  readonly resendAfterMs?: number | undefined;
  /** After which a command or query fails, unless the call says otherwise. Default: 60 s. */
  readonly requestTimeoutMs?: number | undefined;
  /** For `connect` as a whole. Default: 30 s. */
  readonly connectTimeoutMs?: number | undefined;
  /**
   * The newest version of the protocol to speak. Both sides agree on the highest that both speak, so this is for holding a
   * new one back. Default: 2.
   */
  readonly protocolVersionMax?: ProtocolVersion | undefined;
  /** Gives up connecting. It has no effect on the client once it is connected. */
  readonly signal?: AbortSignal | undefined;
  /**
   * What carries the frames. `"zmtp"` (default) and `"zeromq"` (by the package of that name, which has to be installed)
   * speak the same over TCP; others are objects, such as that of `hawser/transport/memory`.
   */
  readonly transport?: TransportName | Transport | undefined;
  /**
   * The client's keys, and the `serverKey` that every server, or that at each address, must prove; everything is encrypted.
   * Needs the package `sodium-native`, or `zeromq` with that transport. Default: no keys and no encryption.
   */
  readonly curve?: CurveOptions | undefined;
}

/** What one command or query may say for itself. */
export interface CallOptions {
  /** Gives the call up. A command that was already sent may still be applied. */
  readonly signal?: AbortSignal | undefined;
  /** After which the call fails, in milliseconds. Default: the client's `requestTimeoutMs`. */
  readonly timeoutMs?: number | undefined;
}

/** Options with every default filled in. */
export interface CheckedConnectOptions extends CheckedObservation {
  readonly members: readonly Member[];
  readonly capabilities: Readonly<Record<string, string>>;
  readonly codec: ClientCodec;
  readonly resumed: SavedSession | undefined;
  readonly saveSession: ((token: Uint8Array) => Promise<void> | void) | undefined;
  readonly acknowledge: "taken" | "explicit";
  readonly sessionTimeoutMs: number | undefined;
  readonly keepAliveIntervalMs: number | undefined;
  readonly connectionTimeoutMs: number;
  readonly resendAfterMs: number;
  readonly requestTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly protocolVersionMax: ProtocolVersion;
  readonly signal: AbortSignal | undefined;
  readonly transport: Transport;
}

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkConnectOptions(options: ConnectOptions<ClientCodec>): CheckedConnectOptions {
  checkKeys(options, KEYS, "the options of connect");
  const transport = resolveTransport(options.transport, curveOfClient(options.curve));
  const acknowledge = options.acknowledge ?? "taken";
  if (acknowledge !== "taken" && acknowledge !== "explicit") {
    throw new InvalidArgumentError(`acknowledge is ${describe(acknowledge)}, it must be "taken" or "explicit"`);
  }
  const protocolVersionMax = protocolVersion(options.protocolVersionMax);
  const sessionTimeoutMs = optionalDuration("sessionTimeoutMs", options.sessionTimeoutMs);
  if (sessionTimeoutMs !== undefined && protocolVersionMax === 1) {
    throw new InvalidArgumentError(
      `sessionTimeoutMs is ${sessionTimeoutMs}, but version 1 of the protocol cannot ask for it: leave it out, or let protocolVersionMax be 2`,
    );
  }
  return {
    members: members(options.members, transport),
    capabilities: capabilities(options.capabilities, { protocolVersionMax, sessionTimeoutMs }),
    codec: checkCodec(options.codec),
    ...savedSession(options, protocolVersionMax),
    acknowledge,
    sessionTimeoutMs,
    keepAliveIntervalMs: optionalDuration("keepAliveIntervalMs", options.keepAliveIntervalMs),
    connectionTimeoutMs: duration("connectionTimeoutMs", options.connectionTimeoutMs, limits.connectionTimeoutMs),
    resendAfterMs: duration("resendAfterMs", options.resendAfterMs, limits.resendAfterMs),
    requestTimeoutMs: duration("requestTimeoutMs", options.requestTimeoutMs, limits.requestTimeoutMs),
    connectTimeoutMs: duration("connectTimeoutMs", options.connectTimeoutMs, limits.connectTimeoutMs),
    protocolVersionMax,
    signal: options.signal,
    transport,
    ...checkObservation(options, {}),
  };
}

/** Who gives keys and no key of a server could be talking to anybody. */
function curveOfClient(curve: CurveOptions | undefined): CurveOptions | undefined {
  if (curve === undefined || checkCurveOptions(curve).serverKey !== undefined) return curve;
  throw new InvalidArgumentError(
    "curve.serverKey is missing: give the public key of the servers, or one for each address",
  );
}

function members(value: ConnectOptions["members"], transport: Transport): readonly Member[] {
  if (typeof value !== "object" || value === null || Object.keys(value).length === 0) {
    throw new InvalidArgumentError(
      `members is ${describe(value)}, it must name at least one member: { a: "tcp://127.0.0.1:7000" }`,
    );
  }
  return memberList(value, transport.checkAddress);
}

/** Who goes on with a session must store it too: the next process would use the same request ids once more. */
function savedSession(
  { session, saveSession }: ConnectOptions<ClientCodec>,
  protocolVersionMax: ProtocolVersion,
): Pick<CheckedConnectOptions, "resumed" | "saveSession"> {
  if (saveSession !== undefined && typeof saveSession !== "function") {
    throw new InvalidArgumentError(`saveSession is ${describe(saveSession)}, it must be a function`);
  }
  if (session === undefined) return { resumed: undefined, saveSession };
  if (saveSession === undefined) {
    throw new InvalidArgumentError("session is given without saveSession, which must store its successor: give both");
  }
  return { resumed: decodeSessionToken(session, protocolVersionMax), saveSession };
}

/** Deployed servers refuse a client without capabilities, so one that has none says what it is. */
function capabilities(value: ConnectOptions["capabilities"], offer: ClientOffer): Readonly<Record<string, string>> {
  const entries = Object.entries(value ?? {}).map(([name, setting]): [string, string] => {
    if (typeof setting !== "string" && typeof setting !== "number") {
      throw new InvalidArgumentError(`capabilities.${name} is ${describe(setting)}, it must be a string or a number`);
    }
    if (name.startsWith(reservedPrefix)) {
      throw new InvalidArgumentError(
        `capabilities.${name} is taken: names that begin with ${reservedPrefix} belong to the protocol, choose another`,
      );
    }
    return [name, String(setting)];
  });
  const checked = Object.fromEntries(entries.length > 0 ? entries : [["client", "hawser"]]);
  const problem = capabilityProblem(withOffer(checked, offer));
  if (problem !== undefined) throw new InvalidArgumentError(problem);
  return checked;
}

const KEYS: readonly (keyof ConnectOptions)[] = [
  "members",
  "capabilities",
  "codec",
  "session",
  "saveSession",
  "acknowledge",
  "sessionTimeoutMs",
  "keepAliveIntervalMs",
  "connectionTimeoutMs",
  "resendAfterMs",
  "requestTimeoutMs",
  "connectTimeoutMs",
  "protocolVersionMax",
  "signal",
  "transport",
  "curve",
  "telemetry",
  "logger",
  "logSessionIds",
];
