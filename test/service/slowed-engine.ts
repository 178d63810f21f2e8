import type { ConsensusEngine } from "hawser/server";

/** An engine that proposes nothing before a promise has resolved, asked for anew for each entry. */
export function slowed(engine: ConsensusEngine, ready: () => Promise<unknown>): ConsensusEngine {
  return {
    get leadership() {
      return engine.leadership;
    },
    start: (application) => engine.start(application),
    propose: async (payload) => {
      await ready();
      return engine.propose(payload);
    },
    readBarrier: () => engine.readBarrier(),
    saveSnapshot: (index, chunks) => engine.saveSnapshot(index, chunks),
    stop: () => engine.stop(),
  };
}
