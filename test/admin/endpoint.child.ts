/** A server with an endpoint, until SIGTERM. Says where the endpoint is. */
import { startAdminEndpoint } from "hawser/admin";
import { prometheus } from "hawser/prometheus";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { Notebook } from "../transcript/notebook.ts";

const telemetry = prometheus();
const server = await startServer({
  memberId: "a",
  address: "tcp://127.0.0.1:0",
  engine: memoryEngine(),
  stateMachine: new Notebook(),
  telemetry,
});
const admin = await startAdminEndpoint({ server, telemetry });
process.once("SIGTERM", () => server.stop());
console.log(admin.address);
