/** `npm run bench:rpc`: a request of 64 bytes and its answer, through hawser and through others. See bench/README.md. */
import { parseArgs } from "node:util";
import { recordFigures } from "./figures.ts";
import { syncsPerSecond } from "./rpc/disk.ts";
import { measureEchoes } from "./transport/echo.ts";
import { killPeers } from "./transport/process.ts";
import { rpcStackNames, type StackName, stackDescriptions } from "./transport/stack.ts";
import { printEchoes } from "./transport/tables.ts";

const help = `npm run bench:rpc -- [--quick] [--only STACK[,STACK]]

--quick   one short round of everything, to see that it works
--only    some stacks instead of all:
${rpcStackNames.map((name) => `            ${name.padEnd(16)}${stackDescriptions[name]}`).join("\n")}

The table goes to standard output. A run of everything also writes the part "rpc" of bench/figures.json.`;

process.on("exit", killPeers);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(130));
await main();

async function main(): Promise<void> {
  const options = { quick: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return;
  }
  const stacks = values.only === undefined ? rpcStackNames : values.only.split(",").map(asStackName);
  const effort = values.quick
    ? { rounds: 1, warmUpMs: 200, roundMs: 300 }
    : { rounds: 7, warmUpMs: 300, roundMs: 1_000 };
  const cells = [1, 64, 1_000].map((inFlight) => ({ payloadBytes: 64, inFlight }));
  const progress = (text: string): void => console.error(`${(performance.now() / 1_000).toFixed(0)} s: ${text}`);
  const echoes = await measureEchoes({ stacks, cells, ...effort }, progress);
  printEchoes(echoes, "tcp");
  const diskSyncsPerSecond = Math.round(syncsPerSecond(1_000));
  console.log(`the disk syncs ${diskSyncsPerSecond} times a second, one after the other`);
  if (values.quick || values.only !== undefined) return;
  recordFigures("rpc", { rows: echoes, diskSyncsPerSecond });
}

function asStackName(text: string): StackName {
  const name = rpcStackNames.find((each) => each === text);
  if (name === undefined) throw new Error(`"${text}" is no stack: use some of ${rpcStackNames.join(", ")}`);
  return name;
}
