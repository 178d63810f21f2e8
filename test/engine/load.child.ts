import { writeSync } from "node:fs";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { Recorder } from "./recorder.ts";

// Proposes without end, 16 at a time: DIRECTORY NAME SNAPSHOTS. Says "leads", "ack INDEX PAYLOAD", and with SNAPSHOTS
// (any text) "saving INDEX", "chunk NUMBER" and "saved INDEX".

const [directory = "", name = "", snapshots = ""] = process.argv.slice(2);
const recorder = new Recorder();
const engine = lmdbEngine({ directory });
await engine.start(recorder);
say("leads");
let count = 0;
for (let lane = 0; lane < 16; lane++) void proposeForEver();
if (snapshots !== "") void snapshotForEver();

async function proposeForEver(): Promise<void> {
  for (;;) {
    const payload = `${name}-${count++}-${"x".repeat(Math.floor(Math.random() * 2000))}`;
    const { index } = await engine.propose(Buffer.from(payload));
    say(`ack ${index} ${payload}`);
  }
}

async function snapshotForEver(): Promise<void> {
  for (;;) {
    const { index } = await engine.propose(Buffer.from(`${name}-${count++}-snapshot`));
    await engine.readBarrier();
    // The state is taken at once, as of the entry that was applied last; `index` or later.
    const applied = recorder.entries.at(-1)?.index ?? index;
    say(`saving ${applied}`);
    await engine.saveSnapshot(applied, announced(recorder.chunks(20)));
    say(`saved ${applied}`);
  }
}

async function* announced(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let number = 0;
  for await (const chunk of chunks) {
    yield chunk;
    say(`chunk ${number++}`);
  }
}

/** Synchronous, so that what was said before a kill is not lost with the process. */
function say(line: string): void {
  writeSync(1, `${line}\n`);
}
