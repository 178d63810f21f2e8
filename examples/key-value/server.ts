/**
 * One member of the key-value store, with its data in a directory:
 *
 *     npm run kv:server -- [--address tcp://127.0.0.1:7000] [--data ./data]
 */
import { parseArgs } from "node:util";
import { startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { exitWithUsage, onInterrupt } from "./command-line.ts";
import { KeyValueStore } from "./state-machine.ts";

const USAGE = "usage: npm run kv:server -- [--address tcp://127.0.0.1:7000] [--data ./data]";

function options(): { readonly address: string; readonly data: string } {
  try {
    const { values } = parseArgs({
      options: {
        address: { type: "string", default: "tcp://127.0.0.1:7000" },
        data: { type: "string", default: "./data" },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    return values;
  } catch (error) {
    return exitWithUsage(error, USAGE);
  }
}

const { address, data } = options();
try {
  const server = await startServer({
    memberId: "node-1",
    address,
    engine: lmdbEngine({ directory: data }),
    stateMachine: new KeyValueStore(),
    onReport: (report) => {
      if (report.type === "stateMachineError" || report.type === "snapshotFailed") console.error(report);
    },
  });
  console.log(`serving at ${server.address}, data in ${data}`);
  onInterrupt(() => server.stop());
  await server.stopped;
  process.exit(0);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(2);
}
