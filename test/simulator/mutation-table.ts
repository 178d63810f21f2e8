import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { withMutation } from "./mutated-copy.ts";
import { type Mutation, mutations } from "./mutations.ts";
import type { Violation } from "./violation.ts";

/** A bug, and what the simulator needed to see it. */
interface Finding extends Pick<Mutation, "name" | "doc"> {
  /** How many worlds were run, the one that shows it included; undefined when none of `SEEDS_MAX` does. */
  readonly seeds: number | undefined;
  readonly promise: string | undefined;
}

/** No bug of the list may take more. */
const SEEDS_MAX = 1_000;

await findAll();

async function findAll(): Promise<void> {
  const findings: Finding[] = [];
  for (const mutation of mutations) {
    const finding = await findMutation(mutation);
    findings.push(finding);
    process.stdout.write(`${finding.name}: ${finding.seeds ?? "not found"} ${finding.promise ?? ""}\n`);
  }
  if (process.argv.includes("--write")) writeTable(findings);
  if (findings.some(({ seeds }) => seeds === undefined)) process.exitCode = 1;
}

/** Looks for a bug in the worlds from seed 1 on. */
async function findMutation(mutation: Mutation): Promise<Finding> {
  const runWorld = await withMutation(mutation);
  const { name, doc } = mutation;
  for (let seed = 1; seed <= SEEDS_MAX; seed++) {
    const { violation } = runWorld(seed);
    if (violation === undefined) continue;
    const promise = violation.name === "Violation" ? (violation as Violation).promise : violation.message;
    return { name, doc, seeds: seed, promise };
  }
  return { name, doc, seeds: undefined, promise: undefined };
}

/** The table between the marks of docs/guarantees.md. */
function mutationTable(findings: readonly Finding[]): string {
  const rows = findings.map(
    ({ name, doc, seeds, promise }) => `| \`${name}\` | ${doc} | ${seeds ?? "not found"} | ${promise ?? ""} |`,
  );
  return ["| Bug | What is wrong | Worlds | Broken promise |", "| --- | --- | ---: | --- |", ...rows].join("\n");
}

/** Puts the table between the marks of docs/guarantees.md. */
function writeTable(findings: readonly Finding[]): void {
  const file = join(import.meta.dirname, "../../docs/guarantees.md");
  const marked = /(<!-- mutations -->\n\n)[\s\S]*?(\n\n<!-- \/mutations -->)/;
  const text = readFileSync(file, "utf8");
  if (!marked.test(text)) throw new Error("docs/guarantees.md lacks the marks of the table");
  writeFileSync(
    file,
    text.replace(marked, (_, before: string, after: string) => `${before}${mutationTable(findings)}${after}`),
  );
}
