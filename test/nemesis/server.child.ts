/** One server of the fault test, in a process of its own: `server.child.ts SETTINGS`. It reports to its parent. */
import { type Application, type ConsensusEngine, startServer, typed } from "hawser/server";
import { etcdEngine } from "hawser/server/etcd";
import type { ServerMessage, ServerOrder, ServerSettings } from "./process-messages.ts";
import { Registers, serverCodec } from "./registers.ts";

const settings: ServerSettings = JSON.parse(process.argv[2] ?? "");

/** What is told after the end, such as of a snapshot that the end has cut short, has no listener any more. */
function tell(message: ServerMessage): void {
  if (process.connected) process.send?.(message);
}

/** An engine as it is, whose leaderships and snapshots are told, and in the negative control without its read barrier. */
function observed(engine: ConsensusEngine): ConsensusEngine {
  return {
    get leadership() {
      return engine.leadership;
    },
    start(application) {
      const observedApplication: Application = {
        onEntry: (entry) => application.onEntry(entry),
        async onSnapshot(snapshot) {
          await application.onSnapshot(snapshot);
          tell({ type: "restored", index: snapshot.index });
        },
        onFatal: (error) => application.onFatal(error),
        onLeadership(leadership) {
          tell(leadership.role === "leader" ? { type: "leads", term: leadership.term } : { type: "follows" });
          application.onLeadership(leadership);
        },
      };
      return engine.start(observedApplication);
    },
    propose: (payload) => engine.propose(payload),
    readBarrier: () => (settings.skipsBarrier ? Promise.resolve({ index: 0 }) : engine.readBarrier()),
    saveSnapshot: (index, chunks) => engine.saveSnapshot(index, chunks),
    stop: () => engine.stop(),
  };
}

const { memberId, address, endpoints, prefix, electionTimeoutMs, snapshotEntries } = settings;
const registers = new Registers((checkpoint) => tell({ type: "checkpoint", checkpoint }));
const server = await startServer({
  memberId,
  address,
  engine: observed(
    etcdEngine({
      endpoints,
      memberId,
      prefix,
      electionTimeoutMs,
      onReport: (report) => tell({ type: "trouble", isFault: false, text: JSON.stringify(report) }),
    }),
  ),
  stateMachine: typed(serverCodec, registers),
  snapshotEntries,
  onReport(report) {
    if (report.type === "stateMachineError" || report.type === "snapshotFailed") {
      const text = `${report.type}: ${report.error instanceof Error ? report.error.message : report.error}`;
      tell({ type: "trouble", isFault: report.type === "stateMachineError", text });
    }
  },
});
process.on("message", ({ type }: ServerOrder) => {
  if (type !== "tellState") return;
  const sessionIds = server.sessions().map(({ sessionId }) => sessionId);
  tell({ type: "state", appliedIndex: server.appliedIndex, digest: registers.checkpoint.digest, sessionIds });
});
process.on("SIGTERM", () => void server.stop());
// Nobody is left to report to.
const orphaned = () => process.exit(1);
process.on("disconnect", orphaned);
tell({ type: "serving" });
await server.stopped;
process.off("disconnect", orphaned).disconnect();
