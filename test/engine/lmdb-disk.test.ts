import { execFileSync } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, type TestContext, test } from "vitest";
import { limits } from "../../runtime/protocol/limits.ts";
import type { ConsensusEngine } from "../../runtime/server/consensus.ts";
import { lmdbEngine } from "../../runtime/server/lmdb-engine.ts";
import { Child } from "./child-process.ts";
import { makeDirectory, startEngine } from "./data-directory.ts";
import { bytes, Recorder, rejectionOf } from "./recorder.ts";

// Disks that refuse to take any more.

describe("a disk that is full", () => {
  test("makes proposals fail, which are not in the log, until there is space again", async (context) => {
    const directory = await makeSmallDisk(context);
    const filler = fill(directory, 4_000_000);
    const { engine, application } = await startEngine(directory);
    const accepted = await proposeUntilRefused(engine, "before");
    expect(accepted.length).toBeGreaterThan(10);
    for (let attempt = 0; attempt < 3; attempt++) {
      const error = await rejectionOf(engine.propose(payloadOf("refused")));
      expect(error).toMatchObject({ code: "ERR_UNAVAILABLE" });
      expect(error.message).toMatch(/^the disk of .* is full: \d+ bytes are free, .*; free some space$/);
    }
    expect(await engine.readBarrier()).toEqual({ index: accepted.length });
    rmSync(filler);
    accepted.push(...(await proposeUntilRefused(engine, "after")));
    expect(application.fatalErrors).toEqual([]);
    await engine.stop();
    const again = await startEngine(directory);
    expect(again.application.payloads.map(nameOf)).toEqual(accepted);
  });

  test("becomes usable again by a snapshot, although the file does not shrink", async (context) => {
    const directory = await makeSmallDisk(context);
    const { engine } = await startEngine(directory);
    const accepted = await proposeUntilRefused(engine, "before");
    await engine.saveSnapshot(accepted.length, inTurn([bytes("state")]));
    const later = await proposeUntilRefused(engine, "after");
    expect(later.length).toBeGreaterThan(accepted.length / 4);
    await engine.saveSnapshot(accepted.length + later.length, inTurn([bytes("state")]));
    expect((await engine.propose(payloadOf("more"))).index).toBe(accepted.length + later.length + 1);
    await engine.stop();
    expect((await startEngine(directory)).application.payloads.map(nameOf)).toEqual(["state", "more"]);
  });

  test("makes a snapshot fail and leaves the former one", async (context) => {
    const directory = await makeSmallDisk(context);
    const filler = fill(directory, 4_000_000);
    const { engine, application } = await startEngine(directory);
    await engine.propose(bytes("a"));
    await engine.propose(bytes("b"));
    await engine.readBarrier();
    await engine.saveSnapshot(1, inTurn([bytes("former")]));
    async function* endless(): AsyncIterable<Uint8Array> {
      for (;;) yield new Uint8Array(200_000);
    }
    expect(await rejectionOf(engine.saveSnapshot(2, endless()))).toMatchObject({ code: "ERR_UNAVAILABLE" });
    expect(application.fatalErrors).toEqual([]);
    rmSync(filler);
    expect(await engine.propose(bytes("c"))).toEqual({ index: 3, term: 1 });
    await engine.stop();
    const again = await startEngine(directory);
    expect(again.application.payloads).toEqual(["former", "b", "c"]);
  });

  test("cannot hold a new store", async (context) => {
    const directory = await makeSmallDisk(context);
    fill(directory, 2 * limits.diskReserveBytes);
    const error = await rejectionOf(lmdbEngine({ directory: join(directory, "data") }).start(new Recorder()));
    expect(error).toMatchObject({ code: "ERR_DATA_DIRECTORY_UNUSABLE" });
    expect(error.message).toContain("ENOSPC; the disk is full: free some space");
  });
});

test("a disk that fails otherwise ends the engine; what it refused is not in the log", {
  timeout: 60_000,
}, async () => {
  const directory = await makeDirectory();
  // Files may have 1 MiB, which looks to the store like a broken disk: there is free space, and yet it cannot write.
  const child = new Child("hold.child.ts", [directory], 'ulimit -f 2048; exec "$@"');
  onTestFinished(() => child.kill());
  await child.said("leads");
  let accepted = 0;
  for (; accepted < 100 && !child.lines.some((line) => line.startsWith("failed")); accepted++) {
    child.tell("fill 50000");
    await Promise.race([child.said(`proposed ${accepted + 1}`), child.said("failed")]);
  }
  accepted = child.lines.filter((line) => line.startsWith("proposed")).length;
  expect(accepted).toBeGreaterThan(2);
  expect(await child.said("failed")).toMatch(
    /^failed ERR_UNAVAILABLE cannot write to .*; check the disk, then restart the server$/,
  );
  expect(await child.said("fatal")).toMatch(/^fatal ERR_STORE_FAILED cannot write to /);
  // Stopped for good, and the directory is free although the process lives.
  child.tell("propose x");
  const { application } = await startEngine(directory);
  expect(application.entries.length).toBe(accepted);
});

/** A file system with 8 MB more than the reserve. Skips the test where none can be mounted. */
async function makeSmallDisk(context: TestContext): Promise<string> {
  const directory = await makeDirectory();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${limits.diskReserveBytes + 8_000_000}`, "tmpfs", directory], {
      stdio: "pipe",
    });
  } catch (error) {
    context.skip(`no small disk can be mounted: ${error instanceof Error ? error.message : String(error)}`);
  }
  onTestFinished(() => void execFileSync("umount", ["--lazy", directory]));
  return directory;
}

/** Takes `length` bytes of the disk, or what is left of it. */
function fill(directory: string, length: number): string {
  const path = join(directory, "filler");
  try {
    writeFileSync(path, Buffer.alloc(length));
  } catch {
    // Full is what it should be.
  }
  return path;
}

/** Proposes one after the other until one is refused; returns the names of those that were accepted. */
async function proposeUntilRefused(engine: ConsensusEngine, name: string): Promise<string[]> {
  const accepted: string[] = [];
  for (let number = 0; number < 1000; number++) {
    try {
      await engine.propose(payloadOf(`${name}-${number}`));
      accepted.push(`${name}-${number}`);
    } catch {
      return accepted;
    }
  }
  throw new Error("a thousand proposals do not fill this disk");
}

function payloadOf(name: string): Uint8Array {
  return bytes(`${name} ${"x".repeat(20_000)}`);
}

function nameOf(payload: string): string {
  return payload.split(" ")[0] ?? "";
}

async function* inTurn(chunks: readonly Uint8Array[]): AsyncIterable<Uint8Array> {
  yield* chunks;
}
