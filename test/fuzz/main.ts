/** `npm run fuzz`: coverage-guided fuzzing of the generated codecs. See CONTRIBUTING.md. */
import { relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { Work } from "./coverage.ts";
import { readCorpus, readFinding, writeCorpus, writeFinding } from "./files.ts";
import { examined, type Finding, Fuzzer } from "./fuzzer.ts";
import { hex } from "./hex.ts";
import { InstrumentedCode } from "./instrument.ts";
import { Progress } from "./progress.ts";
import { loadTargets } from "./targets.ts";

const help = `npm run fuzz -- [--seconds N] [--seed N] [--target NAME] [--keep]
npm run fuzz -- --replay FILE

--seconds   how long, all targets together (60)
--seed      repeats a run: each target gets the same inputs in the same order
--target    only targets whose name begins so: zraft, zraft.client, log, ...
--keep      write the inputs that reach most with least into test/fuzz/corpus
--replay    run the input of one file of test/fuzz/findings

Exit code 1 when something was found. What was found is written into test/fuzz/findings, which the tests replay.`;

/** A target's turn. The clock is asked after so many executions. */
const TURN_MS = 50;
const EXECUTIONS_PER_LOOK = 16;

process.exitCode = await main();

async function main(): Promise<number> {
  const options = {
    seconds: { type: "string", default: "60" },
    seed: { type: "string" },
    target: { type: "string", default: "" },
    keep: { type: "boolean", default: false },
    replay: { type: "string" },
    help: { type: "boolean", short: "h", default: false },
  } as const;
  const { values } = parseArgs({ options });
  if (values.help) {
    console.log(help);
    return 0;
  }
  if (values.replay !== undefined) return replay(resolve(values.replay));
  const seed = wholeNumber("--seed", values.seed ?? String(Date.now() % 2 ** 31));
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort()).once("SIGTERM", () => stop.abort());
  const fuzzers = await load(values.target, seed);
  const seconds = wholeNumber("--seconds", values.seconds);
  console.log(`seed ${seed}, ${seconds} s for ${fuzzers.length} targets`);
  // Most inputs are refused, and stack traces would take half of the time. A replay shows the whole trace.
  Error.stackTraceLimit = 2;
  const progress = new Progress(fuzzers);
  await run(fuzzers, seconds * 1_000, progress, stop.signal);
  progress.print();
  if (values.keep) for (const fuzzer of fuzzers) writeCorpus(fuzzer.target.name, fuzzer.minimised());
  return fuzzers.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

async function load(prefix: string, seed: number): Promise<readonly Fuzzer[]> {
  const work = new Work();
  const code = new InstrumentedCode(work);
  try {
    const targets = await loadTargets(code, work, prefix);
    if (targets.length === 0) throw new Error(`no target is named ${prefix}; without --target all of them run`);
    return targets.map((target) => {
      const seeds = [...target.seeds, ...readCorpus(target.name)];
      return new Fuzzer({ ...target, seeds }, seed);
    });
  } finally {
    code.remove();
  }
}

/** The targets take turns until the time is up or somebody wants an end. */
async function run(fuzzers: readonly Fuzzer[], forMs: number, progress: Progress, stop: AbortSignal): Promise<void> {
  const end = performance.now() + forMs;
  for (const fuzzer of fuzzers) report(fuzzer, 0);
  while (!stop.aborted && performance.now() < end) {
    for (const fuzzer of fuzzers) takeTurn(fuzzer);
    progress.tick();
    await new Promise(setImmediate);
  }
}

function takeTurn(fuzzer: Fuzzer): void {
  const known = fuzzer.findings.length;
  for (const end = performance.now() + TURN_MS; performance.now() < end; ) {
    for (let count = 0; count < EXECUTIONS_PER_LOOK; count++) fuzzer.step();
  }
  report(fuzzer, known);
}

/** Says what was found since there were `known` findings, and keeps it. */
function report({ findings }: Fuzzer, known: number): void {
  for (const finding of findings.slice(known)) {
    const file = relative(process.cwd(), writeFinding(finding));
    console.log(`\n${describe(finding)}\nagain: npm run fuzz -- --replay ${file}\n`);
  }
}

function describe({ target, frame, attack, error }: Finding): string {
  const attacked = attack === undefined ? "" : `\nafter decoding, .${attack.at.join(".")} becomes: ${attack.value}`;
  return `FOUND in ${target}: ${error.stack}\ninput: ${hex(frame)}${attacked}`;
}

async function replay(file: string): Promise<number> {
  const { target: name, frame, attack } = readFinding(file);
  const [fuzzer] = await load(name, 0);
  if (fuzzer === undefined) throw new Error(`${file}: no target is named ${name}`);
  const error = examined(fuzzer.target, frame, attack);
  if (error === undefined) {
    console.log(`${name} keeps its promises for ${hex(frame)}`);
    return 0;
  }
  console.log(describe({ target: name, frame, attack, error }));
  return 1;
}

function wholeNumber(option: string, text: string): number {
  if (/^[0-9]{1,10}$/.test(text)) return Number(text);
  throw new Error(`${option} is "${text}", expected a whole number`);
}
