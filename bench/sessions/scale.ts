import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { median } from "../measure.ts";
import { Peer } from "../transport/process.ts";
import { connectionsPossible } from "./machine.ts";
import type {
  CommandTimes,
  CrowdAnswers,
  CrowdQuestion,
  MemoryFigures,
  ObserverAnswers,
  ObserverQuestion,
  ServerAnswers,
  ServerQuestion,
} from "./questions.ts";

/** What one server costs that has many sessions, and how it bears what they all do at once. */
export interface ScaleFigures {
  readonly sessions: number;
  /** Those of them that have a connection; the others are detached. */
  readonly connected: number;
  readonly createdPerSecond: number;
  readonly connectedPerSecond: number;
  /** Of JavaScript's heap and of buffers; and of the memory that the process has from the system. */
  readonly heapBytesPerDetached: number;
  readonly residentBytesPerDetached: number;
  readonly heapBytesPerConnected: number;
  readonly residentBytesPerConnected: number;
  /** A keep-alive of each client every 30 s, which is the default; every 10 s; and 10,000 a second of all together. */
  readonly idle: KeepAliveFigures;
  readonly each10s: KeepAliveFigures;
  readonly many: KeepAliveFigures;
  /** The first and the last of them sent to a bare server of `node:net` instead, which sends the same bytes back. */
  readonly bareIdle: KeepAliveFigures;
  readonly bareMany: KeepAliveFigures;
  /** From the moment at which the server was killed: until the next one serves, and has half and all of the clients. */
  readonly servingAfterMs: number;
  readonly halfBackAfterMs: number;
  readonly allBackAfterMs: number;
  /** How often all of them dialled until they were back. */
  readonly attempts: number;
  /** Sessions that the new server did not know. */
  readonly sessionsLost: number;
  /** From the first session that expired to the last, where the leases of all end together. */
  readonly expiryMs: number;
  /** The commands of another client: while nothing else happens, while all come back, and while all expire. */
  readonly calm: CommandTimes;
  readonly duringReturn: CommandTimes;
  readonly duringExpiry: CommandTimes;
}

export interface KeepAliveFigures {
  /** Those that were answered. */
  readonly perSecond: number;
  /** Of one core, of the server. */
  readonly cpuPercent: number;
}

/** How long to look at what happens all the time. */
export interface ScaleEffort {
  readonly windowMs: number;
}

/** One server in one process, all its clients but one in a second, that one in a third. */
export async function measureScale(
  sessions: number,
  { windowMs }: ScaleEffort,
  progress: (text: string) => void,
): Promise<ScaleFigures> {
  const directory = mkdtempSync(join(tmpdir(), "hawser-bench-"));
  const connected = Math.min(sessions, connectionsPossible());
  try {
    let server = await startServerPeer(directory, 0);
    const { port } = server;
    const crowd = await Peer.start<CrowdQuestion, CrowdAnswers>("../sessions/crowd.child.ts", port);
    progress(`${sessions} sessions are created, and ${connected} of them connected`);
    const growth = await measureGrowth(server, crowd, sessions, connected);
    const observer = await Peer.start<ObserverQuestion, ObserverAnswers>("../sessions/observer.child.ts", port);
    progress("they do nothing but stay alive");
    const steady = await measureSteady({ server, crowd, observer }, connected, windowMs);
    progress("the server is killed and started again");
    const killedAt = Date.now();
    await server.stop();
    server = await startServerPeer(directory, port);
    const comeback = await measureReturn({ server, crowd, observer }, killedAt);
    progress("all sessions expire");
    await crowd.ask({ kind: "leave" });
    await server.stop();
    server = await startServerPeer(directory, port, EXPIRY_LEASE_MS);
    const expiry = await measureExpiry({ server, crowd, observer }, sessions);
    for (const peer of [observer, crowd, server]) await peer.stop();
    return { sessions, connected, ...growth, ...steady, ...comeback, ...expiry };
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

type ServerPeer = Peer<ServerQuestion, ServerAnswers>;
type CrowdPeer = Peer<CrowdQuestion, CrowdAnswers>;

interface Peers {
  readonly server: ServerPeer;
  readonly crowd: CrowdPeer;
  readonly observer: Peer<ObserverQuestion, ObserverAnswers>;
}

function startServerPeer(directory: string, port: number, leaseMs: number = LONG_LEASE_MS): Promise<ServerPeer> {
  return Peer.start("../sessions/server.child.ts", directory, port, leaseMs);
}

async function measureGrowth(server: ServerPeer, crowd: CrowdPeer, sessions: number, connections: number) {
  // What the first sessions bring into the process is no part of any one session.
  await crowd.ask({ kind: "warmUp", sessions: FIRST_SESSIONS, connections: FIRST_CONNECTIONS });
  const empty = await server.ask({ kind: "memory" });
  const created = await crowd.ask({ kind: "create", sessions, connections: Math.min(64, sessions) });
  const detached = grownBy(empty, await server.ask({ kind: "memory" }), sessions);
  const before = await server.ask({ kind: "memory" });
  const connected = await crowd.ask({ kind: "connect", connections });
  await delay(SETTLE_MS);
  const attached = grownBy(before, await server.ask({ kind: "memory" }), connections);
  return {
    createdPerSecond: (sessions * 1_000) / created.elapsedMs,
    connectedPerSecond: (connections * 1_000) / connected.elapsedMs,
    heapBytesPerDetached: detached.heapBytes,
    residentBytesPerDetached: detached.residentBytes,
    heapBytesPerConnected: detached.heapBytes + attached.heapBytes,
    residentBytesPerConnected: detached.residentBytes + attached.residentBytes,
  };
}

function grownBy(before: MemoryFigures, after: MemoryFigures, count: number): MemoryFigures {
  return {
    heapBytes: (after.heapBytes - before.heapBytes) / count,
    residentBytes: (after.residentBytes - before.residentBytes) / count,
  };
}

/** The server's work where nothing happens but keep-alives: at the client's default pace, at a fast one, and very many. */
async function measureSteady({ server, crowd, observer }: Peers, connected: number, windowMs: number) {
  const bareServer = await Peer.start("server.child.ts", "tcp");
  const bareCrowd: CrowdPeer = await Peer.start("../sessions/crowd.child.ts", bareServer.port);
  await bareCrowd.ask({ kind: "connectBare", connections: connected });
  const [own, bare] = [
    { server, crowd },
    { server: bareServer, crowd: bareCrowd },
  ];
  const [idle, bareIdle] = await costsInTurn(own, bare, connected / 30, windowMs);
  const [many, bareMany] = await costsInTurn(own, bare, MANY_KEEP_ALIVES, windowMs);
  for (const peer of [bareCrowd, bareServer]) await peer.stop();
  const each10s = await keepAliveCost(own, connected / 10, windowMs);
  const from = Date.now();
  await observer.ask({ kind: "begin" });
  await delay(windowMs);
  const calm = await observer.ask({ kind: "end", from, until: Date.now() });
  return { idle, bareIdle, each10s, many, bareMany, calm };
}

/** A server, and those who keep themselves alive at it. */
interface Served {
  readonly server: { ask(question: { readonly kind: "cpu" }): Promise<number> };
  readonly crowd: CrowdPeer;
}

/** What keep-alives cost two servers, by turns, so that a machine that changes its mood does so for both: medians. */
async function costsInTurn(one: Served, other: Served, perSecond: number, windowMs: number) {
  const costs: [KeepAliveFigures[], KeepAliveFigures[]] = [[], []];
  for (let turn = 0; turn < TURNS; turn++) {
    costs[0].push(await keepAliveCost(one, perSecond, windowMs / TURNS));
    costs[1].push(await keepAliveCost(other, perSecond, windowMs / TURNS));
  }
  return costs.map(medianCost) as [KeepAliveFigures, KeepAliveFigures];
}

function medianCost(costs: readonly KeepAliveFigures[]): KeepAliveFigures {
  return {
    perSecond: median(costs.map(({ perSecond }) => perSecond)),
    cpuPercent: median(costs.map(({ cpuPercent }) => cpuPercent)),
  };
}

async function keepAliveCost(
  { server, crowd }: Served,
  perSecond: number,
  windowMs: number,
): Promise<KeepAliveFigures> {
  await crowd.ask({ kind: "keepAlives", perSecond });
  await delay(SETTLE_MS);
  const before = await crowd.ask({ kind: "keepAlivesSent" });
  const usedBeforeUs = await server.ask({ kind: "cpu" });
  const startedAt = performance.now();
  await delay(windowMs);
  const usedUs = (await server.ask({ kind: "cpu" })) - usedBeforeUs;
  const elapsedMs = performance.now() - startedAt;
  const after = await crowd.ask({ kind: "keepAlivesSent" });
  await crowd.ask({ kind: "keepAlives", perSecond: 0 });
  return {
    perSecond: ((after.answered - before.answered) * 1_000) / elapsedMs,
    cpuPercent: usedUs / elapsedMs / 10,
  };
}

/** `killedAt`: when the server before this one went, and with it every connection. */
async function measureReturn({ crowd, observer }: Peers, killedAt: number) {
  const servingAt = Date.now();
  await observer.ask({ kind: "begin" });
  const { halfAt, allAt, attempts, lost } = await crowd.ask({ kind: "awaitAll" });
  const duringReturn = await observer.ask({ kind: "end", from: servingAt, until: allAt });
  return {
    servingAfterMs: servingAt - killedAt,
    halfBackAfterMs: halfAt - killedAt,
    allBackAfterMs: allAt - killedAt,
    attempts,
    sessionsLost: lost,
    duringReturn,
  };
}

/** All leases began when the server did, so all end together. */
async function measureExpiry({ server, observer }: Peers, sessions: number) {
  await observer.ask({ kind: "begin" });
  let expiry = await server.ask({ kind: "expiry" });
  for (; expiry.expired < sessions; expiry = await server.ask({ kind: "expiry" })) await delay(100);
  const { firstAt, lastAt } = expiry;
  const duringExpiry = await observer.ask({ kind: "end", from: firstAt, until: lastAt });
  return { expiryMs: lastAt - firstAt, duringExpiry };
}

const FIRST_SESSIONS = 2_000;
const FIRST_CONNECTIONS = 200;
const MANY_KEEP_ALIVES = 10_000;
/** How often two servers are looked at by turns. */
const TURNS = 5;
const SETTLE_MS = 1_000;
/** No session shall expire before its time. */
const LONG_LEASE_MS = 3_600_000;
/** Long enough for the one client that stays to come back in. */
const EXPIRY_LEASE_MS = 5_000;
