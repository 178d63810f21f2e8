import { setTimeout as sleep } from "node:timers/promises";
import type { ConsensusEngine } from "hawser/server";

/** An engine that takes its time for each entry. */
export function slowed(engine: ConsensusEngine, delayMs: () => number): ConsensusEngine {
  return {
    get leadership() {
      return engine.leadership;
    },
    start: (application) => engine.start(application),
    propose: async (payload) => {
      await sleep(delayMs());
      return engine.propose(payload);
    },
    readBarrier: () => engine.readBarrier(),
    saveSnapshot: (index, chunks) => engine.saveSnapshot(index, chunks),
    stop: () => engine.stop(),
  };
}
