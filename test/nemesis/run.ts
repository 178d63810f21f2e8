import { Arena, type ArenaOptions } from "./arena.ts";
import { Nemesis, type Strike } from "./nemesis.ts";
import { readEverything } from "./observer.ts";
import type { Porcupine } from "./porcupine.ts";
import {
  checkJournal,
  checkRollingRestarts,
  checkStates,
  type Judgement,
  judge,
  type Violation,
  violation,
} from "./verdict.ts";

/** How a run is made. */
export interface RunOptions extends Pick<ArenaOptions, "etcd" | "record" | "seed" | "directory"> {
  readonly seconds: number;
  readonly clients: number;
  readonly porcupine: Porcupine | undefined;
  readonly interrupted: AbortSignal;
  /** Told of each fault as it begins. */
  readonly struck: (kind: string) => void;
}

/** What became of a run. */
export interface RunResult {
  readonly strikes: readonly Strike[];
  readonly violations: readonly Violation[];
  /** Nothing where the run did not come to its end. */
  readonly judgement: Judgement | undefined;
  readonly journalLength: number;
}

/** Breaks a cluster for a while, lets it come to rest, and holds what was seen against what is promised. */
export async function runFaults(options: RunOptions): Promise<RunResult> {
  const { etcd, record, seed, directory, porcupine } = options;
  const clients = Array.from({ length: options.clients }, (_, at) => {
    return { does: "everything", isImpatient: at % 2 === 1 } as const;
  });
  await using arena = await Arena.create({
    etcd,
    record,
    seed,
    directory,
    prefix: "run/",
    skipsBarrier: false,
    clients,
  });
  const nemesis = new Nemesis(arena, seed, options.interrupted, options.struck);
  let journal: readonly number[] = [];
  const states: Violation[] = [];
  try {
    await Promise.all(arena.servers.map((server) => server.start()));
    await arena.startClients();
    await nemesis.recovered();
    await nemesis.run(options.seconds);
    await endOfCalls(arena);
    journal = await readEverything(arena);
    const before = await arena.statesAtRest();
    // Once more, from what is stored.
    await Promise.all(arena.servers.map((server) => server.kill()));
    await Promise.all(arena.servers.map((server) => server.start()));
    states.push(...checkStates([...before, ...(await arena.statesAtRest())], arena));
  } catch (error) {
    record.trouble(error instanceof Error ? error.message : String(error));
    const violations = violation("the service comes back", record.troubles);
    return { strikes: nemesis.strikes, violations, judgement: undefined, journalLength: 0 };
  }
  const judgement = await judge(record.operations, porcupine);
  const violations = [
    ...judgement.violations,
    ...checkJournal(record.operations, journal),
    ...states,
    ...checkRollingRestarts(record.operations, nemesis.strikes),
    ...violation("nothing happens that must not", record.troubles),
  ];
  return { strikes: nemesis.strikes, violations, judgement, journalLength: journal.length };
}

/** When everything is well every call has an answer within the time in which a client finds out that it has to ask again. */
async function endOfCalls(arena: Arena): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    const text = `calls of clients have no answer ${END_TIMEOUT_MS / 1_000} s after the last fault was put right`;
    timer = setTimeout(() => reject(new Error(text)), END_TIMEOUT_MS);
  });
  await Promise.race([arena.stopClients(), timeout]);
  clearTimeout(timer);
}

/** A keep-alive is sent after 30 s at the latest, and its answer waited for for 5 s. */
const END_TIMEOUT_MS = 45_000;
