import { setTimeout as delay } from "node:timers/promises";
import { Arena, type ArenaOptions } from "./arena.ts";
import { isAnswered } from "./history.ts";
import type { Porcupine } from "./porcupine.ts";
import { type Judgement, judge } from "./verdict.ts";

/**
 * The negative control: servers that answer queries without a read barrier, and a partition in which that shows. A test
 * that does not find it proves nothing.
 *
 * The server that leads is cut off from etcd, and those who write go elsewhere, but those who only read stay with it: it
 * takes itself for the leader for longer than the others wait for a sign of life.
 */
export async function runControl(
  options: Pick<ArenaOptions, "etcd" | "record" | "seed" | "directory">,
  porcupine: Porcupine | undefined,
): Promise<Judgement> {
  const writers = Array.from({ length: 4 }, () => ({ does: "writes", isImpatient: true }) as const);
  const readers = Array.from({ length: 4 }, () => ({ does: "reads", isImpatient: false }) as const);
  await using arena = await Arena.create({
    ...options,
    prefix: "control/",
    skipsBarrier: true,
    electionTimeoutMs: { a: SLOW_ELECTION_TIMEOUT_MS },
    clients: [...writers, ...readers],
  });
  const { record } = arena;
  const [slow, ...others] = arena.servers;
  await slow?.start();
  await until("server a leads", () => slow?.term !== undefined);
  await Promise.all(others.map((server) => server.start()));
  await arena.startClients();
  await until("clients are answered", () => record.lastAnsweredCall > 0);
  await delay(SETTLED_MS);
  record.note("server a is cut off from etcd; who writes goes elsewhere");
  for (const link of arena.toEtcd("a")) link.set("blackhole");
  for (const link of arena.toServer("a").slice(0, writers.length)) link.set("refuse");
  await until("another server leads", () => others.some(({ term }) => term !== undefined));
  const ledFrom = record.now();
  const written = () => record.operations.filter((one) => one.f !== "read" && isAnswered(one) && one.invoke > ledFrom);
  await until("it is written to", () => written().length >= WRITES);
  await delay(STALE_MS);
  for (const link of [...arena.toEtcd("a"), ...arena.toServer("a")]) {
    link.cut();
    link.set("pass");
  }
  await arena.stopClients();
  return judge(record.operations, porcupine);
}

async function until(what: string, isSo: () => boolean): Promise<void> {
  for (const end = performance.now() + TIMEOUT_MS; !isSo(); await delay(POLL_MS)) {
    if (performance.now() > end)
      throw new Error(`in the negative control it took more than ${TIMEOUT_MS / 1_000} s: ${what}`);
  }
}

/** Of the one that is to take itself for the leader; it steps down after twice as long. */
const SLOW_ELECTION_TIMEOUT_MS = 5_000;
const SETTLED_MS = 500;
/** With the new leader, and then time to read what they wrote over with the old one. */
const WRITES = 20;
const STALE_MS = 500;
const TIMEOUT_MS = 30_000;
const POLL_MS = 20;
