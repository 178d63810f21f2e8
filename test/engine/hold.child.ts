import { writeSync } from "node:fs";
import { createInterface } from "node:readline";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { Recorder } from "./recorder.ts";

// Starts an engine on DIRECTORY and does what standard input says. Says "leads TERM" or "refused CODE MESSAGE" first;
// then "proposed INDEX", "read INDEX", "failed CODE MESSAGE", "stopped", and "fatal CODE MESSAGE" when that happens.

const [directory = "", user = ""] = process.argv.slice(2);
if (user !== "") process.setuid?.(Number(user));
const recorder = new Recorder();
recorder.onFatal = (error) => say(`fatal ${describe(error)}`);
const engine = lmdbEngine({ directory });
try {
  await engine.start(recorder);
  say(`leads ${engine.leadership.role === "leader" ? engine.leadership.term : 0}`);
} catch (error) {
  say(`refused ${describe(error)}`);
}

// The engine keeps no process alive: when the input ends, so must this one.
createInterface({ input: process.stdin }).on("line", (line) => void obey(line));

async function obey(line: string): Promise<void> {
  const [verb = "", argument = ""] = line.split(" ");
  try {
    if (verb === "propose") say(`proposed ${(await engine.propose(Buffer.from(argument))).index}`);
    if (verb === "fill") say(`proposed ${(await engine.propose(Buffer.alloc(Number(argument), 1))).index}`);
    if (verb === "read") say(`read ${(await engine.readBarrier()).index}`);
    if (verb === "stop") {
      await engine.stop();
      say("stopped");
    }
  } catch (error) {
    say(`failed ${describe(error)}`);
  }
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${"code" in error ? error.code : error.name} ${error.message}`;
}

function say(line: string): void {
  writeSync(1, `${line}\n`);
}
