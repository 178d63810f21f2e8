import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { builtReaders } from "./built-readers.ts";
import { differenceOf } from "./compare-readings.ts";
import { upperCamel } from "./ksy-shape.ts";
import type { Language, Tool } from "./languages.ts";
import type { Reading } from "./reading.ts";
import { BuildError, run } from "./run-command.ts";
import { judgeWritten, type WrittenFrames } from "./run-writers.ts";
import type { FrameVector, RefusedVector, Subject } from "./subjects.ts";

/** What came of one language. */
export interface Outcome {
  readonly name: string;
  /** Of the toolchain; why the language was skipped where it was. */
  readonly toolchain: string;
  readonly runtime: string;
  readonly isSkipped: boolean;
  readonly passed: number;
  readonly vectors: number;
  readonly rejected: number;
  readonly refusals: number;
  /** Frames that it wrote and our codec understood; absent where the language cannot write. */
  readonly written: Pick<WrittenFrames, "passed" | "frames"> | undefined;
  /** What is not as it must be; nothing when all is well. */
  readonly failures: readonly string[];
}

/** What a reader makes of a frame: what it found, or why it refused. */
export type Answer = { readonly found: Reading } | { readonly refused: string };

/** Runs all vectors through the readers of one language. */
export async function runLanguage(language: Language, subjects: readonly Subject[]): Promise<Outcome> {
  const versions = language.tools.map((tool) => ({ tool, version: versionOf(tool) }));
  const missing = versions.filter(({ version }) => version === undefined).map(({ tool }) => tool);
  const { name, runtime } = language;
  const none = { name, runtime, passed: 0, vectors: 0, rejected: 0, refusals: 0, written: undefined, failures: [] };
  if (missing.length > 0) {
    const commands = missing.map(({ command }) => command).join(", ");
    const packages = [...new Set(missing.map((tool) => tool.package))].join(" ");
    return { ...none, isSkipped: true, toolchain: `no ${commands}; Debian: apt-get install ${packages}` };
  }
  const toolchain = versions[0]?.version ?? "";
  try {
    const { folder, argv, writerArgv } = await builtReaders(language, toolchain, subjects);
    const judged = judge(language, subjects, await ask(folder, argv, subjects));
    const outcome = { ...none, toolchain, isSkipped: false, ...judged };
    if (writerArgv === undefined) return outcome;
    const written = await judgeWritten(subjects, await askToWrite(folder, writerArgv, subjects));
    return { ...outcome, written, failures: [...judged.failures, ...written.failures] };
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return { ...none, toolchain, isSkipped: false, failures: [error.message] };
  }
}

/** Compares what was found with what had to be found. */
export function judge(
  language: Pick<Language, "validates" | "refusesBadText">,
  subjects: readonly Subject[],
  answers: readonly Answer[],
): Pick<Outcome, "failures" | "passed" | "refusals" | "rejected" | "vectors"> {
  const failures: string[] = [];
  const counts = { passed: 0, vectors: 0, rejected: 0, refusals: 0 };
  let next = 0;
  for (const subject of subjects) {
    for (const vector of subject.vectors) {
      const problem = problemWith(vector, answers[next++]);
      counts.vectors++;
      if (problem === undefined) counts.passed++;
      else failures.push(`${subject.id} ${vector.id}: ${problem}`);
    }
    for (const refusal of subject.refusals) {
      const answer = answers[next++];
      const isRefused = answer !== undefined && "refused" in answer;
      counts.refusals++;
      if (isRefused) counts.rejected++;
      else if (mustRefuse(language, subject, refusal)) failures.push(`${subject.id} ${refusal.id}: was taken`);
    }
  }
  return { ...counts, failures };
}

function problemWith({ expected }: FrameVector, answer: Answer | undefined): string | undefined {
  if (answer === undefined) return "no answer";
  if ("refused" in answer) return `refused: ${answer.refused}`;
  return expected === undefined ? undefined : differenceOf(answer.found, expected);
}

/** Whether a .ksy says what is wrong with a frame, and readers in the language look at that. */
export function mustRefuse(
  { validates, refusesBadText }: Pick<Language, "validates" | "refusesBadText">,
  subject: Subject,
  { id, code }: RefusedVector,
): boolean {
  if (code === "ERR_WIRE_TRUNCATED") return true;
  if (notInKsy.some(({ subjects, ids }) => subjects.test(subject.id) && ids.test(id))) return false;
  return code === "ERR_WIRE_INVALID_UTF8" ? refusesBadText : validates;
}

/**
 * What a .ksy does not say: patterns, lengths of what reaches to the end, what may be absent and takes an expression, and
 * behind a bit texts and signed numbers.
 */
const notInKsy: readonly { readonly subjects: RegExp; readonly ids: RegExp }[] = [
  { subjects: /./, ids: /\/pattern/ },
  { subjects: /^zmtpcommand_/, ids: /^command\.P[io]ng\.context\/length/ },
  { subjects: /^zmtpcurve_/, ids: /^command\.(?:Initiate|Ready|Message)\.box\/length/ },
  { subjects: /^words_/, ids: /\.(?:text|end)\/length|\.numbers\/count/ },
  { subjects: /^(?:zraft_v1_server|shop_v1|signed_v1)/, ids: /\.(?:leaderId|note|name)\/utf8/ },
  { subjects: /^zraft_v2_server/, ids: /\.serverTime\/safe/ },
  { subjects: /^hawserlog_v1_snapshot/, ids: /\.lowestPendingRequestId\/safe/ },
  { subjects: /^signed_/, ids: /^one\.Flags\.number\/(?:range|not|safe)/ },
  { subjects: /^numbers_/, ids: /^both\.Perhaps\.(?!port)\w+\/(?:range|not|safe)|\.opaques?(?:\[0\])?\/range/ },
  { subjects: /^bits/, ids: /^both\.Every\.[iu](?:16|53)\/|\/utf8|\.huge\/enum/ },
  { subjects: /^bitslittle/, ids: /^both\.Every\.(?:wide\/enum|u32\/range)/ },
];

/** Gives a driver all frames at once, and takes its answers. */
async function ask(folder: string, argv: readonly string[], subjects: readonly Subject[]): Promise<Answer[]> {
  const frames = subjects.flatMap((subject) =>
    [...subject.vectors, ...subject.refusals].map(({ frame }) => frameLine(subject, frame)),
  );
  const answers = await answersTo(folder, argv, "frames.txt", frames);
  if (answers.length > frames.length) throw new BuildError(`${answers.length} answers to ${frames.length} frames`);
  return answers.map((line) => (line.startsWith("!") ? { refused: line.slice(1) } : { found: JSON.parse(line) }));
}

/** The same for the frames of vectors, which come back as they were written; behind them those that the driver made up. */
async function askToWrite(folder: string, argv: readonly string[], subjects: readonly Subject[]): Promise<string[]> {
  const frames = subjects.flatMap((subject) => subject.vectors.map(({ frame }) => frameLine(subject, frame)));
  return await answersTo(folder, argv, "frames-to-write.txt", frames);
}

function frameLine({ id }: Subject, frame: Uint8Array): string {
  return `${id} ${upperCamel(id)} ${Buffer.from(frame).toString("hex")}`;
}

async function answersTo(
  folder: string,
  argv: readonly string[],
  file: string,
  frames: readonly string[],
): Promise<string[]> {
  writeFileSync(join(folder, file), `${frames.join("\n")}\n`);
  const { output, errors, status } = await run(folder, [...argv, file]);
  const answers = output.split("\n").slice(0, -1);
  if (status === 0 && answers.length >= frames.length) return answers;
  const what = `${answers.length} answers to ${frames.length} frames, the next is ${frames[answers.length]?.slice(0, 200)}`;
  throw new BuildError(`the driver ended with ${status}: ${what}\n${errors.slice(0, 2000)}`);
}

function versionOf({ command, version }: Tool): string | undefined {
  const { status, stdout, stderr } = spawnSync(command, version, { encoding: "utf8" });
  if (status !== 0) return undefined;
  return `${stdout}${stderr}`.trim().split("\n")[0]?.replace(/\s+/g, " ");
}
