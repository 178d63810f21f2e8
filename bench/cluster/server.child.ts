/** One member of the cluster's benchmark, in a process of its own: `server.child.ts MEMBER ADDRESSES ENDPOINTS`. */
import { type StateMachine, startServer } from "hawser/server";
import { etcdEngine } from "hawser/server/etcd";

const echo: StateMachine = {
  apply: (command) => command,
  query: (query) => query,
  snapshot: () => [],
  restore: async (chunks) => {
    for await (const _ of chunks);
  },
};

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
