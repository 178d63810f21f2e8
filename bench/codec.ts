/** `npm run bench:codec`: hawser's generated codec beside other libraries. See bench/README.md. */
import { parseArgs } from "node:util";
import { checkLibrary } from "./codec/check.ts";
import type { CaseFigures } from "./codec/library.child.ts";
import { type LibraryName, libraries, libraryNames } from "./codec/library.ts";
import { measureLibrary } from "./codec/process.ts";
import { strictnessOf } from "./codec/strictness.ts";
import { type LibraryFigures, printCases, readmeTables } from "./codec/tables.ts";
import { recordFigures } from "./figures.ts";
import { median } from "./measure.ts";
import { writeTable } from "./readme.ts";

const full = { rounds: 5, warmUpMs: 80, roundMs: 80 };
const quick: typeof full = { rounds: 1, warmUpMs: 30, roundMs: 20 };

const help = `npm run bench:codec -- [--quick] [--only LIBRARY[,LIBRARY]]

--quick   one short round, to see that it works
--only    some libraries beside hawser instead of all:
${libraryNames.map((name) => `            ${name.padEnd(18)}${libraries[name].about}`).join("\n")}

Tables go to standard output. A run of everything also writes bench/figures.json and the tables in README.md.`;

await main();

async function main(): Promise<void> {
  const options = { quick: { type: "boolean" }, only: { type: "string" }, help: { type: "boolean" } } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return;
  }
  const named = values.only?.split(",").map(asLibraryName);
  const names = libraryNames.filter((name) => named === undefined || name === "hawser" || named.includes(name));
  for (const name of names) await checkLibrary(name);
  console.error(`${names.length} libraries bring back every message`);

  const figures = await measure(names, values.quick ? quick : full);
  printCases(figures);
  if (values.quick || named !== undefined) return;
  recordFigures("codec", { libraries: figures });
  writeTable("README.md", "bench:codec", readmeTables(figures));
}

/** Rounds go over the libraries in turn, so that a bad minute of the machine is everyone's. */
async function measure(names: readonly LibraryName[], plan: typeof full): Promise<readonly LibraryFigures[]> {
  const rounds = new Map<LibraryName, (readonly CaseFigures[])[]>(names.map((name) => [name, []]));
  for (let round = 1; round <= plan.rounds; round++) {
    for (const name of names) {
      console.error(`${(performance.now() / 1_000).toFixed(0)} s: round ${round} of ${plan.rounds}, ${name}`);
      rounds.get(name)?.push(await measureLibrary(name, plan));
    }
  }
  return Promise.all(
    names.map(async (library) => {
      const { ownsResult } = await libraries[library].load();
      const strictness = await strictnessOf(library);
      return { library, ownsResult, strictness, cases: medians(rounds.get(library) ?? []) };
    }),
  );
}

function medians(rounds: readonly (readonly CaseFigures[])[]): readonly CaseFigures[] {
  return (rounds[0] ?? []).map(({ name, bytes }, index) => {
    const middle = (part: "encodeNs" | "decodeNs" | "roundTripNs"): number => {
      const values = rounds.map((round) => round[index]?.[part] ?? Number.NaN);
      return Number(median(values).toFixed(1));
    };
    return {
      name,
      bytes,
      encodeNs: middle("encodeNs"),
      decodeNs: middle("decodeNs"),
      roundTripNs: middle("roundTripNs"),
    };
  });
}

function asLibraryName(text: string): LibraryName {
  const name = libraryNames.find((each) => each === text);
  if (name === undefined) throw new Error(`"${text}" is no library: use some of ${libraryNames.join(", ")}`);
  return name;
}
