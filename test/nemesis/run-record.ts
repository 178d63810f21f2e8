import { appendFileSync, writeFileSync } from "node:fs";
import { isAnswered, type Operation, toLine } from "./history.ts";
import type { Checkpoint } from "./registers.ts";

/**
 * What a run has seen: the history, the states that members said they reached, and what must not happen. The history and
 * the events of the run are in files as well, for as long as anybody may want to look at them.
 */
export class RunRecord {
  readonly historyFile: string;
  readonly eventsFile: string;
  readonly operations: Operation[] = [];
  /** What must not happen, and did: a server that ended by itself, a session that was lost. */
  readonly troubles: string[] = [];
  /** When the newest of the calls that have an answer was made. */
  lastAnsweredCall = 0;
  /** How often a server caught up by a snapshot. */
  snapshotsLoaded = 0;
  readonly #epoch = monotonicUs();
  readonly #checkpoints = new Map<number, { readonly digest: number; readonly member: string }>();

  constructor(directory: string) {
    this.historyFile = `${directory}/history.jsonl`;
    this.eventsFile = `${directory}/events.txt`;
    writeFileSync(this.historyFile, "");
    writeFileSync(this.eventsFile, "");
  }

  /** The instant 0 of the history, on the machine's monotonic clock. */
  get epoch(): number {
    return this.#epoch;
  }

  now(): number {
    return monotonicUs() - this.#epoch;
  }

  add(operations: readonly Operation[]): void {
    for (const operation of operations) {
      this.operations.push(operation);
      if (isAnswered(operation)) this.lastAnsweredCall = Math.max(this.lastAnsweredCall, operation.invoke);
    }
    appendFileSync(this.historyFile, operations.map(toLine).join(""));
  }

  /** Notes what happens, for people. */
  note(text: string): void {
    appendFileSync(this.eventsFile, `${(this.now() / 1e6).toFixed(3)} ${text}\n`);
  }

  trouble(text: string): void {
    this.note(`TROUBLE ${text}`);
    this.troubles.push(text);
  }

  /** A member has reached a state. All that reach the entry must have the same there. */
  reached(member: string, { index, digest }: Checkpoint): void {
    const other = this.#checkpoints.get(index);
    if (other === undefined) this.#checkpoints.set(index, { digest, member });
    else if (other.digest !== digest) {
      this.trouble(`after entry ${index} the state of ${member} is ${digest}, that of ${other.member} ${other.digest}`);
    }
  }

  /** How many states were compared, or can be. */
  get checkpoints(): number {
    return this.#checkpoints.size;
  }
}

function monotonicUs(): number {
  return Number(process.hrtime.bigint() / 1_000n);
}
