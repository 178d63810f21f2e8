/** The server with many sessions, in a process of its own: `server.child.ts DIRECTORY PORT SESSION-TIMEOUT-MS`. */
import { readFileSync } from "node:fs";
import { type ServerReport, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { echo } from "../echo.ts";
import { answerQuestions } from "../transport/question.ts";
import type { MemoryFigures, ServerQuestion } from "./questions.ts";

const [, , directory = "", port = "0", sessionTimeoutMs = "0"] = process.argv;
let expired = 0;
let firstAt = 0;
let lastAt = 0;

const server = await startServer({
  memberId: "a",
  address: `tcp://0.0.0.0:${port}`,
  insecure: true, // Loopback has more addresses than one, and clients take ports of several.
  engine: lmdbEngine({ directory }),
  stateMachine: echo,
  sessionTimeoutMs: Number(sessionTimeoutMs),
  onReport: report,
});
answerQuestions<ServerQuestion>({ port: Number(/\d+$/.exec(server.address)?.[0]) }, ({ kind }) => {
  if (kind === "cpu") return cpuUs();
  return kind === "memory" ? memory() : { expired, firstAt, lastAt };
});

function report(what: ServerReport): void {
  if (what.type !== "sessionEnded") return;
  lastAt = Date.now();
  if (expired === 0) firstAt = lastAt;
  expired += 1;
}

function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

async function memory(): Promise<MemoryFigures> {
  // What the first collection lets go of can take others with it: buffers, and what waits for a finalizer.
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heapBytes: heapUsed + external, residentBytes: ownResidentBytes() ?? rss };
}

/** Linux alone tells a process's own pages from those of the files that it has mapped. */
function ownResidentBytes(): number | undefined {
  try {
    const kibibytes = /^RssAnon:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024;
  } catch {
    return undefined;
  }
}
