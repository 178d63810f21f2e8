/**
 * One worker in a process of its own: takes work until it is told to end.
 *
 *     worker.ts --address tcp://127.0.0.1:7000 --name anna [--lazy]
 *
 * A lazy worker takes work and does nothing.
 */
import { parseArgs } from "node:util";
import { connect } from "hawser/client";
import { codec, RESIZE } from "./work-queue.ts";

const { values } = parseArgs({
  options: {
    address: { type: "string", default: "tcp://127.0.0.1:7000" },
    name: { type: "string", default: "anna" },
    lazy: { type: "boolean", default: false },
  },
});

await using client = await connect({
  members: { "node-1": values.address },
  codec,
  capabilities: { [RESIZE]: values.name },
  // Long enough for a network that hesitates; short, because the demonstration waits for a session to end.
  sessionTimeoutMs: 1_500,
});
process.once("SIGTERM", () => void client.close());
console.log(`${values.name} is ready`);

for await (const { payload } of client.serverRequests) {
  // Taking it from the stream has acknowledged it. That says nothing about the work, which is done later.
  if (payload.type !== "ResizeThis" || values.lazy) continue;
  await new Promise((resolve) => setTimeout(resolve, 10)); // The picture is being resized.
  await client.submit({ type: "Done", workId: payload.workId });
}
