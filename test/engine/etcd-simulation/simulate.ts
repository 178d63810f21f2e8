import { parseArgs } from "node:util";
import { withMutation } from "./mutated-copy.ts";
import { mutations } from "./mutations.ts";
import { runWorld } from "./world.ts";

/**
 * `npm run simulate:etcd`: runs members of a cluster in simulated worlds. Exit code 0, or 1 when a rule was broken, or
 * when a bug was not found, or 2 for a wrong option.
 */
const usage = `npm run simulate:etcd -- [options]

  --seed N         the first world (default: another one each time)
  --seeds K        how many worlds (default: 1000)
  --trace          prints what happens in the first world, and runs no other
  --mutation NAME  puts a bug into a copy of the sources first: ${mutations.map(({ name }) => name).join(", ")}
  --mutations      looks for each of the bugs in worlds from 1 on, and fails if one is not found within --seeds
`;

process.exitCode = await main();

async function main(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        seed: { type: "string" },
        seeds: { type: "string" },
        trace: { type: "boolean" },
        mutation: { type: "string" },
        mutations: { type: "boolean" },
      },
    });
    const firstSeed = number("--seed", values.seed, Math.floor(Math.random() * 2 ** 31));
    const seeds = number("--seeds", values.seeds, 1_000);
    if (values.mutations === true) return await findMutations(seeds);
    const mutation = mutations.find(({ name }) => name === values.mutation);
    if (values.mutation !== undefined && mutation === undefined) {
      throw new Error(`there is no mutation ${values.mutation}`);
    }
    const run = mutation === undefined ? runWorld : await withMutation(mutation);
    return values.trace === true ? show(run, firstSeed) : simulate(run, firstSeed, seeds);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    return 2;
  }
}

function show(run: typeof runWorld, seed: number): number {
  const { violation } = run(seed, (line) => process.stdout.write(`${line}\n`));
  if (violation !== undefined) process.stdout.write(`VIOLATED ${violation.stack}\n`);
  return violation === undefined ? 0 : 1;
}

function simulate(run: typeof runWorld, firstSeed: number, seeds: number): number {
  const sums = new Map<string, number>();
  for (let seed = firstSeed; seed < firstSeed + seeds; seed++) {
    const { violation, counts } = run(seed);
    for (const [name, count] of Object.entries(counts)) sums.set(name, (sums.get(name) ?? 0) + count);
    if (violation === undefined) continue;
    process.stdout.write(`VIOLATED ${violation.message}\nagain: npm run simulate:etcd -- --seed ${seed} --trace\n`);
    return 1;
  }
  const told = [...sums].map(([name, count]) => `${name} ${count}`).join(", ");
  process.stdout.write(`${seeds} worlds from seed ${firstSeed} on, no rule broken: ${told}\n`);
  return 0;
}

async function findMutations(seeds: number): Promise<number> {
  let missed = 0;
  for (const mutation of mutations) {
    const run = await withMutation(mutation);
    let found: string | undefined;
    let seed = 0;
    while (found === undefined && seed < seeds) found = run(++seed).violation?.message;
    if (found === undefined) missed += 1;
    process.stdout.write(
      `${mutation.name}: ${found === undefined ? "not found" : `world ${seed}, ${found.slice(0, 100)}`}\n`,
    );
  }
  return missed === 0 ? 0 : 1;
}

function number(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name} is "${text}", it must be a whole number`);
  return value;
}
