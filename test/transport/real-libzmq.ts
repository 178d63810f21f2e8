import { describe } from "vitest";
import { loadZeromq } from "../../runtime/transport/zeromq/package.ts";

/** Tests that need libzmq, by the package `zeromq`. Where it is missing they are skipped, and say so; on CI they fail. */
export function describeWithLibzmq(name: string, tests: () => void): void {
  try {
    loadZeromq();
  } catch (error) {
    if (process.env["CI"] !== undefined) throw error;
    console.warn(`skipped: ${name}. ${error instanceof Error ? error.message : String(error)}`);
    describe.skip(name, tests);
    return;
  }
  describe(name, tests);
}
