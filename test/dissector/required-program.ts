import { spawnSync } from "node:child_process";
import { describe } from "vitest";

/**
 * Tests that need a program of a Debian package of the same name. Where it is missing they are skipped, and say what to
 * install; on CI it has to be there.
 */
export function describeWith(program: string, versionFlag: string): typeof describe.skip {
  if (spawnSync(program, [versionFlag]).status === 0) return describe;
  const problem = `${program} is missing: apt-get install ${program}`;
  if (process.env["CI"] !== undefined) throw new Error(problem);
  console.warn(`skipped: tests of the dissector. ${problem}`);
  return describe.skip;
}
