/** `npm run bench:sessions`: a server with many sessions. See bench/README.md. */
import { parseArgs } from "node:util";
import { recordFigures } from "./figures.ts";
import { measureScale, type ScaleFigures } from "./sessions/scale.ts";
import { printScale } from "./sessions/tables.ts";
import { killPeers } from "./transport/process.ts";

const help = `npm run bench:sessions -- [--quick] [--sessions N[,N]]

--quick      300 sessions and short looks, to see that it works
--sessions   other numbers of sessions than ${[1_000, 10_000, 50_000].join(", ")}

The tables go to standard output. A run without options also writes the part "sessions" of bench/figures.json.`;

process.on("exit", killPeers);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
await main();

async function main(): Promise<void> {
  const options = { quick: { type: "boolean" }, sessions: { type: "string" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return;
  }
  const asked = values.sessions?.split(",").map(asCount);
  const numbers = asked ?? (values.quick ? [300] : [1_000, 10_000, 50_000]);
  const progress = (text: string): void => console.error(`${(performance.now() / 1_000).toFixed(0)} s: ${text}`);
  const rows: ScaleFigures[] = [];
  for (const sessions of numbers) {
    rows.push(await measureScale(sessions, { windowMs: values.quick ? 1_000 : 10_000 }, progress));
  }
  printScale(rows);
  if (values.quick || asked !== undefined) return;
  recordFigures("sessions", { rows });
}

function asCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 90_000) return count;
  throw new Error(`"${text}" is no number of sessions: use whole numbers from 1 to 90000`);
}
