import { connect, limits } from "hawser/client";
import { startServer } from "hawser/server";
import { memoryEngine } from "hawser/server/memory";
import { createMemoryTransport } from "hawser/transport/memory";
import { echo } from "./echo.ts";
import { median } from "./measure.ts";

/** One row: so many commands that all come at once, each as soon as there is room for it. */
export interface BurstFigures {
  readonly commands: number;
  /** From the first call to the last answer. */
  readonly totalMs: number;
  /** The time of all of them, for one; does not grow where a burst costs linear time. */
  readonly microsecondsEach: number;
}

const PAYLOAD_BYTES = 64;
const ROUNDS = 5;

/** Bursts of growing size through one client and one server in this process, without a network; medians of rounds. */
export async function measureBursts(): Promise<readonly BurstFigures[]> {
  const transport = createMemoryTransport();
  const address = "memory://node-1";
  const server = await startServer({
    memberId: "node-1",
    address,
    engine: memoryEngine(),
    stateMachine: echo,
    transport,
  });
  const client = await connect({ members: { "node-1": address }, transport });
  const payload = new Uint8Array(PAYLOAD_BYTES);
  const burst = async (commands: number) => {
    const startedAt = performance.now();
    const call = async () => {
      await client.capacity();
      await client.submit(payload);
    };
    await Promise.all(Array.from({ length: commands }, call));
    return performance.now() - startedAt;
  };
  await burst(limits.requestsInFlightMax);
  const rows: BurstFigures[] = [];
  for (const commands of [1_000, 10_000, 100_000]) {
    const times: number[] = [];
    for (let round = 0; round < ROUNDS; round++) times.push(await burst(commands));
    const totalMs = median(times);
    rows.push({ commands, totalMs, microsecondsEach: (totalMs * 1_000) / commands });
  }
  await client.close();
  await server.stop();
  return rows;
}
