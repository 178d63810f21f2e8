import { expect, test } from "vitest";
import type { ProtocolVersion } from "../../generated/protocol/codec.ts";
import { seededRandom } from "../seeded-random.ts";
import { ClusterSimulation } from "./cluster-simulation.ts";

/**
 * Members and clients of both versions, leaders that change, connections that are lost: nobody is shown a version that it
 * does not know, and every call says the truth about what became of it. `HAWSER_SEED=…` repeats a run.
 */
const seed = Number(process.env["HAWSER_SEED"] ?? Date.now() % 2 ** 31);

const mixtures: readonly (readonly [members: readonly ProtocolVersion[], clients: readonly ProtocolVersion[]])[] = [
  [
    [1, 2, 2],
    [1, 2, 2],
  ],
  [
    [2, 1, 1],
    [2, 2, 1],
  ],
  [
    [2, 2, 2],
    [2, 2, 2],
  ],
];

test.each(mixtures)(`members of versions %j, clients of versions %j (HAWSER_SEED=${seed})`, (members, clients) => {
  const versionsSeen = new Set<string>();
  for (let run = 0; run < 150; run++) {
    const simulation = new ClusterSimulation(seededRandom(seed + run), members, clients);
    for (let count = 0; count < 1_500; count++) simulation.step({ withCalls: true, withFaults: true });
    for (let count = 0; count < 20_000 && !simulation.isSettled; count++) {
      simulation.step({ withCalls: false, withFaults: false });
    }
    expect(simulation.isSettled, `run ${run}`).toBe(true);
    expectTruth(simulation, versionsSeen);
  }
  expect([...versionsSeen].sort()).toContain("ERR_INVALID_REQUEST");
  expect([...versionsSeen].sort()).toContain("resolved");
});

function expectTruth({ members, clients }: ClusterSimulation, seen: Set<string>): void {
  const notes = members.map(({ notebook }) => notebook.notes);
  for (const other of notes) expect(other).toEqual(notes[0]);
  for (const { commands, settled } of clients) {
    for (const [callId, text] of commands) {
      const applied = notes[0]?.filter((note) => `add ${note}` === text).length ?? 0;
      const end = settled.get(callId);
      seen.add(end?.type === "rejected" ? end.error.code : "resolved");
      expect(applied).toBeLessThanOrEqual(1);
      if (end?.type === "resolved") expect([text, applied]).toEqual([text, 1]);
      else if (end?.error.outcome === "applied") expect([text, applied]).toEqual([text, 1]);
      else if (end?.error.outcome === "not-applied") expect([text, applied]).toEqual([text, 0]);
      if (end?.type === "rejected" && end.error.code === "ERR_INVALID_REQUEST") expect(text).toContain("nonsense");
    }
  }
}
