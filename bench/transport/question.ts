/** What the benchmark asks its processes, over the channel that `child_process` gives. */
export type Question =
  | { readonly kind: "cpu" }
  | { readonly kind: "memory" }
  | { readonly kind: "open"; readonly connections: number }
  | ({ readonly kind: "round" } & Round);

/** The answer to each kind of question. */
export interface Answers {
  /** Microseconds of the processor that the process has used, all of its threads. */
  readonly cpu: number;
  /** Resident bytes, after garbage was collected. */
  readonly memory: number;
  readonly open: null;
  readonly round: RoundFigures;
}

/** One measurement: keeps `inFlight` messages under way on one connection for `durationMs`. */
export interface Round {
  readonly payloadBytes: number;
  readonly inFlight: number;
  readonly durationMs: number;
}

export interface RoundFigures {
  readonly echoes: number;
  readonly perSecond: number;
  readonly p50Us: number;
  readonly p99Us: number;
  /** Of the client, all of its threads. */
  readonly cpuUs: number;
  /** Messages that had no echo `stuckMs` after the end. They count into p99 with the time they have waited. */
  readonly unanswered: number;
}

/** How long a client waits for the last echoes of a round. */
export const stuckMs = 5_000;

/** The first word of every process. */
export interface Ready {
  /** Where it listens, if it does. */
  readonly port?: number;
}

/** For the process that is asked: answers one question after the other, and ends with the process that asks. */
export function answerQuestions<Asked = Question>(ready: Ready, answer: (question: Asked) => unknown): void {
  process.on("disconnect", () => process.exit());
  process.on("message", async (question: Asked) => process.send?.((await answer(question)) ?? null));
  process.send?.(ready);
}
