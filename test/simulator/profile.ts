import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import type { Limits } from "../../runtime/protocol/limits.ts";
import { type Access, drawAccess } from "./access.ts";
import type { Chance } from "./chance.ts";

/** What is done to a world. Each is counted whenever it happens. */
export type FaultKind =
  | "connection cut"
  | "connection silent"
  | "partition"
  | "garbage frame"
  | "member crash"
  | "member pause"
  | "client pause"
  | "client crash"
  | "client closed"
  | "call aborted"
  | "leader change"
  | "leader deposed unawares"
  | "ambiguous, committed"
  | "ambiguous, lost"
  | "proposal unavailable"
  | "read barrier failed"
  | "read barrier slow"
  | "slow apply"
  | "wall clock set"
  | "snapshot installed"
  | "intruder";

/** How one world is: what takes part in it, how fast it is, and what goes wrong. All durations are milliseconds. */
export interface Profile {
  readonly memberVersions: readonly ProtocolVersion[];
  readonly clientVersions: readonly ProtocolVersion[];
  readonly keys: number;
  /** How long calls are made and faults happen. */
  readonly durationMs: number;
  /** Between two bursts of calls of a client. */
  readonly thinkMs: number;
  readonly burstMax: number;
  readonly readShare: number;
  readonly refusedShare: number;
  readonly frameDelayMs: number;
  readonly commitMs: number;
  readonly followerDelayMs: number;
  readonly serverSessionTimeoutMs: number;
  readonly askedSessionTimeoutMs: number | undefined;
  readonly resendAfterMs: number;
  readonly connectionTimeoutMs: number;
  readonly requestTimeoutMaxMs: number;
  /** How far clocks run from true, as a share: 0.02 gains or loses at most 20 ms in a second. */
  readonly clockSkew: number;
  readonly snapshotEntries: number;
  /** Whether applications acknowledge server requests when they take them, or later and several at once. */
  readonly acknowledgesLate: boolean;
  /** Of proposals, barriers and entries: how probable a fault of the consensus is for each. */
  readonly unavailable: number;
  readonly ambiguous: number;
  readonly readFails: number;
  readonly readSlow: number;
  readonly applySlow: number;
  /** Faults that come by themselves, and how long it is between two of a kind. */
  readonly faultEveryMs: ReadonlyMap<FaultKind, number>;
  /** Who may do what, and how much; undefined where everybody may do everything. */
  readonly access: Access | undefined;
  /** Bounds that are lower here than in use, so that a short world meets them. */
  readonly limits: Partial<Limits>;
}

/**
 * Draws a world. Each fault is present in some worlds and absent in others, and rare here and frequent there: what hides
 * one bug (a session that never lives long enough) shows another.
 * Source: Groce et al., "Swarm testing", 2012.
 */
export function drawProfile(chance: Chance, chanceOfAccess: Chance): Profile {
  const members = chance.oneOf(1, 2, 3, 3, 3, 5);
  const sessionTimeoutMs = chance.oneOf(1_500, 4_000, 10_000, 30_000);
  const isFaulty = chance.happens(0.95);
  const probability = (max: number) => (isFaulty && chance.happens(0.5) ? chance.between(0, max) : 0);
  const lowered = drawLimits(chance);
  const clientVersions = Array.from({ length: 1 + chance.below(5) }, () => chance.oneOf<ProtocolVersion>(1, 2, 2, 2));
  const access = drawAccess(chanceOfAccess, clientVersions.length);
  // Fewer would leave somebody out for good.
  if (chance.happens(0.1)) lowered.sessionsMax = clientVersions.length + 1;
  return {
    memberVersions: Array.from({ length: members }, () => chance.oneOf(1, 2, 2, 2)),
    clientVersions,
    keys: 1 + chance.below(3),
    durationMs: chance.oneOf(5_000, 15_000, 40_000),
    thinkMs: chance.oneOf(20, 100, 400),
    burstMax: chance.oneOf(1, 4, 20),
    readShare: chance.oneOf(0.1, 0.4, 0.7),
    refusedShare: chance.oneOf(0, 0, 0.03),
    frameDelayMs: chance.oneOf(0.5, 3, 40),
    commitMs: chance.oneOf(1, 8, 60),
    followerDelayMs: chance.oneOf(1, 10, 200),
    serverSessionTimeoutMs: sessionTimeoutMs,
    askedSessionTimeoutMs: chance.oneOf(undefined, undefined, sessionTimeoutMs * 2),
    // What finds no room in a client comes again after that, one at a time in the worst case.
    resendAfterMs: lowered.serverRequestsBufferedMax === undefined ? chance.oneOf(300, 1_500, 10_000) : 300,
    connectionTimeoutMs: chance.oneOf(400, 1_500, 5_000),
    requestTimeoutMaxMs: chance.oneOf(2_000, 20_000, 100_000),
    clockSkew: isFaulty ? chance.oneOf(0, 0.001, 0.03) : 0,
    snapshotEntries: chance.oneOf(3, 10, 40, 1_000),
    acknowledgesLate: chance.happens(0.5),
    unavailable: probability(0.1),
    ambiguous: probability(chance.oneOf(0.15, 0.6)),
    readFails: probability(0.2),
    readSlow: probability(0.7),
    applySlow: probability(0.1),
    faultEveryMs: new Map([
      ...(isFaulty ? drawFaults(chance) : []),
      ...(access?.intruderEveryMs === undefined ? [] : [["intruder", access.intruderEveryMs] as const]),
    ]),
    access,
    limits: lowered,
  };
}

function drawFaults(chance: Chance): readonly (readonly [FaultKind, number])[] {
  return TIMED_FAULTS.flatMap(([kind, meanMs]) => {
    if (!chance.happens(0.5)) return [];
    return [[kind, meanMs * chance.oneOf(0.3, 1, 4)] as const];
  });
}

function drawLimits(chance: Chance): LoweredLimits {
  const limits: LoweredLimits = { requestIdsReserved: 20, saveRetryMs: 100 };
  if (chance.happens(0.3)) limits.cachedResponseBytesMax = chance.oneOf(0, 20, 100);
  if (chance.happens(0.3)) limits.serverRequestsInFlightMax = chance.oneOf(1, 3);
  if (chance.happens(0.3)) limits.serverRequestBytesInFlightMax = chance.oneOf(1, 9);
  if (chance.happens(0.3)) limits.serverRequestsPendingMax = chance.oneOf(2, 8);
  if (chance.happens(0.3)) limits.serverRequestsBufferedMax = chance.oneOf(1, 3);
  if (chance.happens(0.3)) limits.requestsInFlightMax = chance.oneOf(1, 5, 20);
  if (chance.happens(0.2)) limits.sessionProposalsMax = chance.oneOf(1, 4);
  if (chance.happens(0.2)) limits.queriesPendingMax = chance.oneOf(1, 4);
  if (chance.happens(0.2)) limits.frameMessagesMax = chance.oneOf(1, 2, 5);
  if (chance.happens(0.2)) limits.backoffMaxMs = 1_000;
  return limits;
}

type LoweredLimits = { -readonly [Name in keyof Limits]?: Limits[Name] };

/** How long it is between two faults of a kind in a world that has it, about. */
const TIMED_FAULTS: readonly (readonly [FaultKind, number])[] = [
  ["connection cut", 1_500],
  ["connection silent", 4_000],
  ["partition", 4_000],
  ["garbage frame", 5_000],
  ["member crash", 5_000],
  ["member pause", 4_000],
  ["client pause", 4_000],
  ["client crash", 8_000],
  ["client closed", 8_000],
  ["call aborted", 1_000],
  ["leader change", 3_000],
  ["leader deposed unawares", 4_000],
  ["wall clock set", 3_000],
  ["snapshot installed", 3_000],
];
