/** `npm run bench`: loopback rates as a table, and in `bench/figures.json`. See bench/README.md. */
import { recordFigures } from "./figures.ts";
import { measureLoopback } from "./loopback.ts";

console.error("loopback, about a minute …");
const loopback = await measureLoopback();
console.table(
  loopback.map(({ what, inFlight, perSecond, p50Ms, p99Ms }) => ({
    what,
    "in flight": inFlight,
    "per second": perSecond,
    "p50 ms": Number(p50Ms.toFixed(3)),
    "p99 ms": Number(p99Ms.toFixed(3)),
  })),
);
recordFigures("loopback", { rows: loopback });
