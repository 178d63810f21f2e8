/** `npm run bench:transport`: hawser's transports beside others. See bench/README.md. */
import { writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { writeCharts } from "./charts/write.ts";
import { measureEchoes, transportCells } from "./transport/echo.ts";
import { measureHostile } from "./transport/hostile.ts";
import { type IdleFigures, measureIdle } from "./transport/idle.ts";
import { killPeers } from "./transport/process.ts";
import { type StackName, stackDescriptions, stackNames } from "./transport/stack.ts";
import { printEchoes, printHostile, printIdle } from "./transport/tables.ts";

const full = {
  echo: { rounds: 5, warmUpMs: 100, roundMs: 300 },
  idle: { connections: 1_000, durationMs: 5_000 },
  hostile: { rounds: 5, warmUpMs: 200, roundMs: 1_000 },
};

const quick: typeof full = {
  echo: { rounds: 1, warmUpMs: 100, roundMs: 200 },
  idle: { connections: 1_000, durationMs: 1_000 },
  hostile: { rounds: 1, warmUpMs: 200, roundMs: 500 },
};

const help = `npm run bench:transport -- [--quick] [--only STACK[,STACK]]

--quick   one short round of everything, to see that it works
--only    some stacks instead of all:
${stackNames.map((name) => `            ${name.padEnd(16)}${stackDescriptions[name]}`).join("\n")}

Tables go to standard output. A run of everything also writes bench/transport-figures.json.`;

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
  const stacks = values.only === undefined ? stackNames : values.only.split(",").map(asStackName);
  const figures = await measure(stacks, values.quick ? quick : full);
  if (values.quick || values.only !== undefined) return;
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
  const text = JSON.stringify({ machine, ...figures }, null, 2);
  writeFileSync(new URL("./transport-figures.json", import.meta.url), `${text}\n`);
  writeCharts();
}

async function measure(stacks: readonly StackName[], plan: typeof full): Promise<object> {
  const progress = (text: string): void => console.error(`${(performance.now() / 1_000).toFixed(0)} s: ${text}`);

  const echoes = await measureEchoes({ stacks, cells: transportCells, ...plan.echo }, progress);
  printEchoes(echoes, stackNames[0]!);

  const idle: IdleFigures[] = [];
  for (const stack of stacks) {
    progress(`idle, ${stack}`);
    idle.push(await measureIdle(stack, plan.idle.connections, plan.idle.durationMs));
  }
  printIdle(idle);

  // Guests misbehave in the words of ZMTP; what is measured is how hawser keeps them from the others, alone and complete.
  const attacked = stacks.filter((stack) => stack.startsWith("hawser-"));
  if (stacks.includes("hawser-zmtp")) attacked.push("hawser-memory");
  const hostile = await measureHostile({ stacks: attacked, ...plan.hostile }, progress);
  printHostile(hostile);
  progress("done");
  return { echoes, idle, hostile };
}

function asStackName(text: string): StackName {
  const name = stackNames.find((each) => each === text);
  if (name === undefined) throw new Error(`"${text}" is no stack: use some of ${stackNames.join(", ")}`);
  return name;
}
