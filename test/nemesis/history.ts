import type { Outcome } from "hawser/client";

/**
 * What one client saw of one operation on a register; one line of a history. Instants are microseconds of one monotonic
 * clock. A key is a register that begins with 0. Writes and swaps write numbers that no other operation of a run writes.
 */
export interface Operation {
  /** Has one operation at a time. One that does not learn what became of an operation is not heard of again. */
  readonly process: number;
  readonly f: "write" | "read" | "cas";
  readonly key: string;
  /** What was written; of a cas what was expected and what was to be written; nothing for a read. */
  readonly in: number | readonly [expected: number, written: number] | null;
  /** What a read saw, or whether a cas took effect. `null` for a write, and where nobody knows. */
  readonly out: number | boolean | null;
  readonly invoke: number;
  /** `null` for an operation that may take effect at any time after `invoke`, or never. */
  readonly return: number | null;
  /** What the client was told of an operation without a result, and why. */
  readonly failure?: { readonly outcome: Outcome; readonly code: string };
}

/** Processes of the history are numbered by client: the callers of client 3 are 3,000,001, 3,000,002, … */
export const PROCESSES_PER_CLIENT = 1_000_000;

/** Whose operation it was. */
export function clientOf({ process }: Operation): number {
  return Math.floor(process / PROCESSES_PER_CLIENT);
}

/** Whether its client was told what it came to. */
export function isAnswered(operation: Operation): boolean {
  return operation.return !== null && operation.failure === undefined;
}

/** What an operation writes, if anything. */
export function writtenBy({ f, in: input }: Operation): number | undefined {
  if (f === "read") return undefined;
  return typeof input === "number" ? input : input?.[1];
}

/** What a register is asked for by an operation: what a read saw, or what a cas compared with. */
export function lookedForBy({ f, in: input, out }: Operation): number | undefined {
  if (f === "read") return typeof out === "number" ? out : undefined;
  return typeof input === "object" && input !== null ? input[0] : undefined;
}

/**
 * The operations that a checker of registers can say something about, by key. One that was not applied did nothing, and a
 * read without an answer saw nothing.
 */
export function registersOf(history: Iterable<Operation>): ReadonlyMap<string, readonly Operation[]> {
  const byKey = new Map<string, Operation[]>();
  for (const operation of history) {
    if (operation.failure?.outcome === "not-applied" || (operation.f === "read" && operation.out === null)) continue;
    const operations = byKey.get(operation.key) ?? [];
    operations.push(operation);
    byKey.set(operation.key, operations);
  }
  return byKey;
}

/** One line of a history. */
export function toLine(operation: Operation): string {
  return `${JSON.stringify(operation)}\n`;
}

/** For people: `process 3: cas k7 12 → 15 was true, 1.204 to 1.209 s`. */
export function describeOperation({ process, f, key, in: input, out, ...times }: Operation): string {
  const what = typeof input === "object" && input !== null ? input.join(" → ") : input;
  const result = out === null ? "" : ` ${f === "read" ? "saw" : "was"} ${out}`;
  const end = times.return === null ? "no answer" : seconds(times.return);
  return `process ${process}: ${f} ${key}${what === null ? "" : ` ${what}`}${result}, ${seconds(times.invoke)} to ${end}`;
}

function seconds(microseconds: number): string {
  return `${(microseconds / 1e6).toFixed(6)} s`;
}
