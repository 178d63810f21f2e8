import { type ConsensusEngine, type Leadership, NotLeaderError } from "hawser/server";

/** A member that follows another for ever. */
export function followerEngine(leader: string): ConsensusEngine {
  const leadership: Leadership = { role: "follower", leader };
  return {
    leadership,
    async start(application) {
      application.onLeadership(leadership);
    },
    propose: () => Promise.reject(new NotLeaderError(leader)),
    readBarrier: () => Promise.reject(new NotLeaderError(leader)),
    saveSnapshot: () => Promise.reject(new NotLeaderError(leader)),
    async stop() {},
  };
}
