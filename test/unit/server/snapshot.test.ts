import { expect, test } from "vitest";
import { limits } from "../../../runtime/protocol/limits.ts";
import { SessionTable } from "../../../runtime/protocol/session-table.ts";
import type { StateMachine } from "../../../runtime/protocol/state-machine.ts";
import { type ReplicatedState, restoreSnapshot, snapshotChunks } from "../../../runtime/server/snapshot.ts";

test("no chunk is longer than its bound, whatever sessions can do, but for one record that is", async () => {
  const state = replicatedState([
    new Uint8Array(200 * 1024),
    new Uint8Array(limits.payloadBytesMax),
    new Uint8Array(9),
  ]);
  const records = Array.from({ length: 300 }, (_, number) => ({
    type: "CreateSession" as const,
    sessionId: `session ${number}`,
    nonce: BigInt(number),
    capabilities: number % 3 === 0 ? { [`resize ${"x".repeat(10_000)}`]: "y".repeat(6_000) } : {},
    sessionTimeout: undefined,
  }));
  state.table.applyEntry({ index: 1, proposedAt: 0, records });

  const chunks: Uint8Array[] = [];
  for await (const chunk of snapshotChunks(state)) chunks.push(chunk);
  const long = chunks.filter(({ length }) => length > limits.snapshotChunkBytesMax + 1024);
  expect(long.map(({ length }) => Math.floor(length / 1024))).toEqual([1024]);
  expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(limits.entryBytesMax);

  const restored = replicatedState([]);
  await restoreSnapshot(restored, {
    index: 1,
    chunks: (async function* () {
      yield* chunks;
    })(),
  });
  expect([...restored.table.sessions.keys()]).toEqual(records.map(({ sessionId }) => sessionId));
});

/** A replicated state whose application gives these chunks. */
function replicatedState(chunks: readonly Uint8Array[]): ReplicatedState {
  const stateMachine: StateMachine = {
    apply: (command) => command,
    query: (query) => query,
    snapshot: () => chunks,
    restore: async (given) => {
      for await (const _ of given);
    },
  };
  return { table: new SessionTable(stateMachine), stateMachine };
}
