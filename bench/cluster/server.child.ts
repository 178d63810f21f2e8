/** One member of the cluster's benchmark, in a process of its own: `server.child.ts MEMBER ADDRESSES ENDPOINTS`. */
import { startServer } from "hawser/server";
import { etcdEngine } from "hawser/server/etcd";
import { echo } from "../echo.ts";

const [memberId = "", members = "", endpoints = ""] = process.argv.slice(2);
const addresses: Readonly<Record<string, string>> = JSON.parse(members);
const server = await startServer({
  memberId,
  address: addresses[memberId] ?? "",
  members: addresses,
  engine: etcdEngine({ memberId, endpoints: endpoints.split(",") }),
  stateMachine: echo,
});
process.on("SIGTERM", () => void server.stop());
console.log(server.address);
await server.stopped;
process.exit(0);
