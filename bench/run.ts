/** `npm run bench`: loopback rates and bursts as tables, and in `bench/figures.json`. See bench/README.md. */
import { measureBursts } from "./burst.ts";
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

console.error("bursts, about half a minute …");
const bursts = await measureBursts();
console.table(
  bursts.map(({ commands, totalMs, microsecondsEach }) => ({
    commands,
    "total ms": Math.round(totalMs),
    "µs each": Number(microsecondsEach.toFixed(1)),
  })),
);
recordFigures("burst", { rows: bursts });
