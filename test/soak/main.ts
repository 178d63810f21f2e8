/** `npm run soak`: clients that come and go at a real server, for as long as one likes. See bench/README.md. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HEAP_BYTES_PER_HOUR_MAX, RESIDENT_BYTES_PER_HOUR_MAX } from "./growth.ts";
import { Soak } from "./soak.ts";
import { countsTable, memoryTable, memoryVerdicts, progressLine } from "./summary.ts";

const MIB = 1_024 * 1_024;

const help = `npm run soak -- [--minutes N] [--seed N] [--engine lmdb|memory] [--clients N] [--report FILE] [--keep]

A server in a process of its own, and three processes of clients that come, go, vanish, are killed, stand still, and go on
with the sessions of others, while commands, queries, notices and work go both ways, up to the limits and beyond. The
server is stopped and killed too, in the first quarter of the time and at the end.

--minutes   how long (60)
--seed      what happens, and when (another one each time)
--engine    where the log is: lmdb (on the disk, the default) or memory, with which the server is never ended
--clients   sessions of each process at a time (12)
--report    a file for everything that was seen, as JSON
--keep      keep what processes wrote although all is well

Every call has to end in its time, and every answer to be right: each session has a tally, in which a command that was lost
or applied twice shows. The sessions in the server have to be those that clients have, and none longer than its lease.
Memory has to be flat: every 15 s, after garbage is collected, heaps and resident memory are looked at, and over the last two
thirds the slope of the least of each minute may be ${HEAP_BYTES_PER_HOUR_MAX / MIB} and ${RESIDENT_BYTES_PER_HOUR_MAX / MIB} MiB per hour, give or take two standard errors. Less than ten minutes of
them say nothing.

Exit code 0; 1 when something is wrong; 2 for a wrong option; 130 after Ctrl+C.`;

interface Options {
  readonly minutes: number;
  readonly seed: number;
  readonly engine: "lmdb" | "memory";
  readonly clients: number;
  readonly report: string | undefined;
  readonly keepsFiles: boolean;
}

const PROGRESS_TTY_MS = 500;
const PROGRESS_MS = 15_000;

const options = readOptions();
if (options !== undefined) process.exitCode = await main(options);

async function main({ minutes, seed, engine, clients, report, keepsFiles }: Options): Promise<number> {
  const interrupt = new AbortController();
  const directory = mkdtempSync(join(tmpdir(), "hawser-soak-"));
  const durationMs = minutes * 60_000;
  console.log(`seed ${seed}, ${minutes} min, engine ${engine}; store and logs in ${directory}`);
  const slots = clients;
  const soak = await Soak.prepare({ durationMs, seed, engine, slots, directory, interrupted: interrupt.signal });
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(130);
    console.log("interrupted: what is under way comes to its end; once more ends at once");
    interrupt.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const endProgress = showProgress(soak);
  try {
    await soak.run();
  } finally {
    endProgress();
    await soak.kill();
  }
  const isGood = summarize(soak, { durationMs, seed, minutes, engine, report });
  if (isGood && !keepsFiles) rmSync(directory, { recursive: true });
  else console.log(`store and logs stay in ${directory}`);
  if (!isGood) return 1;
  return interrupt.signal.aborted ? 130 : 0;
}

interface Run {
  readonly durationMs: number;
  readonly seed: number;
  readonly minutes: number;
  readonly engine: string;
  readonly report: string | undefined;
}

/** Prints what was seen. Says whether all of it is well. */
function summarize(soak: Soak, { durationMs, seed, minutes, engine, report }: Run): boolean {
  const { seen, memory, reports } = soak;
  const verdicts = memoryVerdicts(memory, Math.min(durationMs, soak.nowMs));
  const { counts, events, problems, slowestCallMs } = seen;
  const ofActs = Object.entries(counts).filter(([what]) => !/^session |^act: |^end: /.test(what));
  const ofSessions = Object.entries(counts).filter(([what]) => /^session |^end: /.test(what));
  console.log(`\nwhat was asked\n${countsTable(Object.fromEntries(ofActs))}`);
  console.log(`\nwhat clients did with their sessions\n${countsTable(Object.fromEntries(ofSessions))}`);
  console.log(`\nwhat was done to processes\n${countsTable(events)}`);
  console.log(`\nwhat the server reported\n${countsTable(reports)}`);
  console.log(`\n${memoryTable(verdicts)}`);
  console.log(`\nthe slowest call that was answered took ${Math.round(slowestCallMs)} ms`);
  const grows = verdicts.filter(({ growth }) => growth.verdict === "grows");
  if (report !== undefined) {
    const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
    const run = { machine, seed, minutes, engine };
    writeFileSync(report, `${JSON.stringify({ ...run, ...seen, reports, verdicts, memory }, null, 2)}\n`);
  }
  const isGood = problems.length === 0 && grows.length === 0;
  console.log(`problems: ${problems.length}${problems.length > 0 ? `\n${problems.join("\n")}` : ""}`);
  for (const { name, figure } of grows) console.log(`the ${figure} memory of ${name} grows`);
  console.log(isGood ? "all is well" : `seed ${seed}`);
  return isGood;
}

/** A line that says where the run is, and each problem as it comes: nobody waits an hour to learn of one. */
function showProgress(soak: Soak): () => void {
  const isTty = process.stdout.isTTY === true;
  let shown = 0;
  const timer = setInterval(
    () => {
      const { seen } = soak;
      const problems = seen.problems.slice(shown).map((problem) => `${problem}\n`);
      shown += problems.length;
      const line = progressLine(soak.nowMs, seen);
      process.stdout.write(isTty ? `\r\x1b[2K${problems.join("")}${line}` : `${problems.join("")}${line}\n`);
    },
    isTty ? PROGRESS_TTY_MS : PROGRESS_MS,
  );
  return () => {
    clearInterval(timer);
    if (isTty) process.stdout.write("\r\x1b[2K");
  };
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        minutes: { type: "string", default: "60" },
        seed: { type: "string", default: String(Date.now() % 2 ** 31) },
        engine: { type: "string", default: "lmdb" },
        clients: { type: "string", default: "12" },
        report: { type: "string" },
        keep: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      return undefined;
    }
    const { engine } = values;
    if (engine !== "lmdb" && engine !== "memory") throw new Error(`--engine is "${engine}", it must be lmdb or memory`);
    return {
      minutes: wholeNumber("--minutes", values.minutes, 1),
      seed: wholeNumber("--seed", values.seed, 0),
      engine,
      clients: wholeNumber("--clients", values.clients, 1),
      report: values.report,
      keepsFiles: values.keep,
    };
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    process.exitCode = 2;
    return undefined;
  }
}

function wholeNumber(option: string, text: string, least: number): number {
  const value = Number(text);
  if (/^[0-9]{1,10}$/.test(text) && value >= least) return value;
  throw new Error(`${option} is "${text}", it must be a whole number from ${least} up`);
}
