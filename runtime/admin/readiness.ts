import { limits } from "../protocol/limits.ts";
import type { ServerStatus } from "../server/server-status.ts";
import type { Readiness } from "./answers.ts";

/** Whether a member can do its part: it serves, somebody leads, and it has applied what is committed, or nearly so. */
export function readinessOf({ phase, leadership, appliedIndex, committedIndex }: ServerStatus): Readiness {
  if (phase !== "serving") return { ready: false, reason: `the server is ${phase}` };
  if (leadership.role === "follower" && leadership.leader === undefined) {
    return { ready: false, reason: "no leader is known" };
  }
  const lagEntries = (committedIndex ?? appliedIndex) - appliedIndex;
  if (lagEntries > limits.adminReadyLagEntriesMax) {
    const most = `ready with ${limits.adminReadyLagEntriesMax} or fewer`;
    return { ready: false, reason: `${lagEntries} entries of the log are committed and not applied yet; ${most}` };
  }
  return { ready: true, reason: null };
}
