import { execFileSync } from "node:child_process";
import { parseArgs } from "node:util";
import { withMutation } from "./mutated-copy.ts";
import { mutations } from "./mutations.ts";
import { Totals } from "./totals.ts";
import { runWorld, type WorldResult } from "./world.ts";

/**
 * `npm run simulate`: runs real clients and servers in simulated worlds, and says what was done to them and whether every
 * promise was kept. Exit code 0, or 1 when one was not, or 2 for a wrong option.
 */
const usage = `npm run simulate -- [options]

  --seed N         the first world (default: another one each time)
  --steps M        ends after so many operations of clients (default 100000, or none with --seeds or --seconds)
  --seeds K        ends after so many worlds
  --seconds S      ends after so many seconds
  --trace          prints everything that happens in the first world, and runs no other
  --mutation NAME  puts a bug into a copy of the sources first: ${mutations.map(({ name }) => name).join(", ")}
`;

interface Options {
  readonly firstSeed: number;
  readonly operationsMax: number;
  readonly seedsMax: number;
  readonly durationMsMax: number;
  readonly isTraced: boolean;
  readonly mutation: string | undefined;
  readonly run: typeof runWorld;
}

const PROGRESS_EVERY_MS = 200;
/** Of the trace of a world that broke a promise. */
const LAST_LINES = 60;

const options = await readOptions();
if (options !== undefined) process.exitCode = options.isTraced ? showFirst(options) : await simulate(options);

async function readOptions(): Promise<Options | undefined> {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: "string" },
        steps: { type: "string" },
        seeds: { type: "string" },
        seconds: { type: "string" },
        trace: { type: "boolean" },
        mutation: { type: "string" },
      },
    });
    const isBounded = values.seeds !== undefined || values.seconds !== undefined;
    const mutation = mutations.find(({ name }) => name === values.mutation);
    if (values.mutation !== undefined && mutation === undefined)
      throw new Error(`there is no mutation ${values.mutation}`);
    return {
      firstSeed: number("--seed", values.seed, Math.floor(Math.random() * 2 ** 31)),
      operationsMax: number("--steps", values.steps, isBounded ? Number.POSITIVE_INFINITY : 100_000),
      seedsMax: number("--seeds", values.seeds, Number.POSITIVE_INFINITY),
      durationMsMax: number("--seconds", values.seconds, Number.POSITIVE_INFINITY) * 1_000,
      isTraced: values.trace ?? false,
      mutation: mutation?.name,
      run: mutation === undefined ? runWorld : await withMutation(mutation),
    };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exitCode = 2;
    return undefined;
  }
}

function number(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} is "${text}", it must be a whole number`);
  return value;
}

function showFirst({ firstSeed, run, mutation }: Options): number {
  const world = run(firstSeed, (line) => process.stdout.write(`${line}\n`));
  const totals = new Totals();
  totals.add(world);
  process.stdout.write(`${totals.summary}\n`);
  if (world.violation === undefined) return 0;
  process.stdout.write(`${failure(world, mutation)}\n`);
  return 1;
}

async function simulate({ firstSeed, run, mutation, ...bounds }: Options): Promise<number> {
  let isInterrupted = false;
  process.on("SIGINT", () => {
    isInterrupted = true;
  });
  const totals = new Totals();
  let shownMs = 0;
  for (let seed = firstSeed; !isInterrupted && totals.violated === undefined; seed++) {
    if (totals.worlds >= bounds.seedsMax || totals.operations >= bounds.operationsMax) break;
    if (totals.durationMs >= bounds.durationMsMax) break;
    totals.add(run(seed));
    if (totals.durationMs - shownMs < PROGRESS_EVERY_MS) continue;
    shownMs = totals.durationMs;
    process.stderr.write(process.stderr.isTTY ? `\r${totals.line}` : "");
    // SIGINT is seen between two turns of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
  }
  process.stderr.write(process.stderr.isTTY ? "\n" : "");
  process.stdout.write(`${totals.summary}\nseeds from ${firstSeed} on, commit ${commit()}\n`);
  const { violated } = totals;
  if (violated === undefined) return 0;
  const last: string[] = [];
  run(violated.seed, (line) => {
    last.push(line);
    if (last.length > LAST_LINES) last.shift();
  });
  process.stdout.write(
    `\nThe end of world ${violated.seed}:\n\n${last.join("\n")}\n\n${failure(violated, mutation)}\n`,
  );
  return 1;
}

function failure({ seed, violation }: WorldResult, mutation: string | undefined): string {
  const what = violation?.name === "Violation" ? violation.message : (violation?.stack ?? String(violation));
  const again = `npm run simulate -- --seed ${seed} --trace${mutation === undefined ? "" : ` --mutation ${mutation}`}`;
  return `VIOLATED ${what}\nseed ${seed} commit ${commit()}\nagain, with everything that happens: ${again}`;
}

/** Says so where the sources are not what was committed: such a world cannot be had again from the commit alone. */
function commit(): string {
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: import.meta.dirname, stdio: "pipe" })
      .toString()
      .trim();
  try {
    return `${git("rev-parse", "--short=12", "HEAD")}${git("status", "--porcelain") === "" ? "" : " with changes"}`;
  } catch {
    return "unknown";
  }
}
