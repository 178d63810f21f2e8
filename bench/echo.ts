import type { StateMachine } from "hawser/server";

/** What benchmarks replicate: a command's result is the command, and there is no state. */
export const echo: StateMachine = {
  apply: (command) => command,
  query: (query) => query,
  snapshot: () => [],
  restore: async (chunks) => {
    for await (const _ of chunks);
  },
};
