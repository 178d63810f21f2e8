/**
 * `npm run work-queue`: work that goes to whoever can do it, and to somebody else when they vanish. Says what happens in
 * plain words, checks it, and ends with exit code 0, or 1 if anything it says is not so.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { connect } from "hawser/client";
import { startServer, typed } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { codec, serverCodec, WorkQueue } from "./work-queue.ts";

const PICTURES = Array.from({ length: 12 }, (_, index) => `picture-${index + 1}.png`);

let isAllSo = true;
function check(isSo: boolean, claim: string): void {
  console.log(`  ${isSo ? "✓" : "✗ NOT SO:"} ${claim}`);
  isAllSo &&= isSo;
}

await using server = await startServer({
  memberId: "node-1",
  address: "tcp://127.0.0.1:0",
  engine: memoryEngine(),
  stateMachine: typed(serverCodec, new WorkQueue()),
  onReport: (report) => {
    if (report.type === "sessionEnded" && report.reason === "Expired") console.log("  … his session has expired.");
  },
});
console.log(`A work queue listens at ${server.address}.`);
await using customer = await connect({ members: { "node-1": server.address }, codec });

console.log("\nA customer wants pictures resized. Nobody can do that yet.");
await Promise.all(PICTURES.map((picture) => customer.submit({ type: "Resize", picture })));
check(held() === 0, `${PICTURES.length} pictures wait`);

console.log("\nLazy Ben comes: he can resize, takes the work, and does nothing.");
const ben = await startWorker("ben", "--lazy");
await until(() => held() === PICTURES.length && unacknowledged() === 0);
check(held() === PICTURES.length, "all pictures are with him, and he has acknowledged every one");

console.log("\nDiligent Anna comes. Then Ben vanishes: SIGKILL.");
const anna = await startWorker("anna");
ben.kill("SIGKILL");
const resized: { readonly picture: string; readonly worker: string }[] = [];
for await (const { payload } of customer.serverRequests) {
  if (payload.type === "Resized") resized.push(payload);
  if (resized.length === PICTURES.length) break;
}
check(new Set(resized.map(({ picture }) => picture)).size === PICTURES.length, "every picture was resized, once");
check(
  resized.every(({ worker }) => worker === "anna"),
  "Anna did them all: when Ben's session ended, his work went to her",
);
check(held() === 0, "nothing is left to do");
anna.kill("SIGTERM");
await once(anna, "exit");

console.log(`\n${isAllSo ? "Everything shown is so." : "Something is not so."}`);
process.exitCode = isAllSo ? 0 : 1;

/** Starts a worker and waits until it has its session. */
async function startWorker(name: string, ...options: readonly string[]): Promise<ChildProcess> {
  const script = fileURLToPath(new URL("./worker.ts", import.meta.url));
  const args = [...process.execArgv, script, "--address", server.address, "--name", name, ...options];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

/** Pieces of work that some session has. */
function held(): number {
  return server.sessions().reduce((sum, { workHeld }) => sum + workHeld, 0);
}

function unacknowledged(): number {
  return server.sessions().reduce((sum, { serverRequestsPending }) => sum + serverRequestsPending, 0);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 10));
}
