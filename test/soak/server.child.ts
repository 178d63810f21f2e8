/** The server of the soak, in a process of its own: `server.child.ts SETTINGS`. It reports to its parent. */
import { startServer, typed } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { memoryUse } from "./memory-use.ts";
import type { ServerMessage, ServerOrder, ServerSettings } from "./process-messages.ts";
import { isRefusal, serverCodec, Tallies } from "./tallies.ts";

const { address, directory, sessionTimeoutMs, snapshotEntries }: ServerSettings = JSON.parse(process.argv[2] ?? "");
const reports: Record<string, number> = {};
const tallies = new Tallies((text) => tell({ type: "trouble", text }));

function tell(message: ServerMessage): void {
  process.send?.(message);
}

const server = await startServer({
  memberId: "node-1",
  address,
  engine: directory === undefined ? memoryEngine() : lmdbEngine({ directory }),
  stateMachine: typed(serverCodec, tallies),
  sessionTimeoutMs,
  snapshotEntries,
  onReport(report) {
    const what = report.type === "protocolViolation" ? `${report.type}: ${report.problem}` : report.type;
    reports[what] = (reports[what] ?? 0) + 1;
    if (report.type !== "stateMachineError" && report.type !== "snapshotFailed") return;
    const text = report.error instanceof Error ? report.error.message : String(report.error);
    if (report.type === "snapshotFailed" || !isRefusal(text))
      tell({ type: "trouble", text: `${report.type}: ${text}` });
  },
});
process.on("message", ({ type }: ServerOrder) => {
  if (type !== "sample") return;
  const sessions = server.sessions();
  tell({
    type: "sample",
    memory: memoryUse(),
    sessionIds: sessions.map(({ sessionId }) => sessionId),
    connected: sessions.filter(({ connected }) => connected).length,
    totals: tallies.totals,
    reports,
  });
});
process.on("SIGTERM", () => void server.stop());
// Nobody is left to report to.
const orphaned = () => process.exit(1);
process.on("disconnect", orphaned);
tell({ type: "serving" });
await server.stopped;
process.off("disconnect", orphaned).disconnect();
