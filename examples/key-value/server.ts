/**
 * One member of the key-value store: alone, with its data in a directory, or one of several on etcd.
 *
 *     npm run kv:server -- [--address tcp://127.0.0.1:7000] [--data ./data]
 *     npm run kv:server -- --etcd http://127.0.0.1:2379,… --member a --members a=tcp://127.0.0.1:7001,b=tcp://…
 */
import { createHash } from "node:crypto";
import { type Server, startServer } from "hawser/server";
import { onInterrupt } from "./command-line.ts";
import { serverCommandLine } from "./server-command-line.ts";
import type { ServerStatus } from "./server-process.ts";
import { KeyValueStore } from "./state-machine.ts";

const STATUS_INTERVAL_MS = 500;

const { status, membership, where } = serverCommandLine();
try {
  const store = new KeyValueStore();
  const server = await startServer({
    ...membership(),
    stateMachine: store,
    onReport: (report) => {
      if (report.type === "stateMachineError" || report.type === "snapshotFailed") console.error(report);
    },
  });
  console.log(`serving at ${server.address}, data in ${where}`);
  if (status) setInterval(statusLines(server, store), STATUS_INTERVAL_MS);
  onInterrupt(() => server.stop());
  await server.stopped;
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}

function statusLines(server: Server, store: KeyValueStore): () => void {
  let appliedBefore = -1;
  return () => {
    const { leadership, appliedIndex, sessionCount: sessions } = server;
    const isIdle = appliedIndex === appliedBefore;
    appliedBefore = appliedIndex;
    const line: ServerStatus = {
      ...(leadership.role === "leader" ? leadership : { role: "follower" }),
      appliedIndex,
      sessions,
      commands: store.commandCount,
      ...(isIdle && { digest: digestOf(store) }),
    };
    console.log(JSON.stringify(line));
  };
}

function digestOf(store: KeyValueStore): string {
  const hash = createHash("sha256");
  for (const chunk of store.snapshot()) hash.update(chunk);
  return hash.digest("hex").slice(0, 16);
}
