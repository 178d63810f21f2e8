/**
 * `npm run nemesis`: real servers on a real etcd, real clients, and everything that can go wrong between them. See
 * docs/guarantees.md.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EtcdMissingError } from "../../examples/cluster/etcd-process.ts";
import { runControl } from "./control.ts";
import { EtcdCluster } from "./etcd-cluster.ts";
import { GoMissingError, Porcupine } from "./porcupine.ts";
import { type RunResult, runFaults } from "./run.ts";
import { RunRecord } from "./run-record.ts";
import { failOverLine, faultTable, judgementLine, operationsLine, violationText } from "./summary.ts";
import type { Judgement } from "./verdict.ts";

const help = `npm run nemesis -- [--seconds N] [--seed N] [--clients N] [--control] [--keep]

Three servers on three members of etcd, and clients that write, compare and read registers, while processes are killed and
stopped and links between them are broken. What the clients saw is checked, and what the servers have in the end.

--seconds   how long things are broken (60)
--seed      the order of the faults, and what clients ask for (another one each time)
--clients   how many clients (8)
--control   the negative control only: servers without a read barrier, which has to be noticed
--keep      keep the history and the logs although all is well

Exit code 0; 1 when a promise was not kept; 2 for a wrong option. Needs etcd; without Go the checker Porcupine is left out.`;

interface Options {
  readonly seconds: number;
  readonly seed: number;
  readonly clients: number;
  readonly isControlOnly: boolean;
  readonly keepsFiles: boolean;
}

const PROGRESS_TTY_MS = 500;
const PROGRESS_MS = 10_000;
const isCi = process.env["CI"] === "true";

const options = readOptions();
if (options !== undefined) process.exitCode = await main(options);

async function main(given: Options): Promise<number> {
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(130);
    console.log("interrupted: what is broken is put right, then the end; once more ends at once");
    interrupt.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  const directory = mkdtempSync(join(tmpdir(), "hawser-nemesis-"));
  console.log(`seed ${given.seed}, ${given.seconds} s, ${given.clients} clients; history and logs in ${directory}`);
  try {
    await using porcupine = await buildPorcupine();
    await using etcd = await EtcdCluster.start(["a", "b", "c"], join(directory, "etcd"));
    const result = given.isControlOnly ? undefined : await run(given, etcd, porcupine, directory, interrupt.signal);
    const isGood = result === undefined || result.violations.length === 0;
    const isCaught = interrupt.signal.aborted || !isGood || (await control(given, etcd, porcupine, directory));
    for (const { name, lastLines } of etcd.members)
      writeFileSync(`${directory}/etcd-${name}.log`, lastLines.join("\n"));
    if (isGood && isCaught) {
      if (given.keepsFiles) console.log(`history and logs stay in ${directory}`);
      else rmSync(directory, { recursive: true });
      return 0;
    }
    console.log(`seed ${given.seed}; history and logs stay in ${directory}`);
    return 1;
  } catch (error) {
    if (!(error instanceof EtcdMissingError) || isCi) throw error;
    console.log(`SKIPPED: ${error.message}`);
    rmSync(directory, { recursive: true });
    return 0;
  }
}

async function run(
  { seconds, seed, clients }: Options,
  etcd: EtcdCluster,
  porcupine: Porcupine | undefined,
  directory: string,
  interrupted: AbortSignal,
): Promise<RunResult> {
  const record = new RunRecord(directory);
  let faults = 0;
  let kind = "nothing yet";
  const isTty = process.stdout.isTTY === true;
  const progress = setInterval(
    () => {
      const line = `${(record.now() / 1e6).toFixed(0)} s: ${record.operations.length} operations, ${faults} faults, now: ${kind}`;
      process.stdout.write(isTty ? `\r\x1b[2K${line}` : `${line}\n`);
    },
    isTty ? PROGRESS_TTY_MS : PROGRESS_MS,
  );
  const struck = (next: string) => {
    faults += 1;
    kind = next;
  };
  const result = await runFaults({ etcd, record, seed, directory, seconds, clients, porcupine, interrupted, struck });
  clearInterval(progress);
  if (isTty) process.stdout.write("\r\x1b[2K");
  console.log(operationsLine(record.operations));
  if (result.strikes.length > 0) console.log(`\n${faultTable(result.strikes, record.operations)}\n`);
  console.log(failOverLine(result.strikes, record.operations));
  const compared = `${record.checkpoints} states of servers compared, ${record.snapshotsLoaded} snapshots loaded`;
  console.log(`${result.journalLength} commands in the journal, ${compared}`);
  if (result.judgement !== undefined) console.log(judgementLine(result.judgement));
  console.log(`violations: ${result.violations.length}`);
  for (const violation of result.violations) console.log(`\n${violationText(violation)}`);
  return result;
}

/** Whether both checkers have noticed that the barrier is missing. */
async function control(
  { seed }: Options,
  etcd: EtcdCluster,
  porcupine: Porcupine | undefined,
  directory: string,
): Promise<boolean> {
  const own = mkdtempSync(join(directory, "control-"));
  const judgement = await runControl({ etcd, record: new RunRecord(own), seed, directory: own }, porcupine);
  const isCaught = isNoticed(judgement);
  console.log(
    `negative control, reads without a barrier: ${isCaught ? "caught" : "NOT CAUGHT"}. ${judgementLine(judgement)}`,
  );
  return isCaught;
}

function isNoticed({ ours, theirs }: Judgement): boolean {
  return [ours, theirs].every((one) => one === undefined || one.verdict === "not linearizable");
}

async function buildPorcupine(): Promise<Porcupine | undefined> {
  try {
    return await Porcupine.build();
  } catch (error) {
    if (!(error instanceof GoMissingError) || isCi) throw error;
    console.log(`SKIPPED Porcupine: ${error.message}`);
    return undefined;
  }
}

function readOptions(): Options | undefined {
  try {
    const { values } = parseArgs({
      options: {
        seconds: { type: "string", default: "60" },
        seed: { type: "string", default: String(Date.now() % 2 ** 31) },
        clients: { type: "string", default: "8" },
        control: { type: "boolean", default: false },
        keep: { type: "boolean", default: false },
        help: { type: "boolean", short: "h" },
      },
    });
    if (values.help) {
      console.log(help);
      return undefined;
    }
    return {
      seconds: wholeNumber("--seconds", values.seconds, 1),
      seed: wholeNumber("--seed", values.seed, 0),
      clients: wholeNumber("--clients", values.clients, 1),
      isControlOnly: values.control,
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
