/**
 * `npm run counter`: a replicated counter with payloads that are generated from a schema. Says what happens in plain words,
 * checks it, and ends with exit code 0, or 1 if anything it says is not so.
 */
import { connect, isRequestError } from "hawser/client";
import { startServer, typed } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { Counter, codec, serverCodec } from "./counter.ts";

/** Each client adds 1, 2, … up to this. */
const ADDITIONS = 100;

let isAllSo = true;
function check(isSo: boolean, claim: string): void {
  console.log(`  ${isSo ? "✓" : "✗ NOT SO:"} ${claim}`);
  isAllSo &&= isSo;
}

await using server = await startServer({
  memberId: "node-1",
  address: "tcp://127.0.0.1:0",
  engine: memoryEngine(),
  stateMachine: typed(serverCodec, new Counter()),
});
console.log(`A counter listens at ${server.address}. It forgets everything when it ends.`);

const members = { "node-1": server.address };
await using anna = await connect({ members, codec });
await using ben = await connect({ members, codec });

console.log(`\nTwo clients add 1 to ${ADDITIONS} each, at the same time.`);
const amounts = Array.from({ length: ADDITIONS }, (_, index) => index + 1);
const totals = await Promise.all(
  [anna, ben].flatMap((client) => amounts.map((amount) => client.submit({ type: "Add", amount }))),
);
const sum = 2 * amounts.reduce((before, amount) => before + amount, 0);
check(new Set(totals.map(({ total }) => total)).size === totals.length, "every command had a result of its own");
check(Math.max(...totals.map(({ total }) => total)) === sum, `the last result is ${sum}`);
const { total } = await ben.query({ type: "Read" });
check(total === sum, `a query that follows reads ${total}`);

console.log("\nOne adds more than can be counted.");
const refusal: unknown = await anna.submit({ type: "Add", amount: Number.MAX_SAFE_INTEGER }).catch((error) => error);
check(isRequestError(refusal) && refusal.outcome === "not-applied", `it is refused: ${String(refusal)}`);
check((await anna.query({ type: "Read" })).total === sum, "the counter is what it was");

console.log(`\n${isAllSo ? "Everything shown is so." : "Something is not so."}`);
process.exitCode = isAllSo ? 0 : 1;
