/** A server of the journal in a process of its own: `journal.child.ts ADDRESS DIRECTORY SNAPSHOT_ENTRIES`. */
import { startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { Journal } from "./journal.ts";

const [address = "", directory = "", snapshotEntries = ""] = process.argv.slice(2);
const server = await startServer({
  memberId: "node-1",
  address,
  engine: lmdbEngine({ directory }),
  stateMachine: new Journal(),
  snapshotEntries: Number(snapshotEntries),
  onReport: (report) => {
    if (report.type === "snapshotFailed") console.error(report);
  },
});
process.on("SIGTERM", () => void server.stop());
console.log(server.address);
await server.stopped;
