import { InvalidArgumentError } from "../protocol/errors.ts";
import type { Member, MemberId, ProtocolVersion, ServerReport, StateMachine } from "../protocol/index.ts";
import { limits } from "../protocol/limits.ts";
import type { Admission } from "../protocol/rates.ts";
import { type CurveOptions, checkCurveOptions, clientKeysOf } from "../security/curve-options.ts";
import {
  checkKeys,
  count,
  duration,
  flag,
  memberList,
  protocolVersion,
  text,
  withMethods,
} from "../shell/check-options.ts";
import { serverLog } from "../telemetry/logging.ts";
import { checkObservation, type ObservationOptions } from "../telemetry/options.ts";
import type { Telemetry } from "../telemetry/telemetry.ts";
import { resolveTransport, type TransportName } from "../transport/named.ts";
import type { Transport } from "../transport/transport.ts";
import { type AdmissionOptions, type Authorize, checkAdmission, checkAuthorize } from "./access.ts";
import type { ConsensusEngine } from "./consensus.ts";

/** What a server is started with. */
export interface ServerOptions extends ObservationOptions {
  /** This member's name, by which clients and other members know it. */
  readonly memberId: MemberId;
  /** Where to listen: `tcp://0.0.0.0:7000`; port 0 takes a free one. */
  readonly address: string;
  /** The ordered, durable log: `lmdbEngine({ directory })`, for one. Belongs to the server from here on. */
  readonly engine: ConsensusEngine;
  /** What the application replicates. Belongs to the server from here on. */
  readonly stateMachine: StateMachine;
  /**
   * Where clients reach the members of the cluster, this one too, by their names: `{ a: "tcp://10.0.0.1:7000" }`. Clients
   * are told, so that they need to be configured with one of them only. Default: none, and clients are told nothing.
   */
  readonly members?: Readonly<Record<string, string>> | undefined;
  /** How long a session outlives its client's last sign of life, unless the client asks for more or less. Default: 90 s. */
  readonly sessionTimeoutMs?: number | undefined;
  /** The least that a client can ask for; who asks for less gets this. Default: 1 s. */
  readonly sessionTimeoutMinMs?: number | undefined;
  /** The most that a client can ask for; who asks for more gets this. Default: 1 h. */
  readonly sessionTimeoutMaxMs?: number | undefined;
  /** After how long without an acknowledgement a server request is sent again. Default: 10 s. */
  readonly resendAfterMs?: number | undefined;
  /** After how many log entries a snapshot is taken. Default: 10,000. */
  readonly snapshotEntries?: number | undefined;
  /** After how many bytes of log entries a snapshot is taken. Default: 64 MiB. */
  readonly snapshotBytes?: number | undefined;
  /**
   * The newest version of the protocol to speak. Both sides agree on the highest that both speak, so this is for holding a
   * new one back. Default: 2.
   */
  readonly protocolVersionMax?: ProtocolVersion | undefined;
  /**
   * What carries the frames. `"zmtp"` (default) and `"zeromq"` (by the package of that name, which has to be installed)
   * speak the same over TCP; others are objects, such as that of `hawser/transport/memory`.
   */
  readonly transport?: TransportName | Transport | undefined;
  /**
   * The server's keys, and those of the clients that it lets in: both ends prove theirs, and everything is encrypted. Needs
   * the package `sodium-native`, or `zeromq` with that transport. `clientKeys` may be left out where `authorize` decides.
   * Default: no keys and no encryption.
   */
  readonly curve?: CurveOptions | undefined;
  /** Decides who gets a session. Default: whoever the transport lets in. */
  readonly authorize?: Authorize | undefined;
  /** How much one client, and all of them, may ask for. Default: what suits a storm of all clients that come back together. */
  readonly admission?: AdmissionOptions | undefined;
  /**
   * Without keys a server listens at this machine's own addresses only, 127.0.0.1 for one. `true` lets it listen anywhere:
   * whoever can connect can then do what a client can. Default: false.
   */
  readonly insecure?: boolean | undefined;
  /** Told what happens: sessions that come and go, refused commands, peers that misbehave. Must not throw. */
  readonly onReport?: ((report: ServerReport) => void) | undefined;
}

/** Options with every default filled in. */
export type CheckedServerOptions = {
  readonly [Key in Exclude<keyof ServerOptions, "curve" | "logger" | "logSessionIds">]-?: Key extends "transport"
    ? Transport
    : Key extends "members"
      ? readonly Member[]
      : Key extends "admission"
        ? Admission
        : Key extends "authorize"
          ? Authorize | undefined
          : Key extends "telemetry"
            ? Telemetry | undefined
            : Exclude<ServerOptions[Key], undefined>;
};

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkServerOptions(options: ServerOptions): CheckedServerOptions {
  checkKeys(options, KEYS, "the options of startServer");
  withMethods("engine", options.engine, ["start", "propose", "readBarrier", "saveSnapshot", "stop"]);
  withMethods("stateMachine", options.stateMachine, ["apply", "query", "snapshot", "restore"]);
  const transport = resolveTransport(options.transport, curveOfServer(options));
  const { sessionTimeoutMinMs: minMs, sessionTimeoutMaxMs: maxMs } = options;
  const sessionTimeoutMinMs = duration("sessionTimeoutMinMs", minMs, limits.sessionTimeoutMinMs);
  const sessionTimeoutMaxMs = duration("sessionTimeoutMaxMs", maxMs, limits.sessionTimeoutMaxMs);
  if (sessionTimeoutMinMs > sessionTimeoutMaxMs) {
    const problem = `sessionTimeoutMinMs is ${sessionTimeoutMinMs}, more than sessionTimeoutMaxMs, ${sessionTimeoutMaxMs}`;
    throw new InvalidArgumentError(`${problem}: lower the one or raise the other`);
  }
  const memberId = text("memberId", options.memberId);
  const members = checkMembers(options.members ?? {}, transport);
  if (members.length > 0 && !members.some((member) => member.memberId === memberId)) {
    throw new InvalidArgumentError(`members does not name ${memberId}, this member: add where clients reach it`);
  }
  const { telemetry, logging } = checkObservation(options, { member: memberId });
  return {
    memberId,
    address: text("address", options.address),
    engine: options.engine,
    stateMachine: options.stateMachine,
    members,
    sessionTimeoutMs: duration("sessionTimeoutMs", options.sessionTimeoutMs, limits.sessionTimeoutMs),
    sessionTimeoutMinMs,
    sessionTimeoutMaxMs,
    resendAfterMs: duration("resendAfterMs", options.resendAfterMs, limits.resendAfterMs),
    snapshotEntries: count("snapshotEntries", options.snapshotEntries, limits.snapshotEntries),
    snapshotBytes: count("snapshotBytes", options.snapshotBytes, limits.snapshotBytes),
    protocolVersionMax: protocolVersion(options.protocolVersionMax),
    transport,
    authorize: checkAuthorize(options.authorize),
    admission: checkAdmission(options.admission),
    insecure: flag("insecure", options.insecure),
    telemetry,
    onReport: toAll(options.onReport, logging && serverLog(logging)),
  };
}

/** Reports go to everybody who wants them, the application first. */
function toAll(...takers: readonly (ServerOptions["onReport"] | undefined)[]): (report: ServerReport) => void {
  const wanting = takers.filter((taker) => taker !== undefined);
  return (report) => {
    for (const take of wanting) take(report);
  };
}

/** Fails closed: who gives keys and says nothing of those of the clients has forgotten them. */
function curveOfServer({ curve, authorize, transport }: ServerOptions): CurveOptions | undefined {
  if (curve === undefined) return undefined;
  const settings = checkCurveOptions(curve);
  // The hook sees the keys that zmtp has proven; zeromq does not tell them.
  if (settings.clientKeys === undefined && authorize !== undefined && transport !== "zeromq") {
    return { ...curve, clientKeys: "any" };
  }
  clientKeysOf(settings);
  return curve;
}

/** The members of which clients are told. Throws `InvalidArgumentError`. */
export function checkMembers(members: Readonly<Record<string, string>>, transport: Transport): readonly Member[] {
  const checked = memberList(members, (address) => {
    transport.checkAddress(address);
    if (Buffer.byteLength(address) > ADDRESS_BYTES_MAX) {
      const problem = `an address in members is ${Buffer.byteLength(address)} bytes, the limit is ${ADDRESS_BYTES_MAX}`;
      throw new InvalidArgumentError(problem);
    }
  });
  if (checked.length <= limits.membersMax) return checked;
  throw new InvalidArgumentError(
    `members names ${checked.length} members, the limit is ${limits.membersMax}: leave some out`,
  );
}

/** What the protocol can carry. */
const ADDRESS_BYTES_MAX = 1_024;

const KEYS: readonly (keyof ServerOptions)[] = [
  "memberId",
  "address",
  "engine",
  "stateMachine",
  "members",
  "sessionTimeoutMs",
  "sessionTimeoutMinMs",
  "sessionTimeoutMaxMs",
  "resendAfterMs",
  "snapshotEntries",
  "snapshotBytes",
  "protocolVersionMax",
  "transport",
  "curve",
  "authorize",
  "admission",
  "insecure",
  "telemetry",
  "logger",
  "logSessionIds",
  "onReport",
];
