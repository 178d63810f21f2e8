import { describe, expect, onTestFinished, test } from "vitest";
import type { ConsensusEngine } from "../../runtime/server/consensus.ts";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { memoryEngine } from "../../runtime/server/memory-engine.ts";
import { makeDirectory } from "./data-directory.ts";
import { bytes, Recorder } from "./recorder.ts";

// What engines of one member promise beyond the rules of the port: nobody else has to agree.

describe.each<[string, () => Promise<ConsensusEngine>]>([
  ["memory", async () => memoryEngine()],
  ["lmdb", async () => lmdbEngine({ directory: await makeDirectory() })],
])("%s engine", (_name, makeEngine) => {
  test("it leads when start resolves, in term 1 of a new store", async () => {
    const engine = await makeEngine();
    onTestFinished(() => engine.stop());
    const application = new Recorder();
    await engine.start(application);
    expect(application.events).toEqual(["leader 1"]);
    expect(engine.leadership).toEqual({ role: "leader", term: 1 });
    expect(await engine.propose(bytes("a"))).toEqual({ index: 1, term: 1 });
  });
});
