/** `npm run bench:curve`: what keys and encryption cost. See bench/README.md. */
import { parseArgs } from "node:util";
import { measureHandshakes, stacks } from "./curve/handshakes.ts";
import { recordFigures } from "./figures.ts";
import { measureEchoes } from "./transport/echo.ts";
import { killPeers } from "./transport/process.ts";
import { printEchoes } from "./transport/tables.ts";

const cells = [
  { payloadBytes: 64, inFlight: 1 },
  { payloadBytes: 64, inFlight: 64 },
  { payloadBytes: 64, inFlight: 1_000 },
  { payloadBytes: 8_192, inFlight: 64 },
];
const full = { rounds: 5, warmUpMs: 100, roundMs: 500, handshakesMs: 2_000 };
const quick: typeof full = { rounds: 1, warmUpMs: 100, roundMs: 200, handshakesMs: 500 };

const help = `npm run bench:curve -- [--quick]

--quick   one short round of everything, to see that it works

Tables go to standard output. A full run also writes the part "curve" of bench/figures.json. Needs sodium-native.`;

process.on("exit", killPeers);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
await main();

async function main(): Promise<void> {
  const options = { quick: { type: "boolean" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return;
  }
  const progress = (text: string): void => console.error(`${(performance.now() / 1_000).toFixed(0)} s: ${text}`);
  const plan = values.quick ? quick : full;
  const echoes = await measureEchoes({ stacks, cells, ...plan }, progress);
  printEchoes(echoes, "hawser-zmtp");
  progress("handshakes");
  const handshakes = await measureHandshakes(plan.rounds, plan.handshakesMs);
  console.log("connections, each with one message there and back");
  console.table(
    handshakes.map(({ stack, perSecond, serverCpuUs }) => ({
      stack,
      "per second": Math.round(perSecond),
      "server CPU µs": Math.round(serverCpuUs),
    })),
  );
  if (!values.quick) recordFigures("curve", { echoes, handshakes });
}
