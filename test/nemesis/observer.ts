import { connect } from "hawser/client";
import type { Arena } from "./arena.ts";
import { PROCESSES_PER_CLIENT } from "./history.ts";
import { codec } from "./registers.ts";

/**
 * A client of the run itself, past the links, at the end: reads every register once more, as a part of the history, and
 * the journal of everything that was applied.
 */
export async function readEverything({ addresses, record }: Arena): Promise<readonly number[]> {
  await using client = await connect({ members: addresses, codec });
  const keys = [...new Set(record.operations.map(({ key }) => key))];
  const read = async (key: string, at: number) => {
    const invoke = record.now();
    const answer = await client.query({ type: "Read", key });
    const out = answer.type === "Holds" ? answer.serial : -1;
    const process = OBSERVER * PROCESSES_PER_CLIENT + at;
    return { process, f: "read", key, in: null, out, invoke, return: record.now() } as const;
  };
  record.add(await Promise.all(keys.map(read)));
  const journal: number[] = [];
  for (;;) {
    const part = await client.query({ type: "ReadJournal", from: journal.length });
    if (part.type !== "Journal" || part.serials.length === 0) return journal;
    journal.push(...part.serials);
  }
}

/** Its number among the clients. */
const OBSERVER = 0;
