import type { MemberId, ServerReport, StateMachine } from "../protocol/index.ts";
import { limits } from "../protocol/limits.ts";
import { checkKeys, count, duration, text, withMethods } from "../shell/check-options.ts";
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
  /** How long a session outlives its client's last sign of life. Default: 90 s. */
  readonly sessionTimeoutMs?: number | undefined;
  /** After how long without an acknowledgement a server request is sent again. Default: 10 s. */
  readonly resendAfterMs?: number | undefined;
  /** After how many log entries a snapshot is taken. Default: 10,000. */
  readonly snapshotEntries?: number | undefined;
  /** After how many bytes of log entries a snapshot is taken. Default: 64 MiB. */
  readonly snapshotBytes?: number | undefined;
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
  readonly [Key in keyof ServerOptions]-?: Key extends "transport" ? Transport : Exclude<ServerOptions[Key], undefined>;
};

/** Throws `InvalidArgumentError` for the first option that is wrong. */
export function checkServerOptions(options: ServerOptions): CheckedServerOptions {
  checkKeys(options, KEYS, "the options of startServer");
  withMethods("engine", options.engine, ["start", "propose", "readBarrier", "saveSnapshot", "stop"]);
  withMethods("stateMachine", options.stateMachine, ["apply", "query", "snapshot", "restore"]);
  const transport = resolveTransport(options.transport);
  return {
    memberId: text("memberId", options.memberId),
    address: text("address", options.address),
    engine: options.engine,
    stateMachine: options.stateMachine,
    sessionTimeoutMs: duration("sessionTimeoutMs", options.sessionTimeoutMs, limits.sessionTimeoutMs),
    resendAfterMs: duration("resendAfterMs", options.resendAfterMs, limits.resendAfterMs),
    snapshotEntries: count("snapshotEntries", options.snapshotEntries, limits.snapshotEntries),
    snapshotBytes: count("snapshotBytes", options.snapshotBytes, limits.snapshotBytes),
    transport,
    onReport: options.onReport ?? (() => {}),
  };
}

const KEYS: readonly (keyof ServerOptions)[] = [
  "memberId",
  "address",
  "engine",
  "stateMachine",
  "sessionTimeoutMs",
  "resendAfterMs",
  "snapshotEntries",
  "snapshotBytes",
  "transport",
  "onReport",
];
