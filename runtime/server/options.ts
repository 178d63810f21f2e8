import { InvalidArgumentError } from "../protocol/errors.ts";
import type { Member, MemberId, ProtocolVersion, ServerReport, StateMachine } from "../protocol/index.ts";
import { limits } from "../protocol/limits.ts";
import { checkKeys, count, duration, memberList, protocolVersion, text, withMethods } from "../shell/check-options.ts";
import { resolveTransport, type TransportName } from "../transport/named.ts";
import type { Transport } from "../transport/transport.ts";
import type { ConsensusEngine } from "./consensus.ts";

/** What a server is started with. */
export interface ServerOptions {
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
  /** Told what happens: sessions that come and go, refused commands, peers that misbehave. Must not throw. */
  readonly onReport?: ((report: ServerReport) => void) | undefined;
}

/** Options with every default filled in. */
export type CheckedServerOptions = {
  readonly [Key in keyof ServerOptions]-?: Key extends "transport"
    ? Transport
    : Key extends "members"
      ? readonly Member[]
      : Exclude<ServerOptions[Key], undefined>;
};

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkServerOptions(options: ServerOptions): CheckedServerOptions {
  checkKeys(options, KEYS, "the options of startServer");
  withMethods("engine", options.engine, ["start", "propose", "readBarrier", "saveSnapshot", "stop"]);
  withMethods("stateMachine", options.stateMachine, ["apply", "query", "snapshot", "restore"]);
  const transport = resolveTransport(options.transport);
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
    onReport: options.onReport ?? (() => {}),
  };
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
  "onReport",
];
