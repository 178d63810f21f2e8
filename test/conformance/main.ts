import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { kaitaiReader } from "./kaitai-javascript.ts";
import { type Language, languages } from "./languages.ts";
import { type Answer, judge, type Outcome, runLanguage } from "./run-language.ts";
import { allSubjects, type Subject } from "./subjects.ts";

/** Every vector, in every language that Kaitai Struct compiles to. Gives the exit code. */
async function conformance(only: readonly string[] | undefined): Promise<number> {
  const isChosen = (name: string) => only === undefined || only.includes(name.toLowerCase());
  const subjects = allSubjects();
  const outcomes: Outcome[] = isChosen("JavaScript") ? [await runJavaScript(subjects)] : [];
  const chosen = languages.filter(({ name }) => isChosen(name));
  const found = new Map<Language, Outcome>();
  const queue = [...chosen];
  const work = async () => {
    for (let language = queue.shift(); language !== undefined; language = queue.shift()) {
      const start = performance.now();
      found.set(language, await runLanguage(language, subjects));
      console.error(`${language.name}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  outcomes.push(...chosen.flatMap((language) => found.get(language) ?? []));
  print(outcomes);
  // In continuous integration a toolchain that is missing is a failure, elsewhere it is said and passed over.
  const isFailed = outcomes.some(
    ({ failures, isSkipped }) => failures.length > 0 || (isSkipped && process.env["CI"] === "true"),
  );
  return isFailed || outcomes.length === 0 ? 1 : 0;
}

async function runJavaScript(subjects: readonly Subject[]): Promise<Outcome> {
  const answers: Answer[] = [];
  for (const { ksy, vectors, refusals } of subjects) {
    const read = await kaitaiReader(ksy);
    for (const { frame } of [...vectors, ...refusals]) {
      try {
        answers.push({ found: read(frame) });
      } catch (error) {
        answers.push({ refused: String(error) });
      }
    }
  }
  const language = { validates: true, refusesBadText: false };
  const runtime = "kaitai-struct 0.11.0 (npm)";
  const toolchain = `Node.js ${process.version}`;
  return {
    name: "JavaScript",
    toolchain,
    runtime,
    isSkipped: false,
    written: undefined,
    ...judge(language, subjects, answers),
  };
}

function print(outcomes: readonly Outcome[]): void {
  const head = ["language", "toolchain", "runtime", "vectors", "rejected", "written", ""];
  const rows = outcomes.map((outcome) => [
    outcome.name,
    outcome.toolchain.slice(0, 60),
    outcome.isSkipped ? "" : outcome.runtime,
    outcome.isSkipped ? "–" : `${outcome.passed}/${outcome.vectors}`,
    outcome.isSkipped ? "–" : `${outcome.rejected}/${outcome.refusals}`,
    outcome.written === undefined ? "–" : `${outcome.written.passed}/${outcome.written.frames}`,
    outcome.isSkipped ? "SKIPPED" : outcome.failures.length === 0 ? "ok" : `FAILED (${outcome.failures.length})`,
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  for (const row of [head, ...rows]) {
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  }
  for (const { name, failures } of outcomes) {
    for (const failure of failures.slice(0, shownFailuresMax)) console.log(`${name}: ${failure}`);
    if (failures.length > shownFailuresMax) console.log(`${name}: … ${failures.length - shownFailuresMax} more`);
  }
}

const shownFailuresMax = 10;

const { values } = parseArgs({ options: { only: { type: "string" } } });
process.exitCode = await conformance(values.only?.toLowerCase().split(","));
