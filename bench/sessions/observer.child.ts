/** A client of its own beside the crowd, whose commands are timed: `observer.child.ts PORT`. */
import { connect } from "hawser/client";
import { percentile } from "../measure.ts";
import { answerQuestions } from "../transport/question.ts";
import type { CommandTimes, ObserverQuestion } from "./questions.ts";

const client = await connect({ members: { a: `tcp://127.0.0.1:${process.argv[2]}` } });
const payload = new Uint8Array(64);
/** Instants are milliseconds since the Unix epoch. */
let times: { readonly dueAt: number; readonly tookMs: number }[] = [];
let firstAnswerAt = Number.POSITIVE_INFINITY;
let pace: NodeJS.Timeout | undefined;
answerQuestions<ObserverQuestion>({}, (question) => {
  if (question.kind === "end") return end(question.from, question.until);
  begin();
  return null;
});

/** Sends a command whenever one is due, whatever became of those before: a server that stands still delays them all. */
function begin(): void {
  times = [];
  firstAnswerAt = Number.POSITIVE_INFINITY;
  let dueAt = Date.now();
  pace = setInterval(() => {
    for (; dueAt <= Date.now(); dueAt += intervalMs) void command(dueAt);
  }, 1);
}

async function command(dueAt: number): Promise<void> {
  await client.submit(payload);
  const now = Date.now();
  times.push({ dueAt, tookMs: performance.timeOrigin + performance.now() - dueAt });
  firstAnswerAt = Math.min(firstAnswerAt, now);
}

/** Those that were due before the client was back say when it came back, and nothing of how it was served. */
async function end(from: number, until: number): Promise<CommandTimes> {
  clearInterval(pace);
  await client.submit(payload);
  const since = Math.max(from, firstAnswerAt);
  const tookMs = times.filter(({ dueAt }) => dueAt >= since && dueAt <= until).map((each) => each.tookMs);
  return {
    commands: tookMs.length,
    p50Ms: percentile(tookMs, 0.5),
    p99Ms: percentile(tookMs, 0.99),
    maxMs: percentile(tookMs, 1),
  };
}

/** Between one command and the next. */
const intervalMs = 5;
