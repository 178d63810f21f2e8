/**
 * `npm run bench:cluster`: commands through three members on etcd beside one put into etcd for each, as a table, and in
 * `bench/figures.json`. `-- --quick`: one short round, and no file. See bench/README.md.
 */
import { parseArgs } from "node:util";
import { measureCluster } from "./cluster/commands.ts";
import { recordFigures } from "./figures.ts";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false } } });
console.error(values.quick ? "a cluster of three, some seconds …" : "a cluster of three, about a minute …");
const rows = await measureCluster(values.quick ? { rounds: 1, roundMs: 300 } : { rounds: 5, roundMs: 2_000 });
console.table(
  rows.map(({ what, inFlight, perSecond, p50Ms, p99Ms }) => ({
    what,
    "in flight": inFlight,
    "per second": perSecond,
    "p50 ms": Number(p50Ms.toFixed(2)),
    "p99 ms": Number(p99Ms.toFixed(2)),
  })),
);
if (!values.quick) recordFigures("cluster", { rows });
