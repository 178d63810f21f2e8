/** The server of the loopback benchmark, in a process of its own: `loopback-server.ts lmdb DIRECTORY` or `memory`. */
import { type ConsensusEngine, startServer } from "hawser/server";
import { lmdbEngine } from "hawser/server/lmdb";
import { memoryEngine } from "hawser/server/memory";
import { echo } from "./echo.ts";

const [kind, directory = ""] = process.argv.slice(2);
const engine: ConsensusEngine = kind === "lmdb" ? lmdbEngine({ directory }) : memoryEngine();
const server = await startServer({ memberId: "node-1", address: "tcp://127.0.0.1:0", engine, stateMachine: echo });
process.on("SIGTERM", () => void server.stop());
console.log(server.address);
await server.stopped;
