import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect } from "hawser/client";
import { type ConsensusEngine, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { echo } from "../echo.ts";
import type { Stack } from "../transport/stack.ts";

/** All of hawser: each request is a command of a session, applied once and answered from the log. */
export const hawserMemory: Stack = complete(() => memoryEngine());

/** The same with a log on the disk: an answer comes when its command was flushed. */
export const hawserLmdb: Stack = complete(() => {
  const directory = mkdtempSync(join(tmpdir(), "hawser-bench-"));
  process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
  return lmdbEngine({ directory });
});

function complete(makeEngine: () => ConsensusEngine): Stack {
  return {
    async serve() {
      const address = "tcp://127.0.0.1:0";
      const server = await startServer({ memberId: "a", address, engine: makeEngine(), stateMachine: echo });
      return Number(/\d+$/.exec(server.address)?.[0]);
    },
    async connect(port, received) {
      const client = await connect({ members: { a: `tcp://127.0.0.1:${port}` } });
      return (message) => void client.submit(message).then(received);
    },
  };
}
