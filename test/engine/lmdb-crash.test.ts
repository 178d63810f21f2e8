import { setTimeout as delay } from "node:timers/promises";
import { open } from "lmdb";
import { describe, expect, test } from "vitest";
import { Child } from "./child-process.ts";
import { makeDirectory, startEngine } from "./data-directory.ts";
import { bytes } from "./recorder.ts";

// Processes that are killed under load. What was acknowledged is what counts: the child says so after `propose` resolved.

const rounds = 20;

describe("kill -9 under load", () => {
  test.each([
    ["without snapshots", ""],
    ["with snapshots all the time", "snapshots"],
  ])(
    `${rounds} rounds %s: every acknowledged proposal is there, once, at its index`,
    { timeout: 240_000 },
    async (_how, snapshots) => {
      const directory = await makeDirectory();
      const acknowledged = new Map<number, string>();
      for (let round = 0; round < rounds; round++) {
        const child = new Child("load.child.ts", [directory, `round${round}`, snapshots]);
        await child.said("leads");
        await delay(Math.random() * 150);
        await child.kill();
        remember(child.lines, acknowledged);
        const payloads = await readBack(directory, round);
        for (const [index, payload] of acknowledged) {
          // Payloads of the list are in the order of their index, from 1: the state machine keeps them all.
          if (payloads[index - 1] !== payload)
            expect(payloads[index - 1], `round ${round}, entry ${index}`).toBe(payload);
        }
        expect(new Set(payloads).size, `round ${round}: no payload twice`).toBe(payloads.length);
      }
      expect(acknowledged.size).toBeGreaterThan(rounds);
    },
  );

  test("in the middle of a snapshot leaves the former one, the log, and no litter", { timeout: 120_000 }, async () => {
    const directory = await makeDirectory();
    let killedInside = 0;
    for (let round = 0; round < 8; round++) {
      const child = new Child("load.child.ts", [directory, `round${round}`, "snapshots"]);
      await child.said("leads");
      const saving = await child.said("saving");
      await child.said(`chunk ${round * 2}`);
      await child.kill();
      const acknowledged = new Map<number, string>();
      remember(child.lines, acknowledged);
      if (!child.lines.includes(saving.replace("saving", "saved"))) killedInside++;
      const payloads = await readBack(directory, round);
      for (const [index, payload] of acknowledged) {
        if (payloads[index - 1] !== payload)
          expect(payloads[index - 1], `round ${round}, entry ${index}`).toBe(payload);
      }
      // The next start drops what the dead one left. The state must grow, so that the next round's snapshot has the
      // chunks that it is killed at.
      const { engine, application } = await startEngine(directory);
      await Promise.all(
        Array.from({ length: 100 }, (_, number) => engine.propose(bytes(`between ${round} ${number}`))),
      );
      await engine.stop();
      const kept = application.events.flatMap((event) => /^snapshot (\d+)$/.exec(event)?.slice(1).map(Number) ?? []);
      expect(await snapshotsWithChunks(directory), `round ${round}: no chunk but the snapshot's`).toEqual(kept);
    }
    expect(killedInside).toBeGreaterThan(0);
  });
});

describe("an orderly restart after a crash", () => {
  test("is not blocked by what the dead process left", { timeout: 60_000 }, async () => {
    const directory = await makeDirectory();
    for (let term = 1; term <= 3; term++) {
      const child = new Child("hold.child.ts", [directory]);
      await child.said(`leads ${term}`);
      await child.kill();
    }
  });
});

function remember(lines: readonly string[], acknowledged: Map<number, string>): void {
  for (const line of lines) {
    const [, index, payload] = /^ack (\d+) (.*)$/.exec(line) ?? [];
    if (index !== undefined && payload !== undefined) acknowledged.set(Number(index), payload);
  }
}

/** The snapshots, by their index, of which the store has chunks. */
async function snapshotsWithChunks(directory: string): Promise<number[]> {
  const root = open({ path: directory, noSubdir: false, overlappingSync: false, maxDbs: 4 });
  const chunks = root.openDB<Buffer, [number, number]>({ name: "chunks", encoding: "binary" });
  const indexes = new Set([...chunks.getKeys()].map(([index]) => index));
  await root.close();
  return [...indexes];
}

/** Starts an engine where the dead one was, and checks that what it gives is one log without a gap. */
async function readBack(directory: string, round: number): Promise<readonly string[]> {
  const { engine, application } = await startEngine(directory);
  await engine.stop();
  const { entries, events, payloads } = application;
  const snapshotIndex = Number(/^snapshot (\d+)$/.exec(events[0] ?? "")?.[1] ?? 0);
  expect(payloads.length, `round ${round}: the snapshot has all entries up to it`).toBe(snapshotIndex + entries.length);
  expect(
    entries.every(({ index }, position) => index === snapshotIndex + 1 + position),
    `round ${round}: no gap`,
  ).toBe(true);
  expect(application.fatalErrors).toEqual([]);
  return payloads;
}
