import { setTimeout as sleep } from "node:timers/promises";

/** Waits for what other processes or an engine do; the deadline is the test's own. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(5);
}
